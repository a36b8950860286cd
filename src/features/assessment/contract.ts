import { z } from 'zod';
import { instrumentIds } from '../../content/instruments.ts';
import { chartRoles, command, query } from '../../kit/operation.ts';

const clientAndStaff = ['client', ...chartRoles] as const;
const clinicians = ['therapist', 'supervisor'] as const;

// Ids and ranges are judged by the instrument's own data; here only what a server must bound.
const answers = z.record(
  z.string().max(80),
  z.union([
    z.number(),
    z.string().max(4000),
    z.boolean(),
    z.array(z.string().max(80)).max(60),
    z.null(),
  ]),
);
const instrument = z.string().min(1).max(60);
const language = z.enum(['en', 'es']);
/** Staff say whose; a client answers for themselves. */
const whose = z.uuid().optional();

const fault = z.object({ linkId: z.string(), question: z.string(), reason: z.string() });
/** What `answerNotPossible` tells: which questions, and why each answer cannot stand. */
export type AnswerFault = z.infer<typeof fault>;

export const assessmentStatus = query('assessment.status', {
  who: clientAndStaff,
  input: z.strictObject({ clientId: whose }),
  output: z.object({
    parts: z.array(
      z.object({
        instrument: z.enum(instrumentIds),
        state: z.enum(['open', 'draft', 'complete']),
        onDay: z.iso.date().nullable(),
        /** What staff have filled in so far; the client's own drafts never leave the phone. */
        draft: z.object({ id: z.uuid(), answers, language }).nullable(),
      }),
    ),
    /** Medical contact comes before everything. */
    medicalFirst: z.boolean(),
  }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'How far the intake is, part by part.',
});

export const saveDraft = command('assessment.saveDraft', {
  who: chartRoles,
  input: z.strictObject({
    id: z.uuid(),
    clientId: z.uuid(),
    instrument,
    version: z.string().max(20),
    language,
    /** Only what changed; null takes an answer back. */
    answers,
  }),
  output: z.object({ id: z.uuid(), answers }),
  refusals: [
    'notFound',
    'unknownInstrument',
    'unknownVersion',
    'answerNotPossible',
    'alreadyComplete',
  ],
  audit: 'chart',
  summary: 'Keeps answers as staff type them in, question by question.',
});

export const completeAssessment = command('assessment.complete', {
  who: clientAndStaff,
  input: z.strictObject({
    id: z.uuid(),
    instrument,
    version: z.string().max(20),
    language,
    answers,
    onDay: z.string().max(20),
    zone: z.string().max(60),
    clientId: whose,
  }),
  output: z.object({
    id: z.uuid(),
    onDay: z.iso.date(),
    /** The device's clock ran ahead, so the day is ours. */
    dayCorrected: z.boolean(),
    /** Staff will see an alert. Nobody is watching in real time. */
    alerted: z.boolean(),
    medicalFirst: z.boolean(),
  }),
  refusals: [
    'notFound',
    'unknownInstrument',
    'unknownVersion',
    'noSuchDay',
    'answerNotPossible',
    'alreadyComplete',
  ],
  offline: true,
  audit: 'chart',
  summary: 'Hands in one part: scored, flagged, and alerted where an answer calls for it.',
});

const detail = z.object({
  value: z.number().nullable(),
  least: z.number(),
  greatest: z.number(),
  prorated: z.boolean(),
  reasonNotScored: z.string().nullable(),
  band: z
    .object({
      code: z.string(),
      label: z.string(),
      low: z.number(),
      high: z.number(),
      source: z.string(),
      sourceDate: z.string(),
    })
    .nullable(),
});

const result = z.object({
  id: z.uuid(),
  instrument: z.string(),
  title: z.string(),
  period: z.string(),
  onDay: z.iso.date(),
  enteredBy: z.enum(['client', 'staff']),
  scores: z.array(
    z.object({
      code: z.string(),
      label: z.string(),
      /** For the client: what it means, without numbers. */
      plainWords: z.string(),
      /** For staff: number, band and where the band comes from. */
      detail: detail.nullable(),
    }),
  ),
  answers: z.array(
    z.object({ linkId: z.string(), number: z.string(), question: z.string(), answer: z.string() }),
  ),
  /** Versions that the answers are pinned to, and the document the instrument was taken from. */
  pinned: z
    .object({
      instrumentVersion: z.string(),
      scorerVersion: z.string(),
      language,
      attribution: z.string(),
      sourceDocument: z.string(),
    })
    .nullable(),
});
export type Result = z.infer<typeof result>;

export const assessmentResults = query('assessment.results', {
  who: clientAndStaff,
  input: z.strictObject({ clientId: whose }),
  output: z.object({ results: z.array(result) }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'What was handed in, newest first: plain words for the client, scores for staff.',
});

const flag = z.object({
  flagId: z.uuid(),
  code: z.string(),
  kind: z.string(),
  urgency: z.enum(['now', 'today', 'soon']),
  blocksAbstinence: z.boolean(),
  question: z.string(),
  message: z.string(),
  raisedAt: z.iso.datetime(),
  onDay: z.iso.date(),
  clearedAt: z.iso.datetime().nullable(),
  clearedBy: z.string().nullable(),
  reason: z.string().nullable(),
});
export type Flag = z.infer<typeof flag>;

export const safetyFlags = query('safety.flags', {
  who: clientAndStaff,
  input: z.strictObject({ clientId: whose }),
  output: z.object({ flags: z.array(flag), medicalFirst: z.boolean() }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'Dangers that answers have named: open first, most urgent first.',
});

export const clearFlag = command('safety.clear', {
  who: clinicians,
  input: z.strictObject({ clientId: z.uuid(), flagId: z.uuid(), reason: z.string().max(2000) }),
  output: z.object({ clearedAt: z.iso.datetime(), medicalFirst: z.boolean() }),
  refusals: ['notFound', 'alreadyCleared', 'reasonMissing'],
  audit: 'chart',
  summary: 'A clinician clears one danger, with the reason.',
});
