import { spawnSync } from 'node:child_process';
import { readFileSync, type Stats, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { CannotStart } from './embedded-postgres-refusal.ts';

/**
 * Whom the database runs as: PostgreSQL refuses to run as root.
 *
 * `uid`/`gid` own its files; `wrap` is the command that stands before it (empty, or `unshare …`).
 */
export type DatabaseUser = {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
  readonly wrap: readonly string[];
};

/** The system user that Stepwell makes when it is started as root. */
const systemUser = 'stepwell';

type Entry = { uid: number; gid: number };

function entryOf(name: string): Entry | undefined {
  const asked = spawnSync('getent', ['passwd', name], { encoding: 'utf8' });
  const text = asked.error ? readFileSync('/etc/passwd', 'utf8') : asked.stdout;
  const line = text.split('\n').find((row) => row.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

function addSystemUser(): Entry | undefined {
  const shell = '/usr/sbin/nologin';
  const args = ['--system', '--user-group', '--no-create-home', '--shell', shell, systemUser];
  spawnSync('useradd', args, { stdio: 'ignore' });
  // Two starts at once: the second useradd fails, and finds what the first one made.
  return entryOf(systemUser);
}

/** True when this process may become that user (a container may have taken the right away). */
function mayBecome({ uid, gid }: Entry): boolean {
  return spawnSync('/bin/sh', ['-c', 'exit 0'], { uid, gid, stdio: 'ignore' }).status === 0;
}

/** A user namespace in which this process is `nobody`: no new user needed, no rights of root. */
function namespaced(): DatabaseUser | undefined {
  const { uid, gid } = entryOf('nobody') ?? { uid: 65534, gid: 65534 };
  const wrap = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--'];
  const tried = spawnSync('unshare', [...wrap.slice(1), '/bin/sh', '-c', 'exit 0']);
  if (tried.status !== 0) return undefined;
  const self = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  return { ...self, name: 'nobody (in a namespace of its own)', wrap };
}

function nameOfSelf(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined; // a bare number, as some containers run
  }
}

/**
 * Chooses the user for the database, making the system user `stepwell` when run as root.
 *
 * `dataOwner` is the owner of existing data: it stays with whoever has it. `log` gets one plain line
 * when a user was made or a fallback taken. Throws `CannotStart` when no unprivileged user is to be had.
 */
export function chooseDatabaseUser(
  dataOwner: Stats | undefined,
  log: (line: string) => void,
): DatabaseUser {
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  if (uid !== 0) {
    const name = nameOfSelf();
    if (name) return { uid, gid, name, wrap: [] };
    // initdb looks its user up by name.
    return namespaced() ?? { uid, gid, name: String(uid), wrap: [] };
  }
  if (dataOwner && dataOwner.uid !== 0) {
    const { uid: owner, gid: group } = dataOwner;
    return { uid: owner, gid: group, name: String(owner), wrap: [] };
  }
  if (!dataOwner) {
    const known = entryOf(systemUser);
    const entry = known ?? addSystemUser();
    if (entry && mayBecome(entry)) {
      if (!known) log(`Made the system user "${systemUser}": the database does not run as root.`);
      return { ...entry, name: systemUser, wrap: [] };
    }
  }
  const apart = namespaced();
  if (apart) {
    log('The database does not run as root: it gets a user namespace of its own.');
    return apart;
  }
  throw new CannotStart(
    'The database must not run as root, and no other user could be made here. ' +
      'Start Stepwell as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  );
}

function permits(stats: Stats, user: DatabaseUser, bit: 1 | 4): boolean {
  if (stats.uid === user.uid) return (stats.mode & (bit << 6)) !== 0;
  if (stats.gid === user.gid) return (stats.mode & (bit << 3)) !== 0;
  return (stats.mode & bit) !== 0;
}

/** True when that user may enter every folder on the way to `path` and read what is there. */
export function canReach(path: string, user: DatabaseUser): boolean {
  const stats = statSync(path);
  const open = permits(stats, user, 4) && (!stats.isDirectory() || permits(stats, user, 1));
  return open && canEnter(dirname(path), user);
}

/** True when that user may pass through `folder` and every folder above it. */
export function canEnter(folder: string, user: DatabaseUser): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (!permits(statSync(at), user, 1)) return false;
    if (at === dirname(at)) return true;
  }
}
