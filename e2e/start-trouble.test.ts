import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { launchServer } from '../src/platform/embedded-postgres-process.ts';
import { prepareRuntime } from '../src/platform/embedded-postgres-runtime.ts';
import { ask, isRoot, ordinary, Scene } from './start-clone.ts';

let scene: Scene;
const others: ChildProcess[] = [];
afterEach(async () => {
  for (const other of others.splice(0)) other.kill('SIGKILL');
  await scene.clear();
});

/** Leaves the folder as a power cut does, then gives the number in the pid file to `pid`. */
async function leaveBehind(pid: number): Promise<string> {
  scene.give();
  const first = scene.start('ordinary');
  const { pid: server, ownerUrl, dataFolder } = await first.ready;
  await ask(ownerUrl, 'create table kept as select 1 as n');
  first.process.kill('SIGKILL');
  process.kill(server, 'SIGKILL');
  await first.ended;
  const file = join(dataFolder, 'postmaster.pid');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(pid)));
  return dataFolder;
}

/** A program of the same user: PostgreSQL takes its number for a running server. */
async function stranger(): Promise<number> {
  const sleeper = spawn('sleep', ['120'], { ...ordinary, stdio: 'ignore' });
  others.push(sleeper);
  await once(sleeper, 'spawn');
  return sleeper.pid ?? 0;
}

/** A process that has ended under a parent that never asks: what a container without init leaves. */
async function zombie(): Promise<number> {
  const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 120'], {
    ...ordinary,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  others.push(parent);
  const [text] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(String(text));
  await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ');
  return pid;
}

describe('a pid file whose number means something else by now', () => {
  it.each([
    ['another program', stranger],
    ['a zombie', zombie],
  ])('%s: the database starts, and keeps what it had', async (_name, make) => {
    scene = new Scene();
    await leaveBehind(await make());
    const { ownerUrl } = await scene.start('ordinary').ready;
    expect(await ask(ownerUrl, 'select n from kept')).toEqual([{ n: 1 }]);
  });

  it('would be refused by PostgreSQL without what we know (planted fault)', async () => {
    scene = new Scene();
    const data = await leaveBehind(await stranger());
    const user = { ...ordinary, name: 'ordinary', wrap: [] };
    const around = dirname(data);
    const links = join(around, 'lib');
    const home = { folder: scene.data, data, around, links, user, log: join(around, 'a.log') };
    const runtime = prepareRuntime(user, links, () => undefined);
    const options = { durable: true, past: undefined };
    const server = launchServer(home, runtime, join(around, 'run'), options);
    await expect.poll(server.ended).toBe(true);
    expect(server.output()).toContain('lock file "postmaster.pid" already exists');
  });
});

describe('folders that cannot be used', () => {
  it.each([
    ['not writable', 0o555, 'may not write to'],
    ['not to be entered', 0o000, 'may not write to'],
  ])('%s', async (_name, mode, words) => {
    scene = new Scene();
    scene.give();
    chmodSync(scene.data, mode);
    const { code, refused } = await scene.start('ordinary').ended;
    expect(code).toBe(1);
    expect(refused).toContain(words);
    expect(refused).toContain(scene.data);
  });

  it('a file where the folder should be', async () => {
    scene = new Scene();
    writeFileSync(scene.data, '');
    const { code, refused } = await scene.start('self').ended;
    expect([code, refused]).toEqual([1, expect.stringContaining(`${scene.data} is not a folder.`)]);
  });

  it('below a file', async () => {
    scene = new Scene({ data: 'file/data' });
    writeFileSync(join(scene.place, 'file'), '');
    const { code, refused } = await scene.start('self').ended;
    expect([code, refused]).toEqual([1, expect.stringContaining('is not a folder.')]);
  });

  it('without its passwords', async () => {
    scene = new Scene();
    const first = scene.start('self');
    const { dataFolder } = await first.ready;
    first.process.kill('SIGTERM');
    await first.ended;
    rmSync(join(dirname(dataFolder), 'passwords.json'));
    const { code, refused } = await scene.start('self').ended;
    expect([code, refused]).toEqual([1, expect.stringContaining('passwords.json is missing')]);
  });

  it('made by another PostgreSQL', async () => {
    scene = new Scene();
    const first = scene.start('self');
    const { dataFolder } = await first.ready;
    first.process.kill('SIGTERM');
    await first.ended;
    writeFileSync(join(dataFolder, 'PG_VERSION'), '17\n');
    const { code, refused } = await scene.start('self').ended;
    expect([code, refused]).toEqual([1, expect.stringContaining('made by PostgreSQL 17')]);
  });
});

