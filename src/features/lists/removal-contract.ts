import { z } from 'zod';
import { command } from '../../kit/operation.ts';
import { keepers } from './import-words.rules.ts';

/** What becomes of the listings of a source that is removed: they stay as the list's own, or go out. */
export const removals = ['keep', 'out'] as const;

const source = { listId: z.uuid(), sourceId: z.uuid() };

/** Removes a source. It is kept, with its history, and can be brought back. */
export const removeSource = command('lists.removeSource', {
  who: keepers,
  input: z.strictObject({ ...source, listings: z.enum(removals) }),
  /** `listings`: how many stay, or went out. */
  output: z.object({ listings: z.int() }),
  refusals: ['notFound', 'outsideScope', 'underWay', 'removedBefore'],
  audit: 'chart',
  summary: 'Removes a source of a list; its listings stay as the list’s own, or go out.',
});

/** Brings a source back, with its list, and the listings that went out with it. */
export const restoreSource = command('lists.restoreSource', {
  who: keepers,
  input: z.strictObject(source),
  output: z.object({ listings: z.int() }),
  refusals: ['notFound', 'outsideScope', 'notRemoved'],
  audit: 'chart',
  summary: 'Brings a removed source back, with the listings that went out with it.',
});

/** Puts an empty list away: nobody sees it any more. It can be taken out again. */
export const removeList = command('lists.removeList', {
  who: keepers,
  input: z.strictObject({ listId: z.uuid() }),
  output: z.object({}),
  refusals: ['notFound', 'outsideScope', 'listNotEmpty', 'removedBefore'],
  audit: 'chart',
  summary: 'Puts an empty list away.',
});

/** Takes a list out again that was put away. */
export const restoreList = command('lists.restoreList', {
  who: keepers,
  input: z.strictObject({ listId: z.uuid() }),
  output: z.object({}),
  refusals: ['notFound', 'outsideScope', 'notRemoved'],
  audit: 'chart',
  summary: 'Takes a list out again that was put away.',
});
