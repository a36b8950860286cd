import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readPidFile, stopServer } from '../src/platform/embedded-postgres-process.ts';
import { type FreshDatabase, freshDatabase } from '../src/platform/pgtest.ts';

const root = join(import.meta.dirname, '..');
let place: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  place = mkdtempSync('/tmp/stepwell-start-');
  chmodSync(place, 0o711);
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const name of ['one', 'two']) {
    const data = join(place, name, 'database', 'postgres');
    const left = readPidFile(data);
    if (left) await stopServer(left.pid, data);
  }
  rmSync(place, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** The product itself, through its own command. */
function start(port: number, data: string, more: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(root, 'start.mjs')], {
    cwd: '/',
    env: { PATH: process.env.PATH, PORT: String(port), STEPWELL_DATA: join(place, data), ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  child.stderr.on('data', (text) => {
    said += text;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, said }));
  const health = `http://localhost:${port}/healthz`;
  const serves = async () => {
    const status = () =>
      fetch(health)
        .then((reply) => reply.status)
        .catch(() => 0);
    await expect.poll(status, { timeout: 45_000, interval: 50 }).toBe(200);
  };
  return { child, ended, serves, said: () => said };
}

describe('npm start', () => {
  it('serves, within 3 seconds the second time, and stops when asked', async () => {
    const port = await freePort();
    const first = start(port, 'one');
    await first.serves();
    await expect.poll(first.said).toContain(`http://localhost:${port}`);
    expect(first.said()).not.toContain('127.0.0.1');
    first.child.kill('SIGTERM');
    expect((await first.ended).code).toBe(0);

    const began = performance.now();
    const second = start(port, 'one');
    await second.serves();
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  it('says in words that the port is taken, and leaves no database behind', async () => {
    const port = await freePort();
    const first = start(port, 'one');
    await first.serves();
    const { code, said } = await start(port, 'two').ended;
    expect(code).toBe(1);
    expect(said).toContain(`Port ${port} is taken by another program`);
    expect(readPidFile(join(place, 'two', 'database', 'postgres'))).toBeUndefined();
  });

  it('says in words that another one uses the folder', async () => {
    const first = start(await freePort(), 'one');
    await first.serves();
    const { code, said } = await start(await freePort(), 'one').ended;
    expect(code).toBe(1);
    expect(said).toContain(`is using ${join(place, 'one')}`);
    expect(said).not.toContain('    at ');
  });

  it('serves again after the database was killed under it', async () => {
    const running = start(await freePort(), 'one');
    await running.serves();
    await expect.poll(running.said).toContain('Stepwell is at');
    const left = readPidFile(join(place, 'one', 'database', 'postgres'));
    process.kill(left?.pid ?? 0, 'SIGKILL');
    await expect.poll(running.said, { timeout: 20_000 }).toContain('serving again');
    await running.serves();
    expect(running.child.exitCode).toBeNull();
  });
});

describe('npm start on a PostgreSQL of the operator', () => {
  let fresh: FreshDatabase;
  beforeAll(async () => {
    fresh = await freshDatabase();
  });
  afterAll(() => fresh.drop());
  const settings = (app: string, owner = fresh.ownerUrl) => ({
    DATABASE_URL: app,
    DATABASE_MIGRATE_URL: owner,
  });

  it('serves, and makes no database of its own', async () => {
    const running = start(await freePort(), 'one', settings(fresh.appUrl));
    await running.serves();
    expect(existsSync(join(place, 'one', 'database'))).toBe(false);
  });

  it.each([
    ['the superuser', () => settings(fresh.adminUrl), 'superuser'],
    ['the owner of the tables', () => settings(fresh.ownerUrl), 'own'],
    [
      'a wrong password',
      () => settings(fresh.appUrl, fresh.ownerUrl.replace(/owner:[^@]+@/, 'owner:guess@')),
      'refuses the password',
    ],
    [
      'an address where nothing is',
      () => settings(fresh.appUrl, 'postgres://a:b@localhost:1/x'),
      'Nothing answers at that address',
    ],
    [
      'no database of that name',
      () => settings(fresh.appUrl, fresh.ownerUrl.replace(/stepwell_test_\w+/, 'nowhere')),
      'no database of that name',
    ],
  ])('refuses %s in words', async (_name, more, words) => {
    const { code, said } = await start(await freePort(), 'one', more()).ended;
    expect(code).toBe(1);
    expect(said).toContain(words);
    expect(said).not.toContain('    at ');
  });
});
