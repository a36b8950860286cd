import type { Database } from '../../platform/database.ts';
import { normaliseName } from './names.rules.ts';
import { nameHash } from './secrets.server.ts';

/**
 * Takes away the second factor of an account by its full name, from the terminal, and signs it out
 * everywhere; written down in every programme of that account. false when there is no such account.
 */
export async function resetSecondFactor(database: Database, accountName: string): Promise<boolean> {
  const [row] = await database.transaction(
    (tx) => tx.query("SELECT app.set_context(NULL, NULL, NULL, 'anyone')"),
    async (tx) =>
      tx.query<{ done: boolean }>('SELECT app.reset_factor_here($1) AS done', [
        await nameHash(tx, normaliseName(accountName)),
      ]),
  );
  return row?.done ?? false;
}
