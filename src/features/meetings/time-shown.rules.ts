import { clockOf } from './meeting.rules.ts';
import { type Occurrence, occurrences, type Timed } from './recurrence.rules.ts';
import { dayOf } from './rule-days.rules.ts';
import { instantAtDay, offsetAt, wallClock, wallDay } from './zone-clock.rules.ts';

/** Whose clock is shown: the meeting's, or the reader's. */
export type Whose = 'theirs' | 'mine';

/** A time as one clock shows it. */
export interface TimeShown {
  /** `YYYY-MM-DD`, `HH:MM` and the weekday (0 Sunday) on the clock shown. */
  day: string;
  time: string;
  weekday: number;
  /** When it ends; on a later day where `endDay` differs. */
  endDay: string;
  endTime: string;
  /** The IANA zone of the clock shown. */
  zone: string;
  /** Whether the other clock shows another time just then: only then is the zone worth a word. */
  differs: boolean;
  /** Days by which the day shown lies after (or before) that of the other clock: -1, 0 or 1. */
  daysApart: number;
}

function onClock(zone: string, at: number): { day: number; time: string; weekday: number } {
  const { minute, weekday } = wallClock(zone, at);
  return {
    day: wallDay(zone, at),
    time: clockOf(minute),
    weekday,
  };
}

/**
 * An occurrence on the meeting's clock or on that of `zone`, the reader's. Two zones that show the
 * same time just then count as one, whatever they are called.
 */
export function timeShown(
  meeting: Pick<Timed, 'timeZone'>,
  { startsAt, endsAt }: Pick<Occurrence, 'startsAt' | 'endsAt'>,
  whose: Whose,
  zone: string,
): TimeShown {
  const shown = whose === 'mine' ? zone : meeting.timeZone;
  const other = whose === 'mine' ? meeting.timeZone : zone;
  const start = onClock(shown, startsAt);
  const end = onClock(shown, endsAt);
  return {
    day: dayOf(start.day),
    time: start.time,
    weekday: start.weekday,
    endDay: dayOf(end.day),
    endTime: end.time,
    zone: shown,
    differs: offsetAt(shown, startsAt) !== offsetAt(other, startsAt),
    daysApart: start.day - wallDay(other, startsAt),
  };
}

/** A meeting in a day of somebody's week. */
export interface Held<Listing> {
  listing: Listing;
  occurrence: Occurrence;
}

/**
 * A week of meetings from the day of `from` (milliseconds) on, as the clock of `zone` has its days:
 * for somebody who travels, or joins from elsewhere; `timeShown` says the times. What began before
 * midnight stands in the day it began.
 */
export function weekShown<Listing extends { meeting: Timed }>(
  listings: readonly Listing[],
  from: number,
  zone: string,
  days = 7,
): { day: string; held: Held<Listing>[] }[] {
  const first = wallDay(zone, from);
  const begin = instantAtDay(zone, first, 0);
  const until = instantAtDay(zone, first + days, 0);
  const week = Array.from({ length: days }, (_, i) => ({
    day: dayOf(first + i),
    held: [] as Held<Listing>[],
  }));
  for (const listing of listings) {
    for (const occurrence of occurrences(listing.meeting, begin, { until, count: 50 })) {
      if (occurrence.startsAt < begin) continue;
      week[wallDay(zone, occurrence.startsAt) - first]?.held.push({ listing, occurrence });
    }
  }
  for (const { held } of week) held.sort((a, b) => a.occurrence.startsAt - b.occurrence.startsAt);
  return week;
}
