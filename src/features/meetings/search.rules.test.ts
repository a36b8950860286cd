import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { facets } from './facets.rules.ts';
import { attendances } from './meeting.rules.ts';
import { nextOccurrence } from './next-start.rules.ts';
import { search } from './search.rules.ts';
import { buildIndex } from './search-build.rules.ts';
import type { Searchable } from './search-index.rules.ts';
import { distanceKm, type MeetingQuery } from './search-query.rules.ts';

const facetIds = facets.map((facet) => facet.id);
const words = ['Monday', 'Café', 'step', 'Stepping', 'Grace', 'group', 'Niño'];
const zones = ['America/New_York', 'America/Phoenix', 'Australia/Sydney', 'Asia/Kathmandu'];

const position = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      lat: fc.double({ min: 39, max: 41, noNaN: true }),
      lng: fc.double({ min: -76, max: -74, noNaN: true }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      lat: fc.double({ min: -90, max: 90, noNaN: true }),
      lng: fc.double({ min: -180, max: 180, noNaN: true }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      lat: fc.double({ min: -18, max: -17, noNaN: true }),
      lng: fc.constantFrom(179.95, -179.95),
    }),
  },
);

const meeting: fc.Arbitrary<Searchable> = fc.record({
  position: fc.option(position),
  days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }),
  start: fc.option(fc.integer({ min: 0, max: 1439 }), { freq: 8 }),
  minutes: fc.constantFrom(30, 60, 90, 300),
  timeZone: fc.constantFrom(...zones),
  attendance: fc.constantFrom(...attendances),
  fellowship: fc.constantFrom('aa', 'na', 'smart'),
  facets: fc.uniqueArray(fc.constantFrom(...facetIds.slice(0, 6), 'lang-uk', 'lang-es'), {
    maxLength: 4,
  }),
  text: fc.array(fc.constantFrom(...words), { maxLength: 3 }).map((list) => list.join(' ')),
});

// Around both changes of the clocks in both hemispheres, and in between.
const instant = fc.oneof(
  fc
    .constantFrom('2026-03-08T06:59:30Z', '2026-11-01T05:30:00Z', '2026-04-04T15:59:59Z')
    .map(Date.parse),
  fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-01-01') }),
);

function optional<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  // Mostly absent: a query that asks for everything at once finds nothing and proves nothing.
  return fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

const query = fc
  .record({
    near: optional(
      fc.record({
        point: position,
        radiusKm: optional(fc.constantFrom(0, 1, 25, 200, 9000, 20_100)),
        nearest: optional(fc.integer({ min: 1, max: 8 })),
      }),
    ),
    day: optional(fc.integer({ min: 0, max: 6 })),
    after: optional(fc.integer({ min: 0, max: 1439 })),
    before: optional(fc.integer({ min: 0, max: 1440 })),
    fellowships: optional(fc.subarray(['aa', 'na', 'nobody'], { minLength: 1 })),
    types: optional(fc.subarray([...facetIds.slice(0, 4), 'lang-uk'], { maxLength: 2 })),
    attendances: optional(fc.subarray([...attendances], { minLength: 1 })),
    text: optional(fc.constantFrom('step', 'cafe gr', 'nino', 'zzz', 'g')),
    now: optional(instant),
    withinMinutes: optional(fc.constantFrom(0, 40, 600)),
    order: optional(fc.constantFrom('time' as const, 'distance' as const)),
  })
  .map(({ near, ...rest }) => {
    const entries = Object.entries(rest).filter(([, value]) => value !== undefined);
    const plain: MeetingQuery = Object.fromEntries(entries);
    if (near) {
      plain.near = { ...near.point };
      if (near.radiusKm !== undefined) plain.near.radiusKm = near.radiusKm;
      if (near.nearest !== undefined) plain.near.nearest = near.nearest;
    }
    return plain;
  });

