import { isInstrumentId, loadInstrument } from '../../content/instruments.ts';
import type { Language, Questionnaire } from '../../content/questionnaire.ts';
import { isDay } from '../../kit/day.ts';
import { isRefused } from '../../kit/refusal.ts';
import { type Handler, handle } from '../../platform/handler.ts';
import { type Answers, safetyTriggers } from '../instruments/rules.ts';
import { checkedInstrument, sameAnswers, subjectOf } from './answers.server.ts';
import {
  assessmentResults,
  assessmentStatus,
  completeAssessment,
  type Result,
  saveDraft,
} from './contract.ts';
import { aboutInstrument, answersInWords, type KeptScore, scoresInWords } from './results.rules.ts';
import { dayOfAnswer, intakeParts, type PartState } from './rules.ts';
import { needsMedicalFirst, raiseDangers, safetyHandlers } from './safety.server.ts';

/** Scores answers that have been checked; the server puts the instruments' scorer here. */
export type Scorer = (
  questionnaire: Questionnaire,
  answers: Answers,
  language: Language,
) => { scores: KeptScore[]; scorerVersion: string };

interface ResponseRow {
  id: string;
  client_id: string;
  instrument: string;
  instrument_version: string;
  scorer_version: string | null;
  language: Language;
  answers: Answers;
  scores: KeptScore[];
  status: 'draft' | 'complete';
  on_day: string | null;
  entered_by: 'client' | 'staff';
}

const columns = `id, client_id, instrument, instrument_version, scorer_version, language, answers,
  scores, status, on_day, entered_by`;

const status = handle(assessmentStatus, async (ctx, input) => {
  const client = await subjectOf(ctx, input.clientId);
  if (!client) return ctx.refuse('notFound');
  const rows = await ctx.query<ResponseRow & Record<string, unknown>>(
    `SELECT DISTINCT ON (instrument, status) ${columns} FROM assessment_response
     WHERE programme_id = $1 AND client_id = $2 AND episode_id IS NOT DISTINCT FROM $3
     ORDER BY instrument, status, on_day DESC, arrived_at DESC`,
    [ctx.programmeId, client.id, client.episodeId],
  );
  const forStaff = ctx.membership.role !== 'client';
  ctx.audit({ clientId: client.id, fields: ['intake'] });
  return {
    parts: intakeParts.map((instrument) => {
      const of = rows.filter((row) => row.instrument === instrument);
      const complete = of.find((row) => row.status === 'complete');
      const draft = forStaff ? of.find((row) => row.status === 'draft') : undefined;
      const state: PartState = complete ? 'complete' : draft ? 'draft' : 'open';
      return {
        instrument,
        state,
        onDay: complete?.on_day ?? null,
        draft: draft ? { id: draft.id, answers: draft.answers, language: draft.language } : null,
      };
    }),
    medicalFirst: await needsMedicalFirst(ctx, client.id),
  };
});

const draft = handle(saveDraft, async (ctx, input) => {
  const client = await subjectOf(ctx, input.clientId);
  if (!client) return ctx.refuse('notFound');
  const questionnaire = await checkedInstrument(input);
  if (isRefused(questionnaire)) return questionnaire;
  const [known] = await ctx.query<{ client_id: string; status: string }>(
    'SELECT client_id, status FROM assessment_response WHERE programme_id = $1 AND id = $2',
    [ctx.programmeId, input.id],
  );
  if (known && known.client_id !== client.id) return ctx.refuse('notFound');
  if (known?.status === 'complete') return ctx.refuse('alreadyComplete');
  // Two who fill in one part at once write into one draft, question by question.
  const [row] = await ctx.query<{ id: string; answers: Answers }>(
    `INSERT INTO assessment_response AS r (programme_id, id, client_id, episode_id, instrument,
       instrument_version, language, answers, status, made_at, entered_by, membership_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', $9, 'staff', $10)
     ON CONFLICT (programme_id, client_id, instrument) WHERE status = 'draft'
     DO UPDATE SET answers = jsonb_strip_nulls(r.answers || excluded.answers), language = excluded.language
     RETURNING id, answers`,
    [
      ctx.programmeId,
      input.id,
      client.id,
      client.episodeId,
      input.instrument,
      input.version,
      input.language,
      JSON.stringify(input.answers),
      ctx.now,
      ctx.membership.id,
    ],
  );
  if (!row) return ctx.refuse('alreadyComplete');
  ctx.audit({ clientId: client.id, objectId: row.id, fields: Object.keys(input.answers) });
  return row;
});

