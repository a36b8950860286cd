import { spawnSync } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Home, type Passwords, privateFolder } from './embedded-postgres-home.ts';
import { CannotStart, fromDatabaseOutput } from './embedded-postgres-refusal.ts';
import type { Runtime } from './embedded-postgres-runtime.ts';

/** The database of the product; its owner migrates, its app role reads and writes under policies. */
const databaseName = 'stepwell';

/** Codepoint order everywhere, no ICU: the order of text never changes with a library. */
const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];

function flushFolder(path: string): void {
  const fd = openSync(path, 'r');
  fsyncSync(fd);
  closeSync(fd);
}

function refuseOther(made: string, { folder }: Home, { version }: Runtime): void {
  if (version.split('.')[0] === made) return;
  throw new CannotStart(
    `The data in ${folder} was made by PostgreSQL ${made}; this Stepwell brings ${version}. ` +
      'Start the Stepwell that made it, back up, and restore into this one.',
  );
}

/**
 * Makes the cluster where there is none: in a folder aside, renamed when it is whole, so that a start
 * that was killed half way leaves nothing to trip over. Throws `CannotStart` in words.
 */
export function makeCluster(
  home: Home,
  runtime: Runtime,
  passwords: Passwords,
  durable: boolean,
): void {
  const version = join(home.data, 'PG_VERSION');
  if (existsSync(version)) {
    refuseOther(readFileSync(version, 'utf8').trim(), home, runtime);
    return;
  }
  const fresh = `${home.data}-new`;
  const secret = join(home.around, 'first-password');
  rmSync(fresh, { recursive: true, force: true });
  privateFolder(fresh, home.user);
  writeFileSync(secret, passwords.postgres, { mode: 0o600 });
  chownSync(secret, home.user.uid, home.user.gid);
  const { uid, gid, wrap } = home.user;
  const become = uid === process.getuid?.() || wrap.length > 0 ? {} : { uid, gid };
  const args = ['-D', fresh, '-U', 'postgres', `--pwfile=${secret}`, '--auth=scram-sha-256'];
  args.push('--data-checksums', '--encoding=UTF8', ...locale, ...(durable ? [] : ['--no-sync']));
  const [command = '', ...rest] = [...wrap, runtime.initdb, ...args];
  const made = spawnSync(command, rest, {
    ...become,
    cwd: '/',
    env: runtime.env,
    encoding: 'utf8',
  });
  rmSync(secret, { force: true });
  if (made.status !== 0) {
    const said = `${made.stdout ?? ''}${made.stderr ?? ''}${made.error?.message ?? ''}`;
    rmSync(fresh, { recursive: true, force: true });
    throw (
      fromDatabaseOutput(said, home.folder) ??
      new CannotStart(`The database could not be made in ${home.around}:\n${said.trim()}`)
    );
  }
  // Connections come through the private socket only, and still need their password.
  writeFileSync(join(fresh, 'pg_hba.conf'), 'local all all scram-sha-256\n');
  renameSync(fresh, home.data);
  if (durable) flushFolder(home.around);
}

/** A connection address on a private socket, in the form that pg, psql and `new URL` all read. */
export function addressOf(
  folder: string,
  role: keyof Passwords,
  passwords: Passwords,
  database = databaseName,
): string {
  return `postgres://${role}:${passwords[role]}@localhost/${database}?host=${encodeURIComponent(folder)}`;
}

const roleOptions = 'login nosuperuser nobypassrls nocreatedb nocreaterole noreplication';

/**
 * Makes the roles and the database where they are missing: `stepwell_owner` owns the schema,
 * `stepwell_app` may connect and nothing else until a migration grants it. Safe to repeat, also
 * after a start that was killed half way. `admin` is a connected superuser.
 */
export async function makeRolesAndDatabase(
  admin: pg.Client,
  passwords: Omit<Passwords, 'postgres'>,
): Promise<void> {
  const { rows } = await admin.query<{ name: string; closed: boolean }>(
    `select rolname as name, true as closed from pg_roles where rolname like 'stepwell%'
     union all select datname, datacl is not null from pg_database where datname = $1`,
    [databaseName],
  );
  const known = new Map(rows.map(({ name, closed }) => [name, closed]));
  for (const role of ['stepwell_owner', 'stepwell_app'] as const) {
    if (known.has(role)) continue;
    const password = pg.escapeLiteral(passwords[role]);
    await admin.query(`create role ${role} ${roleOptions} password ${password}`);
  }
  if (!known.has(databaseName)) {
    await admin.query(`create database ${databaseName} owner stepwell_owner`);
  }
  if (!known.get(databaseName)) await closeDatabase(admin, databaseName);
}

/** Shuts a database to all but its owner and the app role. */
export async function closeDatabase(admin: pg.Client, name: string): Promise<void> {
  await admin.query(
    `begin; revoke all on database ${name} from public;
     grant connect on database ${name} to stepwell_app; commit`,
  );
}
