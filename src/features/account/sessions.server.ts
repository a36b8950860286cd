import { randomBytes } from 'node:crypto';
import { uuidv4 } from '../../kit/id.ts';
import { type Role, staffRoles } from '../../kit/operation.ts';
import type { Context } from '../../platform/context.ts';
import { tokenHash } from '../../platform/link.ts';
import type { AccountKeys, FactorNeed } from './contract.ts';

/** A context whatever its operation may refuse. */
export type Asking = Omit<Context, 'refuse'>;

const hour = 3_600_000;
/** Staff sign in every working day; a companion on a phone stays signed in for a quarter. */
const staffLife = 12 * hour;
const ownLife = 90 * 24 * hour;
/** How long a shown passphrase, passkey or recovery code allows changing keys. */
const proofMinutes = 10;

/** Roles that must show a second factor. */
const isStaff = (role: Role | null | undefined): boolean =>
  (staffRoles as readonly (Role | null | undefined)[]).includes(role);

/** From here on the transaction acts for this account and no programme. */
export async function actAs(ctx: Asking, account: string): Promise<void> {
  await ctx.query("SELECT app.set_context(NULL, $1, NULL, 'account')", [account]);
}

export interface Factors {
  totp: boolean;
  passkeys: number;
}

export async function factorsOf(ctx: Asking, account: string): Promise<Factors> {
  const [row] = await ctx.query<Factors>(
    `SELECT totp_secret IS NOT NULL AS totp,
       (SELECT count(*)::int FROM passkey p WHERE p.account_id = a.account_id) AS passkeys
     FROM account a WHERE a.account_id = $1`,
    [account],
  );
  return row ?? { totp: false, passkeys: 0 };
}

export function factorNeed(role: Role | null, shown: boolean, factors: Factors): FactorNeed {
  if (!isStaff(role)) return 'notNeeded';
  if (shown) return 'done';
  return factors.totp || factors.passkeys > 0 ? 'needed' : 'setUp';
}

export async function keysOf(ctx: Asking, account: string): Promise<AccountKeys> {
  const [row] = await ctx.query<{ epoch: number; key: Buffer | null; wrap: Buffer | null }>(
    'SELECT epoch, identity_key AS key, identity_wrap AS wrap FROM account WHERE account_id = $1',
    [account],
  );
  const unlockers = await ctx.query<{
    kind: 'R' | 'W' | 'F';
    credential: string;
    epoch: number;
    wrap: Buffer;
  }>(
    'SELECT kind, credential, epoch, wrap FROM account_unlocker WHERE account_id = $1 ORDER BY 1, 2',
    [account],
  );
  const text = (buffer: Buffer) => buffer.toString('base64url');
  return {
    account,
    epoch: row?.epoch ?? 1,
    identity: row?.key && row.wrap ? { publicKey: text(row.key), wrap: text(row.wrap) } : null,
    unlockers: unlockers.map((unlocker) => ({ ...unlocker, wrap: text(unlocker.wrap) })),
  };
}

/**
 * Lets a person in who has shown who they are: a new session, or, where this browser has one of the
 * same account, that one unlocked and proved again. `strong`: what was shown counts as both factors.
 */
export async function enterAccount(
  ctx: Asking,
  account: string,
  options: { strong: boolean; deviceLabel: string },
): Promise<{ keys: AccountKeys; secondFactor: FactorNeed }> {
  const before = ctx.asker;
  await actAs(ctx, account);
  ctx.audit({ objectId: account });
  const factors = await factorsOf(ctx, account);
  const keys = await keysOf(ctx, account);
  if (before?.accountId === account) {
    await ctx.query(
      'UPDATE session SET locked = false, active_at = $2, proved_at = $2, second_factor = second_factor OR $3 WHERE id = $1',
      [before.sessionId, ctx.now, options.strong],
    );
    const role = before.membership?.role ?? null;
    return { keys, secondFactor: factorNeed(role, before.secondFactor || options.strong, factors) };
  }
  // Another account was signed in here: its session ends with the cookie that is replaced.
  if (before) await endSession(ctx, before.accountId, before.sessionId, account);
  const memberships = await ctx.query<{ programme_id: string; membership_id: string; role: Role }>(
    'SELECT programme_id, membership_id, role FROM app.own_memberships()',
  );
  const first = memberships[0];
  const role = first?.role ?? null;
  await ctx.query('DELETE FROM session WHERE account_id = $1 AND expires_at <= now()', [account]);
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.parse(ctx.now) + (isStaff(role) ? staffLife : ownLife));
  await ctx.query(
    `INSERT INTO session (token_hash, id, account_id, programme_id, membership_id, label, second_factor,
       created_at, active_at, proved_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8, $9)`,
    [
      tokenHash(token),
      uuidv4(),
      account,
      first?.programme_id ?? null,
      first?.membership_id ?? null,
      options.deviceLabel,
      options.strong,
      ctx.now,
      expiresAt,
    ],
  );
  ctx.request.setSession(token, expiresAt);
  return { keys, secondFactor: factorNeed(role, options.strong, factors) };
}

async function endSession(ctx: Asking, owner: string, id: string, then: string): Promise<void> {
  await actAs(ctx, owner);
  await ctx.query('DELETE FROM session WHERE id = $1', [id]);
  await actAs(ctx, then);
}

/**
 * Whether this account is staff anywhere. A session that acts as a client for the moment can turn
 * back, so that the role it acts in says nothing about what its keys open.
 */
export async function isStaffAnywhere(ctx: Asking): Promise<boolean> {
  if (isStaff(ctx.asker?.membership?.role)) return true;
  const rows = await ctx.query<{ role: Role }>('SELECT role FROM app.own_memberships()');
  return rows.some(({ role }) => isStaff(role));
}

type Hindrance = 'locked' | 'secondFactor' | 'proveAgain';

/**
 * What stands between this session and a change of its account's own keys; null: nothing.
 * Also narrows the transaction to the account. `beginning` lets staff who have no second factor
 * at all set one up; whoever has one must show it first, whichever role they act in.
 */
export async function hindrance(
  ctx: Asking,
  needs: { proof: boolean; beginning?: boolean },
): Promise<Hindrance | null> {
  const { asker, accountId } = ctx;
  await actAs(ctx, accountId);
  if (asker?.locked) return 'locked';
  if (!asker?.secondFactor && (await isStaffAnywhere(ctx))) {
    const { totp, passkeys } = await factorsOf(ctx, accountId);
    if (!needs.beginning || totp || passkeys > 0) return 'secondFactor';
  }
  if (!needs.proof) return null;
  const [row] = await ctx.query<{ fresh: boolean }>(
    'SELECT proved_at > $2::timestamptz - make_interval(mins => $3) AS fresh FROM session WHERE id = $1',
    [asker?.sessionId, ctx.now, proofMinutes],
  );
  return row?.fresh ? null : 'proveAgain';
}

/** This session has shown its second factor; it is unlocked and counts as active. */
export async function factorShown(ctx: Asking): Promise<void> {
  await ctx.query(
    'UPDATE session SET second_factor = true, locked = false, active_at = $2 WHERE id = $1',
    [ctx.asker?.sessionId, ctx.now],
  );
}
