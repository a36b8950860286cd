import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv4 } from '../../kit/id.ts';
import type { InputOf } from '../../kit/operation.ts';
import { workOff } from '../../platform/jobs.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { foundServiceBody, importReport, partBytes, uploadPart } from './contract.ts';
import {
  applyStaged,
  discardImport,
  importProgress,
  imports,
  lookAtImport,
  meetingHistory,
  rollBackImport,
  stagedDiff,
  stageImport,
} from './import-contract.ts';
import { listJobs } from './list-jobs.server.ts';
import { handlers } from './server.ts';
import { listSources } from './source-contract.ts';

let house: TestHouse;
let servant: Person;
let other: Person;
let bodyId: string;

beforeAll(async () => {
  house = await testHouse({ handlers });
  const programme = await house.programme();
  servant = await house.member(programme, 'listServant');
  other = await house.member(programme, 'listServant');
  bodyId = (await servant.get(foundServiceBody, { name: 'An area' })).id;
});
afterAll(() => house.close());

const feed = (name: string) =>
  readFileSync(new URL(`../../../e2e/feeds/${name}.json`, import.meta.url));

type Row = Record<string, unknown>;
const rows = Array.from(
  { length: 40 },
  (_, n): Row => ({
    slug: `m${n}`,
    name: `Meeting ${n}`,
    day: n % 7,
    time: '19:00',
    formatted_address: `${n} Elm St, Albany, NY 12207, USA`,
    conference_url: `https://zoom.us/j/10000${n}`,
  }),
);
const changed = (n: number, fields: Row): Row[] =>
  rows.map((row, at) => (at === n ? { ...row, ...fields } : row));

async function handOver(body: Buffer | string, source = 'list.json'): Promise<string> {
  const bytes = Buffer.from(body);
  const importId = uuidv4();
  for (let at = 0, part = 1; at === 0 || at < bytes.length; at += partBytes, part++) {
    const piece = bytes.subarray(at, at + partBytes).toString('base64');
    await servant.get(uploadPart, { importId, bodyId, source, part, bytes: piece });
  }
  return importId;
}

const work = () => workOff(house.fresh.appUrl, listJobs(house.database));
const progress = (importId: string) => servant.get(importProgress, { importId });

type Target = Omit<InputOf<typeof stageImport>, 'importId'>;

async function staged(body: unknown, target: Target): Promise<string> {
  const importId = await handOver(
    Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body),
  );
  await servant.get(stageImport, { importId, ...target });
  await work();
  return importId;
}

async function applied(importId: string, agreed?: string) {
  await servant.get(applyStaged, { importId, ...(agreed && { agreed }) });
  await work();
  return progress(importId);
}

/** What of a list anybody sees, and what is kept behind it. */
async function standing(listId: string) {
  return house.admin(
    'SELECT id, key, listing, sourced, locked, published, gone_at IS NULL AS here FROM meeting WHERE list_id = $1 ORDER BY key',
    [listId],
  );
}

async function newList(body: unknown = rows, extra: Target = {}) {
  const importId = await staged(body, {
    listName: 'Albany',
    fellowship: 'aa',
    timeZone: 'America/New_York',
    ...extra,
  });
  const done = await applied(importId, 'first-time');
  const [row] = await house.admin<{ source_id: string }>(
    'SELECT source_id FROM list_import WHERE id = $1',
    [importId],
  );
  return { importId, listId: done.listId as string, sourceId: row?.source_id as string };
}

