import type { Day } from '../../kit/day.ts';

/** HALT, a fellowship saying for what often stands before a drink: hungry, angry, lonely, tired. */
export const haltChoices = ['hungry', 'angry', 'lonely', 'tired'] as const;
export type Halt = (typeof haltChoices)[number];

/** What the five taps and the line of an evening say. */
export interface CheckIn {
  used: boolean;
  /** Strongest urge of the day, 0 none to 10. */
  urge: number;
  /** 1 very low to 5 very good. */
  mood: number;
  halt: Halt[];
  meeting: boolean;
  sponsorContact: boolean;
  line?: string;
}

/** Of several check-ins for one day the one made last counts; the others stay in the record. */
export function standing<Entry extends { onDay: Day; madeAt: string }>(
  entries: readonly Entry[],
): Entry[] {
  const last = new Map<Day, Entry>();
  for (const entry of entries) {
    const earlier = last.get(entry.onDay);
    if (!earlier || earlier.madeAt <= entry.madeAt) last.set(entry.onDay, entry);
  }
  return [...last.values()].sort((a, b) => (a.onDay < b.onDay ? -1 : 1));
}
