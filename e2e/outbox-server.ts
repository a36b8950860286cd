import { Database } from '../src/platform/database.ts';
import { handlers } from '../src/server/features.ts';
import { buildServer } from '../src/server/http.ts';

// The real server in a process of its own, to be killed. Arguments: database address, port.
const [, , url = '', port = '0'] = process.argv;
const app = await buildServer({
  database: new Database(url),
  handlers,
  origin: `http://localhost:${port}`,
  clientFolder: null,
  log: () => {},
});
await app.listen({ port: Number(port), host: '127.0.0.1' });
process.send?.((app.server.address() as { port: number }).port);
