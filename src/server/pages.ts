import type { FastifyInstance } from 'fastify';

/** Serves the client's page for every path that is neither a file nor an operation. */
export function servePages(app: FastifyInstance, _folder: string): void {
  app.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' || request.url.startsWith('/api/'))
      return reply.code(404).send({ refusal: 'notFound' });
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}
