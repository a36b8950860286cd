import type { DirectoryView, Published } from '../meetings/directory.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { isClosedOn } from '../meetings/recurrence.rules.ts';
import { dayOf } from '../meetings/rule-days.rules.ts';
import { wallDay } from '../meetings/zone-clock.rules.ts';

/** A published listing, as the feeds need it. */
export type Listed = Pick<Published, 'id' | 'number' | 'bodyNumber' | 'demo' | 'meeting'>;

/** The published directory, as the feeds need it. */
export type FeedDirectory = Pick<
  DirectoryView,
  'version' | 'count' | 'at' | 'all' | 'bodies' | 'search'
>;

/** The next moment in a long piece of work at which to let other work go first (server only). */
export type Pause = () => Promise<void> | undefined;

/**
 * Places (`at`) of the listings that a feed tells of, ordered by number so that the same directory
 * gives the same bytes. Made-up listings of a demonstration are told only where there are no others.
 */
export async function listedPlaces(
  directory: FeedDirectory,
  wanted: (listed: Listed) => boolean,
  pause: Pause,
): Promise<number[]> {
  const told: [number: number, place: number][] = [];
  let madeUpOnly = true;
  for (const place of directory.all()) {
    const listed = directory.at(place);
    if (madeUpOnly && !listed.demo) {
      madeUpOnly = false;
      told.length = 0;
    }
    if (listed.demo === madeUpOnly && wanted(listed)) told.push([listed.number, place]);
    const waiting = pause();
    if (waiting) await waiting;
  }
  return told.sort((a, b) => a[0] - b[0]).map(([, place]) => place);
}

/** The calendar day (`YYYY-MM-DD`) in a zone at an instant (milliseconds). */
export function dayThere(timeZone: string, now: number): string {
  return dayOf(wallDay(timeZone, now));
}

/** Whether a listing is shut today, on its own calendar. */
export function isShutNow(meeting: Meeting, now: number): boolean {
  return meeting.closure !== null && isClosedOn(meeting, dayThere(meeting.timeZone, now));
}

/**
 * Whether a listing is held every week on each of its days now, so that a feed that can only say
 * "weekly" tells the truth. Single days that differ do not count: the next week is right again.
 */
export function isWeeklyNow({ recurrence, timeZone }: Meeting, now: number): boolean {
  if (recurrence === null) return true;
  if (recurrence.by !== 'weeks' || recurrence.every !== 1) return false;
  const today = dayThere(timeZone, now);
  return (
    (recurrence.from === null || recurrence.from <= today) &&
    (recurrence.until === null || today <= recurrence.until)
  );
}

/** Whether a listing is over for good by today: its last day has gone. */
export function isOver({ recurrence, timeZone }: Meeting, now: number): boolean {
  const until = recurrence?.until ?? null;
  return until !== null && until < dayThere(timeZone, now);
}
