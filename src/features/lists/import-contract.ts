import { z } from 'zod';
import { command, query } from '../../kit/operation.ts';
import { listFormats } from '../list-formats/source-row.rules.ts';
import { attendances } from '../meetings/meeting.rules.ts';
import { importStates, keepers, stagedChanges } from './import-words.rules.ts';

const reason = z.object({ code: z.string(), detail: z.string().optional() });
const tally = z.object({ code: z.string(), count: z.int() });

/** Enough of a listing to know it by. */
const outline = z.object({
  name: z.string(),
  days: z.array(z.int().min(0).max(6)),
  startsAt: z.string().nullable(),
  attendance: z.enum(attendances),
  address: z.string(),
});

const answers = {
  format: z.enum(listFormats).optional(),
  fellowship: z.string().max(40).optional(),
  timeZone: z.string().max(64).optional(),
};

/**
 * Where a file that was handed over (lists.upload) goes: into a source that is known, or a new one
 * of a list that is known, or a new list. `sourceId` wins over the rest.
 */
const target = {
  sourceId: z.uuid().optional(),
  listId: z.uuid().optional(),
  listName: z.string().trim().min(1).max(120).optional(),
  sourceName: z.string().trim().min(1).max(120).optional(),
};

/** Reads the first rows of what was handed over, to ask what the list does not say itself. */
export const lookAtImport = query('lists.look', {
  who: keepers,
  input: z.strictObject({ importId: z.uuid(), ...answers }),
  output: z.object({
    format: z.enum(listFormats),
    /** Rows that were looked at; the list may hold more. */
    rows: z.int(),
    needs: z.array(z.enum(['fellowship', 'timeZone'])),
    refusals: z.array(tally),
    warnings: z.array(tally),
    samples: z.array(outline.extend({ types: z.array(z.string()) })),
    trouble: reason.nullable(),
  }),
  refusals: ['notFound', 'unknownFellowship', 'unknownZone'],
  audit: 'none',
  summary: 'What the first rows of a list that was handed over look like.',
});

/** Begins to read and compare; nothing of the directory changes. `lists.progress` tells how far it is. */
export const stageImport = command('lists.stage', {
  who: keepers,
  input: z.strictObject({ importId: z.uuid(), ...target, ...answers }),
  output: z.object({ importId: z.uuid() }),
  refusals: [
    'notFound',
    'underWay',
    'alreadyApplied',
    'sourceRemoved',
    'unknownFellowship',
    'unknownZone',
  ],
  audit: 'chart',
  summary: 'Reads a list that was handed over and compares it; nothing changes yet.',
});

const importFacts = {
  importId: z.uuid(),
  bodyId: z.uuid(),
  listId: z.uuid().nullable(),
  listName: z.string(),
  sourceId: z.uuid().nullable(),
  /** The file's name or the web address. */
  source: z.string(),
  state: z.enum(importStates),
  madeAt: z.string(),
  /** True where the clock began it and no person did. */
  byClock: z.boolean(),
  stagedAt: z.string().nullable(),
  appliedAt: z.string().nullable(),
  rolledBackAt: z.string().nullable(),
  /** Rows of the present step that are done, and of how many; null where that is not known yet. */
  progress: z.int().nullable(),
  total: z.int().nullable(),
  taken: z.int(),
  refused: z.int(),
  warned: z.int(),
  added: z.int(),
  changed: z.int(),
  back: z.int(),
  same: z.int(),
  gone: z.int(),
  kept: z.int(),
  /** Rows that cannot be read and carry no id: what is gone may be one of them, and stays by itself. */
  unnamed: z.int(),
  /** Why a person is asked before it is applied; a code of row-words or import-words. */
  held: reason.nullable(),
  /** Why it stopped; the list is as it was. */
  trouble: reason.nullable(),
};

/** How far an import is; asked again every second or so while it is under way. */
export const importProgress = query('lists.progress', {
  who: keepers,
  input: z.strictObject({ importId: z.uuid() }),
  output: z.object({ ...importFacts, refusals: z.array(tally), warnings: z.array(tally) }),
  refusals: ['notFound'],
  audit: 'none',
  summary: 'How far an import is and what it found.',
});

