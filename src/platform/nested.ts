import type { Transaction, Transactions } from './database.ts';

/**
 * Runs several operations inside one open transaction, each behind a savepoint: all of them commit
 * together or none does. For making the demo programme; requests of people have their own.
 */
export function nestedIn(tx: Transaction): Transactions {
  // A savepoint is no transaction of its own that could run once more.
  tx.presumeNothing();
  const transaction: Transactions['transaction'] = async (enter, work, keep = () => true) => {
    await tx.query('SAVEPOINT nested');
    try {
      const result = await work(tx, await enter(tx));
      await tx.settle();
      await tx.query(keep(result) ? 'RELEASE SAVEPOINT nested' : 'ROLLBACK TO SAVEPOINT nested');
      return result;
    } catch (error) {
      await tx.query('ROLLBACK TO SAVEPOINT nested');
      throw error;
    }
  };
  return {
    transaction,
    openRead: (enter, work) => transaction(enter, (inner) => work(inner)),
  };
}
