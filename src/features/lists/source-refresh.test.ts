import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { uuidv4 } from '../../kit/id.ts';
import { workOff } from '../../platform/jobs.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { foundServiceBody } from './contract.ts';
import { applyStaged, importProgress, imports, rollBackImport } from './import-contract.ts';
import { listJobs } from './list-jobs.server.ts';
import { handlers } from './server.ts';
import { listSources, pauseSource, refreshNow, saveSource } from './source-contract.ts';
import { waitAfter } from './source-refresh.server.ts';

type Row = Record<string, unknown>;
const rows = Array.from(
  { length: 40 },
  (_, n): Row => ({
    slug: `m${n}`,
    name: `Meeting ${n}`,
    day: n % 7,
    time: `${String(6 + (n % 12)).padStart(2, '0')}:00`,
    formatted_address: `${n} Elm St, Albany, NY 12207, USA`,
  }),
);

let house: TestHouse;
let servant: Person;
let bodyId: string;
let server: Server;
let base: string;
let asked: { path: string; etag: string | undefined }[] = [];
const answers = new Map<string, (response: ServerResponse) => void>();

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ path, etag: request.headers['if-none-match'] });
    const answer = answers.get(path);
    if (answer) answer(response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  house = await testHouse({ handlers });
  servant = await house.member(await house.programme(), 'listServant');
  bodyId = (await servant.get(foundServiceBody, { name: 'An area' })).id;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await house.close();
});
beforeEach(async () => {
  asked = [];
  // Each test looks at its own sources only.
  await house.admin('UPDATE list_source SET next_at = NULL');
});

const fetching = {
  mayVisit: (address: string) => address === '127.0.0.1',
  patience: 700,
  largest: 300_000,
};
const jobs = () => listJobs(house.database, fetching);
const work = () => workOff(house.fresh.appUrl, jobs());
/** One tick of the clock: what is due begins, and is worked off. */
async function tick() {
  await jobs()['lists.due']?.({});
  await work();
}
const due = (sourceId: string) =>
  house.admin("UPDATE list_source SET next_at = now() - interval '1 second' WHERE id = $1", [
    sourceId,
  ]);
const gives = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  answers.set(path, (response) => response.writeHead(200, headers).end(JSON.stringify(body)));
const source = async (id: string) => {
  const { sources } = await servant.get(listSources, {});
  return sources.find((one) => one.id === id);
};
const keys = async (sourceId: string) =>
  (
    await house.admin<{ key: string }>(
      'SELECT key FROM meeting WHERE source_id = $1 AND published ORDER BY key',
      [sourceId],
    )
  ).map(({ key }) => key);
const standing = (sourceId: string) =>
  house.admin(
    'SELECT key, listing, sourced, published, version FROM meeting WHERE source_id = $1 ORDER BY key',
    [sourceId],
  );

/** A source at a path of the test's server that was imported once. */
async function imported(path: string, body: unknown = rows): Promise<string> {
  gives(path, body);
  const id = uuidv4();
  await servant.get(saveSource, {
    id,
    bodyId,
    listName: path,
    name: path,
    url: base + path,
    fellowship: 'aa',
    timeZone: 'America/New_York',
    everyHours: 24,
  });
  const { importId } = await servant.get(refreshNow, { sourceId: id });
  await work();
  expect(await servant.get(importProgress, { importId })).toMatchObject({
    state: 'staged',
    held: { code: 'first-time' },
  });
  await servant.get(applyStaged, { importId, agreed: 'first-time' });
  await work();
  return id;
}

