import { z } from 'zod';
import { command, query } from '../../kit/operation.ts';
import { keepers } from './import-words.rules.ts';

const side = z.object({
  id: z.uuid(),
  listName: z.string(),
  source: z.string().nullable(),
  state: z.enum(['published', 'draft', 'gone', 'twin']),
  version: z.int(),
  /** A Meeting (meeting.rules.ts). */
  listing: z.unknown(),
});

export const duplicateQueue = query('duplicates.queue', {
  who: keepers,
  input: z.strictObject({
    /** `open`: waiting for a verdict, likeliest first; else those judged so, newest first. */
    only: z.enum(['open', 'same', 'different']).optional(),
    from: z.int().min(0).max(100_000).optional(),
    limit: z.int().min(1).max(50).optional(),
  }),
  output: z.object({
    total: z.int(),
    pairs: z.array(
      z.object({
        one: side,
        other: side,
        /** 0 to 1. */
        score: z.number(),
        reasons: z.array(z.enum(['time', 'place', 'conference', 'name', 'group'])),
        verdict: z.enum(['same', 'different']).nullable(),
        judgedAt: z.string().nullable(),
        /** Names of the fields in which they differ. */
        fields: z.array(z.string()),
      }),
    ),
  }),
  audit: 'none',
  summary: 'Listings of different sources that may be one meeting.',
});

const pair = { oneId: z.uuid(), otherId: z.uuid() };

export const judgeDuplicate = command('duplicates.judge', {
  who: keepers,
  input: z.strictObject({
    ...pair,
    verdict: z.enum(['same', 'different']),
    /** With `same`: the id of the one that is shown from now on. */
    keepId: z.uuid().optional(),
    /** With `same`: fields that it takes over from the other. */
    take: z.array(z.string().max(40)).max(40).optional(),
  }),
  output: z.object({}),
  refusals: ['notFound', 'judgedAlready', 'whichIsKept', 'isTwin', 'outsideScope'],
  audit: 'chart',
  summary:
    'Says that two listings are one meeting, or are not; it lasts whatever later imports say.',
});

export const unjudgeDuplicate = command('duplicates.undo', {
  who: keepers,
  input: z.strictObject(pair),
  output: z.object({}),
  refusals: ['notFound', 'notJudged'],
  audit: 'chart',
  summary: 'Takes a verdict back: both listings stand as they did.',
});

export const lookForDuplicates = command('duplicates.look', {
  who: keepers,
  input: z.strictObject({ bodyId: z.uuid() }),
  output: z.object({ found: z.int() }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'Compares all listings of a body again.',
});
