import { type Meeting, minutesOfDay } from './meeting.rules.ts';
import { instantAt, wallClock } from './zone-clock.rules.ts';

/** One occurrence of a meeting as instants in milliseconds. */
export interface Occurrence {
  startsAt: number;
  endsAt: number;
}

type Timed = Pick<Meeting, 'days' | 'startsAt' | 'minutes' | 'timeZone'>;

/**
 * The occurrence that is under way at `now`, else the next one; null for "by appointment".
 * A meeting that crosses midnight is under way on both sides of it.
 */
export function nextOccurrence(meeting: Timed, now: number): Occurrence | null {
  if (meeting.startsAt === null || meeting.days.length === 0) return null;
  const minute = minutesOfDay(meeting.startsAt);
  const today = wallClock(meeting.timeZone, now);
  // Yesterday may still be under way; a day 8 ahead covers a single weekday that ended today.
  const daysBack = Math.ceil(meeting.minutes / 1440) + 1;
  for (let ahead = -daysBack; ahead <= 8; ahead++) {
    const weekday = (((today.weekday + ahead) % 7) + 7) % 7;
    if (!meeting.days.some((day) => day === weekday)) continue;
    const startsAt = instantAt(meeting.timeZone, { ...today, day: today.day + ahead }, minute);
    const endsAt = startsAt + meeting.minutes * 60_000;
    if (endsAt > now) return { startsAt, endsAt };
  }
  return null;
}

/** How to say when: the words are the screen's, the choice between them is made here. */
export type StartPhrase =
  | { kind: 'under-way'; minutesAgo: number }
  | { kind: 'starts-in'; minutes: number }
  | { kind: 'later' };

/** "Started 10 minutes ago", "starts in 40 minutes" (within two hours), or a plain time. */
export function startPhrase(occurrence: Occurrence, now: number): StartPhrase {
  const minutes = Math.round((occurrence.startsAt - now) / 60_000);
  if (occurrence.startsAt <= now) return { kind: 'under-way', minutesAgo: -minutes };
  return minutes <= 120 ? { kind: 'starts-in', minutes } : { kind: 'later' };
}
