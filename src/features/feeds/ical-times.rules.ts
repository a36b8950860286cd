import type { DayChange, Meeting } from '../meetings/meeting.rules.ts';
import { isClosedOn } from '../meetings/recurrence.rules.ts';
import { dayNumber, dayOf, holdsOn, nextRuleDay } from '../meetings/rule-days.rules.ts';
import { instantAtDay } from '../meetings/zone-clock.rules.ts';

/** A meeting's times as a calendar has them: the first day, the rule, and the days that differ. */
export interface CalendarTimes {
  first: string;
  /** The value of RRULE; null for one day that is only shown as cancelled. */
  rule: string | null;
  /** Days of the rule on which nothing is held. */
  without: string[];
  /** Days that are held otherwise. */
  otherwise: DayChange[];
}

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** "20260306T003000Z" of an instant in milliseconds. */
export function utcStamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function ruleText({ days, recurrence }: Meeting, until: string | null): string {
  const names = [...days].sort().map((day) => weekdays[day]);
  const interval = recurrence && recurrence.every > 1 ? `;INTERVAL=${recurrence.every}` : '';
  const end = until ? `;UNTIL=${until}` : '';
  if (recurrence?.by !== 'month')
    return `FREQ=WEEKLY${end}${interval};BYDAY=${names.join(',')};WKST=SU`;
  const byDay = recurrence.nth.flatMap((nth) => names.map((name) => `${nth}${name}`));
  return `FREQ=MONTHLY${end}${interval};BYDAY=${byDay.join(',')};WKST=SU`;
}

/** The days of the rule that fall into a closure which ends. */
function closedDays(meeting: Meeting, first: number, last: number): string[] {
  const { closure } = meeting;
  if (!closure?.until) return [];
  const days: string[] = [];
  let day = nextRuleDay(meeting, Math.max(first, closure.from ? dayNumber(closure.from) : first));
  const end = Math.min(last, dayNumber(closure.until));
  while (day !== null && day <= end) {
    days.push(dayOf(day));
    day = nextRuleDay(meeting, day + 1);
  }
  return days;
}

/**
 * The day from which a calendar tells of a meeting: `begins`, or when it opens again; earlier where
 * a day of before was moved into the time that is told of.
 */
function beginOf(meeting: Meeting, now: number, begins: number): number {
  const { closure, dayChanges } = meeting;
  let day = begins;
  if (closure?.until) {
    // Shut now and for long: a program need not pass over hundreds of days without it.
    const since = closure.from ? dayNumber(closure.from) : Number.NEGATIVE_INFINITY;
    const until = dayNumber(closure.until);
    if (until - since > 400 && since <= Math.floor(now / 86_400_000))
      day = Math.max(day, until + 1);
  }
  const moved = dayChanges.filter(
    ({ toDay }) => toDay && dayNumber(toDay) >= begins && !isClosedOn(meeting, toDay),
  );
  return Math.min(day, ...moved.map((change) => dayNumber(change.day)));
}

/**
 * The times of a meeting from the day `begins` (its number) on, as of `now` (milliseconds); null for
 * one by appointment and for one that is over. Equal to `occurrences` but for what cannot be said:
 * one that is shut until further notice, or
 * listed as inactive, is a single cancelled day.
 */
export function calendarTimes(meeting: Meeting, now: number, begins: number): CalendarTimes | null {
  if (meeting.startsAt === null) return null;
  const { closure, recurrence, timeZone } = meeting;
  const today = dayNumber(new Date(now).toISOString());
  const first = nextRuleDay(meeting, beginOf(meeting, now, begins));
  if (first === null) return null;
  let last = recurrence?.until ? dayNumber(recurrence.until) : Number.POSITIVE_INFINITY;
  if (closure && closure.until === null)
    last = Math.min(last, closure.from ? dayNumber(closure.from) - 1 : Number.NEGATIVE_INFINITY);
  if (meeting.attendance === 'inactive') last = Number.NEGATIVE_INFINITY;
  if (last < first) {
    const day = nextRuleDay(meeting, today);
    return day === null ? null : { first: dayOf(day), rule: null, without: [], otherwise: [] };
  }
  const [hour = 0, minute = 0] = meeting.startsAt.split(':').map(Number);
  const until = Number.isFinite(last)
    ? utcStamp(instantAtDay(timeZone, last, hour * 60 + minute))
    : null;
  const without = new Set(closedDays(meeting, first, last));
  const otherwise: DayChange[] = [];
  for (const change of meeting.dayChanges) {
    const day = dayNumber(change.day);
    if (day < first || day > last || !holdsOn(meeting, change.day)) continue;
    const actual = change.change === 'moved' ? (change.toDay ?? change.day) : change.day;
    if (change.change === 'cancelled' || isClosedOn(meeting, actual)) without.add(change.day);
    else {
      without.delete(change.day);
      otherwise.push(change);
    }
  }
  const rule = ruleText(meeting, until);
  return { first: dayOf(first), rule, without: [...without].sort(), otherwise };
}

/** "20260306T193000" of a day and a time on the wall. */
export function localStamp(day: string, time: string): string {
  return `${day.replaceAll('-', '')}T${time.replace(':', '')}00`;
}