describe('an import is first looked at', () => {
  test('what was handed over is described without being read whole', async () => {
    const importId = await handOver(feed('philadelphia-2022'));
    const look = await servant.get(lookAtImport, { importId });
    expect(look).toMatchObject({ format: 'meeting-guide', needs: ['fellowship', 'timeZone'] });
    expect(look.rows).toBe(2098);
    expect(look.samples).toHaveLength(5);
    const bad = await handOver('<html>');
    expect(await servant.get(lookAtImport, { importId: bad })).toMatchObject({
      trouble: { code: 'list-is-html' },
    });
  });

  test('it stops and says what it needs, and goes on when that is said', async () => {
    const importId = await staged(rows, { listName: 'Needs' });
    expect(await progress(importId)).toMatchObject({
      state: 'stopped',
      trouble: { code: 'needs-fellowship' },
    });
    await servant.get(stageImport, { importId, fellowship: 'aa', timeZone: 'America/New_York' });
    await work();
    expect(await progress(importId)).toMatchObject({
      state: 'staged',
      added: 40,
      held: { code: 'first-time' },
    });
    await servant.get(discardImport, { importId });
    expect(await progress(importId)).toMatchObject({ state: 'discarded' });
  });

  test('nothing of the directory changes before it is applied', async () => {
    const before = await house.admin('SELECT count(*) FROM meeting_list');
    const importId = await staged(rows, {
      listName: 'Later',
      fellowship: 'aa',
      timeZone: 'America/New_York',
    });
    expect(await house.admin('SELECT count(*) FROM meeting_list')).toEqual(before);
    const refused = await servant.ask(applyStaged, { importId });
    expect(refused.body).toMatchObject({ refusal: 'asksFirst', details: { held: 'first-time' } });
    expect(await applied(importId, 'first-time')).toMatchObject({ state: 'applied', added: 40 });
    expect((await servant.ask(applyStaged, { importId })).body.refusal).toBe('notStaged');
  });
});

