import { handle } from '../../platform/handler.ts';
import { listPrivate, putPrivate } from './contract.ts';

/** Bodies have four lengths only: nonce, padded text, tag. */
const bodyLengths = [1052, 4124, 16_412, 65_564];
const page = 200;

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');

interface Stored {
  [column: string]: unknown;
  obj: string;
  ver: number;
  suite: number;
  prev: Buffer;
  commitment: Buffer;
  body: Buffer;
  epoch: number;
  self_wrap: Buffer;
  n: number;
}

export const handlers = [
  handle(putPrivate, async (ctx, input) => {
    const [prev, c, body, self] = [input.prev, input.c, input.body, input.self].map(bytes);
    if (!(prev && c && body && self)) return ctx.refuse('notSealed');
    const wellFormed =
      [0, 32].includes(prev.length) &&
      c.length === 32 &&
      self.length === 60 &&
      bodyLengths.includes(body.length);
    if (!wellFormed) return ctx.refuse('notSealed');
    const [account] = await ctx.query<{ confirmed: boolean }>(
      'SELECT recovery_confirmed_at IS NOT NULL AS confirmed FROM account WHERE account_id = $1',
      [ctx.accountId],
    );
    // Nothing private is taken in before the person could get back to it without this device.
    if (!account?.confirmed) return ctx.refuse('recoveryNotConfirmed');
    const known = await ctx.query<{ n: number; same: boolean }>(
      `SELECT n, bh = sha256($4) AS same FROM private_object
       WHERE account_id = $1 AND obj = $2 AND ver = $3 ORDER BY n`,
      [ctx.accountId, input.obj, input.ver, body],
    );
    const same = known.find((row) => row.same);
    if (same) return { n: same.n, conflict: known.length > 1 };
    // The feed's row is locked until commit, so that its numbers become visible in order.
    const [made] = await ctx.query<{ n: number }>(
      `WITH feed AS (
         INSERT INTO private_feed (account_id, last_n) VALUES ($1, 1)
         ON CONFLICT (account_id) DO UPDATE SET last_n = private_feed.last_n + 1 RETURNING last_n)
       INSERT INTO private_object (account_id, obj, ver, suite, prev, commitment, body, self_wrap, epoch, hour, n)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, date_trunc('hour', $10::timestamptz, 'UTC'), last_n FROM feed
       RETURNING n`,
      [ctx.accountId, input.obj, input.ver, input.suite, prev, c, body, self, input.epoch, ctx.now],
    );
    if (!made) throw new Error('The feed gave no number.');
    return { n: made.n, conflict: known.length > 0 };
  }),

  handle(listPrivate, async (ctx, { after }) => {
    const [state] = await ctx.query<{ epoch: string }>('SELECT epoch FROM server_state');
    const epoch = state?.epoch ?? '';
    const [inEpoch, at] = (after ?? '').split('.');
    // After a restore the numbers may have been given again: the device reads from the start.
    const from = inEpoch === epoch && /^\d{1,15}$/.test(at ?? '') ? Number(at) : 0;
    const rows = await ctx.query<Stored>(
      `SELECT obj, ver, suite, prev, commitment, body, epoch, self_wrap, n FROM private_object
       WHERE account_id = $1 AND n > $2 ORDER BY n LIMIT $3`,
      [ctx.accountId, from, page + 1],
    );
    const shown = rows.slice(0, page);
    return {
      items: shown.map((row) => ({
        obj: row.obj,
        ver: row.ver,
        suite: row.suite,
        prev: row.prev.toString('base64url'),
        c: row.commitment.toString('base64url'),
        body: row.body.toString('base64url'),
        epoch: row.epoch,
        self: row.self_wrap.toString('base64url'),
        n: row.n,
      })),
      next: `${epoch}.${shown.at(-1)?.n ?? from}`,
      more: rows.length > page,
    };
  }),
];
