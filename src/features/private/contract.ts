import { z } from 'zod';
import { command, query } from '../../kit/operation.ts';

const base64url = z.string().regex(/^[A-Za-z0-9_-]*$/);

/** One sealed version on the wire: bytes as base64url; see the format in src/kit/sealed.ts. */
const sealedShape = {
  obj: z.uuid(),
  ver: z.int().min(1).max(1_000_000),
  suite: z.int().min(1).max(255),
  prev: base64url.max(43),
  c: base64url.length(43),
  body: base64url.max(87_420),
  epoch: z.int().min(1).max(1_000_000),
  self: base64url.length(80),
};

/** Backs up one version of a private item. The server stores bytes that it cannot open. */
export const putPrivate = command('private.put', {
  who: 'account',
  input: z.strictObject(sealedShape),
  /** `conflict`: another device made the same version; both are kept. */
  output: z.object({ n: z.int(), conflict: z.boolean() }),
  refusals: ['recoveryNotConfirmed', 'notSealed'],
  offline: true,
  audit: 'none',
  summary: 'Backs up one sealed version of a private item.',
});

/** Reads the account's sealed items in the order they were backed up. */
export const listPrivate = query('private.list', {
  who: 'account',
  /** `after` is the `next` of the answer before; left out by a new device. */
  input: z.strictObject({ after: z.string().max(80).optional() }),
  output: z.object({
    items: z.array(z.object({ ...sealedShape, n: z.int() })),
    next: z.string(),
    more: z.boolean(),
  }),
  audit: 'none',
  summary: 'Lists sealed private items after a place in the account’s feed.',
});
