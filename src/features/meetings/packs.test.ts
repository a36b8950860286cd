import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../server/testing.ts';
import { importBytes } from '../lists/import-file.server.ts';
import { directory } from './directory.server.ts';
import { cellAt } from './pack-cells.rules.ts';
import { isDelta, Pack, readDelta } from './pack-read.rules.ts';

let house: TestHouse;

function row(n: number, part: object = {}) {
  return {
    slug: `m${n}`,
    name: `Meeting ${n}`,
    day: 2,
    time: '19:00',
    types: ['O'],
    formatted_address: `${n} Elm St, Albany, NY 12207, USA`,
    latitude: 42.65 + n / 1000,
    longitude: -73.75,
    ...part,
  };
}

const farAway = {
  latitude: 34.05,
  longitude: -118.25,
  formatted_address: '3 Elm St, Los Angeles, CA, USA',
};
// Many, so that one of them gone stops no import.
const elsewhere = Array.from({ length: 30 }, (_, n) => row(100 + n, farAway));
const first = [
  row(1),
  row(2),
  ...elsewhere,
  row(4, {
    latitude: undefined,
    longitude: undefined,
    formatted_address: '',
    types: ['ONL'],
    conference_url: 'https://zoom.us/j/123456789',
  }),
];

async function bring(rows: object[]): Promise<void> {
  const done = await house.database.transaction(
    (tx) => tx.query("SELECT app.set_context(NULL, NULL, NULL, 'system')"),
    (tx) =>
      importBytes(tx, 'test', Buffer.from(JSON.stringify(rows)), {
        serviceBody: 'Test',
        name: 'List',
        fellowship: 'aa',
        timeZone: 'America/New_York',
      }),
  );
  if (!done.ok) throw new Error(done.refused);
  directory.expire();
}

beforeAll(async () => {
  house = await testHouse({ handlers: [] });
  await bring(first);
});
afterAll(() => house.close());

const albany = cellAt({ lat: 42.65, lng: -73.75 });

async function get(part: string, headers: Record<string, string> = {}) {
  const answer = await house.app.inject({ url: `/packs/${part}`, headers });
  return { ...answer, status: answer.statusCode, etag: String(answer.headers.etag) };
}

function namesIn(bytes: Uint8Array): string[] {
  const pack = new Pack(bytes);
  return Array.from({ length: pack.count }, (_, n) => pack.listing(n).meeting.name).sort();
}

describe('lists for phones', () => {
  test('hold a region, what belongs to none, all, or one', async () => {
    expect(namesIn((await get(albany)).rawPayload)).toEqual(['Meeting 1', 'Meeting 2']);
    expect(namesIn((await get('anywhere')).rawPayload)).toEqual(['Meeting 4']);
    const all = await get('all');
    expect(all.headers['content-type']).toBe('application/octet-stream');
    expect(namesIn(all.rawPayload)).toHaveLength(first.length);
    const id = new Pack(all.rawPayload).id(0);
    expect(new Pack((await get(`one-${id}`)).rawPayload).id(0)).toBe(id);
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(namesIn((await get(`one-${nobody}`)).rawPayload)).toEqual([]);
    expect(namesIn((await get('0-0')).rawPayload)).toEqual([]);
  });

  test('name their fellowships and the words of their codes', async () => {
    const { fellowships } = new Pack((await get(albany)).rawPayload).head;
    expect(fellowships).toMatchObject([{ id: 'aa', short: 'AA' }]);
    expect(fellowships[0]?.types.O?.es).toBe('Abierta');
  });

  test('no other region has an address', async () => {
    for (const none of ['99-99', '7', 'ALL', '%2e%2e', 'one-1'])
      expect((await get(none)).status, none).toBe(404);
  });

  test('are for our own pages, and are not kept by what lies between', async () => {
    const { headers } = await get(albany);
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('come packed, and not again while nothing has changed', async () => {
    const packed = await get(albany, { 'accept-encoding': 'gzip' });
    const bytes = packed.headers['content-encoding']
      ? gunzipSync(packed.rawPayload)
      : packed.rawPayload;
    expect(namesIn(bytes)).toHaveLength(2);
    const again = await get(albany, { 'if-none-match': packed.etag });
    expect(again.status).toBe(304);
    expect(again.rawPayload).toHaveLength(0);
  });

  test('tell the difference where it is known, else the whole', async () => {
    const held = await get(albany);
    const before = held.etag.replaceAll('"', '');
    const ids = [...new Pack(held.rawPayload).numbered().keys()];
    await bring([row(1, { name: 'Meeting 1 anew' }), ...first.slice(2), row(5)]);
    const changed = (await get(`${albany}?have=${encodeURIComponent(before)}`)).rawPayload;
    const whole = (await get(`${albany}?have=never-heard-of`)).rawPayload;
    expect(isDelta(whole)).toBe(false);
    expect(namesIn(whole)).toEqual(['Meeting 1 anew', 'Meeting 5']);
    expect(isDelta(changed)).toBe(true);
    const { from, forgotten, pack } = readDelta(changed);
    expect(from).toBe(before);
    expect(namesIn(pack)).toEqual(['Meeting 1 anew', 'Meeting 5']);
    // The one that is gone and the one that changed.
    expect(forgotten).toEqual(expect.arrayContaining(ids));
    expect(changed.length).toBeLessThan(whole.length + forgotten.length * 16 + 100);
  });
});
