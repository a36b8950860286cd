import { z } from 'zod';
import { command } from '../kit/operation.ts';
import { handle } from './handler.ts';

/** Where a device stands: asked on every start, so that only what is missing is sent again. */
const position = command('outbox.position', {
  who: 'account',
  input: z.strictObject({ device: z.uuid() }),
  output: z.object({ lastSeq: z.int(), epoch: z.uuid() }),
  refusals: ['foreignDevice'],
  audit: 'account',
  summary: 'Registers a device and tells the last number of its outbox that was answered.',
});

export const outboxHandlers = [
  handle(position, async (ctx, { device }) => {
    await ctx.query(
      'INSERT INTO device (id, account_id) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING',
      [device, ctx.accountId],
    );
    const [row] = await ctx.query<{ last_seq: number; epoch: string }>(
      'SELECT last_seq, epoch FROM device, server_state WHERE id = $1',
      [device],
    );
    if (!row) return ctx.refuse('foreignDevice');
    return { lastSeq: row.last_seq, epoch: row.epoch };
  }),
];
