import { wallClock } from './zone-clock.rules.ts';

/** The minutes until four in the morning in a zone, when the night is over. */
function minutesOfNight(zone: string, now: number): number {
  const { minute } = wallClock(zone, now);
  return (minute < 240 ? 240 : 1680) - minute;
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
  return when === 'soon' ? 120 : minutesOfNight(zone, now);
}

/** The part of a question that asks for it; by the phone and by the server alike. */
export function askForReach(when: ReachTime, zone: string, now: number) {
  return { now, withinMinutes: minutesAhead(when, zone, now), reachable: true } as const;
}
