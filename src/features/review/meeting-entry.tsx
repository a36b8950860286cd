import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { enterAttendance } from '../attendance/contract.ts';
import { type ReviewedMeeting, readReview } from './contract.ts';
import style from './week-entry.module.css';

type Props = {
  clientId: string;
  zone: string;
  days: readonly string[];
  meetings: readonly ReviewedMeeting[];
};

/** Meetings that the paper tells of: planned ones with one key, others by name. */
export function MeetingEntry({ clientId, zone, days, meetings }: Props) {
  const { t } = useLingui();
  const time = useTimeWords();
  const [name, setName] = useState('');
  const [day, setDay] = useState(days.at(-1) ?? '');
  const [stirred, setStirred] = useState('');
  const enter = useCommand(enterAttendance, { refreshes: [readReview] });
  const waiting = meetings.filter((each) => ['noWord', 'notShared'].includes(each.state));
  const done = meetings.filter((each) => each.state.startsWith('attended'));
  const base = () => ({ id: uuidv7(), clientId, zone, clockOffsetMs: 0, about: [] as string[] });
  const add = () => {
    if (name.trim() === '' || !day) return;
    const more = stirred.trim() ? { stirred: stirred.trim() } : {};
    enter.mutate(
      { ...base(), meetingName: name.trim(), onDay: day, ...more },
      {
        onSuccess: () => {
          setName('');
          setStirred('');
        },
      },
    );
  };
  return (
    <div className="stack">
      <ul className={style.meetings}>
        {done.map((each) => (
          <li key={each.key}>
            <span>
              {each.name} <span className="faint small">{time.weekday(each.day)}</span>
            </span>
            <span className="soft small">
              <Trans>Was there</Trans>
            </span>
          </li>
        ))}
        {waiting.map((each) => (
          <li key={each.key}>
            <span>
              {each.name} <span className="faint small">{time.weekday(each.day)}</span>
            </span>
            <Button
              size="small"
              onClick={() =>
                enter.mutate({
                  ...base(),
                  plannedId: each.key,
                  meetingName: each.name,
                  onDay: each.day,
                })
              }
            >
              <Trans>Was there</Trans>
              <span className="only-read-aloud">: {each.name}</span>
            </Button>
          </li>
        ))}
      </ul>
      <form
        className={style.add}
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField label={t`Another meeting`} maxLength={200} value={name} onChange={setName} />
        <Select
          label={t`Day`}
          value={day}
          onChange={setDay}
          options={days.map((each) => ({ value: each, label: time.day(each) }))}
        />
        <TextField
          label={t`What it stirred up`}
          maxLength={1000}
          value={stirred}
          onChange={setStirred}
        />
        <Button type="submit" busy={enter.isPending}>
          <Trans>Enter it</Trans>
        </Button>
      </form>
      {enter.error && (
        <p role="alert">
          {sentenceFor(enter.error, {
            dayTooOld: <Trans>That is too long ago to enter.</Trans>,
            dayAhead: <Trans>That day has not come yet.</Trans>,
          })}
        </p>
      )}
    </div>
  );
}
