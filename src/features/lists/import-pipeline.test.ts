import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv4 } from '../../kit/id.ts';
import type { Person } from '../../server/testing.ts';
import { foundServiceBody, importReport, uploadPart } from './contract.ts';
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
import { changed, feed, ImportTrial, rows } from './import-trial.test-data.ts';
import { listJobs } from './list-jobs.server.ts';
import { listSources } from './source-contract.ts';

let trial: ImportTrial;
let servant: Person;
let other: Person;

beforeAll(async () => {
  trial = await ImportTrial.open();
  ({ servant } = trial);
  other = await trial.house.member(servant.programmeId, 'listServant');
});
afterAll(() => trial.house.close());

const admin: ImportTrial['house']['admin'] = (...asked) => trial.house.admin(...asked);

describe('an import is first looked at', () => {
  test('what was handed over is described without being read whole', async () => {
    const importId = await trial.handOver(feed('philadelphia-2022'));
    const look = await servant.get(lookAtImport, { importId });
    expect(look).toMatchObject({ format: 'meeting-guide', needs: ['fellowship', 'timeZone'] });
    expect(look.rows).toBe(2098);
    expect(look.samples).toHaveLength(5);
    const bad = await trial.handOver('<html>');
    expect(await servant.get(lookAtImport, { importId: bad })).toMatchObject({
      trouble: { code: 'list-is-html' },
    });
  });

  test('it stops and says what it needs, and goes on when that is said', async () => {
    const importId = await trial.staged(rows, { listName: 'Needs' });
    expect(await trial.progress(importId)).toMatchObject({
      state: 'stopped',
      trouble: { code: 'needs-fellowship' },
    });
    await servant.get(stageImport, { importId, fellowship: 'aa', timeZone: 'America/New_York' });
    await trial.work();
    expect(await trial.progress(importId)).toMatchObject({
      state: 'staged',
      added: 40,
      held: { code: 'first-time' },
    });
    await servant.get(discardImport, { importId });
    expect(await trial.progress(importId)).toMatchObject({ state: 'discarded' });
  });

  test('nothing of the directory changes before it is applied', async () => {
    const before = await admin('SELECT count(*) FROM meeting_list');
    const importId = await trial.staged(rows, {
      listName: 'Later',
      fellowship: 'aa',
      timeZone: 'America/New_York',
    });
    expect(await admin('SELECT count(*) FROM meeting_list')).toEqual(before);
    const refused = await servant.ask(applyStaged, { importId });
    expect(refused.body).toMatchObject({ refusal: 'asksFirst', details: { held: 'first-time' } });
    expect(await trial.applied(importId, 'first-time')).toMatchObject({
      state: 'applied',
      added: 40,
    });
    expect((await servant.ask(applyStaged, { importId })).body.refusal).toBe('notStaged');
  });
});

