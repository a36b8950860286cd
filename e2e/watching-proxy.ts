import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy that sees every request of a browser, passes on those to one origin, and lets no other out. */
export interface WatchingProxy {
  /** For Chromium's `--proxy-server`. */
  readonly address: string;
  /** `METHOD host` of every request to somewhere else, in order. */
  readonly strangers: string[];
  /** How many requests went to the origin. */
  passed(): number;
  close(): Promise<void>;
}

/**
 * Starts it on a free port of this machine. At the network nothing hides: service workers, prefetches,
 * beacons and workers all come by here, whatever the browser reports of them.
 */
export async function watchingProxy(origin: string): Promise<WatchingProxy> {
  const own = new URL(origin);
  const strangers: string[] = [];
  let passed = 0;
  const server: Server = createServer((incoming, outgoing) => {
    const url = URL.canParse(incoming.url ?? '') ? new URL(incoming.url as string) : null;
    if (!url || url.host !== own.host) {
      strangers.push(`${incoming.method} ${url?.host ?? incoming.url}`);
      outgoing.writeHead(502).end();
      return;
    }
    passed += 1;
    const onward = request(
      {
        host: own.hostname,
        port: own.port,
        method: incoming.method,
        path: url.pathname + url.search,
        headers: incoming.headers,
      },
      (reply) => {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(outgoing);
      },
    );
    // A server that is stopped looks as it would without a proxy: the connection breaks.
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.on('connect', (incoming, socket) => {
    strangers.push(`CONNECT ${incoming.url}`);
    socket.on('error', () => undefined).end('HTTP/1.1 502 No\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    strangers,
    passed: () => passed,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
