import { setTimeout } from 'node:timers/promises';
import {
  Logger,
  parseCronItems,
  type Runner,
  run,
  runMigrations,
  type TaskList,
} from 'graphile-worker';
import pg from 'pg';
import type { Transaction } from './database.ts';

/** Work that outlives a request, by name. It may run twice (after a crash), so it must bear that. */
export type Jobs = Readonly<Record<string, (payload: Record<string, unknown>) => Promise<void>>>;

const schema = 'graphile_worker';
/** The runner's own lines are about itself; what a job has to say, it stores where people read it. */
const quiet = new Logger(() => () => undefined);

/**
 * Makes or renews the tables of waiting jobs, as the owner, so that the role that serves needs no
 * right to create anything: it gets reading and writing of their rows only.
 */
export async function prepareJobs(ownerUrl: string, appRole: string): Promise<void> {
  const pool = poolFor(ownerUrl, 1);
  try {
    await runMigrations({ pgPool: pool, schema, logger: quiet });
    const role = pg.escapeIdentifier(appRole);
    await pool.query(`GRANT USAGE ON SCHEMA ${schema} TO ${role};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role};
      GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role};
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${schema} TO ${role};`);
    await pool.query(`DO $$ DECLARE t regclass; BEGIN
      FOR t IN SELECT c.oid FROM pg_class c WHERE c.relnamespace = '${schema}'::regnamespace AND c.relrowsecurity LOOP
        EXECUTE format('DROP POLICY IF EXISTS server ON %s', t);
        EXECUTE format('CREATE POLICY server ON %s TO ${role.replaceAll("'", "''")} USING (true)', t);
      END LOOP; END $$`);
  } finally {
    await pool.end();
  }
}

/**
 * Asks for a job in the transaction of what it follows from: it runs if and when that commits. A
 * second one with the same `key`, asked before the first has begun, is the same one.
 */
export async function askForJob(
  tx: Pick<Transaction, 'query'>,
  name: string,
  payload: Record<string, unknown>,
  key: string,
): Promise<void> {
  await tx.query(`SELECT FROM ${schema}.add_job($1, $2::json, max_attempts := 5, job_key := $3)`, [
    name,
    JSON.stringify(payload),
    key,
  ]);
}

/** Keys of the jobs that wait or run, or will be tried again, among those that begin so. */
export async function jobsUnder(tx: Pick<Transaction, 'query'>, prefix: string): Promise<string[]> {
  const rows = await tx.query<{ key: string }>(
    `SELECT key FROM ${schema}.jobs
     WHERE starts_with(key, $1) AND (locked_at IS NOT NULL OR attempts < max_attempts)`,
    [prefix],
  );
  return rows.map(({ key }) => key);
}

function tasksOf(jobs: Jobs): TaskList {
  return Object.fromEntries(
    Object.entries(jobs).map(([name, work]) => [
      name,
      (payload: unknown) => work((payload ?? {}) as Record<string, unknown>),
    ]),
  );
}

function poolFor(appUrl: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: appUrl, max });
  // A connection that dies is replaced; its error must not end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

// Held as long as the connection stands: of several processes on one database one works at a time.
const takeTurn = "SELECT pg_try_advisory_lock(hashtext('stepwell jobs')) AS mine";

/** What is still marked as begun was left by a process that ended in the middle: it begins again. */
const unlockLeft = `SELECT ${schema}.force_unlock_workers(coalesce(array_agg(DISTINCT locked_by), '{}'))
  FROM ${schema}.jobs WHERE locked_by IS NOT NULL`;

/** Milliseconds between two looks whether the process that works has ended. */
const patience = 200;

/**
 * Runs jobs until `stop`, as soon as no other process does; `everyMinute` names those that the clock
 * asks for. One that throws is tried again later, each time after a longer while.
 */
export function keepWorking(
  appUrl: string,
  jobs: Jobs,
  options: { everyMinute?: readonly string[]; atOnce?: number } = {},
): { stop(): Promise<void> } {
  const pool = poolFor(appUrl, 5);
  let turn: pg.PoolClient | undefined;
  let stopped = false;
  const begin = async (): Promise<Runner | null> => {
    turn = await pool.connect();
    while (!(await turn.query<{ mine: boolean }>(takeTurn)).rows[0]?.mine) {
      await setTimeout(patience);
      if (stopped) return null;
    }
    await pool.query(unlockLeft);
    const runner = await run({
      pgPool: pool,
      schema,
      logger: quiet,
      noHandleSignals: true,
      concurrency: options.atOnce ?? 6,
      pollInterval: 5_000,
      taskList: tasksOf(jobs),
      parsedCronItems: parseCronItems(
        (options.everyMinute ?? []).map((task) => ({ task, match: '* * * * *' })),
      ),
    });
    // Where the database goes away for good, the server says so itself.
    runner.promise.catch(() => undefined);
    return runner;
  };
  // Where the database goes away meanwhile, it begins again once that is back.
  const keepBeginning = async (): Promise<Runner | null> => {
    while (!stopped) {
      try {
        return await begin();
      } catch {
        turn?.release(true);
        turn = undefined;
        await setTimeout(patience);
      }
    }
    return null;
  };
  const begun = keepBeginning();
  return {
    async stop() {
      stopped = true;
      await (await begun)?.stop().catch(() => undefined);
      turn?.release(true);
      await pool.end();
    },
  };
}

const leftToDo = `SELECT FROM ${schema}.jobs
  WHERE locked_at IS NOT NULL OR (run_at <= now() AND attempts < max_attempts) LIMIT 1`;

/** Runs what waits now and returns when nothing more does; for tests, the command line and benches. */
export async function workOff(appUrl: string, jobs: Jobs): Promise<void> {
  const pool = poolFor(appUrl, 1);
  try {
    if ((await pool.query(leftToDo)).rowCount === 0) return;
    const working = keepWorking(appUrl, jobs);
    while ((await pool.query(leftToDo)).rowCount !== 0) await setTimeout(10);
    await working.stop();
  } finally {
    await pool.end();
  }
}
