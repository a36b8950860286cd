import { z } from 'zod';
import { command, query } from '../../kit/operation.ts';

const clinicians = ['therapist', 'supervisor'] as const;

/** The most characters of a note. */
const longestNote = 60_000;

/** Where a sentence of the draft came from. */
const sourceKinds = [
  'session',
  'review',
  'quote',
  'prompt',
  'history',
  'task',
  'meeting',
  'scale',
] as const;

const source = z.strictObject({
  /** The sentence as it was drafted: the mark stays as long as the text still holds it. */
  sentence: z.string().max(4000),
  kind: z.enum(sourceKinds),
  /** A prompt id, task id, day…; never shown by itself. */
  ref: z.string().max(80).nullable(),
});
export type NoteSource = z.infer<typeof source>;

const note = z.object({
  id: z.uuid(),
  sessionId: z.uuid(),
  clientId: z.uuid(),
  clientName: z.string(),
  text: z.string(),
  sources: z.array(source),
  revision: z.int(),
  status: z.enum(['draft', 'signed']),
  updatedAt: z.iso.datetime(),
  signedAt: z.iso.datetime().nullable(),
  signedBy: z.string().nullable(),
  sha256: z.string().nullable(),
  /** Texts written in another tab that met a newer one. */
  copies: z.array(z.object({ id: z.uuid(), text: z.string(), at: z.iso.datetime() })),
  addenda: z.array(
    z.object({
      id: z.uuid(),
      text: z.string(),
      at: z.iso.datetime(),
      by: z.string(),
      sha256: z.string(),
    }),
  ),
});
export type Note = z.infer<typeof note>;

export const readNote = query('notes.read', {
  who: clinicians,
  input: z.strictObject({ sessionId: z.uuid() }),
  output: z.object({ note: note.nullable() }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'The note of a session with its addenda; null while there is none.',
});

export const saveNote = command('notes.save', {
  who: clinicians,
  input: z.strictObject({
    sessionId: z.uuid(),
    id: z.uuid(),
    text: z.string().max(longestNote),
    sources: z.array(source).max(400),
    baseRevision: z.int().min(0),
    writer: z.uuid(),
    /** Copies that this text has taken in. */
    mergedCopyIds: z.array(z.uuid()).max(20),
  }),
  output: z.object({ outcome: z.enum(['saved', 'both']), note }),
  refusals: ['notFound', 'signed'],
  audit: 'chart',
  summary: 'Saves the draft of a note as it is typed.',
});

export const signNote = command('notes.sign', {
  who: clinicians,
  input: z.strictObject({
    sessionId: z.uuid(),
    /** SHA-256 of the text that the signer sees: nothing else is signed. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  output: z.object({ note }),
  refusals: ['notFound', 'signed', 'textHasChanged', 'nothingToSign', 'putTogetherFirst'],
  audit: 'chart',
  summary: 'Signs the note; after that only addenda.',
});

export const addAddendum = command('notes.addAddendum', {
  who: clinicians,
  input: z.strictObject({
    id: z.uuid(),
    sessionId: z.uuid(),
    text: z.string().max(20_000).regex(/\S/),
  }),
  output: z.object({ note }),
  refusals: ['notFound', 'notSigned'],
  audit: 'chart',
  summary: 'Adds to a signed note.',
});
