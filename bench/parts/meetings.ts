import { facets } from '../../src/features/meetings/facets.rules.ts';
import type { Searchable } from '../../src/features/meetings/search-index.rules.ts';

/** A repeatable stream of numbers in [0, 1) (mulberry32), so that every run asks the same. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

const towns = 1500;
const zones = ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles'];
const common = facets.slice(0, 25).map((facet) => facet.id);

/**
 * Meetings clustered round towns of very different size (the largest holds one in fifty), evenings
 * more often than mornings, three formats each. Made one at a time: a million objects need not exist.
 */
export function generated(count: number, seed = 7): (id: number) => Searchable {
  const roll = dice(seed);
  const lat = new Float64Array(count);
  const lng = new Float64Array(count);
  const when = new Uint16Array(count);
  const kind = new Uint32Array(count);
  const centres = Array.from({ length: towns }, () => [26 + roll() * 22, -122 + roll() * 48]);
  const weights: number[] = [];
  let sum = 0;
  for (let k = 0; k < towns; k++) {
    sum += 1 / (k + 10);
    weights.push(sum);
  }
  const spread = () => (roll() + roll() + roll() - 1.5) * 0.4;
  for (let id = 0; id < count; id++) {
    const at = roll() * sum;
    let town = 0;
    for (let low = 0, high = towns - 1; low < high; town = low) {
      const middle = (low + high) >> 1;
      if ((weights[middle] as number) < at) low = middle + 1;
      else high = middle;
    }
    const [centreLat = 0, centreLng = 0] = centres[town] ?? [];
    lat[id] = centreLat + spread();
    lng[id] = centreLng + spread();
    const evening = roll() < 0.6;
    const start = evening ? 1020 + Math.floor(roll() * 16) * 15 : Math.floor(roll() * 96) * 15;
    when[id] = Math.floor(roll() * 7) * 1440 + start;
    kind[id] = Math.floor(roll() * 2 ** 30);
  }
  const attendances = ['in-person', 'in-person', 'hybrid', 'online'] as const;
  return (id) => {
    const k = kind[id] as number;
    return {
      position: { lat: lat[id] as number, lng: lng[id] as number },
      days: [Math.floor((when[id] as number) / 1440)],
      start: (when[id] as number) % 1440,
      minutes: 60,
      timeZone: zones[k & 3] as string,
      attendance: attendances[(k >> 2) & 3] ?? 'in-person',
      fellowship: (k >> 4) & 3 ? 'aa' : 'na',
      facets: [
        k & 64 ? 'open' : 'closed',
        common[2 + ((k >> 8) % 10)] as string,
        common[2 + ((k >> 14) % 23)] as string,
      ],
      text: '',
    };
  };
}
