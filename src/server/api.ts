import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { command } from '../kit/operation.ts';
import { ReadyJson, sameAsHeld } from '../kit/ready-json.ts';
import { type Refused, refuse } from '../kit/refusal.ts';
import type { RequestFacts } from '../platform/context.ts';
import { type Answer, isOpenRead, type Pipeline } from '../platform/pipeline.ts';
import type { SessionCookie } from './cookies.ts';
import { complaints, inputValidator, parameterReader, wireSchema } from './schemas.ts';

/** Status of each refusal of the house; a feature's own refusals are 422. */
const statuses: Record<string, number> = {
  notFound: 404,
  signedOut: 401,
  secondFactor: 401,
  locked: 401,
  invalid: 400,
  slowDown: 429,
  foreignOrigin: 403,
  unexpected: 500,
  outOfOrder: 409,
  differentContent: 409,
};

const refusalSchema = {
  type: 'object',
  properties: { refusal: { type: 'string' }, details: {} },
  required: ['refusal'],
};

const outboxDelivery = command('outbox.deliver', {
  who: 'account',
  input: z.strictObject({
    device: z.uuid(),
    seq: z.int().min(1),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    op: z.string().max(200_000),
  }),
  output: z.object({ seq: z.int(), outcome: z.unknown() }),
  audit: 'none',
  summary: 'Delivers one entry of a device’s outbox, exactly once and in order.',
});

const queuedOperation = z.strictObject({
  name: z.string(),
  input: z.unknown(),
  madeAt: z.iso.datetime(),
  membership: z.uuid().optional(),
});

/** How far a device clock may be ahead before what it says is not believed, in ms. */
const clockTolerance = 5 * 60_000;

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  if ('ok' in answer) return reply.send(answer.ok);
  if (answer.refusal === 'slowDown') {
    const seconds = (answer.details as { retryAfterSeconds?: number } | undefined)
      ?.retryAfterSeconds;
    if (seconds) reply.header('retry-after', String(seconds));
  }
  return reply.code(statuses[answer.refusal] ?? 422).send(answer);
}

