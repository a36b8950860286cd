import { type DayChange, type Meeting, minutesOfDay } from './meeting.rules.ts';
import { dayNumber, dayOf, holdsOn, isNth, nextRuleDay } from './rule-days.rules.ts';
import { instantAtDay, wallDay } from './zone-clock.rules.ts';

/**
 * One time that a meeting is held, as instants in milliseconds. `day` is the day of the rule
 * (`YYYY-MM-DD`), by which an occurrence is known also when it was moved to another.
 */
export interface Occurrence {
  startsAt: number;
  endsAt: number;
  day: string;
  /** Not as usual: at another time or day, or that day by link only. */
  change?: 'moved' | 'online';
  /** What the group says of that day. */
  note?: string;
}

/** What has to be known of a meeting to say when it is held. */
export type Timed = Pick<Meeting, 'days' | 'startsAt' | 'minutes' | 'timeZone'> &
  Partial<Pick<Meeting, 'recurrence' | 'dayChanges' | 'closure'>>;

/** Whether a meeting is held every week on each of its days, without end and exception. */
export function isPlainWeekly(meeting: Timed): boolean {
  return !meeting.recurrence && !meeting.dayChanges?.length && !meeting.closure;
}

/** Whether a meeting is shut on a day (`YYYY-MM-DD` of its zone). */
export function isClosedOn({ closure }: Pick<Timed, 'closure'>, day: string): boolean {
  if (!closure) return false;
  return (
    (closure.from === null || closure.from <= day) &&
    (closure.until === null || day <= closure.until)
  );
}

function occurrenceOn(meeting: Timed, number: number, change: DayChange | undefined): Occurrence {
  const moved = change?.change === 'moved' ? change : undefined;
  const on = moved?.toDay ? dayNumber(moved.toDay) : number;
  const minute = minutesOfDay(moved?.startsAt ?? (meeting.startsAt as string));
  const startsAt = instantAtDay(meeting.timeZone, on, minute);
  const occurrence: Occurrence = {
    startsAt,
    endsAt: startsAt + meeting.minutes * 60_000,
    day: dayOf(number),
  };
  if (change && change.change !== 'cancelled') occurrence.change = change.change;
  if (change?.note) occurrence.note = change.note;
  return occurrence;
}

/** Occurrences moved elsewhere that end after `from`, soonest first: they leave the order of days. */
function movedOnes(meeting: Timed, from: number): Occurrence[] {
  const moved: Occurrence[] = [];
  for (const change of meeting.dayChanges ?? []) {
    if (change.change !== 'moved' || !holdsOn(meeting, change.day)) continue;
    if (isClosedOn(meeting, change.toDay ?? change.day)) continue;
    const occurrence = occurrenceOn(meeting, dayNumber(change.day), change);
    if (occurrence.endsAt > from) moved.push(occurrence);
  }
  return moved.sort((a, b) => a.startsAt - b.startsAt);
}

/** Skips the days on which a meeting is shut; null when it never opens again. */
function afterClosure({ closure }: Timed, number: number): number | null {
  if (!closure || !isClosedOn({ closure }, dayOf(number))) return number;
  return closure.until === null ? null : dayNumber(closure.until) + 1;
}

/**
 * The times a meeting is held from the one under way at `from` (milliseconds) on, soonest first,
 * for ever: take what is needed. A meeting by appointment has none.
 */
export function* occurrencesFrom(meeting: Timed, from: number): Generator<Occurrence> {
  if (meeting.startsAt === null || meeting.days.length === 0) return;
  const changes = meeting.dayChanges ?? [];
  const moved = changes.length > 0 ? movedOnes(meeting, from) : [];
  // One that began on an earlier day may still be under way.
  const daysBack = Math.ceil(meeting.minutes / 1440) + 1;
  let number: number | null = wallDay(meeting.timeZone, from) - daysBack;
  while (number !== null) {
    const open = afterClosure(meeting, number);
    const day = open === null ? null : nextRuleDay(meeting, open);
    if (day === null) break;
    number = day + 1;
    if (meeting.closure && isClosedOn(meeting, dayOf(day))) continue;
    const change = changes.length > 0 ? changes.find((one) => one.day === dayOf(day)) : undefined;
    if (change && change.change !== 'online') continue;
    const occurrence = occurrenceOn(meeting, day, change);
    if (occurrence.endsAt <= from) continue;
    while (moved[0] && moved[0].startsAt <= occurrence.startsAt) yield moved.shift() as Occurrence;
    yield occurrence;
  }
  yield* moved;
}

/**
 * The times a meeting is held that end after `from` and begin before `until` (milliseconds),
 * soonest first; at most `count`, 100 unless told.
 */
export function occurrences(
  meeting: Timed,
  from: number,
  { until = Number.POSITIVE_INFINITY, count = 100 }: { until?: number; count?: number } = {},
): Occurrence[] {
  const found: Occurrence[] = [];
  if (count < 1) return found;
  for (const occurrence of occurrencesFrom(meeting, from)) {
    if (occurrence.startsAt >= until) break;
    found.push(occurrence);
    if (found.length === count) break;
  }
  return found;
}

/** The types that hold on an occurrence, known by its day of the rule: those of always, then that day's. */
export function occurrenceTypes(
  meeting: Pick<Meeting, 'types' | 'typesOn'>,
  day: string,
): string[] {
  if (meeting.typesOn.length === 0) return meeting.types;
  const number = dayNumber(day);
  const types = new Set(meeting.types);
  for (const some of meeting.typesOn)
    if (isNth(number, some.nth)) for (const type of some.types) types.add(type);
  return [...types];
}
