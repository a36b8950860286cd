import type { Nth, Recurrence, Weekday } from '../meetings/meeting.rules.ts';

/** An RRULE by its parts (RFC 5545); `until` is the last day on which it may fall. */
export interface CalendarRule {
  freq: string;
  interval: number;
  /** First day of the week, 0 Sunday; it matters only where weeks are skipped. */
  weekStart: Weekday;
  /** BYDAY, BYMONTHDAY, BYSETPOS …, each as its list of values. */
  parts: Readonly<Record<string, readonly (string | number)[]>>;
  until: string | null;
}

interface Days {
  days: Weekday[];
  recurrence: Recurrence;
}

const letters = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const byDay = /^([+-]?\d)?(SU|MO|TU|WE|TH|FR|SA)$/;
const everyWeek: Nth[] = [1, 2, 3, 4, 5];

interface NamedDay {
  nth: number | null;
  day: Weekday;
}

function namedDays(values: readonly (string | number)[]): NamedDay[] | null {
  const named: NamedDay[] = [];
  for (const value of values) {
    const found = byDay.exec(String(value).toUpperCase());
    if (!found) return null;
    const day = letters.indexOf(found[2] ?? '') as Weekday;
    named.push({ nth: found[1] ? Number(found[1]) : null, day });
  }
  return named;
}

const sorted = <T extends number>(values: Iterable<T>): T[] =>
  [...new Set(values)].sort((a, b) => a - b);

function isNth(value: unknown): value is Nth {
  return (
    value === -1 || (Number.isInteger(value) && (value as number) >= 1 && (value as number) < 6)
  );
}

/** Days from the start to `day` in the week of the start, where weeks begin on `weekStart`. */
const withinWeek = (start: number, day: number, weekStart: number) =>
  ((day - weekStart + 7) % 7) - ((start - weekStart + 7) % 7);

/** "BYMONTHDAY=8,9,…,14" with a weekday is how some calendars write "the second". */
function nthOfMonthDays(values: readonly (string | number)[]): Nth | null {
  const days = sorted(values.map(Number));
  const [first = 0] = days;
  const isWeek = days.length === 7 && days.every((day, index) => day === first + index);
  const nth = (first + 6) / 7;
  return isWeek && isNth(nth) && nth < 5 ? nth : null;
}

function nthOf(rule: CalendarRule, named: NamedDay[]): Nth[] | null {
  const { BYSETPOS: positions, BYMONTHDAY: monthDays } = rule.parts;
  const days = sorted(named.map(({ day }) => day));
  if (named.every(({ nth }) => nth === null)) {
    if (monthDays) {
      const nth = positions ? null : nthOfMonthDays(monthDays);
      return nth && [nth];
    }
    if (!positions) return everyWeek;
    // "The second of these weekdays" is a day of the week only where there is one to choose from.
    const nths = positions.map(Number);
    return days.length === 1 && nths.every(isNth) ? (sorted(nths) as Nth[]) : null;
  }
  if (monthDays || positions) return null;
  const of = (wanted: number) =>
    sorted(named.flatMap(({ nth, day }) => (day === wanted && nth !== null ? [nth] : [])));
  const [first = -1] = days;
  const nths = of(first);
  // Each weekday must fall on the same ones: "1MO,3WE" is two meetings.
  const alike = days.every((day) => of(day).join() === nths.join());
  const whole = named.every(({ nth }) => nth !== null);
  return alike && whole && nths.every(isNth) ? (nths as Nth[]) : null;
}

/**
 * The days and recurrence that a calendar's rule stands for, begun on `from` (`YYYY-MM-DD`), a
 * `startDay`. Null where the model cannot say it exactly: it is never bent.
 */
export function recurrenceOf(rule: CalendarRule, from: string, startDay: Weekday): Days | null {
  const { interval, until, parts } = rule;
  const given = Object.keys(parts);
  const only = (...names: string[]) => given.every((name) => names.includes(name));
  const named = namedDays(parts.BYDAY ?? []);
  if (!named || !Number.isInteger(interval) || interval < 1 || interval > 52) return null;
  const ordinals = named.some(({ nth }) => nth !== null);
  const own = sorted(named.map(({ day }) => day));

  if (rule.freq === 'DAILY') {
    if (!only('BYDAY') || ordinals) return null;
    if (interval === 1) {
      const days = own.length > 0 ? own : ([0, 1, 2, 3, 4, 5, 6] as Weekday[]);
      return { days, recurrence: { by: 'weeks', every: 1, from, until } };
    }
    if (interval % 7 !== 0 || own.length > 0) return null;
    return {
      days: [startDay],
      recurrence: { by: 'weeks', every: interval / 7, from, until },
    };
  }
  if (rule.freq === 'WEEKLY') {
    if (!only('BYDAY') || ordinals) return null;
    const days = own.length > 0 ? own : [startDay];
    const sameWeeks = days.every(
      (day) => withinWeek(startDay, day, rule.weekStart) === withinWeek(startDay, day, 0),
    );
    if (interval > 1 && !sameWeeks) return null;
    return { days, recurrence: { by: 'weeks', every: interval, from, until } };
  }
  if (rule.freq === 'MONTHLY' && only('BYDAY', 'BYSETPOS', 'BYMONTHDAY') && own.length > 0) {
    const nth = nthOf(rule, named);
    if (!nth) return null;
    const everyDay = nth === everyWeek && interval === 1;
    return {
      days: own,
      recurrence: everyDay
        ? { by: 'weeks', every: 1, from, until }
        : { by: 'month', nth, every: interval, from, until },
    };
  }
  return null;
}
