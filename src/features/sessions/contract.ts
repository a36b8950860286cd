import { z } from 'zod';
import { command, query } from '../../kit/operation.ts';

/** The four parts of every session, in order. */
export const parts = ['review', 'topic', 'tasks', 'summary'] as const;
export type Part = (typeof parts)[number];

/** The seven kinds of consequences that the history asks about, as in the manual's first session. */
export const consequenceKinds = [
  'physical',
  'legal',
  'social',
  'sexual',
  'emotional',
  'financial',
  'work',
] as const;
export type ConsequenceKind = (typeof consequenceKinds)[number];

/** The most characters under one prompt. */
const longestEntry = 20_000;

const clinicians = ['therapist', 'supervisor'] as const;
const words = z.object({ en: z.string(), es: z.string() });
const kind = z.enum(['individual', 'conjoint', 'emergency']);
const part = z.enum(parts);

const prompt = z.object({
  id: z.string(),
  kind: z.enum(['ask', 'tell', 'do']),
  /** What to ask or to say, in plain words. */
  ask: words,
  /** What to listen for; not for the client's view. */
  listenFor: words,
  /** Which of the client's own answers are laid beside it. */
  beside: z.array(z.string()),
  tool: z.string().nullable(),
  /** Left out while a withdrawal danger has not been cleared. */
  asksAbstinence: z.boolean(),
});

const topicTask = z.object({
  id: z.string(),
  kind: z.enum(['meeting', 'reading', 'call', 'writing', 'other']),
  text: words,
  dueDays: z.int(),
  asksAbstinence: z.boolean(),
});

const guide = z.object({
  topicId: z.string(),
  /** The manual's number; null for an emergency session. */
  number: z.int().nullable(),
  title: words,
  /** The topic in one plain sentence for the client. */
  clientSentence: words.nullable(),
  aim: words,
  keyPoints: z.array(words),
  caution: words.nullable(),
  /** What may come up, and what to do then. */
  trouble: z.array(z.object({ when: words, do: words })),
  /** Ways in which a mind keeps the door open, where the topic works with them. */
  denial: z.array(z.object({ id: z.string(), title: words, example: words })),
  parts: z.array(
    z.object({ part, title: words, purpose: words, minutes: z.int(), prompts: z.array(prompt) }),
  ),
  tasks: z.array(topicTask),
});

const copy = z.object({
  id: z.uuid(),
  text: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
});

const entry = z.object({
  promptId: z.string(),
  part,
  text: z.string(),
  covered: z.boolean(),
  revision: z.int(),
  by: z.string(),
  updatedAt: z.iso.datetime(),
  /** Texts that met a newer one and wait to be put together with it. */
  copies: z.array(copy),
});

const agreedTask = z.object({
  id: z.uuid(),
  kind: topicTask.shape.kind,
  text: z.string(),
  dueOn: z.iso.date().nullable(),
  topicTaskId: z.string().nullable(),
  asksAbstinence: z.boolean(),
  /** Agreed in this session, or still open from an earlier one. */
  here: z.boolean(),
});

export type Guide = z.infer<typeof guide>;
export type Prompt = z.infer<typeof prompt>;
export type TopicTask = z.infer<typeof topicTask>;
export type Entry = z.infer<typeof entry>;
export type AgreedTask = z.infer<typeof agreedTask>;

export const planSession = command('sessions.plan', {
  who: clinicians,
  input: z.strictObject({
    id: z.uuid(),
    courseId: z.uuid(),
    kind,
    topicId: z.string().min(1).max(60),
    plannedAt: z.iso.datetime().nullable(),
  }),
  output: z.object({ sessionId: z.uuid(), number: z.int() }),
  refusals: [
    'notFound',
    'unknownTopic',
    'courseEnded',
    'askAloneFirst',
    'notSafeTogether',
    'conjointTopic',
    'noMoreTogether',
    'noMoreEmergencies',
  ],
  audit: 'chart',
  summary: 'Plans the next session of a course.',
});

export const movePlannedSession = command('sessions.move', {
  who: clinicians,
  input: z.strictObject({ sessionId: z.uuid(), plannedAt: z.iso.datetime().nullable() }),
  output: z.object({}),
  refusals: ['notFound', 'alreadyStarted'],
  audit: 'chart',
  summary: 'Gives a planned session another time.',
});

export const askedAlone = command('sessions.askedAlone', {
  who: clinicians,
  input: z.strictObject({
    id: z.uuid(),
    courseId: z.uuid(),
    answer: z.enum(['safe', 'notSafe', 'unsure', 'declined']),
    note: z.string().max(2000),
  }),
  output: z.object({}),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'Records what the client said, alone, about violence by the partner.',
});

