import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from './testing.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

test('a page may make the one policy for scripts that our own code makes, and no other', async () => {
  const page = await house.app.inject({ url: '/healthz' });
  const policy = String(page.headers['content-security-policy']);
  const [, allowed] = /trusted-types ([^;]*)/.exec(policy) ?? [];
  const source = fileURLToPath(new URL('../ui/trusted-types.ts', import.meta.url));
  const made = [...readFileSync(source, 'utf8').matchAll(/createPolicy\('([^']+)'/g)];
  expect(allowed).toBe(made.map(([, name]) => name).join(' '));
});

test('a request that never ends is let go', () => {
  expect(house.app.server.requestTimeout).toBe(120_000);
});
