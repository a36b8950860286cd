import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import fastify, { type FastifyInstance } from 'fastify';
import { uuidv4 } from '../kit/id.ts';
import { refuse } from '../kit/refusal.ts';
import type { Database } from '../platform/database.ts';
import type { Handler } from '../platform/handler.ts';
import { Pipeline } from '../platform/pipeline.ts';
import { serveApi } from './api.ts';
import { SessionCookie } from './cookies.ts';
import { secureHeaders } from './headers.ts';
import { serveOpenRoutes } from './open-routes.ts';
import { openRoutes } from './open-routes-list.ts';
import { servePages } from './pages.ts';
import { pages } from './public-pages.ts';

const client = fileURLToPath(new URL('../../dist/', import.meta.url));

/** What a server needs to be built; `clock` is a seam for tests. */
export interface ServerOptions {
  database: Database;
  handlers: readonly Handler[];
  /** `https://host` or `http://localhost:port`. */
  origin: string;
  clock?: () => Date;
  /** Writes one line of JSON per unexpected fault: request id and where, no personal data. */
  log?: (line: Record<string, unknown>) => void;
  /** Folder of the built client; tests of the API alone leave it out. */
  clientFolder?: string | null;
}

/** Builds the HTTP server: operations, OpenAPI, health, the client and the pages that work without JavaScript. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const log = options.log ?? ((line) => process.stderr.write(`${JSON.stringify(line)}\n`));
  const app = fastify({
    bodyLimit: 1_048_576,
    genReqId: uuidv4,
    // No request log: addresses and paths of people are nobody's business.
    logger: false,
    trustProxy: false,
    forceCloseConnections: true,
    // A request that never ends must not hold its connection for ever; fastify's own default is no limit.
    requestTimeout: 120_000,
  });
  // Inputs are checked in api.ts, from the same contract; fastify's own check would fix silently.
  app.setValidatorCompiler(() => () => true);

  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500)
      return reply.code(status).send(refuse('invalid', [{ path: '', message: wordsFor(error) }]));
    log({
      level: 'error',
      requestId: request.id,
      operation: request.routeOptions.url,
      error: error.name,
      code: error.code,
      at: error.stack
        ?.split('\n')
        .filter((line) => line.includes('/src/'))
        .slice(0, 6)
        .map((line) => line.trim()),
    });
    return reply.code(500).send(refuse('unexpected', { requestId: request.id }));
  });

  secureHeaders(app, options.origin.startsWith('https:'));
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Stepwell',
        version: '0.1.0',
        description: 'Every operation of Stepwell. Send `X-Stepwell: 1` with each call.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
    },
  });

  const pipeline = new Pipeline(options.database, options.handlers, options.clock);
  serveApi(app, { pipeline, cookie: new SessionCookie(options.origin), origin: options.origin });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  serveOpenRoutes(app, openRoutes, {
    database: options.database,
    origin: options.origin,
    clock: options.clock ?? (() => new Date()),
  });
  app.get('/healthz', { schema: { hide: true } }, async (_request, reply) =>
    (await options.database.alive())
      ? { serves: true }
      : reply.code(503).send({ serves: false, reason: 'the database does not answer' }),
  );

  const folder = options.clientFolder === undefined ? client : options.clientFolder;
  if (folder && existsSync(folder)) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: true,
      index: false,
      setHeaders: (reply, path) => {
        if (path.includes('/assets/'))
          reply.header('cache-control', 'public, max-age=31536000, immutable');
        else reply.header('cache-control', 'no-cache');
      },
    });
    servePages(app, folder, pages, options.origin);
  }
  return app;
}

function wordsFor(error: { code?: string; message: string }): string {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'is larger than we can take';
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'must be sent as application/json';
  return 'is not JSON that we can read';
}
