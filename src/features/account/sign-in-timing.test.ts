import * as library from '@serenity-kit/opaque';
import { afterAll, expect, test } from 'vitest';
import type { Handler } from '../../platform/handler.ts';
import { Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { opaqueOn } from '../../ui/opaque.ts';
import { signInStart } from './contract.ts';
import { register } from './entering.web.ts';
import { passphraseGuesses } from './limits.server.ts';
import { handlers } from './server.ts';

const full = process.env.STEPWELL_PROVE === '1';
const probes = full ? 10_000 : 600;
/** Of 0.5: what a sample of this size may differ by chance (three standard errors, and 0.02 in full). */
const tolerance = full ? 0.02 : 3 * Math.sqrt((probes + 1) / (12 * (probes / 2) ** 2));

const houses: TestHouse[] = [];
afterAll(() => Promise.all(houses.map((house) => house.close())));

/** The chance that a random probe of `b` took longer than one of `a`: 0.5 when they cannot be told apart. */
function areaUnderCurve(a: number[], b: number[]): number {
  const ranked = [...a.map((ms) => ({ ms, b: false })), ...b.map((ms) => ({ ms, b: true }))].sort(
    (x, y) => x.ms - y.ms,
  );
  const ranks = ranked.reduce((sum, probe, i) => sum + (probe.b ? i + 1 : 0), 0);
  return (ranks - (b.length * (b.length + 1)) / 2) / (a.length * b.length);
}

async function measure(theHandlers: readonly Handler[]): Promise<number> {
  const house = await testHouse({ handlers: theHandlers });
  houses.push(house);
  const person = new Person(house);
  const { name } = await register(
    { ask: (operation, input) => person.get(operation, input), opaque: opaqueOn(library) },
    { stem: 'timed', passphrase: 'x', deviceLabel: '' },
  );
  const unknown = name.replace(/\d/g, (digit) => String((Number(digit) + 1) % 10));
  const { request } = await opaqueOn(library).startLogin('y');
  const times: Record<string, number[]> = { [name]: [], [unknown]: [] };
  for (let i = 0; i < probes + 40; i += 1) {
    // Random order, so that no drift of the machine favours one of them.
    const order = Math.random() < 0.5 ? [name, unknown] : [unknown, name];
    if (i % 2 === 1) continue;
    for (const account of order) {
      passphraseGuesses.forget();
      const began = performance.now();
      await person.ask(signInStart, { name: account, startLoginRequest: request });
      if (i >= 40) times[account]?.push(performance.now() - began);
    }
  }
  return areaUnderCurve(times[name] ?? [], times[unknown] ?? []);
}

test('known and unknown names take the same time', { timeout: 600_000 }, async () => {
  const area = await measure(handlers);
  console.info(`sign-in timing: AUC ${area.toFixed(3)} of ${probes} probes`);
  expect(Math.abs(area - 0.5)).toBeLessThan(tolerance);
});

test('planted fault: an early answer for unknown names is found', {
  timeout: 600_000,
}, async () => {
  const careless = handlers.map((handler): Handler => {
    if (handler.operation.name !== signInStart.name) return handler;
    return {
      operation: handler.operation,
      run: async (ctx, input) => {
        const known = await ctx.query('SELECT FROM app.account_by_name($1)', [Buffer.alloc(32)]);
        const isOurs = (input as { name: string }).name === trueName;
        return known.length > 0 || isOurs
          ? handler.run(ctx, input)
          : { loginResponse: '', ticket: '' };
      },
    };
  });
  let trueName = '';
  const remember = handlers.find(({ operation }) => operation.name === 'account.registerStart');
  const spying = careless.map((handler): Handler => {
    if (handler.operation !== remember?.operation) return handler;
    return {
      operation: handler.operation,
      run: async (ctx, input) => {
        const made = (await handler.run(ctx, input)) as { name: string };
        trueName = made.name;
        return made;
      },
    };
  });
  expect(Math.abs((await measure(spying)) - 0.5)).toBeGreaterThan(tolerance);
});
