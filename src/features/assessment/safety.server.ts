import { isInstrumentId, loadInstrument } from '../../content/instruments.ts';
import { uuidv7 } from '../../kit/id.ts';
import { handle } from '../../platform/handler.ts';
import { type Answers, safetyTriggers, type Trigger } from '../instruments/rules.ts';
import { type Asking, subjectOf } from './answers.server.ts';
import { clearFlag, type Flag, safetyFlags } from './contract.ts';
import { questionText } from './results.rules.ts';
import { alertsFor, flagsFor, medicalFirst } from './rules.ts';

/** Raises the flags and alerts of a response, each once however often it arrives. Answers whether there is an alert. */
export async function raiseDangers(
  ctx: Asking,
  clientId: string,
  responseId: string,
  instrument: string,
  triggers: readonly Trigger[],
): Promise<boolean> {
  for (const flag of flagsFor(triggers)) {
    await ctx.query(
      `INSERT INTO safety_flag (programme_id, id, client_id, response_id, code, kind, urgency, blocks_abstinence)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (programme_id, response_id, code) DO NOTHING`,
      [
        ctx.programmeId,
        uuidv7(),
        clientId,
        responseId,
        flag.code,
        flag.kind,
        flag.urgency,
        flag.blocksAbstinenceTasks,
      ],
    );
  }
  const kinds = alertsFor(instrument, triggers);
  for (const kind of kinds) {
    await ctx.query('SELECT app.raise_alert($1, $2, $3, $4, $5)', [
      ctx.programmeId,
      clientId,
      kind,
      responseId,
      uuidv7(),
    ]);
  }
  return kinds.length > 0;
}

/** Whether medical contact comes before everything for this client. */
export async function needsMedicalFirst(ctx: Asking, clientId: string): Promise<boolean> {
  const rows = await ctx.query(
    `SELECT FROM safety_flag WHERE programme_id = $1 AND client_id = $2
       AND cleared_at IS NULL AND blocks_abstinence LIMIT 1`,
    [ctx.programmeId, clientId],
  );
  return rows.length > 0;
}

interface FlagRow {
  id: string;
  code: string;
  kind: string;
  urgency: Flag['urgency'];
  blocks_abstinence: boolean;
  raised_at: string;
  cleared_at: string | null;
  cleared_name: string | null;
  reason: string | null;
  instrument: string;
  answers: Answers;
  on_day: string;
}

async function flagFrom(row: FlagRow, language: 'en' | 'es'): Promise<Flag> {
  const questionnaire = isInstrumentId(row.instrument)
    ? await loadInstrument(row.instrument)
    : null;
  const trigger =
    questionnaire &&
    safetyTriggers(questionnaire, row.answers, language).find((each) => each.code === row.code);
  return {
    flagId: row.id,
    code: row.code,
    kind: row.kind,
    urgency: row.urgency,
    blocksAbstinence: row.blocks_abstinence,
    question:
      questionnaire && trigger ? questionText(questionnaire, trigger.linkId, language) : row.code,
    message: trigger?.message ?? '',
    raisedAt: row.raised_at,
    onDay: row.on_day,
    clearedAt: row.cleared_at,
    clearedBy: row.cleared_name,
    reason: row.reason,
  };
}

export const safetyHandlers = [
  handle(safetyFlags, async (ctx, input) => {
    const client = await subjectOf(ctx, input.clientId);
    if (!client) return ctx.refuse('notFound');
    const rows = await ctx.query<FlagRow & Record<string, unknown>>(
      `SELECT f.id, f.code, f.kind, f.urgency, f.blocks_abstinence, f.raised_at, f.cleared_at, f.reason,
         m.display_name AS cleared_name, r.instrument, r.answers, r.on_day
       FROM safety_flag f
       JOIN assessment_response r ON r.programme_id = f.programme_id AND r.id = f.response_id
       LEFT JOIN membership m ON m.programme_id = f.programme_id AND m.id = f.cleared_by
       WHERE f.programme_id = $1 AND f.client_id = $2
       ORDER BY f.cleared_at IS NOT NULL, array_position(ARRAY['now','today','soon'], f.urgency),
         f.raised_at DESC, f.id LIMIT 200`,
      [ctx.programmeId, client.id],
    );
    ctx.audit({ clientId: client.id, fields: ['safetyFlags'] });
    const flags = await Promise.all(rows.map((row) => flagFrom(row, ctx.request.locale)));
    return { flags, medicalFirst: medicalFirst(flags) };
  }),

  handle(clearFlag, async (ctx, { clientId, flagId, reason }) => {
    const [flag] = await ctx.query<{ cleared_at: string | null }>(
      `SELECT cleared_at FROM safety_flag
       WHERE programme_id = $1 AND client_id = $2 AND id = $3 FOR UPDATE`,
      [ctx.programmeId, clientId, flagId],
    );
    if (!flag) return ctx.refuse('notFound');
    if (flag.cleared_at) return ctx.refuse('alreadyCleared', { at: flag.cleared_at });
    if (!reason.trim()) return ctx.refuse('reasonMissing');
    await ctx.query(
      `UPDATE safety_flag SET cleared_at = $4, cleared_by = $5, reason = $6
       WHERE programme_id = $1 AND client_id = $2 AND id = $3`,
      [ctx.programmeId, clientId, flagId, ctx.now, ctx.membership.id, reason.trim()],
    );
    ctx.audit({ clientId, objectId: flagId, fields: ['cleared', 'reason'] });
    return { clearedAt: ctx.now, medicalFirst: await needsMedicalFirst(ctx, clientId) };
  }),
];
