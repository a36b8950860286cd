import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { uuidv4, uuidv7 } from '../../kit/id.ts';
import type { Person } from '../../server/testing.ts';
import { testHouse } from '../../server/testing.ts';
import { foundServiceBody, myLists } from './contract.ts';
import { applyStaged, rollBackImport, stageImport } from './import-contract.ts';
import { changed, ImportTrial, rows } from './import-trial.test-data.ts';
import { listJobs } from './list-jobs.server.ts';
import { addList, addListing, listsCaredFor, readListing } from './listing-contract.ts';
import { removeList, removeSource, restoreList, restoreSource } from './removal-contract.ts';
import { letServantIn } from './servant-contract.ts';
import { listSources, pauseSource, refreshNow, saveSource } from './source-contract.ts';

let trial: ImportTrial;
let servant: Person;
let ofTown: Person;
let stranger: Person;

beforeAll(async () => {
  const house = await testHouse();
  const programme = await house.programme();
  servant = await house.member(programme, 'listServant', 'Lee');
  ofTown = await house.member(programme, 'listServant', 'Tom');
  stranger = await house.member(programme, 'listServant', 'Sue');
  const { id: bodyId } = await servant.get(foundServiceBody, { name: 'An area' });
  trial = new ImportTrial(house, servant, bodyId);
  const scope = { scope: 'region' as const, regions: ['County', 'Town'], group: '' };
  await servant.get(letServantIn, { bodyId, membershipId: ofTown.membershipId, ...scope });
});
afterAll(() => trial.house.close());

const admin: ImportTrial['house']['admin'] = (...asked) => trial.house.admin(...asked);
const sources = () => servant.get(listSources, {});
const audited = (operation: string, objectId: string) =>
  admin('SELECT FROM audit_event WHERE operation = $1 AND object_id = $2', [operation, objectId]);

/** A list of which one listing was gone before, one is corrected by hand. */
async function known() {
  const { listId, sourceId } = await trial.newList();
  await trial.applied(await trial.staged(rows.slice(0, 39), { sourceId }));
  await trial.correct(listId, 'm1', '18:15');
  return { listId, sourceId, before: await trial.standing(listId) };
}

describe('a source that is removed', () => {
  test('and whose listings stay: nothing changes for who looks, and no clock asks it', async () => {
    const { listId, sourceId, before } = await known();
    await admin(
      "UPDATE list_source SET url = 'https://x.example/', every_hours = 24 WHERE id = $1",
      [sourceId],
    );
    const done = await servant.get(removeSource, { listId, sourceId, listings: 'keep' });
    expect(done).toEqual({ listings: 39 });
    expect(await trial.standing(listId)).toEqual(before);
    const { sources: here, removed } = await sources();
    expect(here.map(({ id }) => id)).not.toContain(sourceId);
    expect(removed[0]).toMatchObject({ id: sourceId, how: 'keep', meetings: 39 });
    await admin('UPDATE list_source SET next_at = now() WHERE id = $1', [sourceId]);
    await listJobs(trial.house.database)['lists.due']?.({});
    expect(
      await admin("SELECT FROM list_import WHERE source_id = $1 AND state = 'fetching'", [
        sourceId,
      ]),
    ).toEqual([]);
    const [one] = before;
    expect(await servant.get(readListing, { id: one?.id ?? '' })).toMatchObject({
      source: null,
      sourced: {},
    });
    expect(await audited('lists.removeSource', sourceId)).toHaveLength(1);
    expect(await servant.get(restoreSource, { listId, sourceId })).toEqual({ listings: 39 });
    await admin('UPDATE list_source SET url = NULL, next_at = NULL WHERE id = $1', [sourceId]);
    const again = await trial.staged(rows.slice(0, 39), { sourceId });
    expect(await trial.progress(again)).toMatchObject({ same: 39, added: 0, gone: 0 });
  });

  test('and whose listings go out: they come back with it, and only they', async () => {
    const { listId, sourceId, before } = await known();
    await servant.get(removeSource, { listId, sourceId, listings: 'out' });
    expect((await trial.standing(listId)).filter(({ published }) => published)).toEqual([]);
    expect((await sources()).removed[0]).toMatchObject({ how: 'out', meetings: 39 });
    const history = () =>
      admin<{ kind: string }>(
        'SELECT kind FROM meeting_event WHERE meeting_id = $1 ORDER BY number DESC LIMIT 1',
        [before[0]?.id],
      );
    expect(await history()).toEqual([{ kind: 'delete' }]);
    expect(await servant.get(restoreSource, { listId, sourceId })).toEqual({ listings: 39 });
    expect(await history()).toEqual([{ kind: 'back' }]);
    expect(await trial.standing(listId)).toEqual(before);
  });

  test('is read by nobody, and nothing of it is taken back, until it is back', async () => {
    const { listId, sourceId } = await known();
    const waiting = await trial.staged(changed(1, { name: 'New name' }).slice(0, 39), { sourceId });
    const applied = await trial.applied(
      await trial.staged(changed(2, { name: 'Other' }).slice(0, 39), { sourceId }),
    );
    await servant.get(removeSource, { listId, sourceId, listings: 'keep' });
    expect(await trial.progress(waiting)).toMatchObject({ state: 'discarded' });
    const save = { id: sourceId, bodyId: trial.bodyId, listId, name: 'x' };
    const refused = [
      await servant.ask(stageImport, { importId: waiting }),
      await servant.ask(applyStaged, { importId: waiting }),
      await servant.ask(rollBackImport, { importId: applied.importId }),
      await servant.ask(stageImport, { importId: await trial.handOver('[]'), sourceId }),
      await servant.ask(refreshNow, { sourceId }),
      await servant.ask(pauseSource, { sourceId, paused: true }),
      await servant.ask(saveSource, save),
      await servant.ask(removeSource, { listId, sourceId, listings: 'out' }),
    ];
    expect(refused.map(({ body }) => body.refusal)).toEqual([
      'sourceRemoved',
      'notStaged',
      'sourceRemoved',
      'notFound',
      'notFound',
      'notFound',
      'notFound',
      'removedBefore',
    ]);
    await servant.get(restoreSource, { listId, sourceId });
    expect((await servant.ask(restoreSource, { listId, sourceId })).body.refusal).toBe(
      'notRemoved',
    );
    await servant.get(rollBackImport, { importId: applied.importId });
  });

  test('waits for an import that is under way', async () => {
    const { listId, sourceId } = await known();
    const importId = await trial.staged(rows, { sourceId });
    await admin("UPDATE list_import SET state = 'applying' WHERE id = $1", [importId]);
    const asked = await servant.ask(removeSource, { listId, sourceId, listings: 'out' });
    expect(asked.body.refusal).toBe('underWay');
  });
});

