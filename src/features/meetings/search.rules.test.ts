import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Weekday } from './meeting.rules.ts';
import { canBeReached } from './reach.rules.ts';
import { occurrences } from './recurrence.rules.ts';
import { dayNumber, weekdayOfNumber } from './rule-days.rules.ts';
import { find, search } from './search.rules.ts';
import { meeting, query } from './search.test-data.ts';
import { atOnce, buildIndex, IndexBuilder } from './search-build.rules.ts';
import type { MeetingIndex, Searchable } from './search-index.rules.ts';
import { distanceKm, type Hit, type HitPlace, type MeetingQuery } from './search-query.rules.ts';

const plainFold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const remote = ['hybrid', 'online', 'phone', 'by-request'];

interface Fits {
  id: number;
  km: number;
  ms: number;
}

/** Milliseconds from now, or NaN where that is not asked; null: it is not held when asked for. */
function startOf(m: Searchable, q: MeetingQuery): number | null {
  const start = m.start ?? 0;
  const [after, before] = [q.after ?? 0, q.before ?? 1440];
  if (q.now === undefined && q.onDay === undefined) {
    if (q.day !== undefined && !m.days.includes(q.day)) return null;
    return start >= after && start < before ? Number.NaN : null;
  }
  // Every occurrence for a year and more, by Intl's calendar: slow and plain.
  const timed = m.timed ?? {
    days: m.days as Weekday[],
    startsAt: `${String(Math.floor(start / 60)).padStart(2, '0')}:${String(start % 60).padStart(2, '0')}`,
    minutes: m.minutes,
    timeZone: m.timeZone,
  };
  const zoned = new Intl.DateTimeFormat('sv', {
    timeZone: m.timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const most = (q.now ?? Number.NaN) + (q.withinMinutes ?? 10_080) * 60_000 + 1;
  const from = q.now ?? Date.parse(`${q.onDay}T00:00Z`) - 3 * 86_400_000;
  const until = q.now === undefined ? from + 6 * 86_400_000 : most;
  for (const { startsAt } of occurrences(timed, from, { until, count: 1000 })) {
    const [date = '', clock = ''] = zoned.format(startsAt).split(' ');
    const shown = Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
    // Listings say when a weekly meeting starts; a skipped time is listed as it would be.
    const minute = m.timed ? shown : start;
    if (q.onDay !== undefined && date !== q.onDay) continue;
    if (q.day !== undefined && weekdayOfNumber(dayNumber(date)) !== q.day) continue;
    if (minute < after || minute >= before) continue;
    return q.now === undefined ? Number.NaN : startsAt - q.now;
  }
  return null;
}

/** The same question answered by looking at every meeting, in the words of the contract. */
function linear(meetings: Searchable[], q: MeetingQuery): Fits[] {
  const found = meetings.flatMap((m, id): Fits[] => {
    const timed = [q.day, q.onDay, q.after, q.before, q.now].some((v) => v !== undefined);
    if (timed && (m.start === null || m.days.length === 0)) return [];
    const ms = timed ? startOf(m, q) : Number.NaN;
    if (ms === null) return [];
    if (q.fellowships && !q.fellowships.includes(m.fellowship)) return [];
    if (q.lists && !q.lists.includes(m.list ?? '')) return [];
    const path = (m.regions ?? []).join(' ').split(/[ /]/);
    const asked = q.region?.split(/[ /]+/) ?? [];
    const ends = (m.regions ?? []).map((_, n) => m.regions?.slice(0, n + 1).join(' ') ?? '');
    if (
      asked.length > 0 &&
      !ends.some((end) => plainFold(end.replaceAll('/', ' ')) === plainFold(asked.join(' ')))
    )
      return [];
    if (!(q.types ?? []).every((type) => m.facets.includes(type))) return [];
    if (
      q.attendances
        ? !q.attendances.includes(m.attendance)
        : q.now !== undefined && m.attendance === 'inactive'
    )
      return [];
    const text = plainFold([m.text, ...(m.shared ?? []), ...path].join(' ')).split(' ');
    const typed = plainFold(q.text ?? '').split(' ');
    if (q.text && !typed.every((w) => text.some((t) => t.startsWith(w)))) return [];
    const km = q.near && m.position ? distanceKm(q.near, m.position) : Number.NaN;
    const reach = q.reachable && q.now !== undefined;
    if (reach && !canBeReached(m.attendance, ms, Number.isNaN(km) ? null : km)) return [];
    return [{ id, km, ms }];
  });
  if (!q.near) return found;
  const most = q.near.radiusKm ?? (q.near.nearest === undefined ? 25 : 50_000);
  const near = found
    .filter(({ km }) => km <= most)
    .sort((a, b) => a.km - b.km || a.id - b.id)
    .slice(0, q.near.nearest);
  if (!q.anywhere) return near;
  const had = new Set(near.map(({ id }) => id));
  const others = found.filter(
    ({ id }) => !had.has(id) && remote.includes(meetings[id]?.attendance ?? ''),
  );
  return [...near, ...others.map((hit) => ({ ...hit, km: Number.NaN }))];
}

const ids = (list: { id: number }[]) => list.map((hit) => hit.id).sort((a, b) => a - b);

/** Page after page, and each with the number of all. */
function inPages(index: MeetingIndex, q: MeetingQuery): Hit[] {
  const parts = [{ index, isGone: null }];
  const hits: Hit[] = [];
  for (let after: HitPlace | null = null; ; ) {
    const page = find(parts, q, after ? { after, limit: 7 } : { limit: 7 });
    hits.push(...page.hits);
    expect(find(parts, q, { offset: hits.length, limit: 3 }).total).toBe(page.total);
    after = page.end;
    if (!after) return hits;
  }
}

/** Cut in two indexes, with meetings of either that do not count any more. */
function inParts(meetings: Searchable[], q: MeetingQuery, gone: (id: number) => boolean): Hit[] {
  const builders = [new IndexBuilder(), new IndexBuilder()];
  for (const [id, one] of meetings.entries()) builders[id % 3 === 0 ? 1 : 0]?.add(id, one);
  const parts = builders.map((builder) => ({ index: atOnce(builder.finish()), isGone: gone }));
  return find(parts, q).hits;
}

describe('search', () => {
  it('finds in a directory of several parts what it would find in one', () => {
    fc.assert(
      fc.property(
        fc.array(meeting, { maxLength: 40, size: 'max' }),
        fc.array(query, { minLength: 10, maxLength: 10 }),
        (meetings, queries) => {
          const kept = meetings.filter((_, id) => id % 5 !== 4);
          const idOf = meetings.flatMap((_, id) => (id % 5 === 4 ? [] : [id]));
          for (const q of queries) {
            const whole = search(
              buildIndex(kept.length, (id) => kept[id] as Searchable),
              q,
            );
            const expected = whole.map((hit) => ({ ...hit, id: idOf[hit.id] }));
            expect(inParts(meetings, q, (id) => id % 5 === 4)).toEqual(expected);
          }
        },
      ),
      { numRuns: Number(process.env.STEPWELL_RUNS ?? 60) },
    );
  });

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
            const keys = hits.map((hit) => hit[key] ?? 1e9);
            expect(keys).toEqual([...keys].sort((a, b) => a - b));
            expect(inPages(index, q)).toEqual(hits);
          }
        },
      ),
      { numRuns: runs },
    );
    expect(telling).toBeGreaterThan(runs * 20 * 0.3);
  });

  it('knows the next time again as the hours go by', () => {
    const timed = {
      days: [1, 4] as Weekday[],
      startsAt: '23:30',
      minutes: 90,
      timeZone: 'America/New_York',
      recurrence: { by: 'weeks' as const, every: 2, from: '2026-10-25', until: null },
      dayChanges: [
        {
          day: '2026-10-26',
          change: 'moved' as const,
          toDay: '2026-10-27',
          startsAt: null,
          note: '',
        },
      ],
    };
    const index = buildIndex(1, () => ({
      position: null,
      days: timed.days,
      start: 1410,
      minutes: 90,
      timeZone: timed.timeZone,
      attendance: 'online',
      fellowship: 'aa',
      facets: [],
      text: '',
      timed,
    }));
    let begins = 0;
    const from = Date.parse('2026-10-20T00:00Z');
    // There and back: a clock may be set right in between.
    for (let step = -2000; step <= 2000; step++) {
      const now = from + Math.abs(step) * 1_200_000;
      const [hit] = search(index, { now, withinMinutes: 10_080 });
      const [next] = occurrences(timed, now, { count: 1 });
      const starts = next ? next.startsAt - now : Number.POSITIVE_INFINITY;
      expect(hit?.startsIn ?? null).toBe(starts <= 10_080 * 60_000 ? starts : null);
      if (hit) begins++;
    }
    expect(begins).toBeGreaterThan(1000);
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
