import {
  type CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import pg from 'pg';
import type { DB } from '../../db/types.ts';
import { type Outcome, type Statement, sendTogether } from './packet.ts';

// A `date` is a calendar day: text from table to screen, never a JS Date. bigint counts stay exact.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString());
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text));

/** What runs operations needs of a database. */
export type Transactions = Pick<Database, 'transaction' | 'openRead'>;

/** The pool of the app role. Only `Transaction` is handed on, and only with a context inside it. */
export class Database {
  readonly #pool: pg.Pool;

  constructor(appUrl: string, options: { max?: number } = {}) {
    this.#pool = new pg.Pool({ connectionString: appUrl, max: options.max ?? 10, pipeline: true });
    // An idle connection that dies is replaced by the pool; its error must not end the process.
    this.#pool.on('error', () => {});
    // Nor may that of one in use: its statement fails, and the person gets an answer.
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  /**
   * Runs `work` in one transaction whose context `enter` sets first. Commits when `work` returns
   * and `keep` (default: always) says so; rolls back otherwise or when it throws. Runs both once
   * more, in a new transaction, when something that `work` presumed was not so, or when it and another
   * had waited for each other and the database chose it to give way.
   */
  async transaction<Entered, Result>(
    enter: (tx: Transaction) => Promise<Entered>,
    work: (tx: Transaction, entered: Entered) => Promise<Result>,
    keep: (result: Result) => boolean = () => true,
  ): Promise<Result> {
    const client = await this.#pool.connect();
    let broken = false;
    const attempt = async (tx: Transaction) => {
      try {
        const result = await work(tx, await enter(tx));
        await tx.end(keep(result));
        return result;
      } catch (error) {
        await tx.query('ROLLBACK').catch(() => {
          broken = true;
        });
        throw error;
      } finally {
        tx.close();
      }
    };
    try {
      const tx = new Transaction(client, 'BEGIN');
      return await attempt(tx).catch((error) => {
        if (broken || !(tx.presumedWrongly(error) || gaveWay(error))) throw error;
        const looking = new Transaction(client, 'BEGIN');
        looking.presumeNothing();
        return attempt(looking);
      });
    } finally {
      client.release(broken);
    }
  }

  /**
   * As `transaction`, for reads of the open plane: it begins only when the first statement is sent,
   * so that what is answered from memory costs no round trip.
   */
  async openRead<Result>(
    enter: (tx: Transaction) => Promise<unknown>,
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    let client: pg.PoolClient | undefined;
    const tx = new Transaction(async () => {
      client = await this.#pool.connect();
      await enter(new Transaction(client, 'BEGIN READ ONLY'));
      return client;
    });
    let broken = false;
    try {
      return await work(tx);
    } finally {
      tx.close();
      await client?.query('ROLLBACK').catch(() => {
        broken = true;
      });
      client?.release(broken);
    }
  }

  /** Refuses to serve with rights that would make row-level security void. */
  async refuseDangerousRole(): Promise<string | null> {
    const { rows } = await this.#pool.query<{
      rolname: string;
      rolsuper: boolean;
      rolbypassrls: boolean;
      owns: boolean;
      creates: boolean;
    }>(`SELECT rolname, rolsuper, rolbypassrls,
          EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relowner = r.oid) AS owns,
          has_schema_privilege(current_user, 'public', 'CREATE') AS creates
        FROM pg_roles r WHERE rolname = current_user`);
    const role = rows[0];
    if (!role) return 'The database role was not found.';
    const why = role.rolsuper
      ? 'is a superuser'
      : role.rolbypassrls
        ? 'has BYPASSRLS'
        : role.owns
          ? 'owns tables'
          : role.creates
            ? 'may create tables'
            : null;
    return why === null
      ? null
      : `Stepwell will not serve as the database role ${role.rolname}, because it ${why}: row-level security would not protect anybody. Use a plain role in DATABASE_URL and the owner in DATABASE_MIGRATE_URL.`;
  }

