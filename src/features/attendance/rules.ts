import { addDays, type Day, isDay, isZone } from '../../kit/day.ts';

/** How far ahead a meeting can be put in a week, in days. */
const furthestPlanDays = 366;

export type PlanRefusal = 'dayUnknown' | 'dayTooFar' | 'dayTooOld' | 'zoneUnknown' | 'timeUnknown';

/** Whether the text is a time of day, 00:00 to 23:59. */
export function isTimeOfDay(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/**
 * Judges where a meeting is to stand in the week. `today` is the client's day when it was made;
 * yesterday is still open, because a plan made at midnight may arrive after it.
 */
export function judgePlan(
  plan: { onDay: Day; startsAt: string; zone: string },
  today: Day,
): PlanRefusal | null {
  if (!isZone(plan.zone)) return 'zoneUnknown';
  if (!isDay(plan.onDay)) return 'dayUnknown';
  if (!isTimeOfDay(plan.startsAt)) return 'timeUnknown';
  if (plan.onDay < addDays(today, -1)) return 'dayTooOld';
  if (plan.onDay > addDays(today, furthestPlanDays)) return 'dayTooFar';
  return null;
}

/** A meeting that the client put in their own week, as the private space keeps it. */
export interface PlanFields {
  id: string;
  meetingId: string | null;
  name: string;
  place: string | null;
  startsAt: string;
  zone: string;
  fellowship: string | null;
  url: string | null;
  phone: string | null;
  types: string[];
  note: string | null;
  contactName: string | null;
}

/** A meeting that the client was at, as the private space keeps it. */
export interface AttendedFields {
  id: string;
  plannedId: string | null;
  meetingName: string;
  about: string[];
  stirred: string[];
  did: string[];
  line: string;
}

/** Types that say "newcomers welcome", in the codes of the feeds and of the directory. */
const forNewcomers = ['BE', 'newcomer', 'beginner', 'beginners', 'newcomers'];

export function welcomesNewcomers(types: readonly string[]): boolean {
  return types.some((type) => forNewcomers.includes(type));
}
