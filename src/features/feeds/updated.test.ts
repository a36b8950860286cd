import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from '../../kit/id.ts';
import { announce } from '../../platform/announcements.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { closeTogether } from '../lists/closure-contract.ts';
import { foundServiceBody } from '../lists/contract.ts';
import { addList, addListing, readListing, saveListing } from '../lists/listing-contract.ts';

// When a listing was changed last: at its source, or by a person here, whichever is later.

let house: TestHouse;
let servant: Person;
const id = uuidv7();
const other = uuidv7();

beforeAll(async () => {
  house = await testHouse();
  servant = await house.member(await house.programme(), 'listServant');
  const { id: bodyId } = await servant.get(foundServiceBody, { name: 'Area' });
  const listId = uuidv7();
  const list = { name: 'List', fellowship: 'na', timeZone: 'America/New_York' };
  await servant.get(addList, { id: listId, bodyId, ...list });
  const changes = {
    name: 'Hope',
    days: [1],
    startsAt: '19:00',
    attendance: 'in-person' as const,
    'place.address': '1 Elm St, Albany, NY',
    'place.city': 'Albany',
  };
  for (const one of [id, other])
    await servant.get(addListing, { id: one, listId, draft: false, changes });
});
afterAll(() => house.close());

async function atSource(updatedAt: string) {
  await house.admin('UPDATE meeting_list SET version = version + 1');
  await house.admin(
    `UPDATE meeting m SET listing = listing || jsonb_build_object('updatedAt', $1::text),
       version = l.version FROM meeting_list l WHERE l.id = m.list_id`,
    [updatedAt],
  );
  announce('directory');
}

async function told() {
  const feed = await house.app.inject({ url: '/feeds/meeting-guide.json' });
  const rows = feed.json<{ url: string; updated: string }[]>();
  const of = (which: string) => rows.find(({ url }) => url.endsWith(which))?.updated ?? '';
  const tsml = await house.app.inject({
    url: '/main_server/client_interface/tsml/?switcher=GetSearchResults',
  });
  const csv = await house.app.inject({ url: '/feeds/meetings.csv' });
  return {
    one: of(id),
    other: of(other),
    tsml: tsml.json<{ updated: string }[]>().map(({ updated }) => updated),
    csv: csv.body,
    etag: feed.headers.etag,
  };
}

async function save(notes: string) {
  const { version } = await servant.get(readListing, { id });
  await servant.get(saveListing, { id, baseVersion: version, changes: { notes } });
}

const age = (utc: string) => Date.now() - Date.parse(`${utc.replace(' ', 'T')}Z`);

test('a listing written here was changed when it was written', async () => {
  const { one } = await told();
  expect(one).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  expect(age(one)).toBeLessThan(60_000);
});

test('a correction and a closure made here are later than what the source says', async () => {
  await atSource('2024-05-06T07:08:09.000Z');
  const before = await told();
  expect([before.one, before.other]).toEqual(['2024-05-06 07:08:09', '2024-05-06 07:08:09']);
  await save('Side door');
  const corrected = await told();
  expect(age(corrected.one)).toBeLessThan(60_000);
  expect(corrected.other).toBe('2024-05-06 07:08:09');
  // Every feed says the same, and who has the old one is told that there is a new one.
  expect(corrected.tsml).toContain(corrected.one);
  expect(corrected.csv).toContain(corrected.one);
  expect(corrected.etag).not.toBe(before.etag);

  await servant.get(closeTogether, {
    id: uuidv7(),
    meetingId: other,
    what: 'meeting',
    fromDay: null,
    untilDay: null,
    note: '',
    leaveOut: [],
  });
  expect(age((await told()).other)).toBeLessThan(60_000);
});

test('what is saved without a change, or confirmed, was not changed', async () => {
  await atSource('2024-05-06T07:08:09.000Z');
  await save('Side door');
  expect((await told()).one).toBe('2024-05-06 07:08:09');
});
