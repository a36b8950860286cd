import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip as gzipSlowly } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../platform/database.ts';
import type { OpenAnswer, OpenRequest, OpenRoute } from '../platform/open-route.ts';
import { localeOf } from './locale.ts';

const gzip = promisify(gzipSlowly);

/** Bodies that are packed again and again are kept packed, the latest few. */
class PackedBodies {
  readonly #kept = new Map<string, Promise<Buffer>>();

  of(key: string, body: Buffer): Promise<Buffer> {
    let packed = this.#kept.get(key);
    if (!packed) {
      packed = gzip(body, { level: 6 });
      this.#kept.set(key, packed);
      for (const oldest of this.#kept.keys()) {
        if (this.#kept.size <= 16) break;
        this.#kept.delete(oldest);
      }
    }
    return packed;
  }
}

const packsWorthwhile = 1400;
const packable = /^(text\/|application\/(json|javascript|ld\+json)|application\/octet-stream)/;

function requestOf(
  request: FastifyRequest,
  { database, origin, clock }: { database: Database; origin: string; clock: () => Date },
): OpenRequest {
  const mark = request.url.indexOf('?');
  return {
    parameters: request.params as Record<string, string>,
    query: new URLSearchParams(mark < 0 ? '' : request.url.slice(mark + 1)),
    locale: localeOf(request),
    origin,
    now: clock().getTime(),
    read: (work) =>
      database.openRead(
        (tx) => tx.query("SELECT app.set_context(NULL, NULL, NULL, 'anyone')"),
        (tx) => work(tx),
      ),
  };
}

const tagOf = (version: string) => `"${version}"`;

function isHeld(request: FastifyRequest, version: string): boolean {
  const held = request.headers['if-none-match'] ?? '';
  return held.replaceAll('W/', '').split(/,\s*/).includes(tagOf(version));
}

async function sendBody(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: OpenAnswer,
  packed: PackedBodies,
): Promise<FastifyReply> {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  const version = answer.version ?? createHash('sha256').update(body).digest('base64url');
  reply
    .code(answer.status ?? 200)
    .type(answer.type)
    .header('etag', tagOf(version));
  reply.headers({ vary: 'accept-encoding, accept-language', ...answer.headers });
  if (answer.fileName)
    reply.header('content-disposition', `attachment; filename="${answer.fileName}"`);
  if (!answer.status && isHeld(request, version)) return reply.code(304).send();
  const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (!takesGzip || body.length < packsWorthwhile || !packable.test(answer.type))
    return reply.send(body);
  reply.header('content-encoding', 'gzip');
  return reply.send(await packed.of(`${request.url} ${version}`, body));
}

/** Serves the routes of the open plane that are not operations. */
export function serveOpenRoutes(
  app: FastifyInstance,
  routes: readonly OpenRoute[],
  house: { database: Database; origin: string; clock: () => Date },
): void {
  const packed = new PackedBodies();
  for (const route of routes) {
    const config = { openTo: route.audience };
    const options = { schema: { hide: true }, config };
    app.get(route.path, options, async (request, reply) => {
      const asked = requestOf(request, house);
      const maxAge = route.maxAge ?? 0;
      reply.header('cache-control', maxAge > 0 ? `public, max-age=${maxAge}` : 'no-cache');
      const version = request.headers['if-none-match'] && (await route.version?.(asked));
      if (version && isHeld(request, version))
        return reply.code(304).header('etag', tagOf(version)).send();
      return sendBody(request, reply, await route.answer(asked), packed);
    });
    if (route.audience !== 'own')
      app.options(route.path, options, async (_request, reply) => reply.code(204).send());
  }
}
