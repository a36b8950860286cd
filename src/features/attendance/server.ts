import { addDays, dayInZone, isDay } from '../../kit/day.ts';
import { judgeEntryTime } from '../../kit/entry-time.ts';
import type { InputOf } from '../../kit/operation.ts';
import type { Context } from '../../platform/context.ts';
import { handle } from '../../platform/handler.ts';
import {
  enterAttendance,
  planMeeting,
  readWeek,
  sendAttendance,
  unplanMeeting,
} from './contract.ts';
import { type AttendedRow, type PlannedRow, readAttended, readPlanned } from './rows.server.ts';
import { judgePlan } from './rules.ts';

/** The context without its refusals: what parts of several operations share. */
type Transacting = Omit<Context, 'refuse'>;

/** The client meant, if the asker may see one: a client always means themselves. */
async function clientMeant(
  ctx: Transacting,
  clientId: string | undefined,
): Promise<{ id: string; zone: string } | null> {
  const own = ctx.membership.clientId;
  if (own && clientId !== undefined && clientId !== own) return null;
  const [row] = await ctx.query<{ id: string; time_zone: string }>(
    'SELECT id, time_zone FROM client WHERE programme_id = $1 AND id = $2',
    [ctx.programmeId, own ?? clientId ?? null],
  );
  return row ? { id: row.id, zone: row.time_zone } : null;
}

async function isOwn(
  ctx: Transacting,
  table: 'planned_meeting' | 'attendance',
  id: string,
  clientId: string,
) {
  const rows = await ctx.query(
    `SELECT FROM ${table} WHERE programme_id = $1 AND id = $2 AND client_id = $3`,
    [ctx.programmeId, id, clientId],
  );
  return rows.length > 0;
}

type Attended = InputOf<typeof sendAttendance>;

async function storeAttendance(
  ctx: Transacting,
  clientId: string,
  input: Attended,
  enteredBy: string | null,
): Promise<boolean> {
  // A plan that the chart does not know (never shared) leaves the link empty.
  const made = await ctx.query(
    `INSERT INTO attendance (programme_id, client_id, id, planned_id, meeting_id, meeting_name, fellowship,
       on_day, made_at, zone, clock_offset_ms, about, stirred, spoke, numbers, entered_by)
     VALUES ($1, $2, $3,
       (SELECT id FROM planned_meeting p WHERE p.programme_id = $1 AND p.id = $4 AND p.client_id = $2),
       $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     ON CONFLICT (programme_id, id) DO NOTHING RETURNING id`,
    [
      ctx.programmeId,
      clientId,
      input.id,
      input.plannedId ?? null,
      input.meetingId ?? null,
      input.meetingName,
      input.fellowship ?? null,
      input.onDay,
      ctx.request.madeAt,
      input.zone,
      input.clockOffsetMs,
      input.about,
      input.stirred ?? null,
      input.spoke ?? null,
      input.numbers ?? null,
      enteredBy,
    ],
  );
  ctx.audit({
    clientId,
    objectId: input.id,
    fields: ['meetingName', 'onDay', 'about', 'stirred', 'spoke', 'numbers'],
  });
  return made.length > 0 || isOwn(ctx, 'attendance', input.id, clientId);
}

export const handlers = [
  handle(planMeeting, async (ctx, input) => {
    const client = await clientMeant(ctx, input.clientId);
    if (!client) return ctx.refuse('notFound');
    const judged = judgePlan(input, dayInZone(ctx.request.madeAt, client.zone));
    if (judged) return ctx.refuse(judged);
    const made = await ctx.query(
      `INSERT INTO planned_meeting (programme_id, client_id, id, session_id, meeting_id, name, place, on_day,
         starts_at, zone, fellowship, url, phone, types, note, contact_name, created_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
       ON CONFLICT (programme_id, id) DO NOTHING RETURNING id`,
      [
        ctx.programmeId,
        client.id,
        input.id,
        input.sessionId ?? null,
        input.meetingId ?? null,
        input.name,
        input.place ?? null,
        input.onDay,
        input.startsAt,
        input.zone,
        input.fellowship ?? null,
        input.url ?? null,
        input.phone ?? null,
        input.types,
        input.note ?? null,
        input.contactName ?? null,
        ctx.membership.role === 'client' ? 'client' : 'staff',
        ctx.request.madeAt,
      ],
    );
    ctx.audit({ clientId: client.id, objectId: input.id, fields: ['name', 'onDay', 'startsAt'] });
    const stands = made.length > 0 || (await isOwn(ctx, 'planned_meeting', input.id, client.id));
    return stands ? { id: input.id } : ctx.refuse('idTaken');
  }),

  handle(unplanMeeting, async (ctx, { id }) => {
    const [row] = await ctx.query<{ client_id: string }>(
      `UPDATE planned_meeting SET cancelled_at = coalesce(cancelled_at, $3)
       WHERE programme_id = $1 AND id = $2 RETURNING client_id`,
      [ctx.programmeId, id, ctx.request.madeAt],
    );
    if (!row) return ctx.refuse('notFound');
    ctx.audit({ clientId: row.client_id, objectId: id, fields: ['cancelledAt'] });
    return { id };
  }),

  handle(sendAttendance, async (ctx, input) => {
    const judged = judgeEntryTime(input, ctx.request.madeAt);
    if (judged) return ctx.refuse(judged.code, judged.details);
    const stored = await storeAttendance(ctx, ctx.ownClientId, input, null);
    return stored ? { id: input.id } : ctx.refuse('idTaken');
  }),

  handle(enterAttendance, async (ctx, { clientId, ...input }) => {
    const judged = judgeEntryTime(input, ctx.request.madeAt);
    if (judged) return ctx.refuse(judged.code, judged.details);
    const client = await clientMeant(ctx, clientId);
    if (!client) return ctx.refuse('notFound');
    const stored = await storeAttendance(ctx, client.id, input, ctx.membership.id);
    return stored ? { id: input.id } : ctx.refuse('idTaken');
  }),

  handle(readWeek, async (ctx, { clientId, fromDay }) => {
    if (!isDay(fromDay)) return ctx.refuse('dayUnknown');
    const client = await clientMeant(ctx, clientId);
    if (!client) return ctx.refuse('notFound');
    const span = [ctx.programmeId, client.id, fromDay, addDays(fromDay, 6)];
    const planned = await ctx.query<PlannedRow>(readPlanned, span);
    const attended = await ctx.query<AttendedRow>(readAttended, span);
    ctx.audit({ clientId: client.id, fields: ['planned', 'attended'] });
    return { planned, attended };
  }),
];
