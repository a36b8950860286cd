import { type Occurrence, occurrencesFrom, type Timed } from './recurrence.rules.ts';

/**
 * The occurrence that is under way at `now`, else the next one, with its exceptions and closures
 * minded; null for "by appointment" and where none will come.
 * A meeting that crosses midnight is under way on both sides of it.
 */
export function nextOccurrence(meeting: Timed, now: number): Occurrence | null {
  for (const occurrence of occurrencesFrom(meeting, now)) return occurrence;
  return null;
}

/** How to say when: the words are the screen's, the choice between them is made here. */
export type StartPhrase =
  | { kind: 'under-way'; minutesAgo: number }
  | { kind: 'starts-in'; minutes: number }
  | { kind: 'later' };

/** "Started 10 minutes ago", "starts in 40 minutes" (within two hours), or a plain time. */
export function startPhrase(
  occurrence: Pick<Occurrence, 'startsAt' | 'endsAt'>,
  now: number,
): StartPhrase {
  const minutes = Math.round((occurrence.startsAt - now) / 60_000);
  if (occurrence.startsAt <= now) return { kind: 'under-way', minutesAgo: -minutes };
  return minutes <= 120 ? { kind: 'starts-in', minutes } : { kind: 'later' };
}
