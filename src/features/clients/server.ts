import { dayInZone, isZone } from '../../kit/day.ts';
import { uuidv7 } from '../../kit/id.ts';
import type { Context } from '../../platform/context.ts';
import { type Handler, handle } from '../../platform/handler.ts';
import {
  admitClient,
  assignTherapist,
  type ClientCard,
  inviteClient,
  listClients,
  listTherapists,
  readClient,
} from './contract.ts';
import { invitationHandlers, makeInvitation } from './invitation.server.ts';
import { invitationState, type Setting, tidy } from './rules.ts';

const pageSize = 100;

type Asking = Omit<Context, 'refuse'>;

interface CardRow {
  id: string;
  display_name: string;
  record_number: string;
  time_zone: string;
  admitted_on: string | null;
  setting: Setting | null;
  therapist_id: string | null;
  therapist_name: string | null;
  joined_at: string | null;
  expires_at: string | null;
  open_alerts: number;
  open_flags: number;
}

const cards = `SELECT c.id, c.display_name, c.record_number, c.time_zone, e.admitted_on, e.setting,
    t.id AS therapist_id, t.display_name AS therapist_name, m.created_at AS joined_at, i.expires_at,
    (SELECT count(*)::int FROM alert a
      WHERE a.programme_id = c.programme_id AND a.client_id = c.id AND a.closed_at IS NULL) AS open_alerts,
    (SELECT count(*)::int FROM safety_flag f
      WHERE f.programme_id = c.programme_id AND f.client_id = c.id AND f.cleared_at IS NULL) AS open_flags
  FROM client c
  LEFT JOIN episode e ON e.programme_id = c.programme_id AND e.client_id = c.id AND e.discharged_on IS NULL
  LEFT JOIN membership t ON t.programme_id = c.programme_id AND t.id = c.therapist_membership_id
  LEFT JOIN membership m ON m.programme_id = c.programme_id AND m.client_id = c.id AND m.ended_at IS NULL
  LEFT JOIN invitation i ON i.programme_id = c.programme_id AND i.client_id = c.id
    AND i.used_at IS NULL AND i.replaced_at IS NULL`;

function card(row: CardRow, now: string): ClientCard {
  return {
    clientId: row.id,
    displayName: row.display_name,
    recordNumber: row.record_number,
    admittedOn: row.admitted_on,
    setting: row.setting,
    therapist: row.therapist_id
      ? { membershipId: row.therapist_id, displayName: row.therapist_name ?? '' }
      : null,
    invitation: invitationState(row.joined_at !== null, row.expires_at, now),
    openAlerts: row.open_alerts,
    openFlags: row.open_flags,
  };
}

async function hasClient(ctx: Asking, clientId: string): Promise<boolean> {
  const rows = await ctx.query('SELECT FROM client WHERE programme_id = $1 AND id = $2', [
    ctx.programmeId,
    clientId,
  ]);
  return rows.length > 0;
}

