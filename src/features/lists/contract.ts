import { z } from 'zod';
import { command, query } from '../../kit/operation.ts';
import { attendances } from '../meetings/meeting.rules.ts';

const weekday = z.int().min(0).max(6);
const words = z.object({ en: z.string(), es: z.string() });

const keepers = ['listServant', 'administrator'] as const;

/** Service bodies that the asker keeps, their lists and the latest imports. */
export const myLists = query('lists.mine', {
  who: keepers,
  input: z.strictObject({}),
  output: z.object({
    bodies: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        lists: z.array(
          z.object({
            id: z.uuid(),
            name: z.string(),
            fellowship: z.string().nullable(),
            timeZone: z.string().nullable(),
            source: z.string(),
            meetings: z.int(),
          }),
        ),
        imports: z.array(
          z.object({
            id: z.uuid(),
            listName: z.string(),
            source: z.string(),
            appliedAt: z.string(),
            taken: z.int(),
            refused: z.int(),
            warned: z.int(),
            added: z.int(),
            changed: z.int(),
            gone: z.int(),
          }),
        ),
      }),
    ),
    fellowships: z.array(z.object({ id: z.string(), short: z.string(), name: words })),
  }),
  audit: 'none',
  summary: 'The meeting lists that one keeps.',
});

/** Founds a service body; who founds it keeps it. */
export const foundServiceBody = command('lists.foundBody', {
  who: keepers,
  input: z.strictObject({ name: z.string().trim().min(1).max(120) }),
  output: z.object({ id: z.uuid() }),
  refusals: ['notFound'],
  audit: 'chart',
  summary: 'Founds a service body whose lists one will keep.',
});

/** The largest piece of a file in one call: 600 kB as base64. */
export const partBytes = 600_000;
/** So many pieces make 50 MB; more is refused before it is sent. */
export const mostParts = 88;

/** A file comes in parts, because no single call may be large. */
export const uploadPart = command('lists.upload', {
  who: keepers,
  input: z.strictObject({
    importId: z.uuid(),
    bodyId: z.uuid(),
    source: z.string().min(1).max(200),
    part: z.int().min(1).max(100),
    bytes: z
      .string()
      .max(810_000)
      .regex(/^[A-Za-z0-9+/]*={0,2}$/),
  }),
  output: z.object({ importId: z.uuid() }),
  refusals: ['notFound', 'list-too-big'],
  audit: 'chart',
  summary: 'Hands over one part of a meeting list file.',
});

/** What fetching a list can answer instead of one. */
export const fetchRefusals = [
  'address-not-web',
  'address-private',
  'address-not-found',
  'too-many-redirects',
  'took-too-long',
  'answered-with-error',
  'not-reachable',
  'list-too-big',
] as const;

export const fetchList = command('lists.fetch', {
  who: keepers,
  input: z.strictObject({ importId: z.uuid(), bodyId: z.uuid(), url: z.string().min(1).max(2000) }),
  output: z.object({ importId: z.uuid() }),
  refusals: ['notFound', 'slowDown', ...fetchRefusals],
  audit: 'chart',
  summary: 'Fetches a meeting list from a web address.',
});

const listRefusals = [
  'list-empty',
  'list-no-rows',
  'list-too-big',
  'list-is-html',
  'list-not-json',
  'list-not-array',
  'list-not-csv',
  'list-no-headers',
  'list-not-calendar',
  'list-cut-short',
  'list-unknown-format',
] as const;

const choice = {
  importId: z.uuid(),
  /** The list that it renews; a new one when left out. */
  listId: z.uuid().optional(),
  fellowship: z.string().max(40).optional(),
  timeZone: z.string().max(64).optional(),
};

const tally = z.object({ code: z.string(), count: z.int() });

/** Reads what was handed over and changes nothing. */
export const previewImport = query('lists.preview', {
  who: keepers,
  input: z.strictObject(choice),
  output: z.object({
    taken: z.int(),
    refused: z.int(),
    warned: z.int(),
    needs: z.array(z.enum(['fellowship', 'timeZone'])),
    added: z.int(),
    changed: z.int(),
    same: z.int(),
    gone: z.int(),
    refusals: z.array(tally),
    warnings: z.array(tally),
    samples: z.array(
      z.object({
        name: z.string(),
        days: z.array(weekday),
        startsAt: z.string().nullable(),
        attendance: z.enum(attendances),
        address: z.string(),
        types: z.array(z.string()),
      }),
    ),
  }),
  refusals: ['notFound', 'unknownFellowship', 'unknownZone', ...listRefusals],
  audit: 'none',
  summary: 'What an import would do, without doing it.',
});

/** Applies an import. Listings that are gone from the list are only unpublished when that is said. */
export const applyImport = command('lists.import', {
  who: keepers,
  input: z.strictObject({
    ...choice,
    name: z.string().trim().min(1).max(120),
    unpublishGone: z.boolean(),
  }),
  output: z.object({
    listId: z.uuid(),
    taken: z.int(),
    refused: z.int(),
    warned: z.int(),
    added: z.int(),
    changed: z.int(),
    gone: z.int(),
  }),
  refusals: [
    'notFound',
    'alreadyApplied',
    'unknownFellowship',
    'unknownZone',
    'needsAnswers',
    'wouldUnpublish',
    'nothingTaken',
    ...listRefusals,
  ],
  audit: 'chart',
  summary: 'Imports a meeting list; every row ends up imported or with its reason.',
});

/** The report of an import, row by row. */
export const importReport = query('lists.importReport', {
  who: keepers,
  input: z.strictObject({
    importId: z.uuid(),
    only: z.enum(['all', 'refused', 'warned']),
    after: z.int().min(0).optional(),
    limit: z.int().min(1).max(1000).optional(),
  }),
  output: z.object({
    rows: z.array(
      z.object({
        row: z.int(),
        name: z.string(),
        taken: z.boolean(),
        /** Each a code of row-words.rules.ts. */
        reasons: z.array(
          z.object({
            code: z.string(),
            detail: z.string().optional(),
            /** The column or key of the source. */
            column: z.string().optional(),
          }),
        ),
      }),
    ),
    more: z.boolean(),
  }),
  refusals: ['notFound'],
  audit: 'none',
  summary: 'What became of each row of an import.',
});