export const startSession = command('sessions.start', {
  who: clinicians,
  input: z.strictObject({ sessionId: z.uuid() }),
  output: z.object({ startedAt: z.iso.datetime() }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'Notes that a session has begun; asking again changes nothing.',
});

export const turnToPart = command('sessions.turn', {
  who: clinicians,
  input: z.strictObject({ sessionId: z.uuid(), part }),
  output: z.object({}),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'Remembers which part of the session is open.',
});

export const endSession = command('sessions.end', {
  who: clinicians,
  input: z.strictObject({ sessionId: z.uuid() }),
  output: z.object({ endedAt: z.iso.datetime() }),
  refusals: ['notFound', 'notStarted'],
  audit: 'chart',
  summary: 'Ends a session; asking again changes nothing.',
});

export const openSession = query('sessions.open', {
  who: clinicians,
  input: z.strictObject({ sessionId: z.uuid() }),
  output: z.object({
    session: z.object({
      id: z.uuid(),
      courseId: z.uuid(),
      number: z.int(),
      kind,
      part,
      plannedAt: z.iso.datetime().nullable(),
      startedAt: z.iso.datetime().nullable(),
      endedAt: z.iso.datetime().nullable(),
      /** Signed notes close the captured text. */
      signed: z.boolean(),
    }),
    client: z.object({
      id: z.uuid(),
      displayName: z.string(),
      timeZone: z.string(),
      today: z.iso.date(),
    }),
    /** Day of the session before this one, where the review begins; null before the first. */
    previousOn: z.iso.date().nullable(),
    guide,
    entries: z.array(entry),
    tasks: z.array(agreedTask),
    /** While open, no task may ask for abstinence. */
    medicalFirst: z.boolean(),
  }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'Everything the session runner shows: guide, captured text, agreed tasks.',
});

const writing = {
  /** An id for the entry, should the prompt have none yet. */
  id: z.uuid(),
  sessionId: z.uuid(),
  part,
  promptId: z.string().min(1).max(80),
  text: z.string().max(longestEntry),
  covered: z.boolean(),
  /** The revision that the text was typed upon; 0 when there was none. */
  baseRevision: z.int().min(0),
  /** The tab that types: its own earlier saves are never a conflict. */
  writer: z.uuid(),
};

const written = z.object({
  /** `both`: the text met a newer one; each is kept. */
  outcome: z.enum(['saved', 'both']),
  entry,
});

export const saveEntry = command('sessions.save', {
  who: clinicians,
  input: z.strictObject(writing),
  output: written,
  refusals: ['notFound', 'signed'],
  audit: 'chart',
  summary: 'Saves what is typed under a prompt. A text that met a newer one is kept beside it.',
});

export const mergeEntry = command('sessions.merge', {
  who: clinicians,
  input: z.strictObject({ ...writing, copyIds: z.array(z.uuid()).min(1).max(20) }),
  output: written,
  refusals: ['notFound', 'signed'],
  audit: 'chart',
  summary: 'Puts texts together that had been written in two places.',
});

const period = z.object({
  id: z.uuid(),
  fromText: z.string().max(40),
  toText: z.string().max(40),
  substance: z.string().max(80),
  amount: z.string().max(120),
  frequency: z.string().max(120),
  consequences: z.partialRecord(z.enum(consequenceKinds), z.string().max(300)),
  position: z.int().min(0).max(200),
});

const keptPeriod = z.object({
  ...period.shape,
  revision: z.int(),
  copyOf: z.uuid().nullable(),
});
export type Period = z.infer<typeof keptPeriod>;

export const readHistory = query('history.read', {
  who: ['client', ...clinicians],
  input: z.strictObject({ clientId: z.uuid().optional() }),
  output: z.object({ periods: z.array(keptPeriod) }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'The substance history that was filled in together.',
});

export const savePeriod = command('history.save', {
  who: clinicians,
  input: z.strictObject({
    clientId: z.uuid(),
    period: z.strictObject(period.shape),
    baseRevision: z.int().min(0),
    writer: z.uuid(),
  }),
  output: z.object({ outcome: z.enum(['saved', 'both']), period: keptPeriod }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'Saves one period of the history; a stale change becomes a row of its own.',
});

export const removePeriod = command('history.remove', {
  who: clinicians,
  input: z.strictObject({ clientId: z.uuid(), id: z.uuid() }),
  output: z.object({}),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'Takes a period out of the history; it stays in the record as removed.',
});
