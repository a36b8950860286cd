import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv4 } from '../../kit/id.ts';
import { workOff } from '../../platform/jobs.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { gazetteer } from '../gazetteer/server.ts';
import {
  findPlaces,
  getMeeting,
  meetingFilters,
  searchMeetings,
  tonight,
} from '../meetings/contract.ts';
import { handlers as meetings } from '../meetings/server.ts';
import { foundServiceBody, importReport, myLists, partBytes, uploadPart } from './contract.ts';
import { applyStaged, importProgress, stageImport } from './import-contract.ts';
import { listJobs } from './list-jobs.server.ts';
import { handlers } from './server.ts';
import { refreshNow, saveSource } from './source-contract.ts';

let house: TestHouse;
let servant: Person;
let other: Person;
let anyone: Person;
let bodyId: string;
// Saturday evening in Philadelphia, 19:20 local time.
const now = '2026-11-22T00:20:00Z';

beforeAll(async () => {
  house = await testHouse({
    handlers: [...handlers, ...meetings({ towns: gazetteer })],
    clock: () => new Date(now),
  });
  const programme = await house.programme();
  servant = await house.member(programme, 'listServant');
  other = await house.member(programme, 'listServant');
  anyone = await house.account();
  anyone.token = '';
  bodyId = (await servant.get(foundServiceBody, { name: 'Southeastern Pennsylvania' })).id;
});
afterAll(() => house.close());

const feed = (name: string) =>
  readFileSync(new URL(`../../../e2e/feeds/${name}.json`, import.meta.url));

async function upload(body: Buffer | string, source = 'list.json', who = servant): Promise<string> {
  const bytes = Buffer.from(body);
  const importId = uuidv4();
  for (let at = 0, part = 1; at === 0 || at < bytes.length; at += partBytes, part++) {
    const piece = bytes.subarray(at, at + partBytes).toString('base64');
    await who.get(uploadPart, { importId, bodyId, source, part, bytes: piece });
  }
  return importId;
}

const work = () => workOff(house.fresh.appUrl, listJobs(house.database));

let listId: string;
let importId: string;
const choice = { fellowship: 'aa', timeZone: 'America/New_York' };

async function imported(body: Buffer | string, listName: string) {
  const id = await upload(body, `${listName}.json`);
  await servant.get(stageImport, { importId: id, listName, ...choice });
  await work();
  await servant.get(applyStaged, { importId: id, agreed: 'first-time' });
  await work();
  return servant.get(importProgress, { importId: id });
}

describe('importing a real list', () => {
  test('each row is imported or listed with its reason', async () => {
    const done = await imported(feed('philadelphia-2022'), 'Philadelphia');
    expect(done).toMatchObject({ taken: 2098, refused: 0, added: 2098, changed: 0, gone: 0 });
    ({ importId } = done);
    listId = done.listId as string;
    const rows: number[] = [];
    for (let after = 0; ; after = rows.at(-1) ?? 0) {
      const page = await servant.get(importReport, { importId, only: 'all', after, limit: 1000 });
      rows.push(...page.rows.map((row) => row.row));
      if (!page.more) break;
    }
    expect(rows).toEqual(Array.from({ length: 2098 }, (_, i) => i + 1));
    expect(await anyone.get(meetingFilters, {})).toMatchObject({ meetings: 2098 });
  });

  test('text that PostgreSQL cannot hold is stored without it', async () => {
    const raw =
      '[{"slug":"u","name":"nul \\u0000 half \\ud800 \\\\u0000","day":1,"time":"19:00","formatted_address":"1 Elm St, Albany, NY 12207, USA"},"\\u0000"]';
    const done = await imported(raw, 'Odd');
    expect(done).toMatchObject({ taken: 1, refused: 1 });
    const report = await servant.get(importReport, {
      importId: done.importId,
      only: 'refused',
      raw: true,
    });
    expect(report.rows).toEqual([
      { row: 2, name: '', taken: false, raw: '""', reasons: [{ code: 'not-a-listing' }] },
    ]);
  });

  test('a private address is not fetched', async () => {
    const id = uuidv4();
    const url = 'http://127.0.0.1/feed.json';
    await servant.get(saveSource, { id, bodyId, listName: 'Private', name: 'Private', url });
    const asked = await servant.get(refreshNow, { sourceId: id });
    await work();
    expect(await servant.get(importProgress, asked)).toMatchObject({
      state: 'stopped',
      trouble: { code: 'address-private' },
    });
  });
});

