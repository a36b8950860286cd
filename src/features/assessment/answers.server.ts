import { isInstrumentId, loadInstrument } from '../../content/instruments.ts';
import type { Language, Questionnaire } from '../../content/questionnaire.ts';
import { type Refused, refuse } from '../../kit/refusal.ts';
import type { Context } from '../../platform/context.ts';
import { type Answers, validateAnswers } from '../instruments/rules.ts';
import type { AnswerFault } from './contract.ts';
import { questionText } from './results.rules.ts';

/** What a helper of handlers needs, whichever refusals the operation declares. */
export type Asking = Omit<Context, 'refuse'>;

type Code = 'unknownInstrument' | 'unknownVersion' | 'answerNotPossible';

/** The instrument, once every answer has been found possible; else the refusal that names the questions. */
export async function checkedInstrument(input: {
  instrument: string;
  version: string;
  answers: Answers;
  language: Language;
}): Promise<Questionnaire | Refused<Code>> {
  if (!isInstrumentId(input.instrument)) return refuse('unknownInstrument');
  const questionnaire = await loadInstrument(input.instrument);
  if (questionnaire.version !== input.version)
    return refuse('unknownVersion', { current: questionnaire.version });
  const faults: AnswerFault[] = validateAnswers(questionnaire, input.answers).map(
    ({ linkId, reason }) => ({
      linkId,
      reason,
      question: questionText(questionnaire, linkId, input.language),
    }),
  );
  if (faults.length > 0)
    return refuse('answerNotPossible', { instrument: input.instrument, faults });
  return questionnaire;
}

/** The client whom the asker means: their own record, or the one that staff name; null where there is none. */
export async function subjectOf(
  ctx: Asking,
  clientId: string | undefined,
): Promise<{ id: string; timeZone: string; episodeId: string | null } | null> {
  const own = ctx.membership.clientId;
  if (own && clientId && clientId !== own) return null;
  const id = own ?? clientId;
  if (!id) return null;
  const [row] = await ctx.query<{ time_zone: string; episode_id: string | null }>(
    `SELECT c.time_zone, e.id AS episode_id FROM client c
     LEFT JOIN episode e ON e.programme_id = c.programme_id AND e.client_id = c.id AND e.discharged_on IS NULL
     WHERE c.programme_id = $1 AND c.id = $2`,
    [ctx.programmeId, id],
  );
  return row ? { id, timeZone: row.time_zone, episodeId: row.episode_id } : null;
}

/** Whether two sets of answers say the same; unanswered and absent are one. */
export function sameAnswers(a: Answers, b: Answers): boolean {
  const text = (answers: Answers) =>
    JSON.stringify(
      Object.entries(answers)
        .filter(([, value]) => value !== null)
        .sort(([x], [y]) => (x < y ? -1 : 1)),
    );
  return text(a) === text(b);
}