describe('a source that is refreshed by the clock', () => {
  test('what changed is applied by itself, and nothing at all when nothing did', async () => {
    const id = await imported('/good');
    expect(await keys(id)).toHaveLength(40);
    gives('/good', [...rows, { ...rows[0], slug: 'm40', name: 'Another' }], { etag: '"two"' });
    await due(id);
    await tick();
    expect(await keys(id)).toHaveLength(41);
    expect(await source(id)).toMatchObject({
      trouble: null,
      failures: 0,
      waiting: null,
      meetings: 41,
    });
    const before = await standing(id);
    answers.set('/good', (response) => response.writeHead(304).end());
    await due(id);
    await tick();
    expect(asked.at(-1)).toEqual({ path: '/good', etag: '"two"' });
    expect(await standing(id)).toEqual(before);
    gives('/good', [...rows, { ...rows[0], slug: 'm40', name: 'Another' }]);
    await due(id);
    await tick();
    expect(await standing(id)).toEqual(before);
    const { imports: told } = await servant.get(imports, { sourceId: id });
    expect(told).toHaveLength(2);
    expect(told[0]).toMatchObject({ byClock: true, added: 1, state: 'applied' });
  });

  test('is asked again in its own rhythm, and not at all while paused', async () => {
    const id = await imported('/rhythm');
    await due(id);
    await tick();
    const next = Date.parse((await source(id))?.nextAt ?? '') - Date.now();
    expect(next).toBeGreaterThan(23 * 3_600_000);
    expect(next).toBeLessThan(25 * 3_600_000);
    asked = [];
    await tick();
    expect(asked).toEqual([]);
    await servant.get(pauseSource, { sourceId: id, paused: true });
    expect(await source(id)).toMatchObject({ paused: true });
    await tick();
    expect(asked).toEqual([]);
    await servant.get(pauseSource, { sourceId: id, paused: false });
    await tick();
    expect(asked).toHaveLength(1);
  });

  test('one dead source never blocks another', async () => {
    const [dead, slow, alive] = [
      await imported('/dead'),
      await imported('/slow'),
      await imported('/alive'),
    ];
    answers.delete('/dead');
    answers.set('/slow', (response) => void response.writeHead(200).write('['));
    gives(
      '/alive',
      rows.map((row, n) => (n === 1 ? { ...row, name: 'Renamed' } : row)),
    );
    for (const id of [dead, slow, alive]) await due(id);
    await tick();
    expect(await source(dead)).toMatchObject({
      trouble: { code: 'answered-with-error', detail: '404' },
      failures: 1,
    });
    expect(await source(slow)).toMatchObject({ trouble: { code: 'took-too-long' }, failures: 1 });
    expect(await source(alive)).toMatchObject({ trouble: null });
    expect((await standing(alive)).map((row) => row.listing.name)).toContain('Renamed');
    expect(await keys(dead)).toHaveLength(40);
  });

  test('no connection of the database is held while another side takes its time', async () => {
    const ids = await Promise.all(['/s1', '/s2', '/s3', '/s4'].map((path) => imported(path)));
    let open = 0;
    const watch = async () => {
      const [row] = await house.admin<{ n: number }>(
        "SELECT count(*)::int AS n FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND datname = current_database()",
      );
      open = Math.max(open, row?.n ?? 0);
    };
    for (const path of ['/s1', '/s2', '/s3', '/s4'])
      answers.set(path, (response) => {
        setTimeout(watch, 150);
        setTimeout(() => response.end('[]'), 400);
      });
    for (const id of ids) await due(id);
    await tick();
    expect(open).toBe(0);
    expect(await keys(ids[0] as string)).toHaveLength(40);
  });

  test('waits longer after each failure, up to a day', async () => {
    expect([1, 2, 3, 4, 7, 8, 30].map(waitAfter)).toEqual([15, 30, 60, 120, 960, 1440, 1440]);
    const id = await imported('/back-off');
    answers.delete('/back-off');
    for (const minutes of [15, 30, 60]) {
      await due(id);
      await tick();
      const wait = (Date.parse((await source(id))?.nextAt ?? '') - Date.now()) / 60_000;
      expect(Math.abs(wait - minutes)).toBeLessThan(1);
    }
    gives('/back-off', rows);
    await due(id);
    await tick();
    expect(await source(id)).toMatchObject({ failures: 0, trouble: null });
  });

  test('what a person took back is not brought in again behind their back', async () => {
    const id = await imported('/taken-back');
    gives(
      '/taken-back',
      rows.map((row, n) => (n === 1 ? { ...row, name: 'Wrong' } : row)),
    );
    await due(id);
    await tick();
    const { imports: told } = await servant.get(imports, { sourceId: id });
    await servant.get(rollBackImport, { importId: told[0]?.importId as string });
    await work();
    await due(id);
    await tick();
    expect((await standing(id)).map((row) => row.listing.name)).not.toContain('Wrong');
    expect(await source(id)).toMatchObject({ trouble: { code: 'taken-back-before' } });
  });
});

const html = '<!doctype html><title>Sign in</title>';
const big = 'x'.repeat(400_000);

