import { z } from 'zod';
import { command, query } from '../../kit/operation.ts';
import { listFormats } from '../list-formats/source-row.rules.ts';
import { keepers } from './import-words.rules.ts';
import { removals } from './removal-contract.ts';

/** The sources of the lists that one keeps, with how each is doing. */
export const listSources = query('lists.sources', {
  who: keepers,
  input: z.strictObject({ listId: z.uuid().optional() }),
  output: z.object({
    sources: z.array(
      z.object({
        id: z.uuid(),
        bodyId: z.uuid(),
        listId: z.uuid(),
        listName: z.string(),
        name: z.string(),
        format: z.enum(listFormats),
        /** Null: files handed over by a person. */
        url: z.string().nullable(),
        fellowship: z.string().nullable(),
        timeZone: z.string().nullable(),
        everyHours: z.int().nullable(),
        paused: z.boolean(),
        nextAt: z.string().nullable(),
        triedAt: z.string().nullable(),
        succeededAt: z.string().nullable(),
        /** Tries in a row that came to nothing. */
        failures: z.int(),
        trouble: z.object({ code: z.string(), detail: z.string().optional() }).nullable(),
        /** Published listings that come from it. */
        meetings: z.int(),
        /** An import of it that waits for a person, or is under way. */
        waiting: z.uuid().nullable(),
        underWay: z.uuid().nullable(),
      }),
    ),
    /** Sources that were removed, the latest first. */
    removed: z.array(
      z.object({
        id: z.uuid(),
        bodyId: z.uuid(),
        listId: z.uuid(),
        listName: z.string(),
        name: z.string(),
        removedAt: z.string(),
        how: z.enum(removals),
        /** Listings that stayed with the list, or went out and would come back. */
        meetings: z.int(),
      }),
    ),
  }),
  audit: 'none',
  summary: 'Where the listings of one’s lists come from, and how each source is doing.',
});

/** Adds a source or changes it; `id` is made by the caller. Without `listId` a list of that name is made. */
export const saveSource = command('lists.saveSource', {
  who: keepers,
  input: z.strictObject({
    id: z.uuid(),
    bodyId: z.uuid(),
    listId: z.uuid().optional(),
    listName: z.string().trim().min(1).max(120).optional(),
    name: z.string().trim().min(1).max(120),
    /** Left out: found out from what comes. */
    format: z.enum(listFormats).optional(),
    url: z.string().trim().min(1).max(2000).optional(),
    fellowship: z.string().max(40).optional(),
    timeZone: z.string().max(64).optional(),
    /** Hours between two refreshes; left out: only when a person asks. */
    everyHours: z.int().min(1).max(720).optional(),
  }),
  output: z.object({ sourceId: z.uuid(), listId: z.uuid() }),
  refusals: ['notFound', 'unknownFellowship', 'unknownZone', 'address-not-web', 'needsList'],
  audit: 'chart',
  summary: 'Adds or changes a source of a list.',
});

/** Stops refreshing by the clock, or begins it again. */
export const pauseSource = command('lists.pauseSource', {
  who: keepers,
  input: z.strictObject({ sourceId: z.uuid(), paused: z.boolean() }),
  output: z.object({ sourceId: z.uuid() }),
  refusals: ['notFound', 'noAddress', 'noSchedule'],
  audit: 'chart',
  summary: 'Stops refreshing a source by the clock, or begins it again.',
});

/** Fetches a source now. The answer names the import; `lists.progress` tells how far it is. */
export const refreshNow = command('lists.refreshNow', {
  who: keepers,
  input: z.strictObject({ sourceId: z.uuid() }),
  output: z.object({ importId: z.uuid() }),
  refusals: ['notFound', 'noAddress', 'slowDown'],
  audit: 'chart',
  summary: 'Fetches a source now and stages what it says.',
});