describe('a list that is renewed', () => {
  test.each(['philadelphia-2022', 'orange-county-2023', 'eda-world-2023'])(
    '%s: twice the same changes nothing, not even a version',
    async (name) => {
      const { listId, sourceId } = await newList(feed(name));
      const before = await standing(listId);
      const versions = await house.admin(
        'SELECT id, version, changed_at FROM meeting WHERE list_id = $1 ORDER BY id',
        [listId],
      );
      expect(before.length).toBeGreaterThan(150);
      const again = await staged(feed(name), { sourceId });
      expect(await progress(again)).toMatchObject({
        added: 0,
        changed: 0,
        back: 0,
        gone: 0,
        held: null,
      });
      await applied(again);
      expect(await standing(listId)).toEqual(before);
      expect(
        await house.admin(
          'SELECT id, version, changed_at FROM meeting WHERE list_id = $1 ORDER BY id',
          [listId],
        ),
      ).toEqual(versions);
    },
    60_000,
  );

  test('the diff says field by field what changes; one action applies it, one takes it back', async () => {
    const { listId, sourceId } = await newList();
    const before = await standing(listId);
    const next = [
      ...changed(3, { time: '20:30', notes: 'Side door' }).slice(0, 38),
      { ...rows[0], slug: 'new', name: 'New one' },
    ];
    const importId = await staged(next, { sourceId });
    expect(await progress(importId)).toMatchObject({
      added: 1,
      changed: 1,
      gone: 2,
      same: 37,
      held: null,
    });
    const { changes } = await servant.get(stagedDiff, { importId });
    expect(changes.map(({ key, change }) => [key, change])).toEqual([
      ['m3', 'changed'],
      ['m38', 'gone'],
      ['m39', 'gone'],
      ['new', 'added'],
    ]);
    expect(changes[0]?.fields).toEqual([
      { field: 'startsAt', before: '19:00', after: '20:30' },
      { field: 'notes', before: '', after: 'Side door' },
    ]);
    const { changes: gone } = await servant.get(stagedDiff, { importId, only: 'gone', limit: 1 });
    expect(gone).toHaveLength(1);
    await applied(importId);
    const after = await standing(listId);
    expect(after.filter((row) => row.published)).toHaveLength(39);
    expect(after.find((row) => row.key === 'm39')).toMatchObject({ here: false });
    const history = await servant.get(meetingHistory, {
      meetingId: after.find((row) => row.key === 'm3')?.id,
    });
    expect(history.events.map(({ kind }) => kind)).toEqual(['change', 'new']);
    expect(history.events[0]).toMatchObject({
      importId,
      fields: [{ field: 'startsAt' }, { field: 'notes' }],
    });

    await servant.get(rollBackImport, { importId });
    await work();
    expect(await progress(importId)).toMatchObject({ state: 'rolledBack' });
    const restored = await standing(listId);
    expect(restored.filter((row) => row.key !== 'new')).toEqual(before);
    expect(restored.find((row) => row.key === 'new')).toMatchObject({ published: false });
  });

  test('what was gone comes back under its old id when the source names it again', async () => {
    const { listId, sourceId } = await newList();
    const before = await standing(listId);
    await applied(await staged(rows.slice(0, 39), { sourceId }));
    const back = await staged(rows, { sourceId });
    expect(await progress(back)).toMatchObject({ back: 1, added: 0, changed: 0 });
    await applied(back);
    expect(await standing(listId)).toEqual(before);
  });

  test('a list that shrinks asks a person; keeping what is gone is an answer too', async () => {
    const { listId, sourceId } = await newList();
    const before = await standing(listId);
    const importId = await staged(rows.slice(0, 30), { sourceId });
    expect(await progress(importId)).toMatchObject({
      held: { code: 'would-unpublish', detail: '10' },
    });
    expect((await servant.ask(applyStaged, { importId })).body).toMatchObject({
      refusal: 'asksFirst',
    });
    expect(await standing(listId)).toEqual(before);
    await servant.get(applyStaged, { importId, gone: 'keep' });
    await work();
    expect(await standing(listId)).toEqual(before);
    const again = await staged(rows.slice(0, 30), { sourceId });
    await applied(again, 'would-unpublish');
    expect((await standing(listId)).filter((row) => row.published)).toHaveLength(30);
  });

  test('a person’s correction wins, whenever it was made', async () => {
    const { listId, sourceId } = await newList();
    const correct = (key: string, startsAt: string) =>
      house.admin(
        `UPDATE meeting SET locked = jsonb_build_object('startsAt', $3::text),
           listing = jsonb_set(listing, '{startsAt}', to_jsonb($3::text)) WHERE list_id = $1 AND key = $2`,
        [listId, key, startsAt],
      );
    await correct('m1', '18:15');
    const importId = await staged(changed(1, { time: '21:00', name: 'Renamed' }), { sourceId });
    const { changes } = await servant.get(stagedDiff, { importId });
    expect(changes).toMatchObject([
      { key: 'm1', fields: [{ field: 'name', after: 'Renamed' }], locked: ['startsAt'] },
    ]);
    await correct('m1', '18:45');
    await applied(importId);
    const [row] = (await standing(listId)).filter(({ key }) => key === 'm1');
    expect(row).toMatchObject({
      listing: { startsAt: '18:45', name: 'Renamed' },
      sourced: { startsAt: '21:00' },
    });
  });

  test('an address that the source drops stays until a person agrees', async () => {
    const { listId, sourceId } = await newList();
    const without = rows.map((row, n) => (n === 5 ? { ...row, conference_url: '' } : row));
    const importId = await staged(without, { sourceId });
    expect(await progress(importId)).toMatchObject({ changed: 1, kept: 1 });
    const { changes } = await servant.get(stagedDiff, { importId, only: 'kept' });
    expect(changes).toMatchObject([{ key: 'm5', fields: [], kept: ['link', 'attendance'] }]);
    await applied(importId);
    const link = async () => (await standing(listId)).find(({ key }) => key === 'm5')?.listing.link;
    expect(await link()).toBe('https://zoom.us/j/100005');
    const again = await staged(
      without.map((row, n) => (n === 5 ? { ...row, notes: 'x' } : row)),
      { sourceId },
    );
    await servant.get(applyStaged, { importId: again, dropKept: true });
    await work();
    expect(await link()).toBeNull();
  });

  test('a change can be left out, and is offered again', async () => {
    const { listId, sourceId } = await newList();
    const before = await standing(listId);
    const next = changed(2, { name: 'Not this' });
    const importId = await staged(next, { sourceId });
    const { changes } = await servant.get(stagedDiff, { importId });
    await servant.get(applyStaged, { importId, leaveOut: changes.map((one) => one.meetingId) });
    await work();
    expect(await standing(listId)).toEqual(before);
    expect(await progress(await staged(next, { sourceId }))).toMatchObject({ changed: 1 });
  });

  test('an import that another has overtaken is not applied', async () => {
    const { sourceId } = await newList();
    const slow = await staged(changed(1, { name: 'Slow' }), { sourceId });
    const quick = await staged(changed(1, { name: 'Quick' }), { sourceId });
    await applied(quick);
    expect((await servant.ask(applyStaged, { importId: slow })).body.refusal).toBe('overtaken');
  });

  test('taking back leaves what was touched since only when that is said', async () => {
    const { listId, sourceId } = await newList();
    const first = await staged(
      changed(1, { name: 'One' }).map((row, n) => (n === 2 ? { ...row, name: 'Two' } : row)),
      { sourceId },
    );
    await applied(first);
    await house.admin(
      `UPDATE meeting SET listing = jsonb_set(listing, '{notes}', '"By hand"') WHERE list_id = $1 AND key = 'm1'`,
      [listId],
    );
    const refused = await servant.ask(rollBackImport, { importId: first });
    expect(refused.body).toMatchObject({
      refusal: 'touchedSince',
      details: { touched: 1, all: 2 },
    });
    await servant.get(rollBackImport, { importId: first, leaveTouched: true });
    await work();
    const names = (await standing(listId)).map(({ listing }) => listing.name);
    expect(names).toContain('One');
    expect(names).not.toContain('Two');
    const next = await staged(changed(2, { name: 'Two' }), { sourceId });
    expect(await progress(next)).toMatchObject({ held: { code: 'taken-back-before' } });
  });

  test('one whose job was given up says so and can be applied again', async () => {
    const { sourceId } = await newList();
    const importId = await staged(changed(1, { name: 'Once more' }), { sourceId });
    await house.admin("UPDATE list_import SET state = 'applying' WHERE id = $1", [importId]);
    await listJobs(house.database)['lists.due']?.({});
    expect(await progress(importId)).toMatchObject({
      state: 'staged',
      trouble: { code: 'interrupted' },
    });
    expect(await applied(importId)).toMatchObject({ state: 'applied', trouble: null });
  });

  test('contacts are kept apart, and one who gives none takes none away', async () => {
    const withContact = rows.map((row, n) =>
      n === 0 ? { ...row, contact_1_name: 'Pat', contact_1_email: 'pat@example.org' } : row,
    );
    const { listId, sourceId } = await newList(withContact);
    const contacts = () =>
      house.admin(
        'SELECT c.name, c.email FROM meeting_contact c JOIN meeting m ON m.id = c.meeting_id WHERE m.list_id = $1',
        [listId],
      );
    expect(await contacts()).toEqual([{ name: 'Pat', email: 'pat@example.org' }]);
    expect(JSON.stringify(await standing(listId))).not.toContain('pat@');
    const again = await staged(withContact, { sourceId });
    expect(await progress(again)).toMatchObject({ changed: 0, same: 40 });
    const other = await staged(
      withContact.map((row, n) => (n === 0 ? { ...row, contact_1_name: 'Sam' } : row)),
      { sourceId },
    );
    expect(await progress(other)).toMatchObject({ changed: 1 });
    await applied(other);
    expect(await contacts()).toEqual([{ name: 'Sam', email: 'pat@example.org' }]);
    await servant.get(rollBackImport, { importId: other });
    await work();
    expect(await contacts()).toEqual([{ name: 'Pat', email: 'pat@example.org' }]);
    expect(await progress(await staged(rows, { sourceId }))).toMatchObject({ changed: 0 });
  });
});

