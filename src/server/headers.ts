import type { FastifyInstance, FastifyReply } from 'fastify';

/** The one content security policy (promises: P9, P20). Exceptions are named in this file, each with a test. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // src/ui/trusted-types.ts makes it; nothing else may make one.
  'trusted-types stepwell',
].join('; ');

/** Exception: the worker that runs OPAQUE and Argon2id compiles WebAssembly; only its own file gets this. */
const cryptoWorkerPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

const cryptoWorker = /^\/assets\/opaque[.-][^/]*\.js$/;

/**
 * Exception: routes of the open plane that other sites may read (feeds, packs, the open reads at
 * /api by GET) or frame (the finder for an intergroup's page). They carry no cookie and nothing of a
 * person.
 */
function openHeaders(reply: FastifyReply, audience: 'own' | 'pages' | 'frames'): void {
  reply.header(
    'content-security-policy',
    audience === 'frames'
      ? contentSecurityPolicy.replace("frame-ancestors 'none'", 'frame-ancestors *')
      : "default-src 'none'; frame-ancestors 'none'",
  );
  if (audience === 'own') {
    reply.header('cross-origin-resource-policy', 'same-origin');
    return;
  }
  reply.headers({
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, HEAD, OPTIONS',
    'access-control-allow-headers': '*',
    'access-control-expose-headers': 'etag',
  });
}

/** Puts the security headers on every answer. */
export function secureHeaders(app: FastifyInstance, https: boolean): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const path = request.url.split('?', 1)[0] ?? '';
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
    if (https) reply.header('strict-transport-security', 'max-age=31536000');
    const { openTo } = request.routeOptions.config as { openTo?: 'own' | 'pages' | 'frames' };
    if (openTo) {
      openHeaders(reply, openTo);
      done(null, payload);
      return;
    }
    if (path.startsWith('/api/')) {
      // Data, never a page: nothing in it may load, frame or be kept.
      reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
      reply.header('cross-origin-resource-policy', 'same-origin');
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
      done(null, payload);
      return;
    }
    reply.header(
      'content-security-policy',
      cryptoWorker.test(path) ? cryptoWorkerPolicy : contentSecurityPolicy,
    );
    reply.header('cross-origin-opener-policy', 'same-origin');
    reply.header('cross-origin-resource-policy', 'same-origin');
    reply.header('cross-origin-embedder-policy', 'require-corp');
    reply.header(
      'permissions-policy',
      'geolocation=(self), camera=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), microphone=(), payment=(), usb=(), interest-cohort=()',
    );
    done(null, payload);
  });
}
