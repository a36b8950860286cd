import type { Attendance } from './meeting.rules.ts';

/** Minutes that one may come late without it mattering; meetings begin with readings. */
const grace = 15;

/** Minutes on foot, at 5 km an hour, over ways a third longer than the straight line. */
export function walkMinutes(km: number): number {
  return Math.max(1, Math.round(((km * 1.33) / 5) * 60));
}

/** Minutes to get there: on foot up to a kilometre and a half, else by wheels at 30 km an hour. */
export function travelMinutes(km: number): number {
  return km <= 1.5 ? walkMinutes(km) : Math.round(5 + ((km * 1.33) / 30) * 60);
}

/**
 * Whether one who leaves now can still take part: on the way in time, or online in its first half
 * hour. `startsIn` in milliseconds, negative when under way; an unknown distance takes no time.
 */
export function canBeReached(
  attendance: Attendance,
  startsIn: number,
  distanceKm: number | null,
): boolean {
  if (attendance === 'inactive') return false;
  const travels = attendance === 'in-person';
  const lateBy = (travels ? travelMinutes(distanceKm ?? 0) : 0) - startsIn / 60_000;
  return lateBy <= (travels ? grace : 30);
}
