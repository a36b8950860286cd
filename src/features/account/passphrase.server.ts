import { handle } from '../../platform/handler.ts';
import { passphraseFinish, passphraseStart, recoveryConfirm } from './contract.ts';
import { registrations } from './limits.server.ts';
import { stemFault } from './names.rules.ts';
import { answerRegistration, freeName } from './register.server.ts';
import { recoveryHash } from './secrets.server.ts';
import { hindrance } from './sessions.server.ts';
import { openTicket, sealTicket } from './tickets.server.ts';

const raw = (text: string) => Buffer.from(text, 'base64url');

export const passphraseHandlers = [
  handle(passphraseStart, async (ctx, { stem, registrationRequest }) => {
    const hindered = await hindrance(ctx, { proof: true });
    if (hindered) return ctx.refuse(hindered);
    const wait = registrations.take(ctx.now);
    if (wait !== null) return ctx.refuse('slowDown', { retryAfterSeconds: wait });
    const fault = stem === null ? null : stemFault(stem);
    if (fault) return ctx.refuse('nameUnfit', { fault });
    const [own] = await ctx.query<{ name_hash: Buffer }>(
      'SELECT name_hash FROM account WHERE account_id = $1',
      [ctx.accountId],
    );
    const chosen = stem === null ? null : await freeName(ctx, stem);
    const hash = chosen?.hash ?? own?.name_hash;
    if (!hash) throw new Error('The signed-in account is gone.');
    const registrationResponse = await answerRegistration(ctx, hash, registrationRequest);
    if (!registrationResponse) return ctx.refuse('invalid');
    const content = { nameHash: hash.toString('base64url'), account: ctx.accountId };
    const ticket = await sealTicket(ctx, 'register', content);
    return { name: chosen?.name ?? null, registrationResponse, ticket };
  }),

  handle(passphraseFinish, async (ctx, input) => {
    const hindered = await hindrance(ctx, { proof: true });
    if (hindered) return ctx.refuse(hindered);
    const begun = await openTicket(ctx, 'register', input.ticket);
    if (begun?.account !== ctx.accountId) return ctx.refuse('ticketOver');
    const changed = await ctx.query(
      `UPDATE account SET name_hash = $2, opaque_record = $3
       WHERE account_id = $1 AND epoch = $4 RETURNING account_id`,
      [ctx.accountId, raw(begun.nameHash), input.registrationRecord, input.epoch],
    );
    if (changed.length === 0) return ctx.refuse('epochOver');
    await ctx.query(
      `INSERT INTO account_unlocker (account_id, kind, credential, epoch, wrap)
       VALUES ($1, 'W', 'passphrase', $2, $3)
       ON CONFLICT (account_id, kind, credential) DO UPDATE SET epoch = excluded.epoch, wrap = excluded.wrap`,
      [ctx.accountId, input.epoch, raw(input.wrap)],
    );
    if (input.signOutOthers) {
      await ctx.query('DELETE FROM session WHERE account_id = $1 AND id <> $2', [
        ctx.accountId,
        ctx.asker?.sessionId,
      ]);
    }
    ctx.audit({ objectId: ctx.accountId, fields: ['passphrase'] });
    return {};
  }),

  handle(recoveryConfirm, async (ctx, { verifier, epoch, wrap }) => {
    const hindered = await hindrance(ctx, { proof: true });
    if (hindered) return ctx.refuse(hindered);
    const changed = await ctx.query<{ at: string }>(
      `UPDATE account SET recovery_hash = $2, recovery_confirmed_at = date_trunc('hour', $3::timestamptz)
       WHERE account_id = $1 AND epoch = $4 RETURNING recovery_confirmed_at AS at`,
      [ctx.accountId, await recoveryHash(ctx.tx, verifier), ctx.now, epoch],
    );
    if (!changed[0]) return ctx.refuse('epochOver');
    await ctx.query(
      `INSERT INTO account_unlocker (account_id, kind, credential, epoch, wrap)
       VALUES ($1, 'R', 'recovery', $2, $3)
       ON CONFLICT (account_id, kind, credential) DO UPDATE SET epoch = excluded.epoch, wrap = excluded.wrap`,
      [ctx.accountId, epoch, raw(wrap)],
    );
    ctx.audit({ objectId: ctx.accountId, fields: ['recovery'] });
    return { recoveryConfirmedAt: changed[0].at };
  }),
];
