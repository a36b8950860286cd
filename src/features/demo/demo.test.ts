import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../server/testing.ts';
import { caseload } from '../caseload/contract.ts';
import { enterDemo, lookAtDemo, openDemo, removeDemo } from './contract.ts';
import { personaKeys } from './rules.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const ask = (name: string, input: unknown = {}, token = '') =>
  house.post(`/api/${name}`, input, token);
const cookieOf = (headers: Record<string, unknown>) =>
  /stepwell-localhost=([^;]+)/.exec(String(headers['set-cookie']))?.[1] ?? '';

test('the demo is made whole, entered, and removed without a trace', async () => {
  const empty = await countRows();
  expect((await ask(lookAtDemo.name)).body).toEqual({ exists: false, mayOpen: true });
  expect(await ask(openDemo.name)).toMatchObject({ status: 200 });
  expect((await ask(lookAtDemo.name)).body).toEqual({ exists: true, mayOpen: true });

  for (const persona of personaKeys)
    expect((await ask(enterDemo.name, { persona })).status, persona).toBe(200);

  const maya = await ask(enterDemo.name, { persona: 'maya' });
  const list = await ask(caseload.name, { scope: 'all' }, cookieOf(maya.headers));
  const { clients } = list.body as {
    clients: { displayName: string; reasons: { code: string }[] }[];
  };
  const reasons = Object.fromEntries(
    clients.map((c) => [c.displayName, c.reasons.map((reason) => reason.code)]),
  );
  expect(reasons.Cleo).toContain('alert');
  expect(reasons['Ben W.']).toContain('slip');
  expect(reasons.Dev).toContain('checkInsMissed');
  expect(reasons.Fay).toContain('urgeRising');
  expect(reasons.Ana).toContain('sessionToday');
  expect(reasons.Jo).not.toContain('checkInsMissed');
  expect(reasons.Eli).toContain('invitationOpen');

  expect((await ask(removeDemo.name)).status).toBe(200);
  expect(await countRows()).toEqual(empty);
  expect((await ask(caseload.name, { scope: 'all' }, cookieOf(maya.headers))).status).toBe(401);
}, 60_000);

test('where there is a programme of one’s own, no stranger makes or removes a demo', async () => {
  await ask(openDemo.name);
  const programme = await house.programme();
  expect((await ask(removeDemo.name)).body).toEqual({ refusal: 'notHere' });
  const therapist = await house.member(programme, 'therapist');
  expect((await therapist.ask(removeDemo, {})).status).toBe(422);
  const administrator = await house.member(programme, 'administrator');
  expect((await administrator.ask(removeDemo, {})).status).toBe(200);
  expect((await ask(openDemo.name)).body).toEqual({ refusal: 'notHere' });
}, 60_000);

async function countRows(): Promise<Record<string, number>> {
  const tables = await house.admin<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    if (['migration', 'server_secret'].includes(name)) continue;
    const [row] = await house.admin<{ n: number }>(`SELECT count(*)::int AS n FROM ${name}`);
    counts[name] = row?.n ?? 0;
  }
  return counts;
}
