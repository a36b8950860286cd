import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../kit/id.ts';
import { announce } from '../../platform/announcements.ts';
import { type TestHouse, testHouse } from '../../server/testing.ts';
import { listOf } from './house.test-data.ts';
import { meetingWith } from './listed.test-data.ts';

let house: TestHouse;
let numbers: number[];

beforeAll(async () => {
  house = await testHouse({ clock: () => new Date('2026-11-22T17:00:00Z') });
  ({ numbers } = await listOf(house, 'Hudson Region', [
    meetingWith({ key: 'a', fellowship: 'na', name: 'Just for Tonight', types: ['O', 'BT', 'X'] }),
  ]));
});
afterAll(() => house.close());

type Row = Record<string, string>;

async function json(query: string) {
  const reply = await house.app.inject(`/main_server/client_interface/json/?${query}`);
  expect(reply.statusCode).toBe(200);
  return reply.json();
}

describe('changes', () => {
  it('newest first; never who, never words that were taken out, never a draft', async () => {
    const [row] = await house.admin<{ id: string; service_body_id: string; listing: object }>(
      'SELECT id, service_body_id, listing FROM meeting WHERE number = $1',
      [numbers[0]],
    );
    const before = { ...row?.listing, notes: 'Call John Smith on 555 0100', startsAt: '18:00' };
    const event = (kind: string, was: object | null, is: object | null) =>
      house.admin(
        'INSERT INTO meeting_event (id, meeting_id, service_body_id, kind, account_id, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [uuidv7(), row?.id, row?.service_body_id, kind, uuidv7(), was, is],
      );
    await event('new', null, before);
    await event('change', before, row?.listing ?? null);
    await event('confirmed', row?.listing ?? null, row?.listing ?? null);
    const changes = await json(`switcher=GetChanges&meeting_id=${numbers[0]}`);
    expect(changes).toMatchObject([
      {
        change_type: 'comdef_change_type_change',
        user_name: '',
        meeting_exists: '1',
        json_data: { before: { start_time: '18:00:00', comments: '********' } },
      },
      { change_type: 'comdef_change_type_new', details: 'The meeting was created.' },
    ]);
    expect(changes[0].details).toContain('start_time was changed from "18:00:00" to "19:00:00".');
    expect(JSON.stringify(changes)).not.toMatch(/Smith|0100"|account/);
    const today = new Date().toISOString().slice(0, 10);
    expect(await json(`switcher=GetChanges&start_date=${today}&end_date=${today}`)).toHaveLength(2);
    expect(await json('switcher=GetChanges&end_date=2020-01-01')).toEqual([]);
    // Of one that is gone no words are published any more, its name neither.
    await house.admin('UPDATE meeting SET gone_at = now() WHERE number = $1', [numbers[0]]);
    await event('delete', row?.listing ?? null, null);
    const gone = await json(`switcher=GetChanges&meeting_id=${numbers[0]}`);
    expect(gone[0]).toMatchObject({ meeting_exists: '0', meeting_name: '********' });
    expect(JSON.stringify(gone)).not.toContain('Tonight');
    await house.admin('UPDATE meeting SET gone_at = NULL WHERE number = $1', [numbers[0]]);
    await house.admin('UPDATE meeting SET draft = true, published = false WHERE number = $1', [
      numbers[0],
    ]);
    expect(await json(`switcher=GetChanges&meeting_id=${numbers[0]}`)).toEqual([]);
    await house.admin('UPDATE meeting SET draft = false, published = true WHERE number = $1', [
      numbers[0],
    ]);
  });
});

describe('listings made up for the demonstration', () => {
  it('are told only where there are no others', async () => {
    const alone = await testHouse({ clock: () => new Date('2026-11-22T17:00:00Z') });
    const url = '/main_server/client_interface/json/?switcher=GetSearchResults';
    const names = async (one: string) =>
      (await alone.app.inject(one)).json().map((row: Row) => row.meeting_name ?? row.name);
    const told = async () => [await names(url), await names('/feeds/meeting-guide.json')];
    await listOf(alone, 'Alder Falls', [meetingWith({ key: 'm', name: 'Made up' })]);
    await alone.admin('UPDATE service_body SET demo = true');
    await alone.admin('UPDATE meeting_list SET demo = true');
    // One process has one copy of the directory: the other house of this file is let go.
    announce('directory');
    expect(await told()).toEqual([['Made up'], ['Made up']]);
    await listOf(alone, 'Hudson Region', [meetingWith({ key: 'r', name: 'Real' })]);
    announce('directory');
    expect(await told()).toEqual([['Real'], ['Real']]);
    await alone.close();
  });
});
