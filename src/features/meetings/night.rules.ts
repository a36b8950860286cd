import { wallClock } from './zone-clock.rules.ts';

/**
 * The minutes until the night after this day is over, at four in the morning, in a zone. After midnight
 * the new day counts: whoever is awake at two is shown what is left of the night, and what comes then.
 */
function minutesOfDayAndNight(zone: string, now: number): number {
  return 1680 - wallClock(zone, now).minute;
}

/** Times of which what can still be reached from now on is asked for. */
export const reachTimes = ['now', 'soon', 'tonight'] as const;
export type ReachTime = (typeof reachTimes)[number];

/** Whether a choice of time is one of those. */
export function isReachTime(when: string): when is ReachTime {
  return (reachTimes as readonly string[]).includes(when);
}

/** How far ahead each of them looks, in minutes, at `now` (ms) in the zone of the place. */
export function minutesAhead(when: ReachTime, zone: string, now: number): number {
  // Readings last a quarter of an hour.
  if (when === 'now') return 15;
  return when === 'soon' ? 120 : minutesOfDayAndNight(zone, now);
}

/** The part of a question that asks for it; by the phone and by the server alike. */
export function askForReach(when: ReachTime, zone: string, now: number) {
  return { now, withinMinutes: minutesAhead(when, zone, now), reachable: true } as const;
}
