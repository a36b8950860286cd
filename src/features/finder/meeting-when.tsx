import { Trans } from '@lingui/react/macro';
import { useLanguage } from '../../ui/language.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { zoneHere } from '../../ui/use-now.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import type { PackedFellowship } from '../meetings/pack-format.rules.ts';
import { occurrences } from '../meetings/recurrence.rules.ts';
import {
  changesWords,
  closureWords,
  ruleWords,
  typesOnWords,
} from '../meetings/recurrence-in-words.rules.ts';
import { dayOf } from '../meetings/rule-days.rules.ts';
import { timeShown } from '../meetings/time-shown.rules.ts';
import { wallDay } from '../meetings/zone-clock.rules.ts';
import style from './find.module.css';
import { useStartWords } from './meeting-words.tsx';

/** How many of the next times are told. */
const told = 3;

/** The next times on the clock there, and on this phone's where that shows another time. */
function Coming({ meeting, now }: { meeting: Meeting; now: number }) {
  const { day, time } = useTimeWords();
  const here = zoneHere();
  return (
    <ul className={style.coming}>
      {occurrences(meeting, now, { count: told }).map((one) => {
        const there = timeShown(meeting, one, 'theirs', here);
        const mine = timeShown(meeting, one, 'mine', here);
        const ends = time(there.endTime);
        return (
          <li key={one.startsAt}>
            {day(there.day)}, {time(there.time)}–{ends}
            {one.change === 'online' && (
              <>
                {' · '}
                <Trans>that day online only</Trans>
              </>
            )}
            {one.change === 'moved' && (
              <>
                {' · '}
                <Trans>not at the usual time</Trans>
              </>
            )}
            {there.differs && (
              <span className="soft small">
                {' · '}
                <Trans>
                  on your clock {day(mine.day)}, {time(mine.time)}
                </Trans>
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

type Props = { meeting: Meeting; now: number; fellowship: PackedFellowship | null };

/** When a meeting is held: its rule, how soon, the next times, and what is not as usual. */
export function When({ meeting, now, fellowship }: Props) {
  const { time } = useTimeWords();
  const start = useStartWords();
  const language = useLanguage();
  const today = dayOf(wallDay(meeting.timeZone, now));
  const closed = closureWords(meeting, language, today);
  if (!meeting.startsAt)
    return (
      <>
        {closed && <p className={style.madeUp}>{closed}.</p>}
        <p>
          <Trans>By appointment: ask the group.</Trans>
        </p>
      </>
    );
  const [next = null] = occurrences(meeting, now, { count: 1 });
  const label = (code: string) => fellowship?.types[code]?.[language] ?? code;
  const zone = meeting.timeZone.replace(/^.*\//, '').replaceAll('_', ' ');
  const lines = [
    ...changesWords(meeting, language, today),
    meeting.typesOn.length > 0 ? typesOnWords(meeting.typesOn, language, label) : '',
  ].filter(Boolean);
  return (
    <>
      {closed && <p className={style.madeUp}>{closed}.</p>}
      <p>
        <strong>
          {ruleWords(meeting, language, today)}, {time(meeting.startsAt)}
        </strong>
        {' · '}
        <span className={style.soon}>
          {start({ next, zone: meeting.timeZone, now, isShut: closed !== null })}
        </span>
      </p>
      {lines.map((line) => (
        <p key={line}>{line}.</p>
      ))}
      {meeting.holidayNotes && <p>{meeting.holidayNotes}</p>}
      <Coming meeting={meeting} now={now} />
      <p className="soft small">
        <Trans>The times are those of {zone}.</Trans>
      </p>
      {meeting.mayNotBeWeekly && (
        <p className="small">
          <Trans>Not every week, it seems: read the notes.</Trans>
        </p>
      )}
    </>
  );
}
