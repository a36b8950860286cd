import { z } from 'zod';
import { chartRoles, command, query } from '../../kit/operation.ts';

/** Who runs a course: they lead sessions and sign notes. */
const clinicians = ['therapist', 'supervisor'] as const;

const words = z.object({ en: z.string(), es: z.string() });

const topicLine = z.object({
  id: z.string(),
  number: z.int(),
  kind: z.enum(['core', 'elective', 'conjoint', 'closing']),
  title: words,
  aim: words,
  /** Asked of the client alone before such a session. */
  gate: z.object({ ask: words, ifYes: words }).nullable(),
});

const sessionLine = z.object({
  id: z.uuid(),
  number: z.int(),
  kind: z.enum(['individual', 'conjoint', 'emergency']),
  topicId: z.string(),
  plannedAt: z.iso.datetime().nullable(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  noteStatus: z.enum(['none', 'draft', 'signed']),
});

const courseShape = z.object({
  id: z.uuid(),
  programmeKey: z.string(),
  title: words,
  contentVersion: z.string(),
  /** SHA-256 of the guide with its keys sorted; the course stays on this text. */
  contentHash: z.string(),
  /** False when this version of Stepwell brings a newer guide than the one the course began with. */
  current: z.boolean(),
  startedOn: z.iso.date(),
  endedOn: z.iso.date().nullable(),
  plannedSessions: z.int(),
  /** How many sessions of these kinds the guide has room for. */
  most: z.object({ conjoint: z.int(), emergency: z.int() }),
  topics: z.array(topicLine),
  sessions: z.array(sessionLine),
  /** What the programme's own order brings next; a suggestion. */
  suggestedTopicId: z.string().nullable(),
  /** What was said when partner violence was asked alone; null: not asked yet. */
  conjointScreen: z.enum(['safe', 'notSafe', 'unsure', 'declined']).nullable(),
});

export type Course = z.infer<typeof courseShape>;
export type TopicLine = z.infer<typeof topicLine>;
export type SessionLine = z.infer<typeof sessionLine>;

export const startCourse = command('course.start', {
  who: clinicians,
  input: z.strictObject({ id: z.uuid(), clientId: z.uuid(), programmeKey: z.string().max(60) }),
  output: z.object({
    courseId: z.uuid(),
    contentVersion: z.string(),
    contentHash: z.string(),
  }),
  refusals: ['notFound', 'unknownProgramme', 'alreadyRunning', 'noEpisode'],
  audit: 'chart',
  summary: 'Starts a facilitation programme for a client and pins the version of its guide.',
});

export const endCourse = command('course.end', {
  who: clinicians,
  input: z.strictObject({ courseId: z.uuid() }),
  output: z.object({ endedOn: z.iso.date() }),
  refusals: ['notFound', 'alreadyEnded'],
  audit: 'chart',
  summary: 'Ends a course; its sessions stay.',
});

export const readCourse = query('course.read', {
  who: chartRoles,
  input: z.strictObject({ clientId: z.uuid() }),
  output: z.object({ course: courseShape.nullable() }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'The client’s latest course: its topics and its sessions.',
});
