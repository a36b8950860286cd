import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { uuidv4, uuidv7 } from '../kit/id.ts';
import {
  type InputOf,
  type Operation,
  type OutputOf,
  type Role,
  staffRoles,
} from '../kit/operation.ts';
import { Database } from '../platform/database.ts';
import type { Handler } from '../platform/handler.ts';
import { tokenHash } from '../platform/link.ts';
import { type FreshDatabase, freshDatabase } from '../platform/pgtest.ts';
import { handlers as allHandlers } from './features.ts';
import { buildServer } from './http.ts';

const origin = 'http://localhost:3000';

/** What a test gets back: the status and the body as JSON. */
export interface Reply<Body = unknown> {
  status: number;
  body: Body;
  headers: Record<string, unknown>;
}

/** A person in a test: asks through the real HTTP server with a real session. */
export class Person {
  readonly accountId = uuidv4();
  readonly membershipId = uuidv7();
  readonly device = uuidv4();
  clientId: string | null = null;
  programmeId = '';
  token = '';
  #seq = 0;
  readonly #house: TestHouse;

  constructor(house: TestHouse) {
    this.#house = house;
  }

  /** Asks one operation; the reply may be a refusal. */
  async ask<O extends Operation>(
    operation: O,
    input: InputOf<O>,
  ): Promise<Reply<OutputOf<O> & { refusal?: string; details?: unknown }>> {
    return this.#house.post(`/api/${operation.name}`, input, this.token) as never;
  }

  /** Asks and expects the output; throws with the refusal otherwise. */
  async get<O extends Operation>(operation: O, input: InputOf<O>): Promise<OutputOf<O>> {
    const reply = await this.ask(operation, input);
    if (reply.status !== 200)
      throw new Error(`${operation.name}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body;
  }

  /** Delivers one operation through the outbox under the next number (or the one given). */
  async deliver<O extends Operation>(
    operation: O,
    input: InputOf<O>,
    options: { seq?: number; madeAt?: string; membership?: string } = {},
  ): Promise<Reply<{ seq: number; outcome: { ok?: OutputOf<O>; refusal?: string } }>> {
    if (this.#seq === 0)
      await this.#house.post('/api/outbox.position', { device: this.device }, this.token);
    const seq = options.seq ?? this.#seq + 1;
    this.#seq = Math.max(seq, this.#seq);
    const op = JSON.stringify({
      name: operation.name,
      input,
      madeAt: options.madeAt ?? new Date().toISOString(),
      ...(options.membership && { membership: options.membership }),
    });
    const hash = createHash('sha256').update(op).digest('hex');
    return this.#house.post(
      '/api/outbox',
      { device: this.device, seq, hash, op },
      this.token,
    ) as never;
  }
}

/** The real server on a real database of its own. Call `close()` when the file is done. */
export class TestHouse {
  readonly app: FastifyInstance;
  readonly database: Database;
  readonly fresh: FreshDatabase;
  readonly #admin: pg.Client;

  constructor(app: FastifyInstance, database: Database, fresh: FreshDatabase, admin: pg.Client) {
    this.app = app;
    this.database = database;
    this.fresh = fresh;
    this.#admin = admin;
  }

  /** SQL behind the policies, as the superuser: to prepare and to look, never to act for a person. */
  async admin<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.#admin.query<Row>(text, values)).rows;
  }

  /** A programme with nobody in it. */
  async programme(name = 'Test programme', timeZone = 'America/New_York'): Promise<string> {
    const id = uuidv7();
    await this.admin(
      "INSERT INTO programme (id, name, time_zone, locale) VALUES ($1, $2, $3, 'en')",
      [id, name, timeZone],
    );
    return id;
  }

  /** A signed-in person without a programme. */
  async account(): Promise<Person> {
    const person = new Person(this);
    await this.admin('INSERT INTO account (account_id, name_hash) VALUES ($1, $2)', [
      person.accountId,
      randomBytes(32),
    ]);
    await this.signIn(person);
    return person;
  }

  /** A signed-in member; staff have their second factor. A client gets a record of their own. */
  async member(programmeId: string, role: Role, displayName: string = role): Promise<Person> {
    const person = await this.account();
    person.programmeId = programmeId;
    if (role === 'client') {
      person.clientId = uuidv7();
      await this.admin(
        'INSERT INTO client (programme_id, id, display_name, record_number, time_zone) VALUES ($1, $2, $3, $4, $5)',
        [programmeId, person.clientId, displayName, person.clientId.slice(-12), 'America/New_York'],
      );
    }
    await this.admin(
      'INSERT INTO membership (programme_id, id, account_id, role, display_name, client_id) VALUES ($1, $2, $3, $4, $5, $6)',
      [programmeId, person.membershipId, person.accountId, role, displayName, person.clientId],
    );
    await this.admin(
      'UPDATE session SET programme_id = $2, membership_id = $3, second_factor = $4 WHERE account_id = $1',
      [
        person.accountId,
        programmeId,
        person.membershipId,
        (staffRoles as readonly Role[]).includes(role),
      ],
    );
    return person;
  }

  async signIn(person: Person): Promise<void> {
    person.token = randomBytes(32).toString('base64url');
    await this.admin(
      "INSERT INTO session (token_hash, id, account_id, expires_at) VALUES ($1, $2, $3, now() + interval '12 hours')",
      [tokenHash(person.token), uuidv4(), person.accountId],
    );
  }

  /** One POST with the headers that our own client sends. */
  async post(
    url: string,
    body: unknown,
    token = '',
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const response = await this.app.inject({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        'x-stepwell': '1',
        ...(token && { cookie: `stepwell-localhost=${token}` }),
        ...headers,
      },
      payload: JSON.stringify(body),
    });
    return {
      status: response.statusCode,
      body: response.headers['content-type']?.toString().includes('json')
        ? response.json()
        : response.body,
      headers: response.headers,
    };
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.database.close();
    await this.#admin.end();
    await this.fresh.drop();
  }
}

/** Builds a house for one test file; `handlers` replaces the features where a test brings its own. */
export async function testHouse(
  options: { handlers?: readonly Handler[]; clock?: () => Date } = {},
): Promise<TestHouse> {
  const fresh = await freshDatabase();
  const admin = new pg.Client({ connectionString: fresh.adminUrl });
  // A trial may kill the database; what then fails is the next look, not the whole run.
  admin.on('error', () => undefined);
  await admin.connect();
  const database = new Database(fresh.appUrl);
  const app = await buildServer({
    database,
    handlers: options.handlers ?? allHandlers,
    origin,
    clientFolder: null,
    ...(options.clock && { clock: options.clock }),
  });
  await app.ready();
  return new TestHouse(app, database, fresh, admin);
}
