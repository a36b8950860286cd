import type { Database, Transaction } from '../../platform/database.ts';
import { normaliseName } from '../account/names.rules.ts';
import { nameHash } from '../account/secrets.server.ts';
import { linkHash, makeLink } from './links.server.ts';

const nobody = (tx: Transaction) => tx.query("SELECT app.set_context(NULL, NULL, NULL, 'anyone')");

/**
 * A one-time link with which the first administrator sets up the programme, for the terminal only.
 * A new one replaces the one before. null when there is a programme already (the demo does not count).
 */
export async function offerSetup(database: Database, origin: string): Promise<string | null> {
  const { token } = makeLink();
  const [row] = await database.transaction(nobody, (tx) =>
    tx.query<{ made: boolean }>('SELECT app.offer_setup($1) AS made', [linkHash(token)]),
  );
  return row?.made ? `${origin}/setup#${token}` : null;
}

/**
 * Takes away the second factor of an account by its full name, from the terminal, and signs it out
 * everywhere. false when there is no such account.
 */
export async function resetSecondFactor(database: Database, accountName: string): Promise<boolean> {
  const [row] = await database.transaction(nobody, async (tx) =>
    tx.query<{ done: boolean }>('SELECT app.reset_factor_here($1) AS done', [
      await nameHash(tx, normaliseName(accountName)),
    ]),
  );
  return row?.done ?? false;
}