/** Requests that change or show something must come from our own pages: header, origin and fetch metadata agree. */
function isForeign(request: FastifyRequest, origin: string): boolean {
  if (request.headers['x-stepwell'] !== '1') return true;
  if (request.headers.origin !== undefined && request.headers.origin !== origin) return true;
  const site = request.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function heldVersions(header: string | undefined): string[] | null {
  return header ? [...header.matchAll(/"([^"]*)"/g)].map(([, version = '']) => version) : null;
}

/** Serves every operation of the pipeline at /api/<name>, and the outbox. */
export function serveApi(
  app: FastifyInstance,
  options: { pipeline: Pipeline; cookie: SessionCookie; origin: string },
): void {
  const { pipeline, cookie, origin } = options;

  const facts = (request: FastifyRequest, reply: FastifyReply, madeAt?: string): RequestFacts => ({
    token: cookie.read(request.headers.cookie),
    locale: /^es\b/i.test(
      String(request.headers['x-stepwell-locale'] ?? request.headers['accept-language'] ?? ''),
    )
      ? 'es'
      : 'en',
    origin,
    madeAt: madeAt ?? new Date().toISOString(),
    setSession: (token, expiresAt) => reply.header('set-cookie', cookie.set(token, expiresAt)),
    clearSession: (everything) => {
      reply.header('set-cookie', cookie.clear());
      if (everything) reply.header('clear-site-data', '"cache", "storage"');
    },
  });

  const guard = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (isForeign(request, origin)) await send(reply, refuse('foreignOrigin'));
  };

  const validators = new Map(pipeline.operations.map((o) => [o.name, inputValidator(o)]));
  const invalid = (name: string, input: unknown): Refused | null => {
    const validate = validators.get(name);
    return validate && !validate(input) ? refuse('invalid', complaints(validate)) : null;
  };

  for (const operation of pipeline.operations) {
    const common = {
      summary: operation.summary,
      operationId: operation.name,
      tags: [operation.name.split('.')[0] ?? ''],
      response: {
        200: wireSchema(operation.output, 'output'),
        '4xx': refusalSchema,
      },
    };
    const input = wireSchema(operation.input, 'input');
    app.post(
      `/api/${operation.name}`,
      { schema: { ...common, body: input }, preHandler: guard },
      async (request, reply) => {
        const bad = invalid(operation.name, request.body);
        return send(
          reply,
          bad ?? (await pipeline.ask(operation.name, request.body, facts(request, reply))),
        );
      },
    );
  }

  // Exception in headers.ts: other sites may read the open plane. No cookie is looked at here.
  const open = { schema: { hide: true }, config: { openTo: 'pages' as const } };
  for (const operation of pipeline.operations.filter(isOpenRead)) {
    const readParameters = parameterReader(operation);
    app.get(`/api/${operation.name}`, open, async (request, reply) => {
      const input = readParameters(request.query as Record<string, unknown>);
      const bad = invalid(operation.name, input);
      const held = heldVersions(request.headers['if-none-match']);
      const asked: RequestFacts = {
        ...facts(request, reply),
        takesReady: true,
        holds: (version) => {
          const tag = `W/"${version}"`;
          reply.header('etag', tag);
          return held?.includes(version) ?? false;
        },
      };
      const answer = bad ?? (await pipeline.ask(operation.name, input, asked));
      // What has a version may be kept by the asker, who has to ask whether it is right still.
      reply.header('cache-control', reply.hasHeader('etag') ? 'private, no-cache' : 'no-store');
      if ('refusal' in answer) return send(reply, answer);
      if (answer.ok === sameAsHeld) return reply.code(304).send();
      // Bytes: Node writes a long string several times more slowly.
      reply.header('content-type', 'application/json; charset=utf-8');
      const { ok } = answer;
      return reply.send(ok instanceof ReadyJson ? ok.bytes : Buffer.from(JSON.stringify(ok)));
    });
    app.options(`/api/${operation.name}`, open, async (_request, reply) => reply.code(204).send());
  }

  const outboxValidator = inputValidator(outboxDelivery);
  app.post<{ Body: { device: string; seq: number; hash: string; op: string } }>(
    '/api/outbox',
    {
      schema: {
        summary: outboxDelivery.summary,
        operationId: outboxDelivery.name,
        tags: ['outbox'],
        body: wireSchema(outboxDelivery.input, 'input'),
        response: { 200: wireSchema(outboxDelivery.output, 'output'), '4xx': refusalSchema },
      },
      preHandler: guard,
    },
    async (request, reply) => {
      if (!outboxValidator(request.body))
        return send(reply, refuse('invalid', complaints(outboxValidator)));
      const { device, seq, hash, op } = request.body;
      const digest = createHash('sha256').update(op).digest();
      if (digest.toString('hex') !== hash) return send(reply, refuse('differentContent'));
      const { name, input, madeAt, membership, bad } = readQueued(op, invalid);
      const answer = await pipeline.deliver(
        bad ? '' : name,
        bad ? undefined : input,
        facts(request, reply, madeAt),
        { device, seq, hash: digest, membership },
        bad,
      );
      if ('refusal' in answer && statuses[answer.refusal] === 409) return send(reply, answer);
      if ('refusal' in answer && statuses[answer.refusal] === 401) return send(reply, answer);
      return { seq, outcome: answer };
    },
  );
}

interface Queued {
  name: string;
  input: unknown;
  madeAt: string;
  membership: string | null;
  bad: Refused | null;
}

/** Reads the text of a queued operation. What is wrong with it becomes its lasting answer, so that it never blocks the queue. */
function readQueued(op: string, invalid: (name: string, input: unknown) => Refused | null): Queued {
  const now = new Date();
  const unreadable: Queued = {
    name: '',
    input: null,
    madeAt: now.toISOString(),
    membership: null,
    bad: refuse('invalid'),
  };
  let parsed: unknown;
  try {
    parsed = JSON.parse(op);
  } catch {
    return unreadable;
  }
  const checked = queuedOperation.safeParse(parsed);
  if (!checked.success) return unreadable;
  const { name, input, madeAt, membership = null } = checked.data;
  const made = Date.parse(madeAt) > now.getTime() + clockTolerance ? now.toISOString() : madeAt;
  return { name, input, madeAt: made, membership, bad: invalid(name, input) };
}
