import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { startTestServer, type TestServer } from '../../src/platform/pgtest.ts';
import { MeasuredServer } from './child.ts';
import { regionListings } from './region-listings.ts';

const dist = new URL('../../dist', import.meta.url).pathname;

/** The real server with the built pages over generated listings in one region. */
export class FinderHouse {
  readonly origin: string;
  readonly #server: MeasuredServer;
  readonly #postgres: TestServer;

  private constructor(server: MeasuredServer, postgres: TestServer) {
    this.#server = server;
    this.#postgres = postgres;
    this.origin = `http://localhost:${server.port}`;
  }

  static async open(count: number, pages = dist): Promise<FinderHouse> {
    const postgres = await startTestServer();
    const fresh = await postgres.fresh();
    const admin = new pg.Client({ connectionString: fresh.adminUrl });
    await admin.connect();
    const body = randomUUID();
    const list = randomUUID();
    await admin.query('INSERT INTO service_body (id, name) VALUES ($1, $2)', [body, 'Bench']);
    await admin.query(
      'INSERT INTO meeting_list (id, service_body_id, name, source) VALUES ($1, $2, $3, $4)',
      [list, body, 'Bench', ''],
    );
    const made = regionListings(count);
    for (let at = 0; at < made.length; at += 1000)
      await admin.query(
        `INSERT INTO meeting (id, list_id, service_body_id, key, listing)
         SELECT (r->>'id')::uuid, $2, $3, r->>'id', r->'meeting' FROM jsonb_array_elements($1) r`,
        [JSON.stringify(made.slice(at, at + 1000)), list, body],
      );
    await admin.end();
    const server = await MeasuredServer.start(new URL('./stepwell-server.ts', import.meta.url), [
      fresh.appUrl,
      pages,
    ]);
    return new FinderHouse(server, postgres);
  }

  async close(): Promise<void> {
    await this.#server.stop();
    await this.#postgres.close();
  }
}
