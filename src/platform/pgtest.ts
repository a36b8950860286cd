import { createHmac, randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { openEmbedded } from './embedded-postgres.ts';
import { closeDatabase } from './embedded-postgres-cluster.ts';
import { readPidFile, stopServer } from './embedded-postgres-process.ts';
import { migrate } from './migrate.ts';

/** A database of its own for one test file, migrated and empty. */
export type FreshDatabase = {
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** The superuser in this database: to look behind the policies, and to break things on purpose. */
  readonly adminUrl: string;
  drop(): Promise<void>;
};

/** A server for tests with a migrated template to clone. */
export type TestServer = {
  readonly adminUrl: string;
  readonly template: string;
  fresh(): Promise<FreshDatabase>;
  close(): Promise<void>;
};

/** Where a run's server is told to the processes that run its test files. */
const variable = 'STEPWELL_PGTEST';

type Role = 'stepwell_owner' | 'stepwell_app';
const roles: readonly Role[] = ['stepwell_owner', 'stepwell_app'];

/** Roles belong to the whole server, so runs that share one must agree on their passwords. */
function passwordOf(role: Role, adminUrl: string): string {
  return createHmac('sha256', new URL(adminUrl).password).update(role).digest('base64url');
}

function addressIn(database: string, adminUrl: string, role?: Role): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (role) {
    url.username = role;
    url.password = passwordOf(role, adminUrl);
  }
  return url.href;
}

async function asAdmin<T>(adminUrl: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

async function agreeOnRoles(admin: pg.Client, adminUrl: string): Promise<void> {
  // Two runs on one server at once would trip over each other's "create role".
  await admin.query("select pg_advisory_lock(hashtext('stepwell test roles'))");
  for (const role of roles) {
    const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [role]);
    const password = pg.escapeLiteral(passwordOf(role, adminUrl));
    await admin.query(`${rowCount ? 'alter' : 'create'} role ${role} login password ${password}`);
  }
  await admin.query("select pg_advisory_unlock(hashtext('stepwell test roles'))");
}

async function makeTemplate(adminUrl: string): Promise<string> {
  const template = `stepwell_template_${randomBytes(6).toString('hex')}`;
  await asAdmin(adminUrl, async (admin) => {
    await agreeOnRoles(admin, adminUrl);
    const { rows } = await admin.query<{ major: number }>(
      "select current_setting('server_version_num')::int / 10000 as major",
    );
    // The same order of text on every version: by code point.
    const locale =
      (rows[0]?.major ?? 0) >= 17
        ? "locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'"
        : "locale 'C.UTF-8'";
    await admin.query(
      `create database ${template} owner stepwell_owner template template0 encoding 'UTF8' ${locale}`,
    );
    await closeDatabase(admin, template);
    await migrate(addressIn(template, adminUrl, 'stepwell_owner'), 'stepwell_app');
    await admin.query(`alter database ${template} allow_connections false`);
  });
  return template;
}

async function clone(adminUrl: string, template: string): Promise<FreshDatabase> {
  const name = `stepwell_test_${randomBytes(8).toString('hex')}`;
  await asAdmin(adminUrl, async (admin) => {
    await admin.query(`create database ${name} template ${template} owner stepwell_owner`);
    await closeDatabase(admin, name);
  });
  return {
    ownerUrl: addressIn(name, adminUrl, 'stepwell_owner'),
    appUrl: addressIn(name, adminUrl, 'stepwell_app'),
    adminUrl: addressIn(name, adminUrl),
    async drop() {
      await asAdmin(adminUrl, (admin) =>
        admin.query(`drop database if exists ${name} with (force)`),
      );
    },
  };
}

const prefix = 'stepwell-test-';

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function endServerOf(folder: string): Promise<void> {
  const data = await realpath(join(folder, 'database', 'postgres'));
  const left = readPidFile(data);
  if (left) await stopServer(left.pid, data);
}

/** Ends the servers of runs that were killed before they could. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(/^stepwell-test-(\d+)-/.exec(name)?.[1]);
    if (!pid || isRunning(pid)) continue;
    const folder = join(tmpdir(), name);
    await endServerOf(folder).catch(() => undefined);
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function startOwn(durable: boolean): Promise<Pick<TestServer, 'adminUrl' | 'close'>> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  await chmod(folder, 0o711); // as root the database's own user passes through
  const server = await openEmbedded({ folder, durable, log: () => undefined });
  return {
    adminUrl: server.adminUrl,
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Starts a server for tests or benchmarks, with a migrated template.
 *
 * It is the embedded PostgreSQL in a temporary folder, without safety at power cuts unless `durable`;
 * or, where `STEPWELL_TEST_DATABASE_URL` holds a superuser's address, that server (15 to 18).
 */
export async function startTestServer(options: { durable?: boolean } = {}): Promise<TestServer> {
  const given = process.env.STEPWELL_TEST_DATABASE_URL;
  const server = given
    ? { adminUrl: given, close: async () => undefined }
    : await startOwn(options.durable ?? false);
  const { adminUrl } = server;
  const template = await makeTemplate(adminUrl);
  return {
    adminUrl,
    template,
    fresh: () => clone(adminUrl, template),
    async close() {
      if (given) await asAdmin(adminUrl, (admin) => admin.query(`drop database ${template}`));
      await server.close();
    },
  };
}

/** Tells this run's test files, which run in processes of their own, where the server is. */
export function announce({ adminUrl, template }: TestServer): void {
  process.env[variable] = JSON.stringify({ adminUrl, template });
}

/**
 * A migrated, empty database of this test file's own, on the run's server. Call `drop()` at the end.
 * Throws when the run has no server (`pgtest-global.ts` is its vitest `globalSetup`).
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const told = process.env[variable];
  if (!told)
    throw new Error('No test server: run with src/platform/pgtest-global.ts as globalSetup.');
  const { adminUrl, template } = JSON.parse(told) as Pick<TestServer, 'adminUrl' | 'template'>;
  return clone(adminUrl, template);
}

const notSealed = `SELECT count(*)::int AS waiting FROM audit_event e
  WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE (s.programme_id, s.tx, s.seq) = (e.programme_id, e.tx, e.seq))`;

/**
 * Seals the audit until no row waits. A row waits for every older transaction of the whole server, and
 * another test file may hold one open.
 */
export async function sealAll(ask: (text: string) => Promise<unknown[]>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    await ask('SELECT app.seal_audit()');
    const [left] = (await ask(notSealed)) as { waiting: number }[];
    if (left?.waiting === 0) return;
    await setTimeout(25);
  }
  throw new Error('Rows of the audit are not sealed after ten seconds.');
}
