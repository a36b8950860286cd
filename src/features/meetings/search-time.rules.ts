import { type Occurrence, occurrencesFrom } from './recurrence.rules.ts';
import { dayNumber } from './rule-days.rules.ts';
import { irregular, type MeetingIndex, recordWords, weekMinutes } from './search-index.rules.ts';
import type { MeetingQuery } from './search-query.rules.ts';
import { untilStart } from './until-start.rules.ts';
import { instantAtDay, wallClock, wallDay } from './zone-clock.rules.ts';

/** An occurrence, and from when on (milliseconds) until its end it is the next one. */
interface Next {
  from: number;
  occurrence: Occurrence | null;
}

const known = new WeakMap<MeetingIndex, Map<number, Next>>();

/** The rule is asked once; until what it said is over, the answer is the same. */
function nextOf(index: MeetingIndex, slot: number, now: number): Occurrence | null {
  let nexts = known.get(index);
  if (!nexts) {
    nexts = new Map();
    known.set(index, nexts);
  }
  const held = nexts.get(slot);
  if (held && held.from <= now && (!held.occurrence || now < held.occurrence.endsAt))
    return held.occurrence;
  const [occurrence = null] = occurrencesFrom(index.timedOf(slot), now);
  nexts.set(slot, { from: now, occurrence });
  return occurrence;
}

type Starts = (slot: number) => number;

/** Of a meeting with a rule: its first occurrence that fits, asked of the rule itself. */
function ruleStarts(index: MeetingIndex, query: MeetingQuery): Starts {
  const { now, day, onDay, after = 0, before = 1440 } = query;
  const within = (query.withinMinutes ?? weekMinutes) * 60_000;
  const date = onDay === undefined ? null : dayNumber(onDay);
  const anyOccurrence = day === undefined && date === null && after === 0 && before >= 1440;
  return (slot) => {
    if (anyOccurrence && now !== undefined) {
      const next = nextOf(index, slot, now);
      const starts = next ? next.startsAt - now : Number.POSITIVE_INFINITY;
      return starts <= within ? starts : Number.POSITIVE_INFINITY;
    }
    const timed = index.timedOf(slot);
    const zone = timed.timeZone;
    const from = now ?? instantAtDay(zone, date ?? 0, 0) - 1;
    for (const { startsAt } of occurrencesFrom(timed, from)) {
      if (now !== undefined && startsAt - now > within) break;
      const on = wallDay(zone, startsAt);
      if (date !== null && on > date) break;
      const { weekday, minute } = wallClock(zone, startsAt);
      if (date !== null && on < date) continue;
      if (day !== undefined && weekday !== day) continue;
      if (minute < after || minute >= before) continue;
      return now === undefined ? minute : startsAt - now;
    }
    return Number.POSITIVE_INFINITY;
  };
}

/** Of a weekly meeting on a date: the start is the same for all of a zone at that minute. */
function dateStarts(index: MeetingIndex, query: MeetingQuery, date: number): Starts {
  const { now } = query;
  const within = (query.withinMinutes ?? weekMinutes) * 60_000;
  const instants = new Map<number, number>();
  return (slot) => {
    const times = index.records[slot * recordWords + 3] as number;
    const minute = times >>> 16;
    if (now === undefined) return minute;
    const zone = index.zoneOf[slot] as number;
    const key = zone * 1440 + minute;
    let instant = instants.get(key);
    if (instant === undefined) {
      instant = instantAtDay(index.zones[zone] as string, date, minute);
      instants.set(key, instant);
    }
    const starts = instant - now;
    const over = starts + (times & 0xffff) * 60_000 <= 0;
    return over || starts > within ? Number.POSITIVE_INFINITY : starts;
  };
}

/** Weekday of a day `YYYY-MM-DD`. */
export function weekdayOf(day: string): number {
  return (((dayNumber(day) + 4) % 7) + 7) % 7;
}

/**
 * Whether a meeting is held when it is asked for: milliseconds from `now` to that start (negative
 * when under way), without `now` the minute of `onDay`; infinite where it is not. Null when the
 * query asks for neither an instant nor a date. Days and hours of weekly meetings are looked at
 * elsewhere, in their records.
 */
export function startTest(index: MeetingIndex, query: MeetingQuery): Starts | null {
  const { now, day, onDay } = query;
  if (now === undefined && onDay === undefined) return null;
  const byRule = ruleStarts(index, query);
  const within = (query.withinMinutes ?? weekMinutes) * 60_000;
  let weekly: Starts;
  if (onDay !== undefined) weekly = dateStarts(index, query, dayNumber(onDay));
  else {
    const until = untilStart(index, now as number, day === undefined ? 0x7f : 1 << day);
    weekly = (slot) => {
      const starts = until(slot);
      return starts <= within ? starts : Number.POSITIVE_INFINITY;
    };
  }
  return (slot) =>
    ((index.records[slot * recordWords + 2] as number) & irregular) === 0
      ? weekly(slot)
      : byRule(slot);
}

/**
 * Calls `take` for each slot that may be under way at `now` or start within `withinMinutes`, and for
 * some that do not; once each. Those whose rule has to be asked are not among them.
 */
export function slotsSoon(
  index: MeetingIndex,
  now: number,
  withinMinutes: number,
  take: (slot: number) => void,
): void {
  const { timeKeys, timeSlots } = index;
  // A change of the clocks moves a start by at most an hour or two.
  const [back, ahead] = [index.longest + 180, withinMinutes + 180];
  const seen = new Uint32Array((index.count >> 5) + 1);
  for (let zone = 0; zone < index.zones.length; zone++) {
    const { weekday, minute } = wallClock(index.zones[zone] as string, now);
    const at = weekday * 1440 + minute;
    const spans =
      back + ahead >= weekMinutes ? [[0, weekMinutes]] : inWeek(at - back, at + ahead + 1);
    for (const [from = 0, to = 0] of spans) {
      const last = firstAtLeast(timeKeys, zone * weekMinutes + to);
      for (let i = firstAtLeast(timeKeys, zone * weekMinutes + from); i < last; i++) {
        const slot = timeSlots[i] as number;
        const bit = 1 << (slot & 31);
        if (((seen[slot >> 5] as number) & bit) !== 0) continue;
        seen[slot >> 5] = (seen[slot >> 5] as number) | bit;
        take(slot);
      }
    }
  }
}

/** A span of minutes that may reach over either end of the week, cut at the ends. */
function inWeek(from: number, to: number): [number, number][] {
  if (from < 0)
    return [
      [0, to],
      [from + weekMinutes, weekMinutes],
    ];
  if (to > weekMinutes)
    return [
      [from, weekMinutes],
      [0, to - weekMinutes],
    ];
  return [[from, to]];
}

/** First place in a sorted list that is not below `key`. */
export function firstAtLeast(sorted: Uint32Array, key: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
