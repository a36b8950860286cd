import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import * as opaque from '@serenity-kit/opaque';
import type { Transaction } from '../../platform/database.ts';

type Asking = Pick<Transaction, 'query'>;

async function secret(tx: Asking, name: string, make: () => string): Promise<string> {
  const read = () =>
    tx.query<{ value: string }>('SELECT value FROM server_secret WHERE name = $1', [name]);
  const known = (await read())[0];
  if (known) return known.value;
  // Two processes may start at once: the first to commit wins, the other reads its value.
  await tx.query('INSERT INTO server_secret (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    name,
    make(),
  ]);
  const made = (await read())[0];
  if (!made) throw new Error('The secret was being made by another process; ask again.');
  return made.value;
}

const rootKey = async (tx: Asking): Promise<Buffer> =>
  Buffer.from(await secret(tx, 'root', () => randomBytes(32).toString('base64url')), 'base64url');

/** A 32-byte key of this installation for one purpose. */
export async function serverKey(tx: Asking, purpose: string): Promise<Buffer> {
  return Buffer.from(hkdfSync('sha256', await rootKey(tx), '', `stepwell ${purpose}`, 32));
}

/** What stands for an account name in the database: HMAC-SHA-256 under the server's key, 32 bytes. */
export async function nameHash(tx: Asking, normalisedName: string): Promise<Buffer> {
  return createHmac('sha256', await serverKey(tx, 'account name'))
    .update(normalisedName)
    .digest();
}

/** What stands for a recovery code's verifier in the database. */
export async function recoveryHash(tx: Asking, verifier: string): Promise<Buffer> {
  return createHmac('sha256', await serverKey(tx, 'recovery'))
    .update(verifier)
    .digest();
}

/** The long-lived OPAQUE keys; changing them would void every passphrase. */
export async function opaqueSetup(tx: Asking): Promise<string> {
  await opaque.ready;
  return secret(tx, 'opaque', () => opaque.server.createSetup());
}
