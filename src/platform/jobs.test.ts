import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Database } from './database.ts';
import { askForJob, keepWorking, prepareJobs, workOff } from './jobs.ts';
import { type FreshDatabase, freshDatabase } from './pgtest.ts';

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = new Database(fresh.appUrl);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const within = <T>(work: Parameters<typeof database.transaction<unknown, T>>[1], keep = true) =>
  database.transaction(
    async () => null,
    work,
    () => keep,
  );

test('a job runs if what asked for it commits, and not otherwise', async () => {
  const done: unknown[] = [];
  const jobs = { note: async (payload: Record<string, unknown>) => void done.push(payload.n) };
  await within((tx) => askForJob(tx, 'note', { n: 1 }, 'one'));
  await within((tx) => askForJob(tx, 'note', { n: 2 }, 'two'), false);
  await workOff(fresh.appUrl, jobs);
  expect(done).toEqual([1]);
});

test('asked for twice before it began, it runs once, with what was said last', async () => {
  const done: unknown[] = [];
  const jobs = { note: async (payload: Record<string, unknown>) => void done.push(payload.n) };
  await within((tx) => askForJob(tx, 'note', { n: 1 }, 'same'));
  await within((tx) => askForJob(tx, 'note', { n: 2 }, 'same'));
  await workOff(fresh.appUrl, jobs);
  expect(done).toEqual([2]);
});

test('a running server hears of a job at once, and one that fails stops no other', async () => {
  const done: string[] = [];
  const working = keepWorking(fresh.appUrl, {
    fails: async () => {
      throw new Error('planted');
    },
    works: async () => void done.push('works'),
  });
  await within((tx) => askForJob(tx, 'fails', {}, 'f'));
  const began = performance.now();
  await within((tx) => askForJob(tx, 'works', {}, 'w'));
  await vi.waitFor(() => expect(done).toEqual(['works']), { timeout: 4000 });
  expect(performance.now() - began).toBeLessThan(3000);
  await working.stop();
});

test('of two processes one works, and the other when it has ended', async () => {
  let atOnce = 0;
  let most = 0;
  const jobs = {
    slow: async () => {
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setTimeout(resolve, 50));
      atOnce--;
    },
  };
  await within((tx) => askForJob(tx, 'slow', {}, 's1'));
  await Promise.all([workOff(fresh.appUrl, jobs), workOff(fresh.appUrl, jobs)]);
  expect(most).toBe(1);
});

test('a job that was left in the middle begins again when the server does', async () => {
  await within((tx) => askForJob(tx, 'left', {}, 'left'));
  await within((tx) =>
    tx.query(
      "UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'gone', attempts = 1 WHERE key = 'left'",
    ),
  );
  const done: string[] = [];
  const working = keepWorking(fresh.appUrl, { left: async () => void done.push('left') });
  await vi.waitFor(() => expect(done).toEqual(['left']), { timeout: 4000 });
  await working.stop();
});

test('where the database goes away while it waits for its turn, it begins again', async () => {
  const done: string[] = [];
  const theirs = `FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND query LIKE '%stepwell jobs%'`;
  const counted = (count: number) =>
    vi.waitFor(
      async () => expect(await within((tx) => tx.query(`SELECT ${theirs}`))).toHaveLength(count),
      { timeout: 4000 },
    );
  const first = keepWorking(fresh.appUrl, {});
  await counted(1);
  const second = keepWorking(fresh.appUrl, { waits: async () => void done.push('waits') });
  await counted(2);
  await within((tx) => tx.query(`SELECT pg_terminate_backend(pid) ${theirs}`));
  await first.stop();
  await within((tx) => askForJob(tx, 'waits', {}, 'waits'));
  await vi.waitFor(() => expect(done).toEqual(['waits']), { timeout: 8000 });
  await second.stop();
});

test('the role that serves creates nothing there, and preparing twice is once', async () => {
  await prepareJobs(fresh.ownerUrl, 'stepwell_app');
  const denied = within((tx) => tx.query('CREATE TABLE graphile_worker.mine (n int)'));
  await expect(denied).rejects.toThrow(/permission denied/);
});
