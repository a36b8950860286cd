import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../../kit/id.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { foundServiceBody } from './contract.ts';
import {
  addList,
  addListing,
  listingTable,
  listsCaredFor,
  publishListing,
  readListing,
  saveContacts,
  saveListing,
  takeSource,
  undoChange,
} from './listing-contract.ts';

let house: TestHouse;
let programme: string;
let servant: Person;
let stranger: Person;
let bodyId: string;
let listId: string;
beforeAll(async () => {
  house = await testHouse();
  programme = await house.programme();
  servant = await house.member(programme, 'listServant', 'Lee');
  stranger = await house.member(programme, 'listServant', 'Other');
  bodyId = (await servant.get(foundServiceBody, { name: 'Area' })).id;
  listId = uuidv7();
  await servant.get(addList, {
    id: listId,
    bodyId,
    name: 'By hand',
    fellowship: 'aa',
    timeZone: 'America/New_York',
  });
});
afterAll(() => house.close());

const evening = {
  name: 'Evening',
  days: [1],
  startsAt: '19:00',
  attendance: 'in-person' as const,
  'place.address': '12 Main St',
  'place.city': 'Alder Falls',
};

async function add(changes: object = {}, draft = false): Promise<string> {
  const id = uuidv7();
  await servant.get(addListing, { id, listId, draft, changes: { ...evening, ...changes } });
  return id;
}

/** As if a source had said it. */
async function fromSource(id: string): Promise<void> {
  const source = uuidv7();
  await house.admin(
    "INSERT INTO list_source (id, list_id, service_body_id, name, format) VALUES ($1, $2, $3, $4, 'csv')",
    [source, listId, bodyId, `Sheet ${source.slice(-4)}`],
  );
  await house.admin('UPDATE meeting SET sourced = listing, source_id = $2 WHERE id = $1', [
    id,
    source,
  ]);
}

const look = async (id: string) => {
  const read = await servant.get(readListing, { id });
  return { ...read, listing: read.listing as Meeting };
};

const events = (id: string) =>
  house.admin<{ number: string; kind: string; fields: string[]; account_id: string }>(
    'SELECT number, kind, fields, account_id FROM meeting_event WHERE meeting_id = $1 ORDER BY number',
    [id],
  );

