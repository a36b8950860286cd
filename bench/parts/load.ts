import { Agent, request } from 'node:http';

/** One request of a load: what to send next on a connection. */
export interface Shot {
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** What a run of requests took, seen from outside: ms per request, and requests a second. */
export interface Run {
  latenciesMs: number[];
  perSecond: number;
}

function fire(agent: Agent, port: number, shot: Shot): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const sent = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        path: shot.path,
        method: shot.body ? 'POST' : 'GET',
        headers: { ...shot.headers, 'content-length': Buffer.byteLength(shot.body) },
      },
      (response) => {
        response.resume();
        response.on('end', () => {
          if (response.statusCode === 200) resolve(performance.now() - started);
          else reject(new Error(`${shot.path} answered ${response.statusCode}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(shot.body);
  });
}

/**
 * Sends `total` requests over `connections` kept-alive connections, each waiting for its answer.
 * `next(connection)` makes the following request of that connection.
 */
export async function load(
  port: number,
  connections: number,
  total: number,
  next: (connection: number) => Shot,
): Promise<Run> {
  const latenciesMs: number[] = [];
  let left = total;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      while (left > 0) {
        left -= 1;
        latenciesMs.push(await fire(agent, port, next(connection)));
      }
      agent.destroy();
    }),
  );
  return { latenciesMs, perSecond: (total / (performance.now() - started)) * 1000 };
}

/** The value below which the share `q` (0 to 1) of the values lies. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Two digits are as many as these machines give. */
export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
