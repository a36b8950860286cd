import type { Database, Transaction } from '../../platform/database.ts';
import { makeLink, tokenHash } from '../../platform/link.ts';

const nobody = (tx: Transaction) => tx.query("SELECT app.set_context(NULL, NULL, NULL, 'anyone')");

/**
 * A one-time link with which the first administrator sets up the programme, for the terminal only.
 * A new one replaces the one before. null when there is a programme already (the demo does not count).
 */
export async function offerSetup(database: Database, origin: string): Promise<string | null> {
  const { token } = makeLink();
  const [row] = await database.transaction(nobody, (tx) =>
    tx.query<{ made: boolean }>('SELECT app.offer_setup($1) AS made', [tokenHash(token)]),
  );
  return row?.made ? `${origin}/setup#${token}` : null;
}