export const handlers: readonly Handler[] = [
  ...invitationHandlers,

  handle(admitClient, async (ctx, input) => {
    const displayName = tidy(input.displayName);
    const recordNumber = tidy(input.recordNumber);
    if (!displayName || !recordNumber)
      return ctx.refuse('nameEmpty', { field: displayName ? 'recordNumber' : 'displayName' });
    if (!isZone(input.timeZone)) return ctx.refuse('unknownZone');
    const clientId = uuidv7();
    const episodeId = uuidv7();
    const { id: asker, role } = ctx.membership;
    const made = await ctx.query(
      `INSERT INTO client (programme_id, id, display_name, record_number, time_zone, therapist_membership_id)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING id`,
      [
        ctx.programmeId,
        clientId,
        displayName,
        recordNumber,
        input.timeZone,
        role === 'therapist' ? asker : null,
      ],
    );
    if (made.length === 0) return ctx.refuse('recordNumberTaken', { recordNumber });
    await ctx.query(
      `INSERT INTO episode (programme_id, id, client_id, setting, admitted_on, admitted_by)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        ctx.programmeId,
        episodeId,
        clientId,
        input.setting,
        dayInZone(ctx.now, input.timeZone),
        asker,
      ],
    );
    const invitation = await makeInvitation(ctx, clientId, false);
    ctx.audit({
      clientId,
      objectId: episodeId,
      fields: ['displayName', 'recordNumber', 'timeZone', 'setting', 'invitation'],
    });
    return { clientId, episodeId, invitation };
  }),

  handle(inviteClient, async (ctx, { clientId, replaceAccount }) => {
    if (!(await hasClient(ctx, clientId))) return ctx.refuse('notFound');
    const joined = await ctx.query(
      'SELECT FROM membership WHERE programme_id = $1 AND client_id = $2 AND ended_at IS NULL',
      [ctx.programmeId, clientId],
    );
    if (joined.length > 0 && !replaceAccount) return ctx.refuse('alreadyJoined');
    ctx.audit({ clientId, fields: replaceAccount ? ['invitation', 'account'] : ['invitation'] });
    return makeInvitation(ctx, clientId, replaceAccount);
  }),

  handle(listClients, async (ctx, { search, mine, after }) => {
    const like = `%${tidy(search)
      .toLowerCase()
      .replace(/[\\%_]/g, '\\$&')}%`;
    const where = `c.programme_id = $1
      AND (lower(c.display_name) LIKE $2 OR lower(c.record_number) LIKE $2)
      AND ($3::uuid IS NULL OR c.therapist_membership_id = $3)`;
    const fixed = [ctx.programmeId, like, mine ? ctx.membership.id : null];
    const rows = await ctx.query<CardRow & Record<string, unknown>>(
      `${cards} WHERE ${where} AND ($4::text IS NULL OR (lower(c.display_name), c.id) > (lower($4), $5::uuid))
       ORDER BY lower(c.display_name), c.id LIMIT $6`,
      [...fixed, after?.displayName ?? null, after?.clientId ?? null, pageSize + 1],
    );
    const [count] = await ctx.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM client c WHERE ${where}`,
      fixed,
    );
    ctx.audit({ fields: ['list'] });
    return {
      clients: rows.slice(0, pageSize).map((row) => card(row, ctx.now)),
      total: count?.n ?? 0,
      more: rows.length > pageSize,
    };
  }),

  handle(readClient, async (ctx, { clientId }) => {
    const [row] = await ctx.query<CardRow & Record<string, unknown>>(
      `${cards} WHERE c.programme_id = $1 AND c.id = $2`,
      [ctx.programmeId, clientId],
    );
    if (!row) return ctx.refuse('notFound');
    const episodes = await ctx.query<{
      id: string;
      setting: Setting;
      admitted_on: string;
      discharged_on: string | null;
    }>(
      `SELECT id, setting, admitted_on, discharged_on FROM episode
       WHERE programme_id = $1 AND client_id = $2 ORDER BY admitted_on DESC, id DESC`,
      [ctx.programmeId, clientId],
    );
    ctx.audit({ clientId, fields: ['client', 'episodes'] });
    return {
      ...card(row, ctx.now),
      timeZone: row.time_zone,
      invitationExpiresAt: row.expires_at,
      joinedAt: row.joined_at,
      episodes: episodes.map((episode) => ({
        episodeId: episode.id,
        setting: episode.setting,
        admittedOn: episode.admitted_on,
        dischargedOn: episode.discharged_on,
      })),
    };
  }),

  handle(assignTherapist, async (ctx, { clientId, membershipId }) => {
    const [therapist] = membershipId
      ? await ctx.query<{ id: string; display_name: string }>(
          `SELECT id, display_name FROM membership WHERE programme_id = $1 AND id = $2
             AND ended_at IS NULL AND role IN ('therapist','supervisor')`,
          [ctx.programmeId, membershipId],
        )
      : [];
    if (membershipId && !therapist) return ctx.refuse('notFound');
    const changed = await ctx.query(
      'UPDATE client SET therapist_membership_id = $3 WHERE programme_id = $1 AND id = $2 RETURNING id',
      [ctx.programmeId, clientId, membershipId],
    );
    if (changed.length === 0) return ctx.refuse('notFound');
    ctx.audit({ clientId, objectId: membershipId, fields: ['therapist'] });
    return {
      therapist: therapist
        ? { membershipId: therapist.id, displayName: therapist.display_name }
        : null,
    };
  }),

  handle(listTherapists, async (ctx) => {
    const rows = await ctx.query<{ id: string; display_name: string }>(
      `SELECT id, display_name FROM membership WHERE programme_id = $1 AND ended_at IS NULL
         AND role IN ('therapist','supervisor') ORDER BY lower(display_name), id`,
      [ctx.programmeId],
    );
    ctx.audit({ fields: ['therapists'] });
    return {
      therapists: rows.map((row) => ({ membershipId: row.id, displayName: row.display_name })),
      me: ctx.membership.id,
    };
  }),
];
