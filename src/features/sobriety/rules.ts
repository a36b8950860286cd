import { addDays, type Day, daysBetween } from '../../kit/day.ts';

/** A date that the person counts from, chosen by them and never by us. */
export interface SoberStart {
  since: Day;
  /** The last sober day before this run, where an earlier one ended: between the two nothing is counted. */
  earlierEndedOn: Day | null;
  /** Sober days from before this app, counted once in the total. */
  earlierDays: number;
}

export interface SoberDays {
  /** The date that the current run counts from. */
  since: Day;
  /** Whole days since then. */
  run: number;
  /** All sober days: earlier runs and this one, without days of use. Never taken back by a slip. */
  total: number;
}

/**
 * Counts sober days. A slip resets nothing by itself: the run goes on until the person chooses a new
 * date, and the total leaves out the day of use only. Future dates count as today.
 *
 * @param usedOn days on which the person said they used; repeats do not matter
 * @returns null until a date was chosen
 */
export function soberDays(
  starts: readonly SoberStart[],
  usedOn: readonly Day[],
  today: Day,
): SoberDays | null {
  const runs = [...starts].sort((a, b) => (a.since < b.since ? -1 : 1));
  const current = runs.at(-1);
  const first = runs[0];
  if (!current || !first) return null;
  const excluded = new Set<Day>();
  for (const day of usedOn) if (day >= first.since && day < today) excluded.add(day);
  for (const { since, earlierEndedOn } of runs.slice(1)) {
    if (!earlierEndedOn) continue;
    const from = earlierEndedOn < first.since ? first.since : addDays(earlierEndedOn, 1);
    for (let day = from; day < since && day < today; day = addDays(day, 1)) excluded.add(day);
  }
  const counted = Math.max(0, daysBetween(first.since, today)) - excluded.size;
  const earlier = runs.reduce((sum, run) => sum + run.earlierDays, 0);
  return {
    since: current.since,
    run: Math.max(0, daysBetween(current.since, today)),
    total: Math.max(0, counted) + earlier,
  };
}

/** A day worth a moment: after 1, 7, 30, 60, 90, 180 days, then each full year. Null on other days. */
export function milestone(since: Day, today: Day): { days: number } | { years: number } | null {
  const run = daysBetween(since, today);
  if ([1, 7, 30, 60, 90, 180].includes(run)) return { days: run };
  const years = Number(today.slice(0, 4)) - Number(since.slice(0, 4));
  if (years < 1) return null;
  // Who began on 29 February has the first of March in years without one.
  const isLeapYear = addDays(`${today.slice(0, 4)}-02-28`, 1).endsWith('-29');
  const falls = since.endsWith('-02-29') && !isLeapYear ? '-03-01' : since.slice(4);
  return today.slice(4) === falls ? { years } : null;
}
