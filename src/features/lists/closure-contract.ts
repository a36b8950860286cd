import { z } from 'zod';
import { command, query } from '../../kit/operation.ts';
import { keepers } from './import-words.rules.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** What is shut with one action: everything at the place of a listing, of its group, or it alone. */
export const closable = ['place', 'group', 'meeting'] as const;

const touched = z.object({
  id: z.uuid(),
  name: z.string(),
  days: z.array(z.int().min(0).max(6)),
  startsAt: z.string().nullable(),
  group: z.string(),
  where: z.string(),
  attendance: z.string(),
  /** Whether it is shut already by another closure. */
  isClosed: z.boolean(),
});

/** What a closure would touch; nothing changes. */
export const previewClosure = query('closures.preview', {
  who: keepers,
  input: z.strictObject({ meetingId: z.uuid(), what: z.enum(closable) }),
  output: z.object({ title: z.string(), meetings: z.array(touched), outside: z.int() }),
  refusals: ['notFound'],
  audit: 'none',
  summary: 'Which listings are at the same place or of the same group.',
});

export const closeTogether = command('closures.close', {
  who: keepers,
  input: z.strictObject({
    id: z.uuid(),
    meetingId: z.uuid(),
    what: z.enum(closable),
    /** Days of the meetings' own zone, inclusive; null: from now on, until it is opened by hand. */
    fromDay: day.nullable(),
    untilDay: day.nullable(),
    note: z.string().max(500),
    /** Listings of the preview that stay open: online ones of a group whose room is shut. */
    leaveOut: z.array(z.uuid()).max(1000),
  }),
  output: z.object({ id: z.uuid(), meetings: z.int() }),
  refusals: ['notFound', 'nothingToClose', 'untilBeforeFrom', 'untilIsPast', 'noSuchDay'],
  audit: 'chart',
  summary: 'Shuts a place or a group for a time, everywhere it is shown; it opens again by itself.',
});

export const closures = query('closures.list', {
  who: keepers,
  input: z.strictObject({ ended: z.boolean().optional() }),
  output: z.object({
    closures: z.array(
      z.object({
        id: z.uuid(),
        bodyName: z.string(),
        what: z.enum(closable),
        title: z.string(),
        meetings: z.int(),
        fromDay: z.string().nullable(),
        untilDay: z.string().nullable(),
        note: z.string(),
        madeAt: z.string(),
        endedAt: z.string().nullable(),
        /** `over`: its last day has passed and it opened by itself. */
        state: z.enum(['coming', 'now', 'over', 'ended']),
        names: z.array(z.object({ id: z.uuid(), name: z.string() })),
      }),
    ),
  }),
  audit: 'none',
  summary: 'What is shut for a time, and what was.',
});

export const reopen = command('closures.reopen', {
  who: keepers,
  input: z.strictObject({ id: z.uuid() }),
  output: z.object({ meetings: z.int() }),
  refusals: ['notFound', 'openAlready'],
  audit: 'chart',
  summary: 'Opens again now what was shut for a time; also takes a closure back.',
});

export const closeAgain = command('closures.closeAgain', {
  who: keepers,
  input: z.strictObject({ id: z.uuid() }),
  output: z.object({ meetings: z.int() }),
  refusals: ['notFound', 'untilIsPast', 'closedAlready'],
  audit: 'chart',
  summary: 'Takes an opening back: shut again as it was.',
});
