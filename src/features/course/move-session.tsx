import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { say } from '../../content/words.ts';
import { Button } from '../../ui/button.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { movePlannedSession } from '../sessions/contract.ts';
import { type Course, readCourse } from './contract.ts';
import style from './course.module.css';

/** Gives a session that has not begun another time. */
export function MoveSession({ course }: { course: Course }) {
  const { t } = useLingui();
  const language = useLanguage();
  const waiting = course.sessions.filter((session) => !session.startedAt);
  const [chosen, setChosen] = useState('');
  const [day, setDay] = useState('');
  const [time, setTime] = useState('');
  const move = useCommand(movePlannedSession, {
    refreshes: [readCourse],
    onDone: () => setDay(''),
  });
  const sessionId = waiting.find((each) => each.id === chosen)?.id ?? waiting[0]?.id ?? '';
  const nameOf = (session: Course['sessions'][number]) => {
    const topic = course.topics.find((each) => each.id === session.topicId);
    return topic ? `${session.number} · ${say(topic.title, language)}` : t`Emergency session`;
  };
  return (
    <details className={style.later}>
      <summary>
        <Trans>Give a planned session another time</Trans>
      </summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const plannedAt = day ? new Date(`${day}T${time || '09:00'}`).toISOString() : null;
          move.mutate({ sessionId, plannedAt });
        }}
      >
        <div className={style.move}>
          <Select
            label={t`Session`}
            value={sessionId}
            onChange={setChosen}
            options={waiting.map((session) => ({ value: session.id, label: nameOf(session) }))}
          />
          <DayField label={t`New day`} value={day} onChange={setDay} />
          <TextField label={t`New time`} type="time" value={time} onChange={setTime} />
        </div>
        {move.error && (
          <p role="alert">
            {sentenceFor(move.error, {
              alreadyStarted: <Trans>That session has begun.</Trans>,
            })}
          </p>
        )}
        <div>
          <Button type="submit" disabled={!day} busy={move.isPending}>
            <Trans>Move the session</Trans>
          </Button>
        </div>
      </form>
    </details>
  );
}
