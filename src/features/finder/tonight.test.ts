import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../server/testing.ts';
import { gazetteer } from '../gazetteer/server.ts';
import { importBytes } from '../lists/import-file.server.ts';
import { type ReachTime, reachTimes } from '../meetings/night.rules.ts';
import { Pack } from '../meetings/pack-read.rules.ts';
import { handlers } from '../meetings/server.ts';
import { Finder } from './find-engine.rules.ts';
import { plainFilter } from './find-filter.rules.ts';
import { askFrom, searchInputOf } from './finder-query.rules.ts';

const here = { lat: 42.65, lng: -73.75 };
const zone = 'America/New_York';
// Saturday there.
const evening = '2026-11-21T18:20:00-05:00';
const morning = '2026-11-21T09:00:00-05:00';
const afterMidnight = '2026-11-22T02:00:00-05:00';
let clock = evening;

/** What is listed: when it begins, kilometres away, and whether it is online. */
const listed = [
  { name: 'next door, begun ten minutes ago', day: 6, time: '18:10', km: 0 },
  { name: 'next door, begun twenty minutes ago', day: 6, time: '18:00', km: 0 },
  { name: 'a walk away, in ten minutes', day: 6, time: '18:30', km: 1 },
  { name: 'an hour away, in ten minutes', day: 6, time: '18:31', km: 30 },
  { name: 'an hour away, in two hours', day: 6, time: '20:15', km: 30 },
  { name: 'online, begun 25 minutes ago', day: 6, time: '17:55', online: true },
  { name: 'online, begun 40 minutes ago', day: 6, time: '17:40', online: true },
  { name: 'late', day: 6, time: '22:00', km: 2 },
  { name: 'after midnight', day: 0, time: '02:30', km: 3 },
  { name: 'when the night is over', day: 0, time: '05:00', km: 4 },
  { name: 'the evening after', day: 0, time: '20:00', km: 2 },
];

let house: TestHouse;
let phone: Finder;

beforeAll(async () => {
  house = await testHouse({
    handlers: handlers({ towns: gazetteer }),
    clock: () => new Date(clock),
  });
  const rows = listed.map(({ km = 0, online, ...row }, n) => ({
    ...row,
    slug: `m${n}`,
    types: online ? ['O', 'ONL'] : ['O'],
    ...(online && { conference_url: 'https://zoom.us/j/123456789' }),
    ...(!online && {
      formatted_address: `${n} Elm St, Albany, NY 12207, USA`,
      latitude: here.lat + km / 111.2,
      longitude: here.lng,
    }),
  }));
  const done = await house.database.transaction(
    (tx) => tx.query("SELECT app.set_context(NULL, NULL, NULL, 'system')"),
    (tx) =>
      importBytes(tx, 'test', Buffer.from(JSON.stringify(rows)), {
        serviceBody: 'Test',
        name: 'List',
        fellowship: 'aa',
        timeZone: zone,
      }),
  );
  if (!done.ok) throw new Error(done.refused);
  const { rawPayload } = await house.app.inject({ url: '/packs/all' });
  phone = new Finder([{ pack: new Pack(rawPayload), forgotten: new Set() }]);
});
afterAll(() => house.close());

function onThePhone(when: ReachTime, nearest: number): string[] {
  const now = Date.parse(clock);
  const order = nearest ? 'distance' : 'time';
  const filter = { ...plainFilter, when, nearest, order } as const;
  const { near, anywhere } = phone.find({ filter, near: here, now, zone });
  const rows = [...phone.rows('near', 0, near, now), ...phone.rows('anywhere', 0, anywhere, now)];
  return rows.map(({ meeting }) => meeting.name);
}

async function onTheServer(when: ReachTime, nearest: number): Promise<string[]> {
  const asked = { ...askFrom(new URLSearchParams({ when })), place: 'here', nearest };
  const { place: _typed, ...input } = searchInputOf(asked, 50);
  const near = [here.lat, here.lng];
  const radiusKm = nearest ? undefined : 40;
  const anywhere = nearest ? undefined : true;
  const reply = await house.post('/api/meetings.tonight', { ...input, near, radiusKm, anywhere });
  const { meetings } = reply.body as { meetings: { name: string }[] };
  return meetings.map(({ name }) => name);
}

const begun = ['next door, begun ten minutes ago', 'a walk away, in ten minutes'];
const soon = [...begun, 'an hour away, in two hours'];
const online = ['online, begun 25 minutes ago'];

test.each([
  [evening, 'now', 0, [...begun, ...online]],
  [evening, 'soon', 0, [...soon, ...online]],
  [evening, 'tonight', 0, [...soon, 'late', 'after midnight', ...online]],
  // The nearest of those that can be reached, not those of the nearest that can.
  [evening, 'tonight', 2, begun],
  [evening, 'tonight', 3, [...begun, 'late']],
  // Tonight lasts until four in the morning whenever one asks.
  [
    morning,
    'tonight',
    2,
    ['next door, begun twenty minutes ago', 'next door, begun ten minutes ago'],
  ],
  [morning, 'now', 0, []],
  // What is left of the night, and the day and the night that come.
  [afterMidnight, 'tonight', 0, ['after midnight', 'when the night is over', 'the evening after']],
  [afterMidnight, 'soon', 0, ['after midnight']],
] as const)('at %s, %s, nearest %i', async (at, when, nearest, expected) => {
  clock = at;
  expect(onThePhone(when, nearest).sort()).toEqual([...expected].sort());
  expect((await onTheServer(when, nearest)).sort()).toEqual([...expected].sort());
});

test('by the same rule at every hour of two days', async () => {
  for (let hour = 0; hour < 48; hour++) {
    clock = new Date(Date.parse(morning) + hour * 3_600_000).toISOString();
    for (const when of reachTimes)
      for (const nearest of [0, 3]) {
        const phones = onThePhone(when, nearest).sort();
        const servers = (await onTheServer(when, nearest)).sort();
        expect(servers, `${clock} ${when} ${nearest}`).toEqual(phones);
      }
  }
});