describe('a listing by hand', () => {
  test('is added, is in the directory, and has its first event', async () => {
    const id = await add();
    const { listing, state, source, locked } = await look(id);
    expect([state, source, locked]).toEqual(['published', null, []]);
    expect(listing).toMatchObject({
      name: 'Evening',
      days: [1],
      startsAt: '19:00',
      fellowship: 'aa',
      timeZone: 'America/New_York',
      place: { address: '12 Main St', city: 'Alder Falls' },
    });
    expect((await events(id)).map((one) => one.kind)).toEqual(['new']);
  });

  test.each([
    [{ name: '  ' }, 'name', 'name-missing'],
    [{ startsAt: null }, 'startsAt', 'day-without-time'],
    [{ days: [] }, 'days', 'time-without-day'],
    [{ types: ['NOPE'] }, 'types', 'type-unknown'],
    [{ link: 'javascript:alert(1)' }, 'link', 'not-an-address'],
    [{ phone: '12' }, 'phone', 'phone-too-short'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone', 'zone-unknown'],
    [{ attendance: 'online' }, 'link', 'nothing-to-open'],
    [{ attendance: 'phone' }, 'phone', 'nothing-to-dial'],
    [{ 'place.address': '' }, 'place.address', 'nowhere-to-go'],
    [{ 'place.position': { lat: 95, lng: 0 } }, 'place.position', 'no-such-position'],
    [
      { recurrence: { by: 'weeks', every: 2, from: null, until: null } },
      'recurrence',
      'weeks-need-a-start',
    ],
    [
      { recurrence: { by: 'weeks', every: 1, from: '2026-03-02', until: '2026-02-02' } },
      'recurrence',
      'until-before-from',
    ],
    [
      {
        dayChanges: [
          { day: '2026-02-31', change: 'cancelled', toDay: null, startsAt: null, note: '' },
        ],
      },
      'dayChanges',
      'no-such-day',
    ],
    [
      {
        dayChanges: [{ day: '2026-02-02', change: 'moved', toDay: null, startsAt: null, note: '' }],
      },
      'dayChanges',
      'moved-nowhere',
    ],
  ])('is refused for its own reason: %j', async (wrong, field, trouble) => {
    const reply = await servant.ask(addListing, {
      id: uuidv7(),
      listId,
      draft: false,
      changes: { ...evening, ...wrong } as never,
    });
    expect([reply.status, reply.body.refusal, reply.body.details]).toMatchObject([
      422,
      'notLikeThis',
      { field, trouble },
    ]);
  });

  test('holds every field of a meeting, as plain text', async () => {
    const given = {
      recurrence: { by: 'month' as const, nth: [-1, 1], every: 1, from: null, until: null },
      dayChanges: [
        {
          day: '2026-12-25',
          change: 'cancelled' as const,
          toDay: null,
          startsAt: null,
          note: 'Christmas',
        },
      ],
      holidayNotes: '<b>Closed</b> on holidays',
      typesOn: [{ nth: [1], types: ['SP'] }],
      types: ['O', 'Women'],
      'place.regions': ['County', 'Town'],
      'place.position': { lat: 40.1, lng: -75.2 },
      link: 'zoom.us/j/123456789',
      attendance: 'hybrid' as const,
      notes: 'Two\nlines\ud800',
    };
    const { listing } = await look(await add(given));
    expect(listing).toMatchObject({
      recurrence: { by: 'month', nth: [-1, 1] },
      holidayNotes: 'Closed on holidays',
      types: ['O', 'W'],
      link: 'https://zoom.us/j/123456789',
      linkHostKnown: true,
      notes: 'Two\nlines\ufffd',
    });
    expect(listing.facets).toEqual(expect.arrayContaining(['open', 'women', 'speaker']));
    expect(listing.place).toMatchObject({ regions: ['County', 'Town'], position: { lat: 40.1 } });
  });
});

describe('a correction', () => {
  test('wins over the source, is shown as such, and the source can speak again', async () => {
    const id = await add();
    await fromSource(id);
    const { version } = await look(id);
    const saved = await servant.get(saveListing, {
      id,
      baseVersion: version,
      changes: { startsAt: '19:30', 'place.city': 'Birch', name: 'Evening' },
    });
    expect(saved.outcome).toBe('saved');
    const read = await look(id);
    expect(read.locked.sort()).toEqual(['place.city', 'startsAt']);
    expect(read.sourced).toEqual({ startsAt: '19:00', 'place.city': 'Alder Falls' });
    expect(read.listing).toMatchObject({ startsAt: '19:30', place: { city: 'Birch' } });
    const [, event] = await events(id);
    expect(event).toMatchObject({
      kind: 'change',
      fields: ['startsAt', 'place.city'],
      account_id: servant.accountId,
    });
    await servant.get(takeSource, { id, fields: ['startsAt'] });
    const again = await look(id);
    expect([again.locked, again.listing.startsAt]).toEqual([['place.city'], '19:00']);
  });

  test('of something that changed meanwhile is refused, and nothing is lost or written', async () => {
    const id = await add();
    const { version } = await look(id);
    await servant.get(saveListing, { id, baseVersion: version, changes: { notes: 'First' } });
    const late = await servant.ask(saveListing, {
      id,
      baseVersion: version,
      changes: { notes: 'Second' },
    });
    expect([late.status, late.body.refusal]).toEqual([422, 'changedMeanwhile']);
    expect((await look(id)).listing.notes).toBe('First');
    const same = await servant.get(saveListing, {
      id,
      baseVersion: (await look(id)).version,
      changes: { notes: 'First' },
    });
    expect([same.outcome, (await events(id)).length]).toEqual(['same', 2]);
  });

  test('is taken back unless something later touched the same field', async () => {
    const id = await add();
    await fromSource(id);
    const save = async (changes: object) =>
      servant.get(saveListing, { id, baseVersion: (await look(id)).version, changes });
    await save({ startsAt: '20:00', notes: 'A' });
    await save({ notes: 'B' });
    const [, first, second] = await events(id);
    const late = await servant.ask(undoChange, { id, number: Number(first?.number) });
    expect([late.body.refusal, late.body.details]).toEqual(['changedSince', { fields: ['notes'] }]);
    await servant.get(undoChange, { id, number: Number(second?.number) });
    await servant.get(undoChange, { id, number: Number(first?.number) });
    const read = await look(id);
    expect([read.listing.startsAt, read.listing.notes, read.locked]).toEqual(['19:00', '', []]);
  });

  test('raises the version of the list, so that every copy knows it is old', async () => {
    const id = await add();
    const of = async () =>
      (
        await house.admin<{ version: string }>('SELECT version FROM meeting_list WHERE id = $1', [
          listId,
        ])
      )[0]?.version;
    const before = await of();
    const { version } = await look(id);
    const saved = await servant.get(saveListing, {
      id,
      baseVersion: version,
      changes: { notes: 'New' },
    });
    expect(Number(await of())).toBe(Number(before) + 1);
    expect(saved.version).toBe(Number(await of()));
  });
});

describe('what is not published', () => {
  test('needs a right to be seen, and can be published and taken back', async () => {
    const id = await add({ name: 'Hidden one' }, true);
    const seen = await house.admin('SELECT FROM meeting WHERE id = $1 AND published', [id]);
    expect(seen).toEqual([]);
    expect((await stranger.ask(readListing, { id })).status).toBe(404);
    await servant.get(publishListing, { id, publish: true });
    expect((await look(id)).state).toBe('published');
    await servant.get(publishListing, { id, publish: false });
    expect((await look(id)).state).toBe('draft');
    expect((await events(id)).map((one) => one.kind)).toEqual(['new', 'back', 'delete']);
  });

  test('one that its source no longer names cannot be published by hand', async () => {
    const id = await add();
    await house.admin('UPDATE meeting SET gone_at = now() WHERE id = $1', [id]);
    const reply = await servant.ask(publishListing, { id, publish: true });
    expect(reply.body.refusal).toBe('goneAtSource');
    expect((await look(id)).state).toBe('gone');
  });
});

describe('contacts', () => {
  test('are for servants of the body only', async () => {
    const id = await add();
    const contacts = [{ name: 'Ann M.', email: 'ann@group.example', phone: '555 0100' }];
    await servant.get(saveContacts, { id, contacts });
    expect((await look(id)).contacts).toEqual(contacts);
    expect((await stranger.ask(saveContacts, { id, contacts: [] })).status).toBe(404);
    const wrong = [{ name: '', email: 'not one', phone: '' }];
    const reply = await servant.ask(saveContacts, { id, contacts: wrong });
    expect([reply.body.refusal, reply.body.details]).toEqual([
      'notLikeThis',
      { field: 'email', place: 1 },
    ]);
    expect((await look(id)).contacts).toEqual(contacts);
  });
});

describe('the table', () => {
  test('pages, counts, searches and narrows; others’ lists are not in it', async () => {
    const draft = await add({ name: 'Zebra 100% draft' }, true);
    const all = await servant.get(listingTable, { listId, limit: 2, sort: 'name' });
    expect(all.rows).toHaveLength(2);
    expect(all.total).toBe(all.counts.all);
    const found = await servant.get(listingTable, { text: '100%' });
    expect(found.rows.map((row) => [row.id, row.state])).toEqual([[draft, 'draft']]);
    const drafts = await servant.get(listingTable, { listId, state: 'draft' });
    expect(drafts.rows.map((row) => row.id)).toContain(draft);
    expect(drafts.total).toBe(drafts.counts.draft);
    for (const state of ['published', 'closed', 'gone', 'corrected', 'stale', 'lookalike'] as const)
      await servant.get(listingTable, { state, sort: 'when' });
    expect((await stranger.get(listingTable, {})).total).toBe(0);
    expect((await stranger.ask(listingTable, { listId })).status).toBe(404);
    const mine = await servant.get(listsCaredFor, {});
    expect(mine.bodies).toMatchObject([{ id: bodyId, scope: 'body', lists: [{ id: listId }] }]);
  });
});
