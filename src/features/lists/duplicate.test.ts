import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../../kit/id.ts';
import type { Transaction } from '../../platform/database.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { foundServiceBody } from './contract.ts';
import {
  duplicateQueue,
  judgeDuplicate,
  lookForDuplicates,
  unjudgeDuplicate,
} from './duplicate-contract.ts';
import { importBytes } from './import-file.server.ts';
import { addList, addListing, readListing, saveListing } from './listing-contract.ts';
import { settleTwins } from './lookalikes.server.ts';

let house: TestHouse;
let servant: Person;
let stranger: Person;
let bodyId: string;
let listId: string;
beforeAll(async () => {
  house = await testHouse();
  const programme = await house.programme();
  servant = await house.member(programme, 'listServant');
  stranger = await house.member(programme, 'listServant');
  bodyId = (await servant.get(foundServiceBody, { name: 'Area' })).id;
  listId = uuidv7();
  const list = { name: 'List', fellowship: 'aa', timeZone: 'America/New_York' };
  await servant.get(addList, { id: listId, bodyId, ...list });
});
afterAll(() => house.close());

async function add(name: string, more: object = {}): Promise<string> {
  const id = uuidv7();
  const changes = { days: [1], startsAt: '19:00', attendance: 'in-person' as const };
  await servant.get(addListing, {
    id,
    listId,
    draft: false,
    changes: { name, ...changes, 'place.address': '12 Main St', 'place.city': 'Town', ...more },
  });
  return id;
}

async function two(name: string): Promise<[string, string]> {
  const where = { 'place.address': `${1 + Math.floor(Math.random() * 9e6)} Elm St` };
  const one = await add(name, where);
  const other = await add(`${name} Group`, { ...where, startsAt: '19:05', notes: 'Ring the bell' });
  await servant.get(lookForDuplicates, { bodyId });
  return [one, other];
}
const read = async (id: string) => {
  const got = await servant.get(readListing, { id });
  return { ...got, listing: got.listing as Meeting };
};
const waiting = async () =>
  (await servant.get(duplicateQueue, {})).pairs.map((pair) => [pair.one.id, pair.other.id]);
const asSystem = <T>(work: (tx: Parameters<typeof settleTwins>[0]) => Promise<T>) =>
  house.database.transaction(
    (tx) => tx.query("SELECT app.set_context(NULL, NULL, NULL, 'system')"),
    work,
    () => true,
  );

describe('two listings that may be one', () => {
  test('stand side by side with what differs; a stranger sees none', async () => {
    const [oneId, otherId] = await two('Dawn Patrol');
    const { pairs, total } = await servant.get(duplicateQueue, {});
    expect(total).toBe(1);
    expect(pairs[0]).toMatchObject({ one: { id: oneId }, other: { id: otherId }, verdict: null });
    expect(pairs[0]?.reasons).toEqual(['time', 'place', 'name']);
    expect(pairs[0]?.fields).toEqual(['name', 'startsAt', 'notes']);
    expect((await stranger.get(duplicateQueue, {})).pairs).toEqual([]);
    const verdict = { oneId, otherId, verdict: 'different' as const };
    expect((await stranger.ask(judgeDuplicate, verdict)).status).toBe(404);
    await servant.get(judgeDuplicate, verdict);
  });

  test('"not the same" lasts, however often they are compared and imported again', async () => {
    const [oneId, otherId] = await two('Serenity at Six');
    await servant.get(judgeDuplicate, { oneId, otherId, verdict: 'different' });
    const { version } = await read(oneId);
    await servant.get(saveListing, {
      id: oneId,
      baseVersion: version,
      changes: { notes: 'New words' },
    });
    await servant.get(lookForDuplicates, { bodyId });
    expect(await waiting()).toEqual([]);
    const twice = await servant.ask(judgeDuplicate, { oneId, otherId, verdict: 'different' });
    expect(twice.body.refusal).toBe('judgedAlready');
    const judged = await servant.get(duplicateQueue, { only: 'different' });
    expect(judged.pairs[0]).toMatchObject({ one: { id: oneId }, other: { id: otherId } });
    await servant.get(unjudgeDuplicate, { oneId: otherId, otherId: oneId });
    expect(await waiting()).toEqual([[oneId, otherId]]);
    await servant.get(judgeDuplicate, { oneId, otherId, verdict: 'different' });
  });

  test('"same" hides one behind the other, takes over what is asked, and can be taken back', async () => {
    const [oneId, otherId] = await two('Happy Hour');
    const without = await servant.ask(judgeDuplicate, { oneId, otherId, verdict: 'same' });
    expect(without.body.refusal).toBe('whichIsKept');
    const take = ['notes', 'nonsense', 'closure'];
    await servant.get(judgeDuplicate, { oneId, otherId, verdict: 'same', keepId: oneId, take });
    expect((await read(oneId)).listing.notes).toBe('Ring the bell');
    const twin = await read(otherId);
    expect([twin.state, twin.twinOf]).toEqual(['twin', oneId]);
    const shown = await house.admin('SELECT id FROM meeting WHERE published AND id = ANY ($1)', [
      [oneId, otherId],
    ]);
    expect(shown).toEqual([{ id: oneId }]);
    await servant.get(unjudgeDuplicate, { oneId, otherId });
    expect((await read(oneId)).listing.notes).toBe('');
    expect((await read(otherId)).state).toBe('published');
    await servant.get(judgeDuplicate, { oneId, otherId, verdict: 'different' });
  });

  test('a twin stands up when the other is gone from its source, and steps back when it returns', async () => {
    const [oneId, otherId] = await two('Last Light');
    await servant.get(judgeDuplicate, { oneId, otherId, verdict: 'same', keepId: otherId });
    await house.admin('UPDATE meeting SET gone_at = now() WHERE id = $1', [otherId]);
    expect(await asSystem((tx) => settleTwins(tx, bodyId))).toBe(1);
    expect((await read(oneId)).state).toBe('published');
    expect(await asSystem((tx) => settleTwins(tx, bodyId))).toBe(0);
    await house.admin('UPDATE meeting SET gone_at = NULL WHERE id = $1', [otherId]);
    expect(await asSystem((tx) => settleTwins(tx, bodyId))).toBe(1);
    expect((await read(oneId)).state).toBe('twin');
  });

  test('what is no longer alike asks nobody any more', async () => {
    const [oneId, otherId] = await two('Noon Book');
    expect(await waiting()).toContainEqual([oneId, otherId]);
    const { version } = await read(oneId);
    await servant.get(saveListing, { id: oneId, baseVersion: version, changes: { days: [4] } });
    await servant.get(lookForDuplicates, { bodyId });
    expect(await waiting()).toEqual([]);
  });
});