/** What a broken source answers, and what a person is told. */
const bad: [string, (response: ServerResponse) => void, string][] = [
  ['answers a web page with 200', (r) => r.end(html), 'list-is-html'],
  ['answers with an empty list', (r) => r.end('[]'), 'list-no-rows'],
  ['answers nothing', (r) => r.end(''), 'list-empty'],
  ['answers with half of it', (r) => r.end(JSON.stringify(rows).slice(0, 3000)), 'list-not-json'],
  ['redirects for ever', (r) => r.writeHead(302, { location: '/bad' }).end(), 'too-many-redirects'],
  [
    'leads into a private network',
    (r) => r.writeHead(302, { location: 'http://10.0.0.1/' }).end(),
    'address-private',
  ],
  [
    'leads to a file',
    (r) => r.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    'address-not-web',
  ],
  ['is larger than what is read', (r) => r.end(big), 'list-too-big'],
  [
    'unpacks to more than what is read',
    (r) => r.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(big)),
    'list-too-big',
  ],
  [
    'drips for ever',
    (r) => {
      r.writeHead(200);
      const drip = setInterval(() => r.write(' '), 50);
      r.on('close', () => clearInterval(drip));
    },
    'took-too-long',
  ],
  ['breaks off', (r) => void r.writeHead(200).write('[{', () => r.destroy()), 'not-reachable'],
  ['is out of order', (r) => r.writeHead(500).end(), 'answered-with-error'],
  ['has no row that could be taken', (r) => r.end('[{"name":"x"},{"name":"y"}]'), 'nothing-taken'],
  ['shrinks to one', (r) => r.end(JSON.stringify(rows.slice(0, 1))), 'list-shrunk'],
];

describe('a source that goes wrong leaves the list as it was, and a person is told why', () => {
  let id: string;
  beforeAll(async () => {
    id = await imported('/bad');
  });

  test.each(bad)('%s', async (_what, answer, code) => {
    const before = await standing(id);
    answers.set('/bad', answer);
    await due(id);
    await tick();
    expect(await source(id)).toMatchObject({ trouble: { code } });
    expect(await standing(id)).toEqual(before);
    gives('/bad', rows);
    await due(id);
    await tick();
    expect(await source(id)).toMatchObject({ trouble: null, failures: 0 });
    expect(await standing(id)).toEqual(before);
  });
});

const hourLater = (time: unknown) =>
  `${String(Number(String(time).slice(0, 2)) + 1).padStart(2, '0')}:00`;

/** Lists that can be read and yet are not to be believed. */
const strange: [string, Row[], string][] = [
  ['shrinks to nothing but one', rows.slice(0, 1), 'list-shrunk'],
  ['loses a quarter', rows.slice(0, 30), 'would-unpublish'],
  ['changes its slugs', rows.map((row) => ({ ...row, slug: `${row.slug}-2026` })), 'slugs-changed'],
  [
    'repeats slugs',
    [...rows, ...rows.map((row) => ({ ...row, name: `${row.name} too`, day: 3 }))],
    'slugs-repeated',
  ],
  [
    'moves every meeting by an hour',
    rows.map((row) => ({ ...row, time: hourLater(row.time) })),
    'all-moved',
  ],
  [
    'is another fellowship',
    rows.map((row, n) => ({
      ...row,
      slug: `na-${n}`,
      name: `Clean ${n}`,
      types: ['JFT', 'IW', 'SPAD', 'CPT'],
    })),
    'other-fellowship',
  ],
  [
    'says another fellowship',
    rows.map((row) => ({ ...row, fellowship: 'na' })),
    'other-fellowship',
  ],
  [
    'is another list',
    rows.map((row, n) => ({ ...row, slug: `x${n}`, name: `Elsewhere ${n}` })),
    'other-list',
  ],
  [
    'changes its time zone',
    rows.map((row) => ({ ...row, timezone: 'America/Denver' })),
    'zone-changed',
  ],
];

describe('a source that says something strange waits for a person', () => {
  let id: string;
  beforeAll(async () => {
    id = await imported('/strange');
  });

  test.each(strange)('%s', async (_what, list, code) => {
    const before = await standing(id);
    gives('/strange', list);
    await due(id);
    await tick();
    const told = await source(id);
    expect(told).toMatchObject({ trouble: { code }, failures: 0 });
    expect(await standing(id)).toEqual(before);
    const importId = told?.waiting as string;
    expect(await servant.get(importProgress, { importId })).toMatchObject({ held: { code } });
    expect((await servant.ask(applyStaged, { importId })).body).toMatchObject({
      refusal: 'asksFirst',
      details: { held: code },
    });
    expect(await standing(id)).toEqual(before);
  });
});