  /** Whether the database answers. */
  async alive(): Promise<boolean> {
    return this.#pool.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

/** One open transaction with its context. `roundTrips` counts statements, for the benchmarks. */
export class Transaction {
  #client: pg.PoolClient | undefined;
  #opening: (() => Promise<pg.PoolClient>) | undefined;
  #opened: Promise<pg.PoolClient> | undefined;
  #begin: string | undefined;
  #kysely: Kysely<DB> | undefined;
  readonly #deferred: Statement[] = [];
  #presumes = true;
  #presumed = false;
  #closed = false;
  roundTrips = 0;

  /** Takes a connection with what begins it, or how to get one when the first statement is sent. */
  constructor(client: pg.PoolClient | (() => Promise<pg.PoolClient>), begin?: string) {
    if (typeof client === 'function') this.#opening = client;
    else this.#client = client;
    this.#begin = begin;
  }

  /** A statement by hand; prepared once per connection when it has parameters. */
  async query<Row extends pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ): Promise<Row[]> {
    return (await this.run<Row>(text, values)).rows;
  }

  /** As `query`, with the number of rows that a change touched. */
  async run<Row extends pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ): Promise<Pick<pg.QueryResult<Row>, 'rows' | 'rowCount'>> {
    if (this.#closed) throw new Error('The transaction has ended.');
    if (!this.#client) {
      this.#opened ??= this.#opening?.();
      this.#client = await this.#opened;
    }
    if (values) return (await this.#send([{ text, values }])).at(-1) as Outcome<Row>;
    if (this.#begin) await this.#send([]);
    this.roundTrips += 1;
    return (this.#client as pg.PoolClient).query<Row>(text);
  }

  /**
   * Keeps a statement whose rows nobody waits for, to travel with the end of the transaction. If it
   * fails, the database rolls back and the transaction throws.
   */
  defer(text: string, values: readonly unknown[]): void {
    this.#deferred.push({ text, values });
  }

  /**
   * Defers an insert of a row that is all but certainly new, so that it travels with the end. False
   * when the caller has to look first: the row was there, and everything runs once more.
   */
  presume(text: string, values: readonly unknown[]): boolean {
    if (!this.#presumes) return false;
    this.#presumed = true;
    this.defer(text, values);
    return true;
  }

  /** From here on `presume` is false. */
  presumeNothing(): void {
    this.#presumes = false;
  }

  /** Whether the error says that a row was there already, and a row was presumed to be new. */
  presumedWrongly(error: unknown): boolean {
    return this.#presumed && error instanceof pg.DatabaseError && error.code === uniqueViolation;
  }

  /** Sends everything deferred and waits for it; throws when one of it failed. */
  async settle(): Promise<void> {
    if (this.#deferred.length > 0) await this.#send(this.#deferred.splice(0));
  }

  /** What still runs after the end must not reach whoever has the connection next. */
  close(): void {
    this.#closed = true;
  }

  /** Sends everything deferred, then commits or rolls back, in one packet. */
  async end(commit: boolean): Promise<void> {
    const deferred = commit ? this.#deferred.splice(0) : [];
    const sent = await this.#send([...deferred, commit ? commitment : retreat]);
    // COMMIT of a transaction that a statement had broken is answered with ROLLBACK.
    if (commit && sent.at(-1)?.command !== 'COMMIT')
      throw new Error('The transaction was rolled back.');
  }

  /** Sends statements in one packet; BEGIN travels with the first of the transaction. */
  #send(statements: readonly Statement[]): Promise<Outcome[]> {
    const begin = this.#begin;
    this.#begin = undefined;
    const sent = begin ? [{ text: begin, values: [] }, ...statements] : statements;
    this.roundTrips += sent.length;
    return sendTogether(this.#client as pg.PoolClient, sent);
  }

  /** The typed query builder, bound to this transaction. */
  get db(): Kysely<DB> {
    this.#kysely ??= bind(this);
    return this.#kysely;
  }
}

/** PostgreSQL documentation, "PostgreSQL Error Codes". */
const uniqueViolation = '23505';
const deadlockDetected = '40P01';

function gaveWay(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === deadlockDetected;
}
const commitment: Statement = { text: 'COMMIT', values: [] };
const retreat: Statement = { text: 'ROLLBACK', values: [] };

const adapter = new PostgresAdapter();
const compiler = new PostgresQueryCompiler();

function bind(tx: Transaction): Kysely<DB> {
  const connection = {
    async executeQuery<Row>({ sql, parameters }: CompiledQuery) {
      const { rows, rowCount } = await tx.run<pg.QueryResultRow>(sql, parameters);
      return { rows: rows as Row[], numAffectedRows: BigInt(rowCount ?? 0) };
    },
    streamQuery(): never {
      throw new Error('Streams are not used.');
    },
  };
  const nothing = async () => {};
  return new Kysely<DB>({
    dialect: {
      createAdapter: () => adapter,
      createQueryCompiler: () => compiler,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createDriver: () => ({
        init: nothing,
        acquireConnection: async () => connection,
        beginTransaction: refuseNesting,
        commitTransaction: refuseNesting,
        rollbackTransaction: refuseNesting,
        releaseConnection: nothing,
        destroy: nothing,
      }),
    },
  });
}

async function refuseNesting(): Promise<void> {
  throw new Error('The operation already runs in a transaction.');
}
