import { spawn } from 'node:child_process';
import {
  closeSync,
  fchownSync,
  fstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  readSync,
  renameSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Home } from './embedded-postgres-home.ts';
import type { Runtime } from './embedded-postgres-runtime.ts';

/** What the pid file says about the server of a data folder. */
export type PidFile = { readonly pid: number; readonly socketFolder: string };

/** Reads the pid file; undefined when there is none, or it is still being written. */
export function readPidFile(data: string): PidFile | undefined {
  try {
    const [pid, , , port, folder] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    if (!pid || !port || !folder) return undefined;
    return { pid: Number(pid), socketFolder: folder };
  } catch {
    return undefined;
  }
}

/**
 * What stands behind a process number: `ours` (the server of this folder), `zombie` (it ended, but
 * the machine's first process does not clear it away), `other` (the number was given to another
 * program since), `gone`.
 */
export type Standing = 'ours' | 'zombie' | 'other' | 'gone';

export function standingOf(pid: number, data: string): Standing {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return 'gone';
  }
  const state = stat[stat.lastIndexOf(')') + 2];
  if (state === 'Z' || state === 'X') return 'zombie';
  if (stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')) !== 'postgres') return 'other';
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data ? 'ours' : 'other';
  } catch {
    return 'ours'; // not to be seen: take the careful view
  }
}

/** The server runs with these, always from here and never from a file that could drift. */
function settings(folder: string, durable: boolean): readonly string[] {
  const list: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: folder,
    unix_socket_permissions: '0700',
    port: '5432',
    max_connections: '100',
    shared_buffers: '128MB',
    effective_cache_size: '1GB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    max_wal_size: '512MB',
    wal_compression: 'on',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // People's words must not reach the log: no values, no statements.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: '0',
    ...(durable
      ? { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(list).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

const largestLog = 5 * 1024 * 1024;

function openLog(home: Home): { fd: number; from: number } {
  const size = statSync(home.log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestLog) renameSync(home.log, `${home.log}.1`);
  const fd = openSync(home.log, 'a+', 0o600);
  const { uid, size: from } = fstatSync(fd);
  if (uid !== home.user.uid) fchownSync(fd, home.user.uid, home.user.gid);
  return { fd, from };
}

/** A server process that was started here and is not yet known to serve. */
export type Starting = {
  readonly pid: number;
  /** What it wrote to the log since; closes the log. */
  output(): string;
  ended(): boolean;
};

/**
 * Starts PostgreSQL apart from this process: an interrupt at the terminal is Stepwell's to handle,
 * and the server outlives a `kill -9` of Stepwell.
 *
 * `past` is a process number in the pid file that is known not to be a server any more (`zombie` or
 * `other`); PostgreSQL itself would only see that the number exists, and refuse. It still makes its
 * own check that no process uses the shared memory of that server.
 */
export function launchServer(
  home: Home,
  runtime: Runtime,
  folder: string,
  options: { durable: boolean; past: number | undefined },
): Starting {
  const { fd, from } = openLog(home);
  const args = ['-D', home.data, ...settings(folder, options.durable)];
  const [command = '', ...rest] = [...home.user.wrap, runtime.postgres, ...args];
  const past = options.past === undefined ? {} : { PG_GRANDPARENT_PID: String(options.past) };
  const { uid, gid, wrap } = home.user;
  const become = uid === process.getuid?.() || wrap.length > 0 ? {} : { uid, gid };
  const child = spawn(command, rest, {
    ...become,
    cwd: home.data,
    env: { ...runtime.env, ...past },
    detached: true,
    stdio: ['ignore', fd, fd],
  });
  let ended = false;
  child.once('error', () => {
    ended = true;
  });
  child.once('exit', () => {
    ended = true;
  });
  child.unref();
  let open = true;
  return {
    pid: child.pid ?? -1,
    ended: () => ended,
    output() {
      if (!open) return '';
      open = false;
      const text = Buffer.alloc(64 * 1024);
      const length = readSync(fd, text, 0, text.length, from);
      closeSync(fd);
      return text.subarray(0, length).toString('utf8');
    },
  };
}

/** Waits until the server of that number has ended; false when it has not within `ms`. */
async function hasEnded(pid: number, data: string, ms: number): Promise<boolean> {
  for (const until = Date.now() + ms; Date.now() < until; await sleep(10)) {
    if (standingOf(pid, data) !== 'ours') return true;
  }
  return false;
}

/**
 * Stops the server: at once, finishing what is committed (SIGINT), and harder after `patience` ms.
 * Returns when the process has ended.
 */
export async function stopServer(pid: number, data: string, patience = 30_000): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (standingOf(pid, data) !== 'ours') return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    if (await hasEnded(pid, data, patience)) return;
  }
}
