import type { Transaction } from '../../platform/database.ts';

/**
 * People of the demo are anybody. Once the house has a programme of its own, they change nothing of
 * the directory that others read, and fetch nothing in its name.
 */
export async function isOnlyLooking(
  ctx: Pick<Transaction, 'query'> & { membership: { demo: boolean } },
): Promise<boolean> {
  if (!ctx.membership.demo) return false;
  return (await ctx.query('SELECT FROM app.demo_state() WHERE may_open')).length === 0;
}
