import { existsSync, readFileSync, statSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { useEmbedded } from '../src/platform/embedded-postgres.ts';
import { ask, isRoot, killWhole, ordinary, Scene, writeOn } from './start-clone.ts';

let scene: Scene;
afterEach(() => scene.clear());

/** Commits `count` rows one by one, so that each was acknowledged before what comes next. */
async function write(url: string, count: number): Promise<void> {
  await ask(url, 'create table if not exists kept (n int primary key)');
  for (let n = 0; n < count; n += 1) await ask(url, `insert into kept values (${n})`);
}

async function kept(url: string): Promise<number> {
  const rows = await ask<{ n: number }>(url, 'select count(*)::int as n from kept');
  return rows[0]?.n ?? 0;
}

function ownerOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
}

const users = isRoot ? (['self', 'ordinary'] as const) : (['ordinary'] as const);

describe.each(users)('the embedded database, started by %s', (who) => {
  it('starts, stops, starts again quickly, private and whole', async () => {
    scene = new Scene();
    if (who === 'ordinary') scene.give();
    const first = scene.start(who);
    const { pid, adminUrl, ownerUrl, dataFolder } = await first.ready;
    const settings = await ask(
      adminUrl,
      `select current_setting('data_checksums') as checksums, current_setting('fsync') as fsync,
        current_setting('synchronous_commit') as sync, current_setting('listen_addresses') as tcp,
        current_setting('server_encoding') as encoding,
        current_setting('password_encryption') as passwords`,
    );
    expect(settings).toEqual([
      {
        checksums: 'on',
        fsync: 'on',
        sync: 'on',
        tcp: '',
        encoding: 'UTF8',
        passwords: 'scram-sha-256',
      },
    ]);
    expect(ownerOf(pid)).not.toBe(0);
    if (who === 'ordinary') expect(ownerOf(pid)).toBe(ordinary.uid);
    expect(statSync(dataFolder).mode & 0o777).toBe(0o700);
    expect(statSync(`${dataFolder}/../passwords.json`).mode & 0o777).toBe(0o600);
    expect(readFileSync(`${dataFolder}/pg_hba.conf`, 'utf8')).toBe('local all all scram-sha-256\n');
    const wrong = ownerUrl.replace(/stepwell_owner:[^@]+@/, 'stepwell_owner:guess@');
    await expect(ask(wrong, 'select 1')).rejects.toThrow('password authentication failed');
    await write(ownerUrl, 3);
    first.process.kill('SIGTERM');
    expect((await first.ended).code).toBe(0);
    expect(existsSync(`/proc/${pid}`)).toBe(false);

    const began = Date.now();
    const second = scene.start(who);
    expect(await kept((await second.ready).ownerUrl)).toBe(3);
    expect(Date.now() - began).toBeLessThan(3_000);
  });

  it('survives kill -9 of Stepwell: the server is taken over, nothing is lost', async () => {
    scene = new Scene();
    if (who === 'ordinary') scene.give();
    const first = scene.start(who);
    const before = await first.ready;
    await write(before.ownerUrl, 20);
    first.process.kill('SIGKILL');
    await first.ended;
    const second = scene.start(who);
    const after = await second.ready;
    expect(second.lines.join()).toContain('Took over the database');
    expect(after.pid).toBe(before.pid);
    expect(await kept(after.ownerUrl)).toBe(20);
  });

  it('survives kill -9 of the database: it is started again, nothing is lost', async () => {
    scene = new Scene();
    if (who === 'ordinary') scene.give();
    const running = scene.start(who);
    const { pid, ownerUrl } = await running.ready;
    const acknowledged = await writeOn(ownerUrl, () => process.kill(pid, 'SIGKILL'));
    await expect
      .poll(() => running.lines, { timeout: 20_000 })
      .toContain('The database is serving again.');
    expect(await kept(ownerUrl)).toBeGreaterThanOrEqual(acknowledged);
    expect(running.process.exitCode).toBeNull();
  });

  it('survives kill -9 of both: the pid file left behind does not stop it', async () => {
    scene = new Scene();
    if (who === 'ordinary') scene.give();
    const first = scene.start(who);
    const { pid, ownerUrl, dataFolder } = await first.ready;
    const acknowledged = await writeOn(ownerUrl, () => {
      first.process.kill('SIGKILL');
      killWhole(pid);
    });
    await first.ended;
    expect(existsSync(`${dataFolder}/postmaster.pid`)).toBe(true);
    const after = await scene.start(who).ready;
    expect(after.pid).not.toBe(pid);
    expect(await kept(after.ownerUrl)).toBeGreaterThanOrEqual(acknowledged);
  });

  it('refuses a second Stepwell on the same folder, and only while the first lives', async () => {
    scene = new Scene();
    if (who === 'ordinary') scene.give();
    const first = scene.start(who);
    await first.ready;
    const { code, refused } = await scene.start(who).ended;
    expect(code).toBe(1);
    expect(refused).toContain(`Another Stepwell (process ${first.process.pid}, since `);
    expect(refused).toContain(scene.data);
    first.process.kill('SIGKILL');
    await first.ended;
    await scene.start(who).ready;
  });
});

describe('a command beside the server', () => {
  const log = () => undefined;

  it('shares the database of the Stepwell that serves, and leaves it running', async () => {
    scene = new Scene();
    const running = scene.start('self');
    const { pid } = await running.ready;
    const beside = await useEmbedded({ folder: scene.data, log });
    expect(beside.pid).toBe(pid);
    await write(beside.ownerUrl, 1);
    await beside.close();
    expect(await kept((await running.ready).ownerUrl)).toBe(1);
  });

  it('starts the database for itself when nobody serves, and stops it', async () => {
    scene = new Scene();
    const alone = await useEmbedded({ folder: scene.data, log });
    await write(alone.ownerUrl, 1);
    await alone.close();
    expect(existsSync(`${alone.dataFolder}/postmaster.pid`)).toBe(false);
  });
});

it('finds what a careless database loses (planted fault)', async () => {
  scene = new Scene();
  const first = scene.start('self', [], 'careless');
  const { pid, ownerUrl } = await first.ready;
  const acknowledged = await writeOn(ownerUrl, () => {
    first.process.kill('SIGKILL');
    killWhole(pid);
  });
  await first.ended;
  const after = await scene.start('self').ready;
  const left = await kept(after.ownerUrl).catch(() => 0); // even the table may be gone
  expect(left).toBeLessThan(acknowledged);
});
