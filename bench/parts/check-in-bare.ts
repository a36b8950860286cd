import fastify from 'fastify';
import pg from 'pg';
import { serveMeasured } from './child.ts';

// The least that could store a check-in: fastify, pg, one INSERT. No authority, no audit, no dedupe.
const [, , url] = process.argv;
const pool = new pg.Pool({ connectionString: url, max: 10 });
let statements = 0;
const app = fastify({ logger: false });
app.post<{ Body: { id: string; onDay: string; used: boolean; urge: number; mood: number } }>(
  '/check-in',
  async (request) => {
    statements += 1;
    const { id, onDay, used, urge, mood } = request.body;
    await pool.query({
      name: 'bare',
      text: 'INSERT INTO bare_check_in (id, on_day, used, urge, mood) VALUES ($1, $2, $3, $4, $5)',
      values: [id, onDay, used, urge, mood],
    });
    return { id };
  },
);
await app.listen({ port: 0, host: '127.0.0.1' });
serveMeasured((app.server.address() as { port: number }).port, () => statements);
