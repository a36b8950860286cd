import { Secret, TOTP } from 'otpauth';
import { handle } from '../../platform/handler.ts';
import { totpCheck, totpFinish, totpStart } from './contract.ts';
import { codeGuesses } from './limits.server.ts';
import { actAs, factorShown, hindrance } from './sessions.server.ts';
import { openTicket, sealTicket } from './tickets.server.ts';

const step = 30;

/** RFC 6238 as every authenticator app speaks it: SHA-1, six digits, 30 seconds. */
const totpOf = (secret: string): TOTP =>
  new TOTP({
    issuer: 'Notebook',
    label: 'work',
    algorithm: 'SHA1',
    digits: 6,
    period: step,
    secret: Secret.fromBase32(secret),
  });

/** The time step that a code belongs to, one step of clock difference allowed; null when wrong. */
function stepOf(secret: string, code: string, now: string): number | null {
  const timestamp = Date.parse(now);
  const delta = totpOf(secret).validate({ token: code, timestamp, window: 1 });
  return delta === null ? null : Math.floor(timestamp / 1000 / step) + delta;
}

export const totpHandlers = [
  handle(totpStart, async (ctx) => {
    const hindered = await hindrance(ctx, { proof: true, beginning: true });
    if (hindered) return ctx.refuse(hindered);
    const secret = new Secret({ size: 20 }).base32;
    const ticket = await sealTicket(ctx, 'totp', { secret, account: ctx.accountId });
    return { secret, address: totpOf(secret).toString(), ticket };
  }),

  handle(totpFinish, async (ctx, { ticket, code }) => {
    const hindered = await hindrance(ctx, { proof: true, beginning: true });
    if (hindered) return ctx.refuse(hindered);
    const wait = codeGuesses.guess(ctx.accountId, ctx.now);
    if (wait !== null) return ctx.refuse('slowDown', { retryAfterSeconds: wait });
    const begun = await openTicket(ctx, 'totp', ticket, 'keep');
    if (begun?.account !== ctx.accountId) return ctx.refuse('ticketOver');
    const at = stepOf(begun.secret, code, ctx.now);
    if (at === null) return ctx.refuse('codeWrong');
    codeGuesses.right(ctx.accountId, ctx.now);
    await ctx.query('UPDATE account SET totp_secret = $2, totp_step = $3 WHERE account_id = $1', [
      ctx.accountId,
      begun.secret,
      at,
    ]);
    await factorShown(ctx);
    ctx.audit({ objectId: ctx.accountId, fields: ['totp'] });
    return {};
  }),

  handle(totpCheck, async (ctx, { code }) => {
    await actAs(ctx, ctx.accountId);
    const wait = codeGuesses.guess(ctx.accountId, ctx.now);
    if (wait !== null) return ctx.refuse('slowDown', { retryAfterSeconds: wait });
    const [own] = await ctx.query<{ totp_secret: string | null; totp_step: number }>(
      'SELECT totp_secret, totp_step FROM account WHERE account_id = $1 FOR UPDATE',
      [ctx.accountId],
    );
    const at = own?.totp_secret ? stepOf(own.totp_secret, code, ctx.now) : null;
    // A code that was used, or an older one, is never taken twice.
    if (at === null || at <= (own?.totp_step ?? 0)) return ctx.refuse('codeWrong');
    codeGuesses.right(ctx.accountId, ctx.now);
    await ctx.query('UPDATE account SET totp_step = $2 WHERE account_id = $1', [ctx.accountId, at]);
    await factorShown(ctx);
    ctx.audit({ objectId: ctx.accountId, fields: ['totp'] });
    return {};
  }),
];
