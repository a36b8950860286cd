import type { FastifyRequest } from 'fastify';

/** The visitor's language: their own choice in the address, else what the browser prefers. */
export function localeOf(request: FastifyRequest): 'en' | 'es' {
  const asked = (request.query as { lang?: string }).lang;
  return /^es\b/i.test(asked ?? String(request.headers['accept-language'] ?? '')) ? 'es' : 'en';
}
