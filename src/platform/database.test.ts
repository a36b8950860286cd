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
