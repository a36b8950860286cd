import pg from 'pg';
import { type Parameter, Wire } from './wire.ts';

/** One statement with its parameters, `$1` … in their order. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What came of a statement: the first word of its command tag, rows, and how many it touched. */
export interface Outcome<Row extends pg.QueryResultRow = pg.QueryResultRow> {
  command: string;
  rowCount: number | null;
  rows: Row[];
}

interface Column {
  name: string;
  parse: (text: string) => unknown;
}

/** A statement as one connection knows it; its columns are told once, when it is prepared. */
interface Prepared {
  readonly text: string;
  readonly name: string;
  columns: readonly Column[];
}

// Statements of varying text (long IN lists) must not fill the server with prepared ones.
const mostPrepared = 1000;
const known = new WeakMap<pg.Connection, Map<string, Prepared>>();
let names = 0;

// pg's own way from values to parameters; its types leave it out.
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): Parameter } })
  .utils;
const wire = new Wire();

/**
 * Sends statements in one packet that ends with one Sync, so that the database answers them in one
 * packet too. They run in order; where one fails, those behind it do not run and the packet rejects
 * with its error. Every text is prepared once a connection.
 */
export async function sendTogether(
  client: pg.PoolClient,
  statements: readonly Statement[],
): Promise<Outcome[]> {
  try {
    return await new Promise<Outcome[]>((resolve, reject) => {
      client.query(new Packet(statements, resolve, reject));
    });
  } catch (error) {
    // The stack of the socket's event tells nobody who asked.
    if (error instanceof Error) Error.captureStackTrace(error);
    throw error;
  }
}

function preparedOn(connection: pg.Connection): Map<string, Prepared> {
  let prepared = known.get(connection);
  if (!prepared) {
    prepared = new Map();
    known.set(connection, prepared);
  }
  return prepared;
}

// The types make a property of what is a method, and leave out the rest.
const Query = pg.Query as unknown as new (text: string) => object;

/** What pg calls as the database's messages for a query of ours arrive, in their order. */
class Packet extends Query implements pg.Submittable {
  readonly statements: readonly Statement[];
  readonly #resolve: (outcomes: Outcome[]) => void;
  readonly #reject: (error: unknown) => void;
  readonly #used: Prepared[] = [];
  readonly #outcomes: Outcome[] = [];
  #rows: pg.QueryResultRow[] = [];
  #unreadable: unknown;

  constructor(
    statements: readonly Statement[],
    resolve: (outcomes: Outcome[]) => void,
    reject: (error: unknown) => void,
  ) {
    super('');
    this.statements = statements;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Writes everything or nothing; the error that it returns is handed to `handleError`. */
  submit(connection: pg.Connection): unknown {
    try {
      for (const { text, values } of this.statements) this.#write(connection, text, values);
      wire.sync();
    } catch (error) {
      wire.take();
      this.#forget(connection);
      return error;
    }
    if (connection.stream.writable) connection.stream.write(wire.take());
    else wire.take();
    return null;
  }

  #write(connection: pg.Connection, text: string, values: readonly unknown[]): void {
    const parameters = values.map(prepareValue);
    const prepared = preparedOn(connection);
    const standing = prepared.get(text);
    if (standing) {
      this.#used.push(standing);
      wire.bind(standing.name, parameters);
      wire.execute();
      return;
    }
    const lasts = prepared.size < mostPrepared;
    names += 1;
    const made: Prepared = { text, name: lasts ? `p${names}` : '', columns: [] };
    if (lasts) prepared.set(text, made);
    this.#used.push(made);
    wire.parse(made.name, text);
    wire.bind(made.name, parameters);
    wire.describe();
    wire.execute();
  }

  handleRowDescription({ fields }: { fields: pg.FieldDef[] }): void {
    const statement = this.#used[this.#outcomes.length] as Prepared;
    statement.columns = fields.map(({ name, dataTypeID }) => ({
      name,
      parse: pg.types.getTypeParser(dataTypeID, 'text'),
    }));
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const { columns } = this.#used[this.#outcomes.length] as Prepared;
    const row: pg.QueryResultRow = {};
    try {
      for (let index = 0; index < columns.length; index += 1) {
        const { name, parse } = columns[index] as Column;
        const text = fields[index] as string | null;
        row[name] = text === null ? null : parse(text);
      }
      this.#rows.push(row);
    } catch (error) {
      this.#unreadable = error;
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    const count = Number(text.slice(text.lastIndexOf(' ') + 1));
    this.#outcomes.push({
      command: text.split(' ', 1)[0] ?? '',
      rowCount: Number.isNaN(count) ? null : count,
      rows: this.#rows,
    });
    this.#rows = [];
  }

  handleReadyForQuery(): void {
    if (this.#unreadable) this.#reject(this.#unreadable);
    else this.#resolve(this.#outcomes);
  }

  handleError(error: unknown, connection: pg.Connection): void {
    this.#forget(connection);
    if (connection.stream.writable) connection.stream.write(wire.take());
    else wire.take();
    this.#reject(error);
  }

  /** After a failure its statements may stand or not, or be out of date: they are prepared anew. */
  #forget(connection: pg.Connection): void {
    const prepared = preparedOn(connection);
    for (const used of this.#used) {
      if (prepared.get(used.text) === used) prepared.delete(used.text);
      if (used.name) wire.close(used.name);
    }
  }
}
