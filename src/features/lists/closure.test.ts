import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../../kit/id.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { nextOccurrence } from '../meetings/next-start.rules.ts';
import { closeAgain, closeTogether, closures, previewClosure, reopen } from './closure-contract.ts';
import { foundServiceBody } from './contract.ts';
import { addList, addListing, readListing } from './listing-contract.ts';

let now = new Date('2026-11-22T12:00:00Z');
let house: TestHouse;
let servant: Person;
let stranger: Person;
let listId: string;
const ids: Record<string, string> = {};

const church = { lat: 40, lng: -75 };
const nextDoor = { lat: 40.0005, lng: -75 };
const faraway = { lat: 40.01, lng: -75 };

async function add(name: string, group: string, position: object | null, more: object = {}) {
  const id = uuidv7();
  ids[name] = id;
  await servant.get(addListing, {
    id,
    listId,
    draft: false,
    changes: {
      name,
      group,
      days: [1],
      startsAt: '19:00',
      attendance: 'in-person',
      'place.address': '12 Main Street',
      'place.city': 'Town',
      'place.position': position as never,
      ...more,
    },
  });
}

beforeAll(async () => {
  house = await testHouse({ clock: () => now });
  const programme = await house.programme();
  servant = await house.member(programme, 'listServant');
  stranger = await house.member(programme, 'listServant');
  const { id: bodyId } = await servant.get(foundServiceBody, { name: 'Area' });
  listId = uuidv7();
  const list = { name: 'List', fellowship: 'aa', timeZone: 'America/New_York' };
  await servant.get(addList, { id: listId, bodyId, ...list });
  await add('church', 'Dawn', church);
  await add('next door', 'Dusk', nextDoor);
  await add('unplaced', 'Noon', null, { 'place.address': '12 Main St.' });
  await add('far', 'Dawn', faraway);
  await add('online', 'Dawn', church, {
    attendance: 'online',
    link: 'https://zoom.us/j/123456789',
  });
});
afterAll(() => house.close());

const listing = async (name: string) =>
  (await servant.get(readListing, { id: ids[name] as string })).listing as Meeting;
const close = (fields: object) =>
  servant.ask(closeTogether, {
    id: uuidv7(),
    meetingId: ids.church as string,
    what: 'place',
    fromDay: null,
    untilDay: null,
    note: '',
    leaveOut: [],
    ...fields,
  });
const names = (meetings: { name: string }[]) => meetings.map((one) => one.name).sort();

describe('closing a place or a group', () => {
  test('shows first what it touches', async () => {
    const meetingId = ids.church as string;
    const place = await servant.get(previewClosure, { meetingId, what: 'place' });
    expect(names(place.meetings)).toEqual(['church', 'next door', 'unplaced']);
    const group = await servant.get(previewClosure, { meetingId, what: 'group' });
    expect(names(group.meetings)).toEqual(['church', 'far', 'online']);
    expect(group.title).toBe('Dawn');
    const alone = await servant.get(previewClosure, { meetingId, what: 'meeting' });
    expect(names(alone.meetings)).toEqual(['church']);
    expect((await stranger.ask(previewClosure, { meetingId, what: 'place' })).status).toBe(404);
  });

  test.each([
    [{ untilDay: '2026-11-30', fromDay: '2026-12-01' }, 'untilBeforeFrom'],
    [{ untilDay: '2026-11-19' }, 'untilIsPast'],
    [{ untilDay: '2026-11-31' }, 'noSuchDay'],
  ])('refuses %j for its own reason', async (fields, refusal) => {
    expect((await close(fields)).body.refusal).toBe(refusal);
    expect((await listing('church')).closure).toBeNull();
  });

  test('shuts all of it, and it opens again by itself', async () => {
    const done = await close({ untilDay: '2026-12-06', note: 'Pipes burst' });
    expect(done.body).toMatchObject({ meetings: 3 });
    const closure = { from: null, until: '2026-12-06', note: 'Pipes burst' };
    for (const name of ['church', 'next door', 'unplaced'])
      expect((await listing(name)).closure).toEqual(closure);
    expect((await listing('online')).closure).toBeNull();
    const found = await house.post('/api/meetings.search', { text: 'church' });
    expect(found.body).toMatchObject({ meetings: [{ closed: { until: '2026-12-06' } }] });
    const next = nextOccurrence(await listing('church'), now.getTime());
    expect(new Date(next?.startsAt ?? 0).toISOString()).toBe('2026-12-08T00:00:00.000Z');
    const [shown] = (await servant.get(closures, {})).closures;
    expect(shown).toMatchObject({ state: 'now', meetings: 3, title: '12 Main Street' });
    expect((await stranger.get(closures, {})).closures).toEqual([]);
    expect((await stranger.ask(reopen, { id: shown?.id ?? '' })).status).toBe(404);
  });

  test('is said in every feed meanwhile', async () => {
    const told: [path: string, says: RegExp][] = [
      ['/feeds/meeting-guide.json', /"TC"[^}]*closed until 2026-12-06 \(Pipes burst\)/],
      ['/main_server/client_interface/json/?switcher=GetSearchResults', /Pipes burst/],
      ['/feeds/meetings.csv', /Temporarily Closed.*Pipes burst/],
      [`/meetings/${ids.church}.ics`, /Pipes burst/],
    ];
    for (const [path, says] of told) {
      const { body } = await house.app.inject({ url: path });
      expect([path, says.test(body.replaceAll('\r\n ', ''))]).toEqual([path, true]);
    }
  });

  test('a second one on top wins; ended, the first holds again; opening can be taken back', async () => {
    const group = await close({ what: 'group', note: 'Retreat', leaveOut: [ids.online] });
    expect(group.body).toMatchObject({ meetings: 2 });
    const { id } = group.body;
    expect((await listing('church')).closure?.note).toBe('Retreat');
    await servant.get(reopen, { id });
    expect((await listing('church')).closure?.note).toBe('Pipes burst');
    expect((await listing('far')).closure).toBeNull();
    await servant.get(closeAgain, { id });
    expect((await listing('far')).closure?.note).toBe('Retreat');
    expect((await servant.ask(closeAgain, { id })).body.refusal).toBe('closedAlready');
    await servant.get(reopen, { id });
    expect((await servant.ask(reopen, { id })).body.refusal).toBe('openAlready');
  });

  test('a correction of a listing under a source keeps the closure, and opening gives it back', async () => {
    await house.admin('UPDATE meeting SET sourced = listing || $2 WHERE id = $1', [
      ids.unplaced,
      { closure: null },
    ]);
    const [shown] = (await servant.get(closures, {})).closures;
    await servant.get(reopen, { id: shown?.id ?? '' });
    for (const name of ['church', 'next door', 'unplaced'])
      expect((await listing(name)).closure).toBeNull();
    await servant.get(closeAgain, { id: shown?.id ?? '' });
    const read = await servant.get(readListing, { id: ids.unplaced as string });
    expect(read.locked).toEqual(['closure']);
    const kinds = await house.admin<{ kind: string }>(
      'SELECT DISTINCT kind FROM meeting_event WHERE meeting_id = $1 ORDER BY 1',
      [ids.unplaced],
    );
    expect(kinds.map((one) => one.kind)).toEqual(['closure', 'new']);
  });

  test('what is past can no longer be shut again', async () => {
    const [shown] = (await servant.get(closures, {})).closures;
    await servant.get(reopen, { id: shown?.id ?? '' });
    now = new Date('2026-12-09T12:00:00Z');
    const reply = await servant.ask(closeAgain, { id: shown?.id ?? '' });
    expect(reply.body.refusal).toBe('untilIsPast');
  });
});