const complete = (score: Scorer) =>
  handle(completeAssessment, async (ctx, input) => {
    const client = await subjectOf(ctx, input.clientId);
    if (!client) return ctx.refuse('notFound');
    const questionnaire = await checkedInstrument(input);
    if (isRefused(questionnaire)) return questionnaire;
    if (!isDay(input.onDay)) return ctx.refuse('noSuchDay');
    const { onDay, corrected } = dayOfAnswer(input.onDay, input.zone, ctx.now, client.timeZone);
    const scored = score(questionnaire, input.answers, input.language);
    const kept = scored.scores.map(({ code, value, prorated }) => ({ code, value, prorated }));
    const enteredBy = ctx.membership.role === 'client' ? 'client' : 'staff';
    const told = [
      ctx.programmeId,
      input.id,
      client.id,
      input.language,
      JSON.stringify(input.answers),
      JSON.stringify(kept),
      scored.scorerVersion,
      onDay,
    ];
    const made = await ctx.query(
      `INSERT INTO assessment_response (programme_id, id, client_id, language, answers, scores,
         scorer_version, on_day, episode_id, instrument, instrument_version, status, made_at, entered_by, membership_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'complete', $12, $13, $14)
       ON CONFLICT (programme_id, id) DO NOTHING RETURNING id`,
      [
        ...told,
        client.episodeId,
        input.instrument,
        questionnaire.version,
        ctx.request.madeAt,
        enteredBy,
        ctx.membership.id,
      ],
    );
    let dayKept = onDay;
    if (made.length === 0) {
      const [earlier] = await ctx.query<ResponseRow & Record<string, unknown>>(
        `SELECT ${columns} FROM assessment_response WHERE programme_id = $1 AND id = $2`,
        [ctx.programmeId, input.id],
      );
      // An id that belongs to somebody else is nothing that could be seen here.
      if (!earlier || earlier.client_id !== client.id) return ctx.refuse('notFound');
      if (earlier.instrument !== input.instrument) return ctx.refuse('alreadyComplete');
      if (earlier.status === 'draft' && enteredBy === 'staff') {
        await ctx.query(
          `UPDATE assessment_response SET language = $4, answers = $5, scores = $6, scorer_version = $7,
             on_day = $8, status = 'complete'
           WHERE programme_id = $1 AND id = $2 AND client_id = $3`,
          told,
        );
      } else if (earlier.status === 'draft' || !sameAnswers(earlier.answers, input.answers)) {
        return ctx.refuse('alreadyComplete');
      } else dayKept = earlier.on_day ?? onDay;
    }
    const triggers = safetyTriggers(questionnaire, input.answers, input.language);
    const alerted = await raiseDangers(ctx, client.id, input.id, input.instrument, triggers);
    ctx.audit({
      clientId: client.id,
      objectId: input.id,
      fields: [input.instrument, ...(alerted ? ['alert'] : [])],
    });
    return {
      id: input.id,
      onDay: dayKept,
      dayCorrected: corrected,
      alerted,
      medicalFirst: await needsMedicalFirst(ctx, client.id),
    };
  });

async function resultFrom(
  row: ResponseRow,
  language: Language,
  forStaff: boolean,
): Promise<Result | null> {
  if (!isInstrumentId(row.instrument) || !row.on_day) return null;
  const questionnaire = await loadInstrument(row.instrument);
  const about = aboutInstrument(questionnaire, language);
  return {
    id: row.id,
    instrument: row.instrument,
    title: about.title,
    period: about.period,
    onDay: row.on_day,
    enteredBy: row.entered_by,
    scores: scoresInWords(questionnaire, row.scores, language, forStaff),
    answers: answersInWords(questionnaire, row.answers, language),
    pinned: forStaff
      ? {
          instrumentVersion: row.instrument_version,
          scorerVersion: row.scorer_version ?? '',
          language: row.language,
          attribution: about.attribution,
          sourceDocument: about.sourceDocument,
        }
      : null,
  };
}

const results = handle(assessmentResults, async (ctx, input) => {
  const client = await subjectOf(ctx, input.clientId);
  if (!client) return ctx.refuse('notFound');
  const rows = await ctx.query<ResponseRow & Record<string, unknown>>(
    `SELECT ${columns} FROM assessment_response
     WHERE programme_id = $1 AND client_id = $2 AND status = 'complete'
     ORDER BY on_day DESC, arrived_at DESC, id DESC LIMIT 200`,
    [ctx.programmeId, client.id],
  );
  ctx.audit({ clientId: client.id, fields: ['answers', 'scores'] });
  const forStaff = ctx.membership.role !== 'client';
  const found = await Promise.all(rows.map((row) => resultFrom(row, ctx.request.locale, forStaff)));
  return { results: found.filter((result) => result !== null) };
});

/** The operations of assessment, with the scorer that the instruments' own expressions need. */
export function handlers(score: Scorer): readonly Handler[] {
  return [status, draft, complete(score), results, ...safetyHandlers];
}