describe('whose imports they are', () => {
  test('another servant finds nothing of them', async () => {
    const { importId, sourceId } = await newList();
    for (const reply of [
      await other.ask(importProgress, { importId }),
      await other.ask(stagedDiff, { importId }),
      await other.ask(applyStaged, { importId }),
      await other.ask(rollBackImport, { importId }),
      await other.ask(discardImport, { importId }),
      await other.ask(stageImport, { importId }),
      await other.ask(importReport, { importId, only: 'all' }),
    ])
      expect(reply.status).toBe(404);
    expect(await other.get(imports, { sourceId })).toEqual({ imports: [], more: false });
    expect(await other.get(listSources, {})).toEqual({ sources: [] });
    const own = (await other.get(foundServiceBody, { name: 'Elsewhere' })).id;
    const mine = uuidv4();
    await other.get(uploadPart, {
      importId: mine,
      bodyId: own,
      source: 's',
      part: 1,
      bytes: 'W10=',
    });
    expect((await other.ask(stageImport, { importId: mine, sourceId })).status).toBe(404);
  });

  test('the imports of a source are told newest first', async () => {
    const { sourceId } = await newList();
    const importId = await staged(changed(1, { name: 'Other' }), { sourceId });
    const { imports: told } = await servant.get(imports, { sourceId });
    expect(told.map(({ state }) => state)).toEqual(['staged', 'applied']);
    const { imports: open } = await servant.get(imports, { sourceId, open: true });
    expect(open.map((one) => one.importId)).toEqual([importId]);
  });
});