/** Imports, newest first: of everything one keeps, of a list, or of a source. */
export const imports = query('lists.imports', {
  who: keepers,
  input: z.strictObject({
    listId: z.uuid().optional(),
    sourceId: z.uuid().optional(),
    /** Only those that wait for a person or are under way. */
    open: z.boolean().optional(),
    before: z.string().max(40).optional(),
    limit: z.int().min(1).max(100).optional(),
  }),
  output: z.object({ imports: z.array(z.object(importFacts)), more: z.boolean() }),
  audit: 'none',
  summary: 'The imports of what one keeps, newest first.',
});

/** One page of a diff, in the order of the list’s own ids. */
export const stagedDiff = query('lists.staged', {
  who: keepers,
  input: z.strictObject({
    importId: z.uuid(),
    /** `kept`: listings of which an address, that the source dropped, stays. Left out: all. */
    only: z.enum([...stagedChanges, 'kept']).optional(),
    /** Words that the name or the id has to hold. */
    text: z.string().max(80).optional(),
    after: z.string().max(300).optional(),
    limit: z.int().min(1).max(200).optional(),
  }),
  output: z.object({
    changes: z.array(
      z.object({
        meetingId: z.uuid(),
        key: z.string(),
        change: z.enum(stagedChanges),
        listing: outline,
        /** Names of Meeting’s fields with what stood there and what would. `place.…` is one field each. */
        fields: z.array(
          z.object({
            field: z.string(),
            before: z.unknown(),
            after: z.unknown(),
          }),
        ),
        /** Fields that the source no longer gives and that stay until a person agrees. */
        kept: z.array(z.string()),
        /** Fields that a person corrected and the source says otherwise: the correction stays. */
        locked: z.array(z.string()),
      }),
    ),
    /** The `after` of the next page; null on the last. */
    next: z.string().nullable(),
  }),
  refusals: ['notFound'],
  audit: 'none',
  summary: 'What an import changes, listing by listing and field by field.',
});

/** Applies a staged import as one action. */
export const applyStaged = command('lists.apply', {
  who: keepers,
  input: z.strictObject({
    importId: z.uuid(),
    /** The code under `held`, said back: whoever applies has seen why it asked. */
    agreed: z.string().max(60).optional(),
    /** What becomes of listings that the source no longer names; left out: `keep` where `unnamed`. */
    gone: z.enum(['unpublish', 'keep']).optional(),
    /** Addresses that the source dropped go too. */
    dropKept: z.boolean().optional(),
    /** Changes that are not wanted; they are offered again by the next import. */
    leaveOut: z.array(z.uuid()).max(1000).optional(),
  }),
  output: z.object({ importId: z.uuid() }),
  refusals: ['notFound', 'notStaged', 'overtaken', 'asksFirst'],
  audit: 'chart',
  summary: 'Applies an import that was looked at, as one action.',
});

/** Lets an import go that was not applied. */
export const discardImport = command('lists.discard', {
  who: keepers,
  input: z.strictObject({ importId: z.uuid() }),
  output: z.object({ importId: z.uuid() }),
  refusals: ['notFound', 'alreadyApplied', 'underWay'],
  audit: 'chart',
  summary: 'Lets an import go that was not applied.',
});

/** Takes an applied import back as one action: each listing stands as it stood before. */
export const rollBackImport = command('lists.rollBack', {
  who: keepers,
  input: z.strictObject({
    importId: z.uuid(),
    /** Leaves listings as they are that were changed again since; `touchedSince` says how many. */
    leaveTouched: z.boolean().optional(),
  }),
  output: z.object({ importId: z.uuid() }),
  refusals: ['notFound', 'notApplied', 'sourceRemoved', 'touchedSince', 'nothingToTakeBack'],
  audit: 'chart',
  summary: 'Takes an applied import back as one action.',
});

/** Everything that happened to one listing, newest first. */
export const meetingHistory = query('lists.history', {
  who: keepers,
  input: z.strictObject({
    meetingId: z.uuid(),
    before: z.int().optional(),
    limit: z.int().min(1).max(100).optional(),
  }),
  output: z.object({
    name: z.string(),
    events: z.array(
      z.object({
        number: z.int(),
        at: z.string(),
        kind: z.string(),
        /** Null: nobody in person; an import by the clock, or the group itself. */
        by: z.string().nullable(),
        importId: z.uuid().nullable(),
        source: z.string().nullable(),
        fields: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
      }),
    ),
    more: z.boolean(),
  }),
  refusals: ['notFound'],
  audit: 'none',
  summary: 'What happened to a listing, newest first.',
});
