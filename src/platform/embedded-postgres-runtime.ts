import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { CannotStart } from './embedded-postgres-refusal.ts';
import { canReach, type DatabaseUser } from './embedded-postgres-user.ts';

/** PostgreSQL's programs and the environment that they need. */
export type Runtime = {
  readonly postgres: string;
  readonly initdb: string;
  readonly version: string;
  readonly env: Readonly<Record<string, string>>;
};

/** Where root keeps what an unprivileged user must reach. */
export const systemFolder = '/var/lib/stepwell';

/** Folder and version of the PostgreSQL package of this platform; `CannotStart` where there is none. */
function findPackage(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { native: join(root, 'native'), version };
  } catch (cause) {
    throw new CannotStart(
      `There is no built-in database for ${process.platform} on ${process.arch}. ` +
        'Set DATABASE_URL to a PostgreSQL server (15 to 18).',
      { cause },
    );
  }
}

/** Files as readable as they must be, whatever the umask was when the package was installed. */
function openUp(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openUp(path);
    else if (entry.isFile()) chmodSync(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}

/** A copy of the programs under `into`; made once per version, whole or not at all. */
function copyPrograms(native: string, version: string, into: string): string {
  const copy = join(into, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  mkdirSync(into, { recursive: true, mode: 0o755 });
  const staging = `${copy}.${randomBytes(6).toString('hex')}`;
  cpSync(native, staging, { recursive: true });
  openUp(staging);
  try {
    renameSync(staging, copy);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

function pointTo(link: string, target: string): void {
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) {
    if (readlinkSync(link) === target) return;
    rmSync(link);
  }
  symlinkSync(target, link);
}

/**
 * The library links that the package's install script would make. They stand in the data folder and
 * not beside the libraries, so that a read-only `node_modules` will do and no two starts collide.
 */
function linkLibraries(native: string, links: string): void {
  const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  mkdirSync(links, { recursive: true, mode: 0o755 });
  for (const { source, target } of list) {
    pointTo(join(links, basename(target)), join(native, 'lib', basename(source)));
  }
}

/**
 * Makes PostgreSQL's programs ready for `user`.
 *
 * `links` is a folder of this data folder for the library links. Where the user cannot reach the
 * programs (a clone under a folder of root's alone), a copy is made in `systemFolder`, and `log` says
 * so. Throws `CannotStart` on a platform without programs.
 */
export function prepareRuntime(
  user: DatabaseUser,
  links: string,
  log: (line: string) => void,
): Runtime {
  const { native: installed, version } = findPackage();
  const probes = ['bin/postgres', 'bin/initdb', 'share/postgresql/postgres.bki', 'lib'];
  let native = installed;
  if (!probes.every((probe) => canReach(join(installed, probe), user))) {
    const copy = join(systemFolder, `postgres-${version}`);
    if (!existsSync(copy))
      log(`Other users cannot open this folder, so PostgreSQL runs from ${copy}.`);
    native = copyPrograms(installed, version, systemFolder);
  }
  linkLibraries(native, links);
  return {
    postgres: join(native, 'bin', 'postgres'),
    initdb: join(native, 'bin', 'initdb'),
    version: version.replace(/-.*/, ''),
    env: {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      LC_ALL: 'C',
      LD_LIBRARY_PATH: `${links}:${join(native, 'lib')}`,
    },
  };
}