describe('two sources of one body', () => {
  const real: Record<string, unknown>[] = JSON.parse(
    readFileSync(new URL('../../../e2e/feeds/philadelphia-2022.json', import.meta.url), 'utf8'),
  );
  const rows = real.filter((row) => row.formatted_address && row.time).slice(0, 25);
  const retold = (notes: string, more: object = {}) =>
    rows.slice(0, 6).map((row) => ({ ...row, name: `${row.name} Group`, notes, ...more }));

  async function give(name: string, list: unknown[]): Promise<void> {
    const bytes = Buffer.from(JSON.stringify(list));
    const done = await asSystem((tx) =>
      importBytes(tx as Transaction, `${name}.json`, bytes, {
        serviceBody: 'Two sources',
        name,
        fellowship: 'aa',
        timeZone: 'America/New_York',
        agreed: ['would-unpublish', 'gone', 'keys-changed', 'times-moved'],
      }),
    );
    if (!done.ok) throw new Error(done.refused);
  }
  const pairs = (verdict: string) =>
    house.admin<{ one_id: string; other_id: string }>(
      `SELECT one_id, other_id FROM meeting_likeness k JOIN service_body b ON b.id = k.service_body_id
       WHERE b.name = 'Two sources' AND coalesce(k.verdict, 'open') = $1 ORDER BY 1, 2`,
      [verdict],
    );

  test('are compared by each import; verdicts last through the next ones', async () => {
    await give('Here', rows);
    expect(await pairs('open')).toEqual([]);
    await give('There', retold('once'));
    const found = await pairs('open');
    expect(found.length).toBeGreaterThanOrEqual(6);
    const [{ id }] = (await house.admin<{ id: string }>(
      "SELECT id FROM service_body WHERE name = 'Two sources'",
    )) as [{ id: string }];
    await house.admin(
      'INSERT INTO service_body_servant (service_body_id, account_id) VALUES ($1, $2)',
      [id, servant.accountId],
    );
    const [different, same] = found as [(typeof found)[number], (typeof found)[number]];
    await servant.get(judgeDuplicate, {
      oneId: different.one_id,
      otherId: different.other_id,
      verdict: 'different',
    });
    await servant.get(judgeDuplicate, {
      oneId: same.one_id,
      otherId: same.other_id,
      verdict: 'same',
      keepId: same.one_id,
    });
    for (const notes of ['twice', 'three times']) await give('There', retold(notes));
    await give('Here', rows);
    expect(await pairs('different')).toEqual([different]);
    expect(await pairs('same')).toEqual([same]);
    expect((await pairs('open')).length).toBe(found.length - 2);
    const [twin] = await house.admin<{ published: boolean; notes: string }>(
      "SELECT published, listing->>'notes' AS notes FROM meeting WHERE id = $1",
      [same.other_id],
    );
    expect(twin).toEqual({ published: false, notes: 'three times' });
  });
});
