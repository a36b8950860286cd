import { type Day, daysBetween } from '../../kit/day.ts';
import { instantAt } from '../meetings/zone-clock.rules.ts';

export type PartOfDay = 'morning' | 'afternoon' | 'evening' | 'night';

/** The part of the day that an hour (0 to 23) belongs to, as people say it. */
export function partOfDay(hour: number): PartOfDay {
  if (hour >= 5 && hour < 12) return 'morning';
  if (hour >= 12 && hour < 17) return 'afternoon';
  if (hour >= 17 && hour < 22) return 'evening';
  return 'night';
}

export interface Startable {
  onDay: Day;
  /** 'HH:MM' on the wall where the meeting is. */
  startsAt: string;
  zone: string;
}

/** The instant at which a planned meeting starts, in ms. */
export function startOf({ onDay, startsAt, zone }: Startable): number {
  const [year = 0, month = 1, day = 1] = onDay.split('-').map(Number);
  const [hour = 0, minute = 0] = startsAt.split(':').map(Number);
  return instantAt(zone, { year, month, day }, hour * 60 + minute);
}

/** A meeting under way counts as next for so long, in ms. */
const lasts = 90 * 60_000;

/** The planned meeting that comes next, or is under way; not one that was logged already. */
export function nextPlanned<Plan extends Startable & { attended: boolean }>(
  plans: readonly Plan[],
  now: number,
): { plan: Plan; at: number } | null {
  const ahead = plans
    .filter((plan) => !plan.attended)
    .map((plan) => ({ plan, at: startOf(plan) }))
    .filter(({ at }) => at + lasts > now)
    .sort((a, b) => a.at - b.at);
  return ahead[0] ?? null;
}

/** How a start is told: in minutes when near, else by day. */
export type Starting =
  | { kind: 'underWay' }
  | { kind: 'minutes'; minutes: number }
  | { kind: 'today' }
  | { kind: 'tomorrow' }
  | { kind: 'day'; day: Day };

export function starting(plan: Startable, today: Day, now: number): Starting {
  const minutes = Math.round((startOf(plan) - now) / 60_000);
  if (minutes <= 0) return { kind: 'underWay' };
  if (minutes <= 120) return { kind: 'minutes', minutes };
  const days = daysBetween(today, plan.onDay);
  if (days <= 0) return { kind: 'today' };
  if (days === 1) return { kind: 'tomorrow' };
  return { kind: 'day', day: plan.onDay };
}
