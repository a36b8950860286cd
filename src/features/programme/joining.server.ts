import { uuidv7 } from '../../kit/id.ts';
import type { Context } from '../../platform/context.ts';
import { handle } from '../../platform/handler.ts';
import { tokenHash } from '../../platform/link.ts';
import {
  type InvitedRole,
  programmeCreate,
  setupCheck,
  staffInvitationAccept,
  staffInvitationOpen,
} from './contract.ts';

interface InvitationRow {
  programme_id: string;
  programme_name: string;
  role: InvitedRole;
  display_name: string;
  state: 'open' | 'used' | 'withdrawn' | 'expired';
}

const refusalOf = {
  used: 'linkUsed',
  withdrawn: 'linkWithdrawn',
  expired: 'linkExpired',
} as const;

const byLink = 'SELECT * FROM app.staff_invitation_by($1)';

/** An IANA zone. Offsets and old abbreviations (EST) know no summer time, so they are not taken. */
function isTimeZone(zone: string): boolean {
  if (!zone.includes('/') && zone !== 'UTC') return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}

/**
 * Whether this session's person was recognised within the hour; narrows the transaction to the
 * account. A session of one's own may be weeks old, and must not become one of staff unseen.
 */
async function isFresh(ctx: Omit<Context, 'refuse'>): Promise<boolean> {
  await ctx.query("SELECT app.set_context(NULL, $1, NULL, 'account')", [ctx.accountId]);
  const [row] = await ctx.query<{ fresh: boolean }>(
    "SELECT proved_at > $2::timestamptz - interval '1 hour' AS fresh FROM session WHERE id = $1",
    [ctx.asker?.sessionId, ctx.now],
  );
  return row?.fresh ?? false;
}

export const joiningHandlers = [
  handle(setupCheck, async (ctx, { token }) => {
    const [row] = await ctx.query<{ open: boolean }>('SELECT app.setup_open($1) AS open', [
      tokenHash(token),
    ]);
    return { open: row?.open ?? false };
  }),

  handle(programmeCreate, async (ctx, input) => {
    if (ctx.asker?.locked) return ctx.refuse('locked');
    if (!isTimeZone(input.timeZone)) return ctx.refuse('timeZoneUnknown');
    const [programmeId, membershipId] = [uuidv7(), uuidv7()];
    if (!(await isFresh(ctx))) return ctx.refuse('proveAgain');
    const [row] = await ctx.query<{ done: boolean }>(
      'SELECT app.found_programme($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS done',
      [
        tokenHash(input.token),
        ctx.asker?.sessionId,
        programmeId,
        membershipId,
        input.name.trim(),
        input.timeZone,
        input.locale,
        input.country,
        input.part2,
        input.displayName.trim(),
      ],
    );
    if (!row?.done) return ctx.refuse('linkOver');
    ctx.audit({ objectId: programmeId });
    return { programmeId, membershipId };
  }),

  handle(staffInvitationOpen, async (ctx, { token }) => {
    const [row] = await ctx.query<InvitationRow & Record<string, unknown>>(byLink, [
      tokenHash(token),
    ]);
    if (!row) return ctx.refuse('linkUnknown');
    if (row.state !== 'open') return ctx.refuse(refusalOf[row.state]);
    return {
      programmeName: row.programme_name,
      role: row.role,
      displayName: row.display_name,
    };
  }),

  handle(staffInvitationAccept, async (ctx, { token, displayName }) => {
    if (ctx.asker?.locked) return ctx.refuse('locked');
    if (!(await isFresh(ctx))) return ctx.refuse('proveAgain');
    const hash = tokenHash(token);
    const [row] = await ctx.query<InvitationRow & Record<string, unknown>>(byLink, [hash]);
    if (!row) return ctx.refuse('linkUnknown');
    if (row.state !== 'open') return ctx.refuse(refusalOf[row.state]);
    const already = await ctx.query(
      "SELECT FROM app.own_memberships() WHERE programme_id = $1 AND role NOT IN ('client','sponsor','partner')",
      [row.programme_id],
    );
    if (already.length > 0) return ctx.refuse('memberAlready');
    const membershipId = uuidv7();
    const [made] = await ctx.query<{ id: string | null }>(
      'SELECT app.accept_staff_invitation($1, $2, $3, $4) AS id',
      [hash, ctx.asker?.sessionId, membershipId, displayName.trim()],
    );
    // Somebody else used the same link in this moment.
    if (!made?.id) return ctx.refuse('linkUsed');
    ctx.audit({ objectId: membershipId });
    return { programmeId: row.programme_id, membershipId };
  }),
];
