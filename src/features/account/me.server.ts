import type { Role } from '../../kit/operation.ts';
import { handle } from '../../platform/handler.ts';
import {
  me,
  membershipUse,
  sessionLabel,
  sessionLock,
  sessionRevoke,
  sessionsRead,
  signOut,
} from './contract.ts';
import { actAs, factorNeed, factorsOf, hindrance } from './sessions.server.ts';

interface MembershipRow {
  programme_id: string;
  membership_id: string;
  role: Role;
  display_name: string;
  client_id: string | null;
  programme_name: string;
  time_zone: string;
  locale: 'en' | 'es';
  country: string;
  demo: boolean;
}

const membershipFrom = (row: MembershipRow) => ({
  programmeId: row.programme_id,
  membershipId: row.membership_id,
  role: row.role,
  displayName: row.display_name,
  clientId: row.client_id,
  programmeName: row.programme_name,
  timeZone: row.time_zone,
  locale: row.locale,
  country: row.country,
  demo: row.demo,
});

export const meHandlers = [
  handle(me, async (ctx) => {
    const { asker } = ctx;
    if (!asker) return { account: null };
    await actAs(ctx, asker.accountId);
    const [own] = await ctx.query<{ at: string | null }>(
      'SELECT recovery_confirmed_at AS at FROM account WHERE account_id = $1',
      [asker.accountId],
    );
    const rows = await ctx.query<MembershipRow & Record<string, unknown>>(
      'SELECT * FROM app.own_memberships()',
    );
    const memberships = rows.map(membershipFrom);
    const acting = asker.membership?.id;
    const factors = await factorsOf(ctx, asker.accountId);
    return {
      account: {
        id: asker.accountId,
        sessionId: asker.sessionId,
        membership: memberships.find(({ membershipId }) => membershipId === acting) ?? null,
        memberships,
        recoveryConfirmedAt: own?.at ?? null,
        secondFactor: factorNeed(asker.membership?.role ?? null, asker.secondFactor, factors),
        factors,
        locked: asker.locked,
      },
    };
  }),

  handle(sessionsRead, async (ctx) => {
    const hindered = await hindrance(ctx, { proof: false });
    if (hindered === 'locked' || hindered === 'secondFactor') return ctx.refuse(hindered);
    const sessions = await ctx.query<{ id: string; label: string; since: string; last: string }>(
      `SELECT id, label, date_trunc('hour', created_at) AS since, date_trunc('hour', active_at) AS last
       FROM session WHERE account_id = $1 AND expires_at > $2 ORDER BY active_at DESC`,
      [ctx.accountId, ctx.now],
    );
    const passkeys = await ctx.query<{
      credential: string;
      label: string;
      since: string;
      opensPrivate: boolean;
    }>(
      `SELECT credential, label, created_on AS since, EXISTS (SELECT FROM account_unlocker u
         WHERE u.account_id = p.account_id AND u.kind = 'F' AND u.credential = p.credential) AS "opensPrivate"
       FROM passkey p WHERE account_id = $1 ORDER BY created_on, credential`,
      [ctx.accountId],
    );
    return {
      sessions: sessions.map(({ id, label, since, last }) => ({
        id,
        label,
        here: id === ctx.asker?.sessionId,
        since,
        lastUsed: last,
      })),
      passkeys,
      totp: (await factorsOf(ctx, ctx.accountId)).totp,
    };
  }),

  handle(sessionLabel, async (ctx, { id, label }) => {
    const hindered = await hindrance(ctx, { proof: false });
    if (hindered === 'locked' || hindered === 'secondFactor') return ctx.refuse(hindered);
    const changed = await ctx.query(
      'UPDATE session SET label = $3 WHERE account_id = $1 AND id = $2 RETURNING id',
      [ctx.accountId, id, label],
    );
    if (changed.length === 0) return ctx.refuse('notFound');
    ctx.audit({ objectId: id, fields: ['label'] });
    return {};
  }),

  handle(sessionRevoke, async (ctx, { id }) => {
    const hindered = await hindrance(ctx, { proof: false });
    if (hindered === 'locked' || hindered === 'secondFactor') return ctx.refuse(hindered);
    const ended = await ctx.query<{ id: string }>(
      `DELETE FROM session WHERE account_id = $1 AND id <> $2 AND ($3::uuid IS NULL OR id = $3) RETURNING id`,
      [ctx.accountId, ctx.asker?.sessionId, id],
    );
    if (id && ended.length === 0) return ctx.refuse('notFound');
    for (const session of ended) ctx.audit({ objectId: session.id });
    return { ended: ended.length };
  }),

  handle(sessionLock, async (ctx) => {
    await actAs(ctx, ctx.accountId);
    await ctx.query('UPDATE session SET locked = true WHERE id = $1', [ctx.asker?.sessionId]);
    return {};
  }),

  handle(signOut, async (ctx, { forgetDevice }) => {
    if (ctx.asker) {
      await actAs(ctx, ctx.asker.accountId);
      await ctx.query('DELETE FROM session WHERE id = $1', [ctx.asker.sessionId]);
    }
    ctx.request.clearSession(forgetDevice);
    return {};
  }),

  handle(membershipUse, async (ctx, { programmeId, membershipId }) => {
    if (ctx.asker?.locked) return ctx.refuse('locked');
    await actAs(ctx, ctx.accountId);
    const [row] = await ctx.query<{ done: boolean | null }>(
      'SELECT app.use_membership($1, $2, $3) AS done',
      [ctx.asker?.sessionId, programmeId, membershipId],
    );
    if (!row?.done) return ctx.refuse('notFound');
    ctx.audit({ objectId: membershipId });
    return {};
  }),
];
