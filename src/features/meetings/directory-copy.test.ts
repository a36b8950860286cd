import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DirectoryView, ServiceBody } from './directory.rules.ts';
import { DirectoryCopy } from './directory-copy.server.ts';
import { emptyMeeting } from './empty-meeting.rules.ts';
import type { Meeting } from './meeting.rules.ts';
import { search } from './search.rules.ts';
import { buildIndex } from './search-build.rules.ts';
import { searchableOf } from './search-index.rules.ts';
import type { MeetingQuery } from './search-query.rules.ts';

const bodies: ServiceBody[] = [];
const listIds = ['l0', 'l1', 'l2'];
const factsOf = (id: string) => ({ id, name: id, bodyId: 'b', bodyNumber: 1, demo: false });
const uuidOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

function meetingOf(key: number, wording: number): Meeting {
  const words = ['Serenity', 'Step', 'Grace', 'Café'];
  return {
    ...emptyMeeting(),
    key: String(key),
    fellowship: ['aa', 'na', 'ga'][wording % 3] as string,
    name: `${words[wording % 4]} ${words[key % 4]}`,
    days: [(wording % 7) as 0],
    startsAt: wording % 5 === 0 ? null : '19:30',
    timeZone: 'America/New_York',
    facets: wording % 2 ? ['open'] : ['closed'],
    attendance: wording % 6 === 0 ? 'online' : 'in-person',
    recurrence:
      wording % 8 === 0 ? { by: 'month', nth: [-1], every: 1, from: null, until: null } : null,
    place: {
      ...emptyMeeting().place,
      position: { lat: 40 + key / 1000, lng: -75 + wording / 99 },
    },
  };
}

const now = Date.parse('2026-11-22T12:00:00Z');
const queries: MeetingQuery[] = [
  {},
  { text: 'ser' },
  { near: { lat: 40.4, lng: -74.5, radiusKm: 40 } },
  { near: { lat: 40.4, lng: -74.5, nearest: 7 }, anywhere: true },
  { day: 3, fellowships: ['aa', 'ga'] },
  { now, withinMinutes: 3000 },
  { lists: ['l1'], types: ['open'] },
];

/** What the copy should hold, kept in the plainest way. */
type Model = Map<number, { list: string; meeting: Meeting }>;

function check(view: DirectoryView, model: Model): void {
  const numbers = [...model.keys()];
  expect(view.count).toBe(model.size);
  expect(Array.from(view.all(), (n) => view.at(n).number).sort()).toEqual([...numbers].sort());
  const index = buildIndex(numbers.length, (i) => {
    const { meeting, list } = model.get(numbers[i] as number) as { meeting: Meeting; list: string };
    return searchableOf(meeting, list);
  });
  for (const query of queries) {
    const shown = view
      .search(query)
      .map(({ id, ...hit }) => ({ ...hit, number: view.at(id).number }));
    const expected = search(index, query).map(({ id, ...hit }) => ({
      ...hit,
      number: numbers[id],
    }));
    const sorted = <T extends { number?: number | undefined }>(hits: T[]) =>
      hits.sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
    expect(sorted(shown)).toEqual(sorted(expected));
  }
  for (const number of numbers) {
    const { meeting, list } = model.get(number) as { meeting: Meeting; list: string };
    expect(view.byId(uuidOf(number))).toMatchObject({ number, listId: list, meeting });
    expect(view.byNumber(number)?.id).toBe(uuidOf(number));
  }
  const tally = (of: (meeting: Meeting) => string[]) => {
    const counts: Record<string, number> = {};
    for (const { meeting } of model.values())
      for (const id of of(meeting)) counts[id] = (counts[id] ?? 0) + 1;
    return counts;
  };
  expect(Object.fromEntries(view.fellowshipCounts)).toEqual(tally((one) => [one.fellowship]));
  expect(Object.fromEntries(view.facetCounts)).toEqual(tally((one) => one.facets));
}

interface Step {
  puts: { key: number; wording: number; list: number }[];
  removes: number[];
  dropped: number | null;
  fails: boolean;
}

const step = (largest: number): fc.Arbitrary<Step> =>
  fc.record({
    puts: fc.array(
      fc.record({
        key: fc.integer({ min: 1, max: largest }),
        wording: fc.integer({ min: 0, max: 98 }),
        list: fc.integer({ min: 0, max: 2 }),
      }),
      { maxLength: largest, size: 'max' },
    ),
    removes: fc.array(fc.integer({ min: 1, max: largest }), { maxLength: 20 }),
    dropped: fc.option(fc.integer({ min: 0, max: 2 }), { freq: 6 }),
    fails: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  });

async function taken(copy: DirectoryCopy, model: Model, one: Step, version: string): Promise<void> {
  const change = copy.change();
  const next: Model = new Map(model);
  const places = listIds.map((id) => change.list(factsOf(id)));
  if (one.dropped !== null) {
    await change.removeList(listIds[one.dropped] as string);
    for (const [number, { list }] of next) if (list === listIds[one.dropped]) next.delete(number);
  }
  for (const number of one.removes) {
    change.remove(uuidOf(number));
    next.delete(number);
  }
  for (const { key, wording, list } of one.puts) {
    const listing = meetingOf(key, wording);
    const row = { id: uuidOf(key), number: key, changedAt: '2026-11-22T00:00:00.000Z', listing };
    change.put(places[list] as number, row);
    next.set(key, { list: listIds[list] as string, meeting: listing });
  }
  if (one.fails) {
    change.abandon();
    return;
  }
  await change.publish(version, bodies);
  model.clear();
  for (const [number, held] of next) model.set(number, held);
}

describe('the copy of the directory', () => {
  it.each([
    ['few listings and many changes', 30, 40, 20],
    ['many listings, that are folded', 700, 12, 6],
  ])(
    'holds after %s what the changes say, and tells what changed',
    async (_, largest, steps, runs) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step(largest), { maxLength: steps, size: 'max' }),
          async (all) => {
            const copy = new DirectoryCopy();
            const model: Model = new Map();
            const past: { version: string; model: Model; view: DirectoryView }[] = [];
            for (const [i, one] of all.entries()) {
              await taken(copy, model, one, `v${i}`);
              if (!copy.view) continue;
              if (i % 4 === 3) await copy.settled();
              if (i % 3 === 0 || i === all.length - 1) check(copy.view, model);
              past.push({ version: copy.view.version, model: new Map(model), view: copy.view });
            }
            await copy.settled();
            const { view } = copy;
            if (!view) return;
            check(view, model);
            for (const { version, model: held } of past.slice(-5)) {
              const then = new Map(held);
              const changes = view.changesSince(version);
              if (!changes) continue;
              for (const n of changes.changed)
                then.set(view.at(n).number, model.get(view.at(n).number) as never);
              for (const id of changes.removed) then.delete(Number(id.slice(-12)));
              expect(new Map([...then].sort())).toEqual(new Map([...model].sort()));
            }
            // Whoever still reads an older moment reads all of it.
            const older = past.at(-2);
            if (older) check(older.view, older.model);
          },
        ),
        { numRuns: Math.ceil((Number(process.env.STEPWELL_RUNS ?? 150) / 150) * runs) },
      );
    },
  );
});