describe('a list that is renewed', () => {
  test.each(['philadelphia-2022', 'orange-county-2023', 'eda-world-2023'])(
    '%s: twice the same changes nothing, not even a version',
    async (name) => {
      const { listId, sourceId } = await trial.newList(feed(name));
      const before = await trial.standing(listId);
      const versions = await admin(
        'SELECT id, version, changed_at FROM meeting WHERE list_id = $1 ORDER BY id',
        [listId],
      );
      expect(before.length).toBeGreaterThan(150);
      const again = await trial.staged(feed(name), { sourceId });
      expect(await trial.progress(again)).toMatchObject({
        added: 0,
        changed: 0,
        back: 0,
        gone: 0,
        held: null,
      });
      await trial.applied(again);
      expect(await trial.standing(listId)).toEqual(before);
      expect(
        await admin('SELECT id, version, changed_at FROM meeting WHERE list_id = $1 ORDER BY id', [
          listId,
        ]),
      ).toEqual(versions);
    },
    60_000,
  );

  test('the diff says field by field what changes; one action applies it, one takes it back', async () => {
    const { listId, sourceId } = await trial.newList();
    const before = await trial.standing(listId);
    const next = [
      ...changed(3, { time: '20:30', notes: 'Side door' }).slice(0, 38),
      { ...rows[0], slug: 'new', name: 'New one' },
    ];
    const importId = await trial.staged(next, { sourceId });
    expect(await trial.progress(importId)).toMatchObject({
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
    await trial.applied(importId);
    const after = await trial.standing(listId);
    expect(after.filter((row) => row.published)).toHaveLength(39);
    expect(after.find((row) => row.key === 'm39')).toMatchObject({ here: false });
    const history = await servant.get(meetingHistory, {
      meetingId: after.find((row) => row.key === 'm3')?.id ?? '',
    });
    expect(history.events.map(({ kind }) => kind)).toEqual(['change', 'new']);
    expect(history.events[0]).toMatchObject({
      importId,
      fields: [{ field: 'startsAt' }, { field: 'notes' }],
    });

    await servant.get(rollBackImport, { importId });
    await trial.work();
    expect(await trial.progress(importId)).toMatchObject({ state: 'rolledBack' });
    const restored = await trial.standing(listId);
    expect(restored.filter((row) => row.key !== 'new')).toEqual(before);
    expect(restored.find((row) => row.key === 'new')).toMatchObject({ published: false });
  });

  test('a row that cannot be read takes nothing out: what stands under its id stays as it is', async () => {
    const { listId, sourceId } = await trial.newList();
    const before = await trial.standing(listId);
    const importId = await trial.staged(changed(4, { day: 9 }), { sourceId });
    expect(await trial.progress(importId)).toMatchObject({ refused: 1, gone: 0, same: 39 });
    await trial.applied(importId);
    expect(await trial.standing(listId)).toEqual(before);
  });

  test('an id that two rows have stays with each, also where one of them cannot be read', async () => {
    const twins = [{ ...rows[0], slug: 'm1' }, ...rows.slice(1)];
    const { sourceId } = await trial.newList(twins);
    const importId = await trial.staged([{ ...twins[0], day: 9 }, ...twins.slice(1)], { sourceId });
    expect(await trial.progress(importId)).toMatchObject({ refused: 1, gone: 0, changed: 0 });
  });

  test('what was gone comes back under its old id when the source names it again', async () => {
    const { listId, sourceId } = await trial.newList();
    const before = await trial.standing(listId);
    await trial.applied(await trial.staged(rows.slice(0, 39), { sourceId }));
    const back = await trial.staged(rows, { sourceId });
    expect(await trial.progress(back)).toMatchObject({ back: 1, added: 0, changed: 0 });
    await trial.applied(back);
    expect(await trial.standing(listId)).toEqual(before);
  });

  test('a list that shrinks asks a person; keeping what is gone is an answer too', async () => {
    const { listId, sourceId } = await trial.newList();
    const before = await trial.standing(listId);
    const importId = await trial.staged(rows.slice(0, 30), { sourceId });
    expect(await trial.progress(importId)).toMatchObject({
      held: { code: 'would-unpublish', detail: '10' },
    });
    expect((await servant.ask(applyStaged, { importId })).body).toMatchObject({
      refusal: 'asksFirst',
    });
    expect(await trial.standing(listId)).toEqual(before);
    await servant.get(applyStaged, { importId, gone: 'keep' });
    await trial.work();
    expect(await trial.standing(listId)).toEqual(before);
    const again = await trial.staged(rows.slice(0, 30), { sourceId });
    await trial.applied(again, 'would-unpublish');
    expect((await trial.standing(listId)).filter((row) => row.published)).toHaveLength(30);
  });

  test('a person’s correction wins, whenever it was made', async () => {
    const { listId, sourceId } = await trial.newList();
    await trial.correct(listId, 'm1', '18:15');
    const importId = await trial.staged(changed(1, { time: '21:00', name: 'Renamed' }), {
      sourceId,
    });
    const { changes } = await servant.get(stagedDiff, { importId });
    expect(changes).toMatchObject([
      { key: 'm1', fields: [{ field: 'name', after: 'Renamed' }], locked: ['startsAt'] },
    ]);
    await trial.correct(listId, 'm1', '18:45');
    await trial.applied(importId);
    const [row] = (await trial.standing(listId)).filter(({ key }) => key === 'm1');
    expect(row).toMatchObject({
      listing: { startsAt: '18:45', name: 'Renamed' },
      sourced: { startsAt: '21:00' },
    });
  });

  test('a field is locked too where the correction says what stands already', async () => {
    const { listId, sourceId } = await trial.newList();
    const importId = await trial.staged(changed(1, { time: '21:00' }), { sourceId });
    await trial.correct(listId, 'm1', '19:00');
    await trial.applied(importId);
    const [row] = (await trial.standing(listId)).filter(({ key }) => key === 'm1');
    expect(row?.listing.startsAt).toBe('19:00');
  });

  test('an address that the source drops stays until a person agrees', async () => {
    const { listId, sourceId } = await trial.newList();
    const without = rows.map((row, n) => (n === 5 ? { ...row, conference_url: '' } : row));
    const importId = await trial.staged(without, { sourceId });
    expect(await trial.progress(importId)).toMatchObject({ changed: 1, kept: 1 });
    const { changes } = await servant.get(stagedDiff, { importId, only: 'kept' });
    expect(changes).toMatchObject([{ key: 'm5', fields: [], kept: ['link', 'attendance'] }]);
    await trial.applied(importId);
    const link = async () =>
      (await trial.standing(listId)).find(({ key }) => key === 'm5')?.listing.link;
    expect(await link()).toBe('https://zoom.us/j/100005');
    const again = await trial.staged(
      without.map((row, n) => (n === 5 ? { ...row, notes: 'x' } : row)),
      { sourceId },
    );
    await servant.get(applyStaged, { importId: again, dropKept: true });
    await trial.work();
    expect(await link()).toBeNull();
  });

  test('a change can be left out, and is offered again', async () => {
    const { listId, sourceId } = await trial.newList();
    const before = await trial.standing(listId);
    const next = changed(2, { name: 'Not this' });
    const importId = await trial.staged(next, { sourceId });
    const { changes } = await servant.get(stagedDiff, { importId });
    await servant.get(applyStaged, { importId, leaveOut: changes.map((one) => one.meetingId) });
    await trial.work();
    expect(await trial.standing(listId)).toEqual(before);
    expect(await trial.progress(await trial.staged(next, { sourceId }))).toMatchObject({
      changed: 1,
    });
  });

  test('an import that another has overtaken is not applied', async () => {
    const { sourceId } = await trial.newList();
    const slow = await trial.staged(changed(1, { name: 'Slow' }), { sourceId });
    const quick = await trial.staged(changed(1, { name: 'Quick' }), { sourceId });
    await trial.applied(quick);
    expect((await servant.ask(applyStaged, { importId: slow })).body.refusal).toBe('overtaken');
  });

  test('taking back leaves what was touched since only when that is said', async () => {
    const { listId, sourceId } = await trial.newList();
    const first = await trial.staged(
      changed(1, { name: 'One' }).map((row, n) => (n === 2 ? { ...row, name: 'Two' } : row)),
      { sourceId },
    );
    await trial.applied(first);
    await admin(
      `UPDATE meeting SET listing = jsonb_set(listing, '{notes}', '"By hand"') WHERE list_id = $1 AND key = 'm1'`,
      [listId],
    );
    const refused = await servant.ask(rollBackImport, { importId: first });
    expect(refused.body).toMatchObject({
      refusal: 'touchedSince',
      details: { touched: 1, all: 2 },
    });
    await servant.get(rollBackImport, { importId: first, leaveTouched: true });
    await trial.work();
    const names = (await trial.standing(listId)).map(({ listing }) => listing.name);
    expect(names).toContain('One');
    expect(names).not.toContain('Two');
    const next = await trial.staged(changed(2, { name: 'Two' }), { sourceId });
    expect(await trial.progress(next)).toMatchObject({ held: { code: 'taken-back-before' } });
  });

  test('one whose job was given up says so and can be applied again', async () => {
    const { sourceId } = await trial.newList();
    const importId = await trial.staged(changed(1, { name: 'Once more' }), { sourceId });
    await admin("UPDATE list_import SET state = 'applying' WHERE id = $1", [importId]);
    await listJobs(trial.house.database)['lists.due']?.({});
    expect(await trial.progress(importId)).toMatchObject({
      state: 'staged',
      trouble: { code: 'interrupted' },
    });
    expect(await trial.applied(importId)).toMatchObject({ state: 'applied', trouble: null });
  });

  test('contacts are kept apart, and one who gives none takes none away', async () => {
    const withContact = rows.map((row, n) =>
      n === 0 ? { ...row, contact_1_name: 'Pat', contact_1_email: 'pat@example.org' } : row,
    );
    const { listId, sourceId } = await trial.newList(withContact);
    const contacts = () =>
      admin(
        'SELECT c.name, c.email FROM meeting_contact c JOIN meeting m ON m.id = c.meeting_id WHERE m.list_id = $1',
        [listId],
      );
    expect(await contacts()).toEqual([{ name: 'Pat', email: 'pat@example.org' }]);
    expect(JSON.stringify(await trial.standing(listId))).not.toContain('pat@');
    const again = await trial.staged(withContact, { sourceId });
    expect(await trial.progress(again)).toMatchObject({ changed: 0, same: 40 });
    const other = await trial.staged(
      withContact.map((row, n) => (n === 0 ? { ...row, contact_1_name: 'Sam' } : row)),
      { sourceId },
    );
    expect(await trial.progress(other)).toMatchObject({ changed: 1 });
    await trial.applied(other);
    expect(await contacts()).toEqual([{ name: 'Sam', email: 'pat@example.org' }]);
    await servant.get(rollBackImport, { importId: other });
    await trial.work();
    expect(await contacts()).toEqual([{ name: 'Pat', email: 'pat@example.org' }]);
    await admin(`UPDATE meeting SET locked = '{"contacts": true}' WHERE list_id = $1`, [listId]);
    const byHand = withContact.map((row, n) => (n === 0 ? { ...row, contact_1_name: 'Kit' } : row));
    const later = await trial.staged(byHand, { sourceId });
    expect(await trial.progress(later)).toMatchObject({ changed: 0 });
    expect(await trial.progress(await trial.staged(rows, { sourceId }))).toMatchObject({
      changed: 0,
    });
  });
});

describe('whose imports they are', () => {
  test('another servant finds nothing of them', async () => {
    const { importId, sourceId } = await trial.newList();
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
    expect(await other.get(listSources, {})).toEqual({ sources: [], removed: [] });
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
    const { sourceId } = await trial.newList();
    const importId = await trial.staged(changed(1, { name: 'Other' }), { sourceId });
    const { imports: told } = await servant.get(imports, { sourceId });
    expect(told.map(({ state }) => state)).toEqual(['staged', 'applied']);
    const { imports: open } = await servant.get(imports, { sourceId, open: true });
    expect(open.map((one) => one.importId)).toEqual([importId]);
  });
});
