import { judgeEntryTime } from '../../kit/entry-time.ts';
import { handle } from '../../platform/handler.ts';
import { sendSlip } from './contract.ts';

export const handlers = [
  handle(sendSlip, async (ctx, input) => {
    const judged = judgeEntryTime(input, ctx.request.madeAt);
    if (judged) return ctx.refuse(judged.code, judged.details);
    const clientId = ctx.ownClientId;
    ctx.audit({ clientId, objectId: input.id, fields: ['safe', 'helpedBy', 'line'] });
    const made = await ctx.query(
      `INSERT INTO slip_event (programme_id, client_id, id, on_day, made_at, zone, clock_offset_ms,
         safe, helped_by, line)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (programme_id, id) DO NOTHING RETURNING id`,
      [
        ctx.programmeId,
        clientId,
        input.id,
        input.onDay,
        ctx.request.madeAt,
        input.zone,
        input.clockOffsetMs,
        input.safe,
        input.helpedBy,
        input.line ?? null,
      ],
    );
    if (made.length > 0) return { id: input.id };
    const own = await ctx.query(
      'SELECT FROM slip_event WHERE programme_id = $1 AND id = $2 AND client_id = $3',
      [ctx.programmeId, input.id, clientId],
    );
    return own.length > 0 ? { id: input.id } : ctx.refuse('idTaken');
  }),
];
