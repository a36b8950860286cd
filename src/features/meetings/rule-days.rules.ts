import type { Meeting, Nth, Recurrence } from './meeting.rules.ts';

// Days as numbers, counted from 1970-01-01: a rule is whole-number arithmetic then, the same on a
// phone and on the server, and no clock or zone comes into it.

const msPerDay = 86_400_000;
/** A fifth 29 February comes at worst after forty years; a rule without a day for longer has none. */
const mostMonths = 12 * 60;

/** The number of a day `YYYY-MM-DD`. */
export function dayNumber(day: string): number {
  return (
    Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) /
    msPerDay
  );
}

/** The day `YYYY-MM-DD` of a number. */
export function dayOf(number: number): string {
  return new Date(number * msPerDay).toISOString().slice(0, 10);
}

/** 0 Sunday … 6 Saturday of a day's number. */
export function weekdayOfNumber(number: number): number {
  return (((number + 4) % 7) + 7) % 7;
}

// Weeks begin on Sunday, as RFC 5545's WKST=SU has it.
const weekOf = (number: number) => Math.floor((number + 4) / 7);
const monthStart = (month: number) => Date.UTC(1970, month) / msPerDay;

/** Months since January 1970. */
function monthOf(number: number): number {
  const date = new Date(number * msPerDay);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** Which of its weekday in the month a day is: first to fifth, and whether it is the last. */
function placeInMonth(number: number): { nth: 1 | 2 | 3 | 4 | 5; last: boolean } {
  const month = monthOf(number);
  const index = number - monthStart(month);
  return {
    nth: (Math.floor(index / 7) + 1) as 1 | 2 | 3 | 4 | 5,
    last: number + 7 >= monthStart(month + 1),
  };
}

/** Whether the so-many-eth of its weekday in the month is one of `nth`. */
export function isNth(number: number, nth: readonly Nth[]): boolean {
  const place = placeInMonth(number);
  return nth.includes(place.nth) || (place.last && nth.includes(-1));
}

/** The days a rule holds on; what a listing without recurrence lacks counts as every week. */
export type Rule = Pick<Meeting, 'days'> & Partial<Pick<Meeting, 'recurrence'>>;

/** The first day from `from` on in a week that counts; null where `days` names no weekday. */
function weekDay(
  days: readonly number[],
  every: number,
  anchor: number,
  from: number,
): number | null {
  let week = weekOf(from);
  let day = from;
  // The rest of this week, and the next one that counts: more than two are never looked at.
  for (let counted = 0; counted < 2; ) {
    const off = (((week - anchor) % every) + every) % every;
    if (off === 0) {
      for (; weekOf(day) === week; day++) if (days.includes(weekdayOfNumber(day))) return day;
      week++;
      counted++;
    } else {
      week += every - off;
      day = week * 7 - 4;
    }
  }
  return null;
}

function monthDay(
  days: readonly number[],
  rule: Extract<Recurrence, { by: 'month' }>,
  from: number,
): number | null {
  const anchor = rule.from === null ? 0 : monthOf(dayNumber(rule.from));
  const begins = monthOf(from);
  for (let month = begins; month < begins + mostMonths; ) {
    const off = (((month - anchor) % rule.every) + rule.every) % rule.every;
    if (off !== 0) {
      month += rule.every - off;
      continue;
    }
    const next = monthStart(month + 1);
    for (let day = Math.max(monthStart(month), from); day < next; day++) {
      if (days.includes(weekdayOfNumber(day)) && isNth(day, rule.nth)) return day;
    }
    month++;
  }
  return null;
}

/** The first day from `from` on (day numbers) that the rule holds on; null when none will come. */
export function nextRuleDay({ days, recurrence }: Rule, from: number): number | null {
  if (days.length === 0) return null;
  if (!recurrence) return weekDay(days, 1, 0, from);
  const begins = recurrence.from === null ? null : dayNumber(recurrence.from);
  const start = begins === null ? from : Math.max(begins, from);
  // Nothing that an old or foreign listing may hold keeps anybody waiting for ever.
  if (Number.isNaN(start) || !(recurrence.every >= 1)) return null;
  const day =
    recurrence.by === 'weeks'
      ? weekDay(days, recurrence.every, weekOf(begins ?? 0), start)
      : monthDay(days, recurrence, start);
  if (day === null || recurrence.until === null) return day;
  return day <= dayNumber(recurrence.until) ? day : null;
}

/** Whether the rule holds on a day; exceptions and closures are not looked at. */
export function holdsOn(rule: Rule, day: string): boolean {
  const number = dayNumber(day);
  return (
    rule.days.some((on) => on === weekdayOfNumber(number)) && nextRuleDay(rule, number) === number
  );
}
