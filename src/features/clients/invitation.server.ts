import { createHash } from 'node:crypto';
import { uuidv7 } from '../../kit/id.ts';
import { type Refused, refuse } from '../../kit/refusal.ts';
import type { Context } from '../../platform/context.ts';
import { handle } from '../../platform/handler.ts';
import { makeCode, readCode, showCode } from './code.rules.ts';
import { acceptInvitation, lookAtInvitation } from './contract.ts';
import { invitationDays } from './rules.ts';

/** The stored form of a code: the database never holds the code itself. */
function codeHash(code: string): Buffer {
  return createHash('sha256').update(`stepwell invitation ${code}`).digest();
}

/**
 * Makes an invitation for a client and voids the one before. The code in groups is told this once.
 */
export async function makeInvitation(
  ctx: Omit<Context, 'refuse'>,
  clientId: string,
  replacesAccount: boolean,
): Promise<{ code: string; expiresAt: string }> {
  const code = makeCode();
  await ctx.query(
    `UPDATE invitation SET replaced_at = now()
     WHERE programme_id = $1 AND client_id = $2 AND used_at IS NULL AND replaced_at IS NULL`,
    [ctx.programmeId, clientId],
  );
  const rows = await ctx.query<{ expires_at: string }>(
    `INSERT INTO invitation (programme_id, id, client_id, code_hash, made_by, expires_at, replaces_account)
     VALUES ($1, $2, $3, $4, $5, now() + make_interval(days => $6), $7) RETURNING expires_at`,
    [
      ctx.programmeId,
      uuidv7(),
      clientId,
      codeHash(code),
      ctx.membership.id,
      invitationDays,
      replacesAccount,
    ],
  );
  return { code: showCode(code), expiresAt: rows[0]?.expires_at ?? ctx.now };
}

type BadCode = 'wrongCode' | 'usedCode' | 'expiredCode' | 'replacedCode';
type Outcome = 'good' | 'wrong' | 'used' | 'expired' | 'replaced';

function refusalFor(
  outcome: Exclude<Outcome, 'good'>,
  expiresAt?: string | null,
): Refused<BadCode> {
  if (outcome === 'expired') return refuse('expiredCode', expiresAt ? { expiresAt } : undefined);
  return refuse(`${outcome}Code`);
}

export const invitationHandlers = [
  handle(lookAtInvitation, async (ctx, { code }) => {
    const read = readCode(code);
    if (!read) return ctx.refuse('wrongCode');
    const [row] = await ctx.query<{
      outcome: Outcome;
      programme_name: string;
      country: string;
      expires_at: string | null;
    }>('SELECT * FROM app.look_at_invitation($1)', [codeHash(read)]);
    if (!row) return ctx.refuse('wrongCode');
    if (row.outcome !== 'good') return refusalFor(row.outcome, row.expires_at);
    return {
      programmeName: row.programme_name,
      country: row.country,
      expiresAt: row.expires_at ?? ctx.now,
    };
  }),

  handle(acceptInvitation, async (ctx, { code }) => {
    // A locked session would come out of it as the client's, and open.
    if (ctx.asker?.locked) return ctx.refuse('locked');
    const read = readCode(code);
    if (!read || !ctx.asker) return ctx.refuse('wrongCode');
    const [row] = await ctx.query<{
      outcome: Outcome;
      client_id: string;
      programme_name: string;
    }>('SELECT * FROM app.accept_invitation($1, $2, $3)', [
      codeHash(read),
      ctx.asker.sessionId,
      uuidv7(),
    ]);
    if (!row) return ctx.refuse('wrongCode');
    if (row.outcome !== 'good') return refusalFor(row.outcome);
    ctx.audit({ fields: ['membership'] });
    return { programmeName: row.programme_name, clientId: row.client_id };
  }),
];
