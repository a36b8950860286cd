import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testHouse } from '../../server/testing.ts';
import { foundServiceBody } from './contract.ts';
import { applyImport } from './import-apply.server.ts';
import { applyStaged, rollBackImport as takeBack } from './import-contract.ts';
import { rollBackImport } from './import-roll-back.server.ts';
import { changed, ImportTrial, rows } from './import-trial.test-data.ts';
import { readListing, saveContacts } from './listing-contract.ts';

/*
 * Two at once: jobs that were given to two processes, imports of one source side by side, and a
 * servant in between.
 */

let trial: ImportTrial;
beforeAll(async () => {
  const house = await testHouse();
  const servant = await house.member(await house.programme(), 'listServant');
  const { id } = await servant.get(foundServiceBody, { name: 'An area' });
  trial = new ImportTrial(house, servant, id);
});
afterAll(() => trial.house.close());

/** Keeps a list from everybody until all of `works` wait for it, so that they go on side by side. */
async function atOnce<T>(listId: string, works: (() => Promise<T>)[]): Promise<T[]> {
  const other = new pg.Client({ connectionString: trial.house.fresh.adminUrl });
  await other.connect();
  try {
    await other.query('BEGIN');
    await other.query('UPDATE meeting_list SET version = version WHERE id = $1', [listId]);
    const all = Promise.all(works.map((work) => work()));
    for (let waiting = 0; waiting < works.length; ) {
      await setTimeout(20);
      const [row] = await trial.house.admin<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      waiting = row?.n ?? 0;
    }
    await other.query('COMMIT');
    return await all;
  } finally {
    await other.end();
  }
}

const stateOf = async (importId: string) => (await trial.progress(importId)).state;

test('of two imports of a source that are applied side by side the second is overtaken', async () => {
  const { listId, sourceId } = await trial.newList();
  const one = await trial.staged(changed(3, { time: '20:30' }), { sourceId });
  const other = await trial.staged(
    rows.filter((_, n) => n !== 3),
    { sourceId },
  );
  for (const importId of [one, other]) await trial.servant.get(applyStaged, { importId });
  const { database } = trial.house;
  await atOnce(listId, [() => applyImport(database, one), () => applyImport(database, other)]);
  expect((await Promise.all([one, other].map(stateOf))).sort()).toEqual(['applied', 'stopped']);
}, 60_000);

test('an import that two processes apply is applied once and can be taken back', async () => {
  const { listId, sourceId } = await trial.newList();
  const before = await trial.standing(listId);
  const importId = await trial.staged(changed(5, { time: '20:30' }), { sourceId });
  await trial.servant.get(applyStaged, { importId });
  const { database } = trial.house;
  const done = await atOnce(listId, [
    () => applyImport(database, importId),
    () => applyImport(database, importId),
  ]);
  expect(done.filter((one) => one !== null)).toHaveLength(1);
  await trial.servant.get(takeBack, { importId });
  await atOnce(listId, [
    () => rollBackImport(database, importId, null),
    () => rollBackImport(database, importId, null),
  ]);
  expect(await trial.standing(listId)).toEqual(before);
  const [kept] = await trial.house.admin<{ n: number }>(
    'SELECT count(*)::int AS n FROM list_import_change WHERE import_id = $1',
    [importId],
  );
  expect(kept?.n).toBe(1);
}, 60_000);

const said = (email: string) => [{ name: 'Ann', email, phone: '' }];
const contactRow = (email: string) =>
  changed(8, { time: '20:30', contact_1_name: 'Ann', contact_1_email: email });

test('contacts that a servant corrects before an import is applied or taken back stay', async () => {
  const { listId, sourceId } = await trial.newList(contactRow('first@group.example'));
  const id = (await trial.standing(listId)).find(({ key }) => key === 'm8')?.id as string;
  const contacts = async () => (await trial.servant.get(readListing, { id })).contacts;
  const importId = await trial.staged(contactRow('second@group.example'), { sourceId });
  await trial.servant.get(saveContacts, { id, contacts: said('right@group.example') });
  await trial.applied(importId);
  expect(await contacts()).toEqual(said('right@group.example'));

  await trial.house.admin("UPDATE meeting SET locked = '{}' WHERE id = $1", [id]);
  const next = await trial.staged(contactRow('third@group.example'), { sourceId });
  await trial.applied(next);
  expect(await contacts()).toEqual(said('third@group.example'));
  await trial.servant.get(saveContacts, { id, contacts: said('newest@group.example') });
  await trial.takenBack(next);
  expect(await contacts()).toEqual(said('newest@group.example'));
}, 60_000);
