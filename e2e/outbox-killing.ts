import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const entry = new URL('./outbox-server.ts', import.meta.url);

/** Asks the database in a connection of its own; rejects while it is down. */
export async function askOnce<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The real server, killed with SIGKILL again and again, and a process of its database with it at times. */
export class KilledServer {
  port = 0;
  kills = 0;
  databaseKills = 0;
  /** How often the server ended by itself, which it must not. */
  fell = 0;
  readonly #url: string;
  readonly #random: () => number;
  #child: ChildProcess | undefined;
  #ended = false;
  #startTook = 0;

  constructor(url: string, random: () => number) {
    this.#url = url;
    this.#random = random;
  }

  async start(): Promise<void> {
    const begun = Date.now();
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const child = fork(entry, [this.#url, String(this.port)], { stdio: 'ignore' });
      this.#child = child;
      const ended = once(child, 'exit');
      const told = await Promise.race([once(child, 'message'), ended.then(() => null)]);
      if (told) {
        [this.port] = told as [number];
        this.#startTook = Date.now() - begun;
        void ended.then(([code]) => {
          if (code !== null) this.fell += 1;
        });
        return;
      }
      await pause(500);
    }
    throw new Error('The server does not start again.');
  }

  /** Kills until `finish`; every fourth time a process of the database instead, which makes all of it recover. */
  async rage(): Promise<void> {
    while (!this.#ended) {
      // On a slow machine a start takes long: it must serve some of the time all the same.
      await pause(1500 + this.#random() * 2500 + this.#startTook);
      if (this.#ended) return;
      if (this.#random() < 0.25) await this.#killDatabase().catch(() => undefined);
      else await this.#killServer();
    }
  }

  async #killServer(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    this.kills += 1;
    await pause(this.#random() * 300);
    await this.start();
  }

  async #killDatabase(): Promise<void> {
    const [row] = await askOnce<{ pid: number }>(
      this.#url,
      'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() LIMIT 1',
    );
    if (!row) return;
    process.kill(row.pid, 'SIGKILL');
    this.databaseKills += 1;
  }

  /** No more kills; the server goes on. */
  finish(): void {
    this.#ended = true;
  }

  async stop(): Promise<void> {
    this.#child?.kill('SIGKILL');
  }
}
