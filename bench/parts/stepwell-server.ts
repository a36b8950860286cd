import pg from 'pg';
import { Database } from '../../src/platform/database.ts';
import { handlers } from '../../src/server/features.ts';
import { buildServer } from '../../src/server/http.ts';
import { serveMeasured } from './child.ts';

// The real server, every feature in it, with a count of the statements that it sends: a packet
// counts as many as it holds, though it is one round trip.
let statements = 0;
const { query } = pg.Client.prototype;
pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
  const [sent] = args as [string | { statements?: unknown[] }];
  statements += typeof sent === 'object' ? (sent.statements?.length ?? 1) : 1;
  return Reflect.apply(query, this, args) as never;
} as never;

// The folder of the built pages comes second, where pages are asked for.
const [, , url = '', clientFolder = null] = process.argv;
const app = await buildServer({
  database: new Database(url),
  handlers,
  origin: 'http://localhost:8000',
  clientFolder,
});
await app.listen({ port: 0, host: '127.0.0.1' });
serveMeasured((app.server.address() as { port: number }).port, () => statements);
