import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../server/testing.ts';
import { gazetteerOf } from '../gazetteer/packed-places.rules.ts';
import { placesTyped } from '../gazetteer/typed-place.rules.ts';
import { importDemoMeetings } from '../lists/import-file.server.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
  await house.database.transaction(
    (tx) => tx.query("SELECT app.set_context(NULL, NULL, NULL, 'system')"),
    (tx) => importDemoMeetings(tx),
  );
}, 60_000);
afterAll(() => house.close());

const labels = async (part: string, typed: string) => {
  const reply = await house.app.inject({ url: `/places/${part}` });
  expect(reply.statusCode).toBe(200);
  return placesTyped(gazetteerOf([reply.json()]), typed).map(({ label }) => label);
};

test('a phone without a region reads the larger towns of the world and all near meetings', async () => {
  expect(await labels('wide', 'guadalajara')).toContain('Guadalajara, Jalisco, Mexico');
  expect(await labels('wide', 'Albany')).toContain('Albany, NY');
  // Demo meetings are round Albany; this is 55 km away.
  expect(await labels('wide', 'Cobleskill')).toEqual(['Cobleskill, NY']);
  expect(await labels('wide', '12043')).toEqual(['12043 Cobleskill, NY']);
});

test('a phone with a region reads all its towns and codes', async () => {
  expect(await labels('33-26', 'Cobleskill')).toEqual(['Cobleskill, NY']);
  expect(await labels('33-26', '12043')).toEqual(['12043 Cobleskill, NY']);
});

test('nothing is sent twice, and a region that is none is refused in words', async () => {
  const first = await house.app.inject({ url: '/places/wide' });
  const again = await house.app.inject({
    url: '/places/wide',
    headers: { 'if-none-match': String(first.headers.etag) },
  });
  expect(again.statusCode).toBe(304);
  for (const part of ['99-99', 'x', '033-26', '33-260']) {
    const reply = await house.app.inject({ url: `/places/${part}` });
    expect([reply.statusCode, reply.body]).toEqual([404, 'There is no such region.']);
  }
});

test('the list for choosing a region is small on the wire', async () => {
  const reply = await house.app.inject({
    url: '/places/wide',
    headers: { 'accept-encoding': 'gzip' },
  });
  expect(reply.headers['content-encoding']).toBe('gzip');
  expect(reply.rawPayload.length).toBeLessThan(200_000);
});
