import type { Database, Transaction } from './database.ts';

/**
 * Runs `work` in one transaction as the house itself: jobs, the command line. Commits unless `keep`
 * says no.
 */
export function asSystem<Result>(
  database: Pick<Database, 'transaction'>,
  work: (tx: Transaction) => Promise<Result>,
  keep?: (result: Result) => boolean,
): Promise<Result> {
  return database.transaction(
    (tx) => tx.query("SELECT app.set_context(NULL, NULL, NULL, 'system')"),
    (tx) => work(tx),
    keep,
  );
}
