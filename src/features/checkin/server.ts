import { judgeEntryTime } from '../../kit/entry-time.ts';
import type { InputOf } from '../../kit/operation.ts';
import type { Context } from '../../platform/context.ts';
import { handle } from '../../platform/handler.ts';
import { enterCheckIn, sendCheckIn } from './contract.ts';

/** The context without its refusals: what parts of several operations share. */
type Transacting = Omit<Context, 'refuse'>;

type Answers = InputOf<typeof sendCheckIn>;

// One statement that nobody waits for: it is sent every evening by everybody, under a fresh id.
const insert = `INSERT INTO check_in (programme_id, client_id, id, on_day, made_at, zone, clock_offset_ms,
    used, urge, mood, halt, meeting, sponsor_contact, line, entered_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`;
const insertIfNew = `${insert} ON CONFLICT (programme_id, id) DO NOTHING RETURNING id`;

function values(ctx: Transacting, clientId: string, input: Answers, enteredBy: string | null) {
  return [
    ctx.programmeId,
    clientId,
    input.id,
    input.onDay,
    ctx.request.madeAt,
    input.zone,
    input.clockOffsetMs,
    input.used,
    input.urge,
    input.mood,
    input.halt,
    input.meeting,
    input.sponsorContact,
    input.line ?? null,
    enteredBy,
  ];
}

const fields = ['used', 'urge', 'mood', 'halt', 'meeting', 'sponsorContact', 'line'];

/** Stores it; false when the id already belongs to something else. The same entry again changes nothing. */
async function store(
  ctx: Transacting,
  clientId: string,
  input: Answers,
  enteredBy: string | null,
): Promise<boolean> {
  const row = values(ctx, clientId, input, enteredBy);
  ctx.audit({ clientId, objectId: input.id, fields });
  if (ctx.tx.presume(insert, row)) return true;
  const made = await ctx.query(insertIfNew, row);
  if (made.length > 0) return true;
  const own = await ctx.query(
    'SELECT FROM check_in WHERE programme_id = $1 AND id = $2 AND client_id = $3',
    [ctx.programmeId, input.id, clientId],
  );
  return own.length > 0;
}

export const handlers = [
  handle(sendCheckIn, async (ctx, input) => {
    const judged = judgeEntryTime(input, ctx.request.madeAt);
    if (judged) return ctx.refuse(judged.code, judged.details);
    const stored = await store(ctx, ctx.ownClientId, input, null);
    return stored ? { id: input.id } : ctx.refuse('idTaken');
  }),

  handle(enterCheckIn, async (ctx, { clientId, ...input }) => {
    const judged = judgeEntryTime(input, ctx.request.madeAt);
    if (judged) return ctx.refuse(judged.code, judged.details);
    const known = await ctx.query('SELECT FROM client WHERE programme_id = $1 AND id = $2', [
      ctx.programmeId,
      clientId,
    ]);
    if (known.length === 0) return ctx.refuse('notFound');
    const stored = await store(ctx, clientId, input, ctx.membership.id);
    return stored ? { id: input.id } : ctx.refuse('idTaken');
  }),
];
