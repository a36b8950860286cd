import { afterAll, beforeAll, expect, test } from 'vitest';
import { Database, type Transaction } from './database.ts';
import { type FreshDatabase, freshDatabase } from './pgtest.ts';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  // One connection: whoever comes next gets the very same.
  database = new Database(fresh.appUrl, { max: 1 });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const nobody = (tx: Transaction) => tx.query("SELECT app.set_context(NULL, NULL, NULL, 'anyone')");
const ways = {
  'that committed': (work: (tx: Transaction) => Promise<unknown>) =>
    database.transaction(nobody, work),
  'that was refused': (work: (tx: Transaction) => Promise<unknown>) =>
    database.transaction(nobody, work, () => false),
  'that only read': (work: (tx: Transaction) => Promise<unknown>) =>
    database.openRead(nobody, work),
  'that failed': (work: (tx: Transaction) => Promise<unknown>) =>
    database
      .transaction(nobody, async (tx) => {
        await work(tx);
        throw new Error('a fault');
      })
      .catch(() => null),
};

test.each(Object.entries(ways))(
  'work left over from a transaction %s cannot speak in the next one on its connection',
  async (_how, run) => {
    let leftOver: Transaction | undefined;
    await run(async (tx) => {
      leftOver = tx;
      await tx.query('SELECT 1', []);
    });
    await database.transaction(nobody, async () => {
      for (const values of [undefined, []])
        await expect(leftOver?.query('SELECT 2', values)).rejects.toThrow(/has ended/);
    });
  },
);

test('two transactions that wait for each other are both done in the end', async () => {
  const both = new Database(fresh.appUrl, { max: 2 });
  const lock = (tx: Transaction, key: number) =>
    tx.query('SELECT pg_advisory_xact_lock($1)', [key]);
  let arrived = 0;
  let meet = () => {};
  const met = new Promise<void>((resolve) => {
    meet = resolve;
  });
  const crossing = (first: number, second: number) =>
    both.transaction(nobody, async (tx) => {
      await lock(tx, first);
      if (++arrived === 2) meet();
      await met;
      await lock(tx, second);
      return first;
    });
  expect(await Promise.all([crossing(1, 2), crossing(2, 1)])).toEqual([1, 2]);
  expect(arrived).toBe(3);
  await both.close();
});
