/** How far a listing can be relied on: changed within 6 months, within 12, longer ago, unknown. */
export type Freshness = 'fresh' | 'ageing' | 'not-confirmed-lately' | 'unknown';

const month = 30.44 * 86_400_000;

/** When a listing was last confirmed by somebody or changed at its source, whichever is later. */
export function lastSure({
  updatedAt,
  confirmedAt,
}: {
  updatedAt: string | null;
  confirmedAt: string | null;
}): string | null {
  if (updatedAt === null || confirmedAt === null) return updatedAt ?? confirmedAt;
  return updatedAt > confirmedAt ? updatedAt : confirmedAt;
}

/** Judges the last change (an instant) at `now` (milliseconds); whole months for the sentence. */
export function freshnessOf(
  updatedAt: string | null,
  now: number,
): { freshness: Freshness; months: number | null } {
  if (updatedAt === null) return { freshness: 'unknown', months: null };
  const months = Math.max(0, Math.floor((now - Date.parse(updatedAt)) / month));
  if (months < 6) return { freshness: 'fresh', months };
  return { freshness: months < 12 ? 'ageing' : 'not-confirmed-lately', months };
}
