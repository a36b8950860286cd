import type { z } from 'zod';
import type { Operation, RefusalOf } from '../kit/operation.ts';
import type { ReadyJson } from '../kit/ready-json.ts';
import type { Refused } from '../kit/refusal.ts';
import type { Context } from './context.ts';

/** An operation with the code that answers it. */
export interface Handler {
  readonly operation: Operation;
  readonly run: (ctx: Context, input: unknown) => Promise<unknown>;
}

/**
 * Binds a declaration to its code. The handler returns the operation's output or one of its declared
 * refusals; another refusal does not compile. Where the request says so it may be ReadyJson instead.
 *
 * @example
 * export const handlers = [handle(logAttendance, async (ctx, input) => ({ id: … }))];
 */
export function handle<O extends Operation>(
  operation: O,
  run: (
    ctx: Context<RefusalOf<O>>,
    input: z.infer<O['input']>,
  ) => Promise<z.input<O['output']> | Refused<RefusalOf<O>> | ReadyJson>,
): Handler {
  return { operation, run: run as unknown as Handler['run'] };
}
