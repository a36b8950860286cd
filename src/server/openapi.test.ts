import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handlers } from './features.ts';
import { type TestHouse, testHouse } from './testing.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const read = async () =>
  (await house.app.inject({ method: 'GET', url: '/api/openapi.json' })).json() as {
    paths: Record<string, { post?: { summary?: string; requestBody?: unknown } }>;
  };

test('an outside validator finds the OpenAPI document valid', async () => {
  const result = await new Validator().validate(await read());
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
});

test('the validator is no rubber stamp', async () => {
  const document = await read();
  const broken = { ...document, paths: { 'no-slash': { post: { responses: 7 } } } };
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

test('every operation is in it, with its sentence and its input', async () => {
  const { paths } = await read();
  for (const { operation } of handlers) {
    const route = paths[`/api/${operation.name}`]?.post;
    expect([operation.name, route?.summary]).toEqual([operation.name, operation.summary]);
    expect(route?.requestBody).toBeTruthy();
  }
});

test('only our own paths are served', async () => {
  for (const url of ['/api/nothing', '/api/client.all', '/../etc/passwd', '/api/']) {
    const reply = await house.app.inject({ method: 'GET', url });
    expect(reply.statusCode, url).toBe(404);
  }
});