describe('a list that is put away', () => {
  const handMade = async () => {
    const listId = uuidv7();
    const facts = { name: 'By hand', fellowship: 'aa', timeZone: 'America/New_York' };
    await servant.get(addList, { id: listId, bodyId: trial.bodyId, ...facts });
    return listId;
  };
  const listed = async () => (await servant.get(myLists, {})).bodies[0];

  test('is empty, seen by nobody, and can be taken out again', async () => {
    const listId = await handMade();
    expect((await listed())?.lists).toContainEqual(
      expect.objectContaining({ id: listId, empty: true }),
    );
    await servant.get(removeList, { listId });
    expect((await listed())?.lists.map(({ id }) => id)).not.toContain(listId);
    expect((await listed())?.removed.map(({ id }) => id)).toEqual([listId]);
    const { bodies } = await servant.get(listsCaredFor, {});
    expect(bodies[0]?.lists.map(({ id }) => id)).not.toContain(listId);
    expect(await admin('SELECT published FROM meeting_list WHERE id = $1', [listId])).toEqual([
      { published: false },
    ]);
    const add = { id: uuidv7(), listId, draft: true, changes: { name: 'x' } };
    expect((await servant.ask(addListing, add)).status).toBe(404);
    const source = { id: uuidv4(), bodyId: trial.bodyId, listId, name: 'x' };
    expect((await servant.ask(saveSource, source)).status).toBe(404);
    expect((await servant.ask(removeList, { listId })).body.refusal).toBe('removedBefore');
    expect(await audited('lists.removeList', listId)).toHaveLength(1);
    await servant.get(restoreList, { listId });
    expect((await listed())?.lists.map(({ id }) => id)).toContain(listId);
    expect((await servant.ask(restoreList, { listId })).body.refusal).toBe('notRemoved');
  });

  test('holds no listing, be it a draft, and no source', async () => {
    const listId = await handMade();
    const add = { id: uuidv7(), listId, draft: true };
    await servant.get(addListing, {
      ...add,
      changes: { name: 'x', days: [1], startsAt: '19:00', 'place.address': '1 Elm St' },
    });
    const { body } = await servant.ask(removeList, { listId });
    expect(body).toMatchObject({ refusal: 'listNotEmpty', details: { meetings: 1, sources: 0 } });
    const { listId: full, sourceId } = await trial.newList();
    await servant.get(removeSource, { listId: full, sourceId, listings: 'out' });
    await servant.get(removeList, { listId: full });
    // A source that is brought back takes its list out again.
    await servant.get(restoreSource, { listId: full, sourceId });
    expect((await listed())?.lists).toContainEqual(
      expect.objectContaining({ id: full, meetings: 40, empty: false }),
    );
  });
});

describe('who may', () => {
  test('whoever cares for a part is told so; for others there is nothing', async () => {
    const { listId, sourceId, before } = await known();
    const asked = async (who: Person) => [
      (await who.ask(removeSource, { listId, sourceId, listings: 'out' })).body.refusal,
      (await who.ask(restoreSource, { listId, sourceId })).body.refusal,
      (await who.ask(removeList, { listId })).body.refusal,
      (await who.ask(restoreList, { listId })).body.refusal,
    ];
    expect(await asked(ofTown)).toEqual(Array(4).fill('outsideScope'));
    expect(await asked(stranger)).toEqual(Array(4).fill('notFound'));
    expect(await trial.standing(listId)).toEqual(before);
  });

  test('whoever cares for a part sees that there are lists', async () => {
    expect((await ofTown.get(myLists, {})).bodies).toEqual([]);
    const { bodies } = await ofTown.get(listsCaredFor, {});
    expect(bodies).toMatchObject([{ name: 'An area', scope: 'region' }]);
    expect(bodies[0]?.lists.length).toBeGreaterThan(0);
    expect((await stranger.get(listsCaredFor, {})).bodies).toEqual([]);
  });
});

describe('a planted fault is found', () => {
  afterEach(() => admin('DROP TRIGGER planted ON list_source'));

  test('what was gone before comes back too', async () => {
    const { listId, sourceId, before } = await known();
    await admin(
      `CREATE FUNCTION app.planted_removal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         UPDATE meeting SET gone_at = now() WHERE source_id = NEW.id; RETURN NEW; END $$`,
    );
    await admin(
      'CREATE TRIGGER planted BEFORE UPDATE ON list_source FOR EACH ROW WHEN (NEW.removed_at IS NOT NULL) EXECUTE FUNCTION app.planted_removal()',
    );
    await servant.get(removeSource, { listId, sourceId, listings: 'out' });
    await servant.get(restoreSource, { listId, sourceId });
    expect(await trial.standing(listId)).not.toEqual(before);
  });
});