const plainFold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The same question answered by looking at every meeting, in the words of the contract. */
function linear(meetings: Searchable[], q: MeetingQuery): { id: number; km: number; ms: number }[] {
  const found = meetings.flatMap((m, id) => {
    const km = q.near && m.position ? distanceKm(q.near, m.position) : Number.NaN;
    const most = q.near?.radiusKm ?? (q.near?.nearest === undefined ? 25 : 50_000);
    if (q.near && !(km <= most)) return [];
    const timed = [q.day, q.after, q.before, q.now].some((v) => v !== undefined);
    if (timed && (m.start === null || m.days.length === 0)) return [];
    if (q.day !== undefined && !m.days.includes(q.day)) return [];
    if ((m.start ?? 0) < (q.after ?? 0) || (timed && (m.start ?? 0) >= (q.before ?? 1440)))
      return [];
    if (q.fellowships && !q.fellowships.includes(m.fellowship)) return [];
    if (!(q.types ?? []).every((type) => m.facets.includes(type))) return [];
    if (
      q.attendances
        ? !q.attendances.includes(m.attendance)
        : q.now !== undefined && m.attendance === 'inactive'
    )
      return [];
    const text = plainFold(m.text).split(' ');
    if (
      q.text &&
      !plainFold(q.text)
        .split(' ')
        .every((w) => text.some((t) => t.startsWith(w)))
    )
      return [];
    let ms = Number.NaN;
    if (q.now !== undefined) {
      const days = (q.day === undefined ? m.days : [q.day]) as (0 | 1)[];
      const start = m.start ?? 0;
      const startsAt = `${String(Math.floor(start / 60)).padStart(2, '0')}:${String(start % 60).padStart(2, '0')}`;
      const next = nextOccurrence(
        { days, startsAt, minutes: m.minutes, timeZone: m.timeZone },
        q.now,
      );
      ms = (next?.startsAt ?? Number.POSITIVE_INFINITY) - q.now;
      if (ms > (q.withinMinutes ?? 10_080) * 60_000) return [];
    }
    return [{ id, km, ms }];
  });
  if (q.near?.nearest === undefined) return found;
  return found.sort((a, b) => a.km - b.km || a.id - b.id).slice(0, q.near.nearest);
}

const ids = (list: { id: number }[]) => list.map((hit) => hit.id).sort((a, b) => a - b);

describe('search', () => {
  it('finds what looking at every meeting finds, and in order', () => {
    const runs = Number(process.env.STEPWELL_RUNS ?? 150);
    let telling = 0;
    fc.assert(
      fc.property(
        fc.array(meeting, { maxLength: 80, size: 'max' }),
        fc.array(query, { minLength: 20, maxLength: 20 }),
        (meetings, queries) => {
          const index = buildIndex(meetings.length, (id) => meetings[id] as Searchable);
          for (const q of queries) {
            const hits = search(index, q);
            if (hits.length > 0) telling++;
            const expected = linear(meetings, q);
            expect(ids(hits)).toEqual(ids(expected));
            const byId = new Map(expected.map((hit) => [hit.id, hit]));
            for (const hit of hits) {
              expect(hit.startsIn ?? Number.NaN).toBe(byId.get(hit.id)?.ms);
              expect(hit.distanceKm ?? Number.NaN).toBe(byId.get(hit.id)?.km);
            }
            const key =
              (q.order ?? (q.near ? 'distance' : 'time')) === 'distance'
                ? 'distanceKm'
                : 'startsIn';
            const keys = hits.map((hit) => hit[key] ?? 0);
            expect(keys).toEqual([...keys].sort((a, b) => a - b));
          }
        },
      ),
      { numRuns: runs },
    );
    expect(telling).toBeGreaterThan(runs * 20 * 0.3);
  });

  it('keeps a meeting at the very point that is searched round', () => {
    const here = { lat: 42.652, lng: -73.756 };
    const one: Searchable = {
      position: here,
      days: [1],
      start: 1140,
      minutes: 60,
      timeZone: 'America/New_York',
      attendance: 'in-person',
      fellowship: 'aa',
      facets: ['open'],
      text: '',
    };
    const index = buildIndex(1, () => one);
    expect(search(index, { near: { ...here, radiusKm: 0 } })).toEqual([
      { id: 0, distanceKm: 0, startsIn: null },
    ]);
    expect(search(index, { near: { ...here, nearest: 1 } })).toHaveLength(1);
  });

  it.each([
    ['west of the date line', 179.98],
    ['east of the date line', -179.98],
  ])('%s it finds both sides', (_name, lng) => {
    const points = [179.99, -179.99, 179.9, -179.9, 178, -178, 0];
    const index = buildIndex(points.length, (id) => ({
      position: { lat: -17, lng: points[id] as number },
      days: [1],
      start: 1140,
      minutes: 60,
      timeZone: 'Pacific/Fiji',
      attendance: 'in-person',
      fellowship: 'aa',
      facets: [],
      text: '',
    }));
    expect(ids(search(index, { near: { lat: -17, lng, radiusKm: 25 } }))).toEqual([0, 1, 2, 3]);
  });

  it('answers an empty directory, and an unknown facet, with nothing', () => {
    const index = buildIndex(0, () => {
      throw new Error('nothing to describe');
    });
    expect(search(index, {})).toEqual([]);
    expect(
      search(index, { near: { lat: 0, lng: 0, nearest: 3 }, types: ['no-such-facet'] }),
    ).toEqual([]);
  });
});
