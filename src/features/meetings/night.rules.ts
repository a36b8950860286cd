import { wallClock } from './zone-clock.rules.ts';

/** The minutes until four in the morning in a zone, when the night is over. */
export function minutesOfNight(zone: string, now: number): number {
  const { minute } = wallClock(zone, now);
  return (minute < 240 ? 240 : 1680) - minute;
}
