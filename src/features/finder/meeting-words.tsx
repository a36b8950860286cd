import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useLanguage } from '../../ui/language.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { facets } from '../meetings/facets.rules.ts';
import type { Attendance, Meeting } from '../meetings/meeting.rules.ts';
import { startPhrase } from '../meetings/next-start.rules.ts';
import { walkMinutes } from '../meetings/reach.rules.ts';
import { isClosedOn, type Occurrence } from '../meetings/recurrence.rules.ts';
import { dayOf } from '../meetings/rule-days.rules.ts';
import { wallDay } from '../meetings/zone-clock.rules.ts';

const facetOf = new Map(facets.map((facet) => [facet.id, facet]));

/** The name of a facet in the language in use. */
export function useFacetName(): (id: string) => string {
  const language = useLanguage();
  return (id) => facetOf.get(id)?.[language] ?? id;
}

/** Whether a meeting is shut for a time on its own today. */
export function isShutNow(meeting: Pick<Meeting, 'closure' | 'timeZone'>, now: number): boolean {
  return isClosedOn(meeting, dayOf(wallDay(meeting.timeZone, now)));
}

type Start = Pick<Occurrence, 'startsAt' | 'endsAt'> | null;

interface Starting {
  next: Start;
  /** Of the meeting. */
  zone: string;
  now: number;
  isShut: boolean;
}

/** "Starts in 40 minutes", "started 10 minutes ago", or the weekday in the meeting's zone. */
export function useStartWords(): (starting: Starting) => string {
  const { t } = useLingui();
  const { weekday, day } = useTimeWords();
  return ({ next, zone, now, isShut }) => {
    if (!next) return isShut ? t`closed for now` : t`by appointment`;
    const phrase = startPhrase(next, now);
    if (phrase.kind === 'under-way')
      return t`${plural(phrase.minutesAgo, {
        0: 'just begun',
        one: 'started # minute ago',
        other: 'started # minutes ago',
      })}`;
    if (phrase.kind === 'starts-in')
      return t`${plural(phrase.minutes, {
        0: 'starts now',
        one: 'starts in # minute',
        other: 'starts in # minutes',
      })}`;
    const starts = wallDay(zone, next.startsAt);
    const today = wallDay(zone, now);
    if (starts === today) return t`today`;
    if (starts === today + 1) return t`tomorrow`;
    return starts < today + 7 ? weekday(dayOf(starts)) : day(dayOf(starts));
  };
}

/** Whose clock is shown. As usual: where one goes, the clock on that wall; online, one's own. */
export type ShownClock = 'usual' | 'there' | 'here';

/** The time to show of a meeting's next start. */
export function useMeetingTime(
  shown: ShownClock = 'usual',
): (meeting: Meeting, next: Start) => string {
  const { time, clock } = useTimeWords();
  return (meeting, next) => {
    if (!meeting.startsAt) return '–';
    if (!next) return time(meeting.startsAt);
    const goes = meeting.attendance === 'in-person' || meeting.attendance === 'hybrid';
    const isHere = shown === 'here' || (shown === 'usual' && !goes);
    return clock(new Date(next.startsAt).toISOString(), isHere ? undefined : meeting.timeZone);
  };
}

/** How one takes part, where that is not simply going there. */
export function useAttendanceWords(): (attendance: Attendance) => string {
  const { t } = useLingui();
  return (attendance) =>
    ({
      'in-person': t`in person`,
      hybrid: t`in person or online`,
      online: t`online`,
      phone: t`by phone`,
      'by-request': t`online, ask for the link`,
      inactive: t`closed for now`,
    })[attendance];
}

/** The distance, or how else one gets there; empty where neither is known. */
export function useFarWords(): (meeting: Meeting, km: number | null) => string {
  const { t } = useLingui();
  const { number } = useTimeWords();
  const attendance = useAttendanceWords();
  return (meeting, km) => {
    const travels = meeting.attendance === 'in-person' || meeting.attendance === 'hybrid';
    if (!travels) return attendance(meeting.attendance);
    if (km === null) return '';
    const minutes = walkMinutes(km);
    if (km <= 1.5) return t`${minutes} min walk`;
    const miles = km / 1.609344;
    const shown = number(miles, miles < 10 ? 1 : 0);
    return shown === '1' ? t`1 mile` : t`${shown} miles`;
  };
}

const first = ['newcomer', 'open', 'closed', 'women', 'men', 'lgbtq', 'secular', 'young'];

/** The two facets that decide soonest whether one may come. */
export function tellingFacets(meeting: Meeting): string[] {
  const rank = (id: string) => first.indexOf(id) + 1 || first.length + 1;
  return meeting.facets
    .filter((id) => id !== 'lang-en')
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, 2);
}
