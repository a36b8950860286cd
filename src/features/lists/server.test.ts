import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv4 } from '../../kit/id.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { gazetteer } from '../gazetteer/server.ts';
import {
  findPlaces,
  getMeeting,
  meetingFilters,
  meetingPack,
  searchMeetings,
  tonight,
} from '../meetings/contract.ts';
import { handlers as meetings } from '../meetings/server.ts';
import {
  applyImport,
  fetchList,
  foundServiceBody,
  importReport,
  myLists,
  partBytes,
  previewImport,
  uploadPart,
} from './contract.ts';
import { handlers } from './server.ts';

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

let listId: string;
let importId: string;
const choice = { fellowship: 'aa', timeZone: 'America/New_York' };

describe('importing a real list', () => {
  test('a preview asks for what the list does not say', async () => {
    importId = await upload(feed('philadelphia-2022'), 'philadelphia-2022.json');
    const preview = await servant.get(previewImport, { importId });
    expect(preview).toMatchObject({ taken: 2098, refused: 0, needs: ['fellowship', 'timeZone'] });
    const refused = await servant.ask(applyImport, {
      importId,
      name: 'List',
      unpublishGone: false,
    });
    expect(refused.body).toMatchObject({ refusal: 'needsAnswers' });
  });

  test('each row is imported or listed with its reason', async () => {
    const done = await servant.get(applyImport, {
      importId,
      name: 'Philadelphia',
      unpublishGone: false,
      ...choice,
    });
    expect(done).toMatchObject({ taken: 2098, refused: 0, added: 2098, changed: 0, gone: 0 });
    listId = done.listId;
    const rows: number[] = [];
    for (let after = 0; ; after = rows.at(-1) ?? 0) {
      const page = await servant.get(importReport, { importId, only: 'all', after, limit: 1000 });
      rows.push(...page.rows.map((row) => row.row));
      if (!page.more) break;
    }
    expect(rows).toEqual(Array.from({ length: 2098 }, (_, i) => i + 1));
    const again = await servant.ask(applyImport, {
      importId,
      name: 'x',
      unpublishGone: false,
      ...choice,
    });
    expect(again.body.refusal).toBe('alreadyApplied');
  });

  test('twice the same changes nothing, and ids stay', async () => {
    const before = await house.admin('SELECT id, key FROM meeting ORDER BY key');
    const second = await upload(feed('philadelphia-2022'));
    expect(await servant.get(previewImport, { importId: second, listId, ...choice })).toMatchObject(
      { same: 2098, added: 0, changed: 0, gone: 0 },
    );
    await servant.get(applyImport, {
      importId: second,
      listId,
      name: 'Philadelphia',
      unpublishGone: false,
      ...choice,
    });
    expect(await house.admin('SELECT id, key FROM meeting ORDER BY key')).toEqual(before);
  });

  test('a list that shrinks asks first, and what goes is kept unpublished', async () => {
    const rows = JSON.parse(feed('philadelphia-2022').toString()).slice(0, 2000);
    const third = await upload(JSON.stringify(rows));
    const apply = { importId: third, listId, name: 'Philadelphia', ...choice };
    const refused = await servant.ask(applyImport, { ...apply, unpublishGone: false });
    expect(refused.body).toMatchObject({ refusal: 'wouldUnpublish', details: { gone: 98 } });
    expect(await servant.get(applyImport, { ...apply, unpublishGone: true })).toMatchObject({
      gone: 98,
    });
    expect(await house.admin('SELECT count(*) FROM meeting')).toEqual([{ count: 2098 }]);
    expect(await anyone.get(meetingFilters, {})).toMatchObject({ meetings: 2000 });
    const back = await upload(feed('philadelphia-2022'));
    await servant.get(applyImport, { ...apply, importId: back, unpublishGone: false });
    expect(await anyone.get(meetingFilters, {})).toMatchObject({ meetings: 2098 });
  });

  test.each([
    ['', 'list-empty'],
    ['<html>', 'list-is-html'],
    ['{', 'list-not-json'],
    ['[]', 'list-no-rows'],
  ])('a list that is %s changes nothing and says why', async (body, refusal) => {
    const bad = await upload(body);
    const apply = { importId: bad, listId, ...choice };
    expect((await servant.ask(previewImport, apply)).body.refusal).toBe(refusal);
    const applied = await servant.ask(applyImport, { ...apply, name: 'x', unpublishGone: true });
    expect(applied.body.refusal).toBe(refusal);
    expect(await anyone.get(meetingFilters, {})).toMatchObject({ meetings: 2098 });
  });

  test('text that PostgreSQL cannot hold is stored without it', async () => {
    const raw =
      '[{"slug":"u","name":"nul \\u0000 half \\ud800 \\\\u0000","day":1,"time":"19:00","formatted_address":"1 Elm St, Albany, NY 12207, USA"},"\\u0000"]';
    const odd = await upload(raw);
    const done = await servant.get(applyImport, {
      importId: odd,
      name: 'Odd',
      unpublishGone: false,
      ...choice,
    });
    expect(done).toMatchObject({ taken: 1, refused: 1 });
    const report = await servant.get(importReport, { importId: odd, only: 'refused' });
    expect(report.rows).toEqual([
      { row: 2, name: '', taken: false, reasons: [{ code: 'not-a-listing' }] },
    ]);
  });

  test('a private address is not fetched', async () => {
    const reply = await servant.ask(fetchList, {
      importId: uuidv4(),
      bodyId,
      url: 'http://127.0.0.1/feed.json',
    });
    expect(reply.body).toMatchObject({ refusal: 'address-private' });
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
    const apply = { importId, name: 'x', unpublishGone: true, ...choice };
    expect((await other.ask(applyImport, apply)).status).toBe(404);
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

  test('keeps the directory on the phone and gets it once', async () => {
    const pack = await anyone.get(meetingPack, {});
    expect(pack.meetings?.length).toBeGreaterThan(2098);
    expect(await anyone.get(meetingPack, { have: pack.version })).toEqual({
      version: pack.version,
      fellowships: [],
      meetings: null,
    });
  });
});
