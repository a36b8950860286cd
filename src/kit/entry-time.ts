import { addDays, type Day, dayInZone, isDay, isZone } from './day.ts';

/** When something happened to a person: their own day where they were, not the server's. */
export interface EntryTime {
  /** The person's own day. */
  onDay: Day;
  /** IANA zone the device was in; a past day never moves when the person travels. */
  zone: string;
  /** How far the device clock was behind the server's when last compared, in ms (negative: ahead). */
  clockOffsetMs: number;
}

export const entryTimeRefusals = ['dayUnknown', 'dayAhead', 'dayTooOld', 'zoneUnknown'] as const;
export type EntryTimeRefusal = (typeof entryTimeRefusals)[number];

/** How many days back an entry may be about: memory is poor, and the review has moved on. */
export const oldestEntryDays = 30;

/**
 * Judges the day of an entry by when it was made on the device, so that waiting offline never
 * makes it too old. `madeAt` is an instant that is not later than now.
 *
 * @returns null when the entry may stand; else the refusal, with the days that are open as facts.
 */
export function judgeEntryTime(
  entry: EntryTime,
  madeAt: string,
): { code: EntryTimeRefusal; details: { today?: Day; earliest?: Day } } | null {
  if (!isZone(entry.zone)) return { code: 'zoneUnknown', details: {} };
  if (!isDay(entry.onDay)) return { code: 'dayUnknown', details: {} };
  const today = dayInZone(madeAt, entry.zone);
  const earliest = addDays(today, -oldestEntryDays);
  const details = { today, earliest };
  if (entry.onDay > today) return { code: 'dayAhead', details };
  if (entry.onDay < earliest) return { code: 'dayTooOld', details };
  return null;
}
