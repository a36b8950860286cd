import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { CannotStart } from './embedded-postgres-refusal.ts';
import { systemFolder } from './embedded-postgres-runtime.ts';
import { canEnter, chooseDatabaseUser, type DatabaseUser } from './embedded-postgres-user.ts';

/** Where everything of one embedded database is kept. */
export type Home = {
  /** The data folder as the person named it. */
  readonly folder: string;
  /** PostgreSQL's own folder. */
  readonly data: string;
  /** The folder around it: passwords, log, library links. */
  readonly around: string;
  readonly links: string;
  readonly log: string;
  readonly user: DatabaseUser;
};

/** Random passwords, made once, kept in a file that only its owner reads. */
export type Passwords = {
  readonly postgres: string;
  readonly stepwell_owner: string;
  readonly stepwell_app: string;
};

/** Linux gives a socket's path 108 bytes, one of them the ending zero. */
const longestSocketPath = 107;

function isSelf(user: DatabaseUser): boolean {
  return user.uid === process.getuid?.() && user.wrap.length === 0;
}

/** A folder that belongs to the database's user alone. */
export function privateFolder(path: string, user: DatabaseUser): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (statSync(path).uid !== user.uid) chownSync(path, user.uid, user.gid);
}

function placeElsewhere(link: string, folder: string, log: (line: string) => void): void {
  mkdirSync(systemFolder, { recursive: true, mode: 0o755 });
  const place = join(systemFolder, `data-${randomBytes(6).toString('hex')}`);
  mkdirSync(place, { mode: 0o711 });
  chmodSync(place, 0o711);
  symlinkSync(place, link);
  log(`Only root can open ${folder}, so the database's files are in ${place}.`);
}

/** Makes the data folder and says in words why it cannot be had; returns its real path. */
export function makeFolder(named: string): string {
  const folder = resolve(named);
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // The database's own user passes through; it cannot list or read what is here.
    if (process.getuid?.() === 0) chmodSync(folder, 0o711);
  }
  if (!statSync(folder).isDirectory()) {
    throw new CannotStart(`${folder} is not a folder. Choose another (STEPWELL_DATA).`);
  }
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  return realpathSync(folder);
}

/**
 * Finds or lays out the home of the database inside `folder`.
 *
 * Under a folder that only root may enter the files go to `systemFolder`, and a link says where.
 */
export function settle(folder: string, log: (line: string) => void): Home {
  const link = join(folder, 'database');
  const known = lstatSync(link, { throwIfNoEntry: false });
  const owner = statSync(join(link, 'postgres'), { throwIfNoEntry: false });
  const user = chooseDatabaseUser(owner, log);
  if (!known) {
    if (isSelf(user) || canEnter(folder, user)) mkdirSync(link, { mode: 0o711 });
    else placeElsewhere(link, folder, log);
  }
  if (!existsSync(link)) {
    throw new CannotStart(`${link} points to a folder that is not there: its disk may be missing.`);
  }
  const around = realpathSync(link);
  accessSync(around, constants.R_OK | constants.W_OK | constants.X_OK);
  if (!isSelf(user) && !canEnter(around, user)) {
    throw new CannotStart(`The database's user (${user.name}) may no longer enter ${around}.`);
  }
  return {
    folder,
    around,
    user,
    data: join(around, 'postgres'),
    links: join(around, 'lib'),
    log: join(around, 'postgres.log'),
  };
}

/** Reads the passwords, making them at the first start. Throws `CannotStart` when they are damaged. */
export function passwordsOf(home: Pick<Home, 'around' | 'data'>): Passwords {
  const path = join(home.around, 'passwords.json');
  if (!existsSync(path)) {
    if (existsSync(home.data)) {
      throw new CannotStart(`${path} is missing; without it the database cannot be opened.`);
    }
    const secret = () => randomBytes(24).toString('base64url');
    const made = { postgres: secret(), stepwell_owner: secret(), stepwell_app: secret() };
    const staging = `${path}.new`;
    writeFileSync(staging, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(staging, path);
  }
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Passwords;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new CannotStart(`${path} is damaged; restore it from a backup.`, { cause });
  }
}

function isPrivate(path: string, user: DatabaseUser): boolean {
  const stats = lstatSync(path);
  return stats.isDirectory() && stats.uid === user.uid && (stats.mode & 0o077) === 0;
}

/** The folder for the socket: beside the data, or a private one elsewhere when that path is too long. */
export function socketFolder(home: Home): string {
  const hash = createHash('sha256').update(home.around).digest('hex').slice(0, 12);
  const shared = [
    process.env.XDG_RUNTIME_DIR,
    process.getuid?.() === 0 ? '/run' : undefined,
    '/tmp',
  ];
  const places = shared.filter((place) => place !== undefined && existsSync(place));
  const candidates = [
    join(home.around, 'run'),
    ...places.map((at) => join(at as string, `stepwell-${hash}`)),
  ];
  for (const path of candidates) {
    if (Buffer.byteLength(join(path, '.s.PGSQL.5432')) > longestSocketPath) continue;
    try {
      privateFolder(path, home.user);
      if (isPrivate(path, home.user) && canEnter(path, home.user)) return path;
    } catch {
      // Somebody else's folder, or one that cannot be written: try the next place.
    }
  }
  throw new CannotStart(
    `No private folder for the database's socket could be made for ${home.around}.`,
  );
}