/** What this machine lets us do; a container may forbid it. */
const allows = ([command = '', ...args]: readonly string[]) =>
  spawnSync(command, [...args, 'true']).status === 0;
const namespace = ['unshare', '--user', '--map-root-user', '--'];
const mounts = isRoot && allows(['unshare', '--mount', '--']);

describe.runIf(mounts)('disks that cannot take it', () => {
  it.each([
    ['full', 'size=16m,mode=755', /The disk that holds .* is full/],
    ['full at once', 'nr_inodes=2,mode=755', /The disk that holds .* is full/],
    ['read-only', 'ro,mode=755', /on a disk that cannot be written/],
  ])('%s', async (_name, options, words) => {
    scene = new Scene();
    mkdirSync(scene.data);
    const made = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', scene.data]);
    expect(made.status).toBe(0);
    try {
      const { code, refused } = await scene.start('self').ended;
      expect(code).toBe(1);
      expect(refused).toMatch(words);
      expect(refused).toContain(scene.data);
    } finally {
      spawnSync('umount', [scene.data]);
    }
  });
});

describe('places', () => {
  it.runIf(isRoot)('a clone and data where only root may enter', async () => {
    scene = new Scene({ open: false });
    const first = scene.start('self');
    const { ownerUrl, dataFolder } = await first.ready;
    await ask(ownerUrl, 'create table kept as select 1 as n');
    expect(first.lines.join('\n')).toMatch(/Only root can open .*, so the database's files are in/);
    expect(realpathSync(join(scene.data, 'database', 'postgres'))).toBe(dataFolder);
    first.process.kill('SIGTERM');
    await first.ended;
    const second = scene.start('self');
    expect(await ask((await second.ready).ownerUrl, 'select n from kept')).toEqual([{ n: 1 }]);
    expect(second.lines).toEqual([]);
  });

  it('a path too long for a socket', async () => {
    scene = new Scene({ data: 'a-long-name/'.repeat(10) });
    const { ownerUrl, socketFolder } = await scene.start('self').ready;
    expect(socketFolder.startsWith(scene.data)).toBe(false);
    expect(await ask(ownerUrl, 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  it.runIf(allows(namespace))('root without the right to become anybody else', async () => {
    scene = new Scene();
    scene.give();
    const running = scene.start('ordinary', namespace);
    const { dataFolder } = await running.ready;
    expect(running.lines).toContain(
      'The database does not run as root: it gets a user namespace of its own.',
    );
    expect(existsSync(join(dataFolder, 'PG_VERSION'))).toBe(true);
    running.process.kill('SIGTERM');
    expect((await running.ended).code).toBe(0);
  });

  it('many at once on a new folder: one serves, the others say so', async () => {
    scene = new Scene();
    const all = Array.from({ length: 4 }, () => scene.start('self'));
    const outcomes = await Promise.all(
      all.map(({ ready, ended }) =>
        ready.then(
          () => 'serves',
          () => ended.then(({ refused }) => refused),
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'serves')).toHaveLength(1);
    const refused = outcomes.filter((outcome) => outcome.startsWith('Another Stepwell'));
    expect(refused).toHaveLength(3);
  });
});
