import { gunzipSync } from 'node:zlib';
import fastify, { type FastifyInstance } from 'fastify';
import { beforeEach, expect, test } from 'vitest';
import type { Database } from '../platform/database.ts';
import type { OpenRoute } from '../platform/open-route.ts';
import { secureHeaders } from './headers.ts';
import { serveOpenRoutes } from './open-routes.ts';

let made = 0;
const long = JSON.stringify(Array.from({ length: 400 }, (_, n) => ({ n })));
const routes: OpenRoute[] = [
  {
    path: '/feeds/test.json',
    audience: 'pages',
    maxAge: 60,
    version: async () => 'v1',
    answer: async ({ query }) => {
      made++;
      return { type: 'application/json', body: query.get('short') ? '[]' : long, version: 'v1' };
    },
  },
  {
    path: '/own',
    audience: 'own',
    answer: async () => ({ type: 'text/plain; charset=utf-8', body: 'ours' }),
  },
  {
    path: '/embed',
    audience: 'frames',
    answer: async () => ({ type: 'text/html; charset=utf-8', body: '<p>hello' }),
  },
];

let app: FastifyInstance;
beforeEach(() => {
  made = 0;
  app = fastify();
  secureHeaders(app, false);
  const database = {} as Database;
  serveOpenRoutes(app, routes, { database, origin: 'http://localhost', clock: () => new Date(0) });
});

test('an answer comes packed where the asker can read that, and the same unpacked', async () => {
  const headers = { 'accept-encoding': 'br, gzip' };
  const packed = await app.inject({ url: '/feeds/test.json', headers });
  expect(packed.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(packed.rawPayload).toString()).toBe(long);
  const plain = await app.inject('/feeds/test.json');
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(plain.body).toBe(long);
});

test('a copy that is still right is not made again', async () => {
  const first = await app.inject('/feeds/test.json');
  const headers = { 'if-none-match': String(first.headers.etag) };
  const second = await app.inject({ url: '/feeds/test.json', headers });
  expect(second.statusCode).toBe(304);
  expect(second.body).toBe('');
  expect(made).toBe(1);
  const other = await app.inject({ url: '/feeds/test.json', headers: { 'if-none-match': '"v0"' } });
  expect(other.statusCode).toBe(200);
});

test('a route without a version of its own is told apart by its body', async () => {
  const first = await app.inject('/own');
  const headers = { 'if-none-match': `W/${first.headers.etag}` };
  expect((await app.inject({ url: '/own', headers })).statusCode).toBe(304);
});

test.each([
  ['/feeds/test.json', 'cross-origin', '*', "'none'"],
  ['/own', 'same-origin', undefined, "'none'"],
  ['/embed', 'cross-origin', '*', '*'],
])('%s may be used by whom it is for, and no one else', async (url, resource, origin, frames) => {
  const { headers } = await app.inject(url);
  expect(headers['cross-origin-resource-policy']).toBe(resource);
  expect(headers['access-control-allow-origin']).toBe(origin);
  expect(headers['content-security-policy']).toContain(`frame-ancestors ${frames}`);
  expect(headers['set-cookie']).toBeUndefined();
});

test('a browser that asks first is told that it may', async () => {
  const asked = await app.inject({ method: 'OPTIONS', url: '/feeds/test.json' });
  expect(asked.statusCode).toBe(204);
  expect(asked.headers['access-control-allow-headers']).toBe('*');
  expect((await app.inject({ method: 'OPTIONS', url: '/own' })).statusCode).toBe(404);
});
