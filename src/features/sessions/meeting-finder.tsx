import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { type RefObject, useDeferredValue, useState } from 'react';
import { addDays, dayInZone, weekdayOf } from '../../kit/day.ts';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { useCommand, useOperation } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { Row, RowList } from '../../ui/row-list.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { planMeeting, readWeek } from '../attendance/contract.ts';
import { type Listing, searchMeetings } from '../meetings/contract.ts';
import style from './meeting-finder.module.css';
import type { Planned } from './use-week.web.ts';

type Props = {
  sessionId: string;
  clientId: string;
  today: string;
  planned: readonly Planned[];
  placeField: RefObject<HTMLInputElement | null>;
};

/** The first of the coming seven days on which a meeting is held, by its own weekdays. */
function comingDay(meeting: Listing, today: string): string {
  if (meeting.next) {
    const day = dayInZone(meeting.next.startsAt, meeting.timeZone);
    if (day >= today) return day;
  }
  const days = Array.from({ length: 7 }, (_, index) => addDays(today, index));
  return days.find((day) => meeting.days.includes(weekdayOf(day))) ?? today;
}

/** The nearest meetings in the order in which they come. */
function soonest(meetings: readonly Listing[], today: string): Listing[] {
  const at = (meeting: Listing) => `${comingDay(meeting, today)} ${meeting.startsAt ?? ''}`;
  return meetings.toSorted((a, b) => (at(a) < at(b) ? -1 : 1));
}

/** Named meetings from the directory, put into the client's week. */
export function MeetingFinder({ sessionId, clientId, today, planned, placeField }: Props) {
  const { t } = useLingui();
  const time = useTimeWords();
  const [place, setPlace] = useState('');
  const [text, setText] = useState('');
  const [day, setDay] = useState('any');
  const asked = useDeferredValue(place.trim());
  const named = useDeferredValue(text.trim());
  const wanted = asked.length > 1 || named.length > 1 || day !== 'any';
  const found = useOperation(
    searchMeetings,
    {
      ...(asked && { place: asked }),
      ...(named && { text: named }),
      ...(day !== 'any' && { day: Number(day) }),
      limit: 8,
    },
    { enabled: wanted },
  );
  const plan = useCommand(planMeeting, { refreshes: [readWeek] });
  const days = Array.from({ length: 7 }, (_, index) => addDays(today, index));
  const put = (meeting: Listing) => {
    const onDay = day === 'any' ? comingDay(meeting, today) : dayOf(Number(day));
    plan.mutate({
      id: uuidv7(),
      clientId,
      sessionId,
      meetingId: meeting.id,
      name: meeting.name.slice(0, 200),
      place: [meeting.placeName, meeting.address].filter(Boolean).join(', ').slice(0, 300),
      onDay,
      startsAt: meeting.startsAt ?? '19:00',
      zone: meeting.timeZone,
      fellowship: meeting.fellowship.slice(0, 40),
      types: meeting.facets.slice(0, 40),
    });
  };
  const dayOf = (weekday: number) => days.find((each) => weekdayOf(each) === weekday) ?? today;
  const isPlanned = (meeting: Listing) => planned.some((each) => each.meetingId === meeting.id);
  return (
    <section className={style.finder} aria-label={t`Meetings`}>
      <h3>
        <Trans>Meetings for the week</Trans>
      </h3>
      <div className={style.fields}>
        <TextField
          ref={placeField}
          label={t`Near`}
          placeholder={t`Town or ZIP code`}
          value={place}
          onChange={setPlace}
        />
        <TextField label={t`Name or words`} value={text} onChange={setText} />
        <Select
          label={t`Day`}
          value={day}
          onChange={setDay}
          options={[
            { value: 'any', label: t`Any day` },
            ...days.map((each) => ({
              value: String(weekdayOf(each)),
              label: `${time.weekday(each)}, ${time.shortDay(each)}`,
            })),
          ]}
        />
      </div>
      {!wanted && (
        <p className="soft">
          <Trans>
            Type where they live or work, or choose a day. Nothing of the search is kept.
          </Trans>
        </p>
      )}
      {found.isFetching && !found.data && <Skeleton lines={3} />}
      {found.error && (
        <p role="alert">
          {sentenceFor(found.error, {
            placeUnknown: <Trans>No place of that name is in the directory.</Trans>,
          })}
        </p>
      )}
      {found.data && (
        <>
          <p className="soft small" role="status">
            <Plural value={found.data.total} one="# meeting" other="# meetings" />
          </p>
          <RowList label={t`Meetings found`}>
            {soonest(found.data.meetings, today).map((meeting) => (
              <Row
                key={meeting.id}
                lead={
                  <>
                    {time.shortWeekday(comingDay(meeting, today))}{' '}
                    {meeting.startsAt && time.time(meeting.startsAt)}
                  </>
                }
                title={meeting.name}
                detail={[
                  meeting.fellowshipShort,
                  meeting.attendance === 'online'
                    ? t`online`
                    : meeting.placeName || meeting.address,
                ]
                  .filter(Boolean)
                  .join(' · ')}
                end={
                  isPlanned(meeting) ? (
                    <span className="soft small">
                      <Trans>In the week</Trans>
                    </span>
                  ) : (
                    <Button size="small" onClick={() => put(meeting)}>
                      <Trans>Put in the week</Trans>
                      <span className="only-read-aloud">: {meeting.name}</span>
                    </Button>
                  )
                }
              />
            ))}
          </RowList>
        </>
      )}
      {plan.error && <p role="alert">{sentenceFor(plan.error)}</p>}
    </section>
  );
}
