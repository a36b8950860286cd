import { uuidv7 } from '../../kit/id.ts';
import { handle } from '../../platform/handler.ts';
import { makeLink } from '../../platform/link.ts';
import {
  factorResetApprove,
  factorResetAsk,
  type InvitedRole,
  staffInvitationWithdraw,
  staffInvite,
  staffRead,
  staffRemove,
} from './contract.ts';

const week = 7 * 86_400_000;

interface StaffRow {
  membership_id: string;
  display_name: string;
  role: InvitedRole;
  since: string;
  totp: boolean;
  passkeys: number;
}

export const staffHandlers = [
  handle(staffRead, async (ctx) => {
    const staff = await ctx.query<StaffRow & Record<string, unknown>>(
      'SELECT * FROM app.staff_of_programme()',
    );
    const invitations = await ctx.query<{
      id: string;
      displayName: string;
      role: InvitedRole;
      expiresAt: string;
      expired: boolean;
    }>(
      `SELECT id, display_name AS "displayName", role, expires_at AS "expiresAt", expires_at <= now() AS expired
       FROM staff_invitation WHERE used_at IS NULL AND withdrawn_at IS NULL ORDER BY made_at DESC`,
    );
    const own = ctx.membership.id;
    const resets = await ctx.query<{
      id: string;
      membershipId: string;
      askedBy: string;
      askedAt: string;
      yours: boolean;
    }>(
      `SELECT id, membership_id AS "membershipId", asked_by AS "askedBy", asked_at AS "askedAt",
         asked_by <> $1 AND membership_id <> $1 AS yours
       FROM factor_reset WHERE approved_by IS NULL AND asked_at > now() - interval '7 days'
       ORDER BY asked_at`,
      [own],
    );
    ctx.audit({ fields: ['staff'] });
    return {
      staff: staff.map((row) => ({
        membershipId: row.membership_id,
        displayName: row.display_name,
        role: row.role,
        since: row.since,
        secondFactor: row.totp || row.passkeys > 0,
        you: row.membership_id === own,
      })),
      invitations,
      resets,
    };
  }),

  handle(staffInvite, async (ctx, { role, displayName }) => {
    const { token, hash } = makeLink();
    const id = uuidv7();
    const expiresAt = new Date(Date.parse(ctx.now) + week).toISOString();
    await ctx.query(
      `INSERT INTO staff_invitation (programme_id, id, token_hash, role, display_name, made_by, made_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [ctx.programmeId, id, hash, role, displayName.trim(), ctx.membership.id, ctx.now, expiresAt],
    );
    ctx.audit({ objectId: id, fields: ['role', 'displayName'] });
    return { id, token, expiresAt };
  }),

  handle(staffInvitationWithdraw, async (ctx, { id }) => {
    const changed = await ctx.query(
      'UPDATE staff_invitation SET withdrawn_at = $2 WHERE id = $1 AND used_at IS NULL AND withdrawn_at IS NULL RETURNING id',
      [id, ctx.now],
    );
    if (changed.length === 0) return ctx.refuse('notFound');
    ctx.audit({ objectId: id });
    return {};
  }),

  handle(staffRemove, async (ctx, { membershipId }) => {
    const [row] = await ctx.query<{ done: 'done' | 'absent' | 'last' }>(
      'SELECT app.remove_staff($1) AS done',
      [membershipId],
    );
    if (row?.done === 'last') return ctx.refuse('lastAdministrator');
    if (row?.done !== 'done') return ctx.refuse('notFound');
    ctx.audit({ objectId: membershipId });
    return {};
  }),

  handle(factorResetAsk, async (ctx, { membershipId }) => {
    if (membershipId === ctx.membership.id) return ctx.refuse('yourself');
    const staff = await ctx.query<StaffRow & Record<string, unknown>>(
      'SELECT * FROM app.staff_of_programme()',
    );
    if (!staff.some((row) => row.membership_id === membershipId)) return ctx.refuse('notFound');
    const others = staff.filter(
      (row) =>
        row.role === 'administrator' &&
        row.membership_id !== ctx.membership.id &&
        row.membership_id !== membershipId,
    );
    if (others.length === 0) return ctx.refuse('onlyAdministrator');
    const id = uuidv7();
    await ctx.query(
      'INSERT INTO factor_reset (programme_id, id, membership_id, asked_by) VALUES ($1, $2, $3, $4)',
      [ctx.programmeId, id, membershipId, ctx.membership.id],
    );
    ctx.audit({ objectId: membershipId, fields: ['secondFactor'] });
    return { id };
  }),

  handle(factorResetApprove, async (ctx, { id }) => {
    const [asked] = await ctx.query<{ asked_by: string; membership_id: string }>(
      'SELECT asked_by, membership_id FROM factor_reset WHERE id = $1 AND approved_by IS NULL',
      [id],
    );
    if (!asked) return ctx.refuse('notFound');
    const own = ctx.membership.id;
    if (asked.asked_by === own || asked.membership_id === own) return ctx.refuse('needsAnother');
    const [row] = await ctx.query<{ done: boolean }>(
      'SELECT app.approve_factor_reset($1, $2) AS done',
      [id, own],
    );
    if (!row?.done) return ctx.refuse('notFound');
    ctx.audit({ objectId: asked.membership_id, fields: ['secondFactor'] });
    return {};
  }),
];