describe('who keeps a list', () => {
  test('another servant finds nothing of it', async () => {
    expect(await other.get(myLists, {})).toMatchObject({ bodies: [] });
    const foreign = await other.ask(importReport, { importId, only: 'all' });
    const absent = await other.ask(importReport, { importId: uuidv4(), only: 'all' });
    expect(foreign).toMatchObject({ status: 404, body: absent.body });
    const part = { importId: uuidv4(), bodyId, source: 's', part: 1, bytes: '' };
    expect((await other.ask(uploadPart, part)).status).toBe(404);
    const own = (await other.get(foundServiceBody, { name: 'Elsewhere' })).id;
    const taken = { importId, bodyId: own, source: 's', part: 1, bytes: '' };
    expect((await other.ask(uploadPart, taken)).status).toBe(404);
  });

  test('the database itself refuses to change it', async () => {
    const asOther = (sql: string, values: unknown[]) =>
      house.database.transaction(
        async (tx) =>
          void (await tx.query("SELECT app.set_context(NULL, $1, NULL, 'listServant')", [
            other.accountId,
          ])),
        (tx) => tx.run(sql, values),
      );
    expect(
      (await asOther("UPDATE meeting SET listing = '{}' WHERE list_id = $1", [listId])).rowCount,
    ).toBe(0);
    expect((await asOther('DELETE FROM meeting_list WHERE id = $1', [listId])).rowCount).toBe(0);
    expect(
      (await asOther('SELECT FROM list_import_row WHERE import_id = $1', [importId])).rowCount,
    ).toBe(0);
    await expect(
      asOther('INSERT INTO service_body_servant VALUES ($1, $2)', [bodyId, other.accountId]),
    ).rejects.toThrow(/row-level security/);
  });

  test('a therapist and a visitor may not', async () => {
    const therapist = await house.member(servant.programmeId, 'therapist');
    expect((await therapist.ask(myLists, {})).status).toBe(404);
    expect((await anyone.ask(myLists, {})).status).toBe(401);
  });

  test('the lists show what was imported', async () => {
    const { bodies } = await servant.get(myLists, {});
    const philadelphia = bodies[0]?.lists.find((list) => list.id === listId);
    expect(philadelphia).toMatchObject({ name: 'Philadelphia', meetings: 2098, fellowship: 'aa' });
    expect(bodies[0]?.imports.at(-1)).toMatchObject({ taken: 2098, added: 2098 });
  });
});

describe('anyone', () => {
  test('finds tonight near a typed place, soonest first', async () => {
    const found = await anyone.get(tonight, { place: 'philadelphia', limit: 50 });
    expect(found.place?.label).toBe('Philadelphia, PA');
    expect(found.total).toBeGreaterThan(10);
    const starts = found.meetings.map((meeting) => Date.parse(meeting.next?.startsAt ?? ''));
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    for (const meeting of found.meetings) {
      expect(Date.parse(meeting.next?.endsAt ?? '')).toBeGreaterThan(Date.parse(now));
      expect(meeting.attendance).not.toBe('inactive');
    }
  });

  test('searches by GET, with day, hour and type', async () => {
    const reply = await house.app.inject(
      '/api/meetings.search?near=39.95,-75.16&radiusKm=10&day=6&after=18:00&types=open,discussion',
    );
    const found = reply.json();
    expect(reply.statusCode).toBe(200);
    expect(found.total).toBeGreaterThan(0);
    for (const meeting of found.meetings) {
      expect(meeting.days).toContain(6);
      expect(meeting.startsAt >= '18:00').toBe(true);
      expect(meeting.facets).toEqual(expect.arrayContaining(['open', 'discussion']));
    }
  });

  test('is told when a place is not known, and offered those that are', async () => {
    expect((await anyone.ask(searchMeetings, { place: 'Xyzzyqwk' })).body.refusal).toBe(
      'placeUnknown',
    );
    expect((await anyone.get(findPlaces, { typed: 'malv' })).places[0]?.label).toBe('Malvern, PA');
  });

  test('sees one meeting whole, but never a contact', async () => {
    const { meetings } = await anyone.get(searchMeetings, {
      text: 'wake up',
      types: ['wheelchair'],
    });
    const detail = await anyone.get(getMeeting, { id: meetings[0]?.id ?? '' });
    expect(detail).toMatchObject({
      fellowshipName: { en: 'Alcoholics Anonymous' },
      types: expect.arrayContaining([
        { code: 'X', en: 'Wheelchair Access', es: 'Acceso para sillas de ruedas' },
      ]),
    });
    expect(JSON.stringify(detail)).not.toMatch(/contact/i);
    expect((await anyone.ask(getMeeting, { id: uuidv4() })).status).toBe(404);
  });
});
