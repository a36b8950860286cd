import { randomBytes } from 'node:crypto';
import { uuidv4 } from '../../kit/id.ts';
import { toBase64url } from '../../kit/sealed-bytes.ts';
import type { Context } from '../../platform/context.ts';
import type { Transaction } from '../../platform/database.ts';
import { type Handler, handle } from '../../platform/handler.ts';
import { tokenHash } from '../../platform/link.ts';
import { enterDemo, lookAtDemo, openDemo, removeDemo } from './contract.ts';
import { homeOf } from './rules.ts';

/** How long somebody may look around as a persona, ms. */
const visit = 12 * 3_600_000;

interface State {
  programme_id: string | null;
  may_open: boolean;
}

async function stateOf(ctx: Pick<Context, 'query'>): Promise<State> {
  const [state] = await ctx.query<State & Record<string, unknown>>(
    'SELECT * FROM app.demo_state()',
  );
  return state ?? { programme_id: null, may_open: false };
}

/** The demo may go at the wish of whoever is alone here, of its own administrator, or of a real one. */
async function mayRemove(ctx: Pick<Context, 'asker' | 'query'>): Promise<boolean> {
  const membership = ctx.asker?.membership;
  if (membership?.role === 'administrator' && ctx.asker?.secondFactor) return true;
  return (await stateOf(ctx)).may_open;
}

/** What the demo needs from the rest of the house, handed over by the list of features. */
export interface DemoParts {
  /** Fills it inside the transaction that opened it, so that nobody ever sees half of it. */
  make: (tx: Transaction, now: Date) => Promise<boolean>;
  /** Takes its meeting list out of the directory. */
  clearOpenPlane: (tx: Transaction) => Promise<void>;
  /** The open plane has changed. */
  changed: () => void;
}

/** The demo programme: personas entered by a click, removable in one action. */
export function demoHandlers({ make, clearOpenPlane, changed }: DemoParts): Handler[] {
  return [
    handle(lookAtDemo, async (ctx) => {
      const state = await stateOf(ctx);
      return { exists: state.programme_id !== null, mayOpen: state.may_open };
    }),

    handle(openDemo, async (ctx) => {
      const state = await stateOf(ctx);
      if (state.programme_id) return {};
      if (!state.may_open) return ctx.refuse('notHere');
      await make(ctx.tx, new Date(ctx.now));
      ctx.afterCommit(changed);
      return {};
    }),

    handle(enterDemo, async (ctx, { persona }) => {
      const token = randomBytes(32).toString('base64url');
      const [row] = await ctx.query<{ recovery_code: Buffer; role: string }>(
        'SELECT recovery_code, role FROM app.enter_demo($1, $2, $3)',
        [persona, tokenHash(token), uuidv4()],
      );
      if (!row) return ctx.refuse('notHere');
      ctx.request.setSession(token, new Date(Date.parse(ctx.now) + visit));
      return {
        home: homeOf(row.role),
        recoveryCode: toBase64url(new Uint8Array(row.recovery_code)),
      };
    }),

    handle(removeDemo, async (ctx) => {
      if (!(await mayRemove(ctx))) return ctx.refuse('notHere');
      const [row] = await ctx.query<{ removed: boolean }>('SELECT app.remove_demo() AS removed');
      if (!row?.removed) return ctx.refuse('notHere');
      await ctx.query("SELECT app.set_context(NULL, NULL, NULL, 'system')");
      await clearOpenPlane(ctx.tx);
      ctx.afterCommit(changed);
      return {};
    }),
  ];
}
