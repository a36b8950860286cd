import { z } from 'zod';
import { command, query } from '../../kit/operation.ts';
import { keepers } from './import-words.rules.ts';

const words = z.object({ en: z.string(), es: z.string() });

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
            /** Neither a listing, shown or not, nor a source: it can be put away. */
            empty: z.boolean(),
          }),
        ),
        /** Lists that were put away. */
        removed: z.array(z.object({ id: z.uuid(), name: z.string(), removedAt: z.string() })),
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

/** The report of an import, row by row. */
export const importReport = query('lists.importReport', {
  who: keepers,
  input: z.strictObject({
    importId: z.uuid(),
    only: z.enum(['all', 'refused', 'warned']),
    after: z.int().min(0).optional(),
    limit: z.int().min(1).max(1000).optional(),
    /** With each row as it came, as JSON, for whoever mends it at its source. */
    raw: z.boolean().optional(),
  }),
  output: z.object({
    rows: z.array(
      z.object({
        row: z.int(),
        name: z.string(),
        taken: z.boolean(),
        raw: z.string().optional(),
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
