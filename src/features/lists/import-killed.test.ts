import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { applyStaged, stageImport } from './import-contract.ts';
import { ImportTrial, rows } from './import-trial.test-data.ts';

// A job is begun five times at most, so that one that kills its server does not do so for ever.
const kills = process.env.STEPWELL_PROVE ? 4 : 1;
const worker = fileURLToPath(new URL('./list-worker.test-data.ts', import.meta.url));
const many = Array.from({ length: 5000 }, (_, n) => ({
  ...rows[n % 40],
  slug: `k${n}`,
  name: `K ${n}`,
}));

let trial: ImportTrial;
beforeAll(async () => {
  trial = await ImportTrial.open();
});
afterAll(() => trial.house.close());

/** Lets another process work on an import and kills it as soon as `when` holds of its state. */
async function killWhen(
  importId: string,
  when: (at: { state: string; progress: number | null }) => boolean,
) {
  const child = spawn(process.execPath, [worker, trial.house.fresh.appUrl], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  try {
    await vi.waitFor(async () => expect(when(await trial.progress(importId))).toBe(true), {
      timeout: 30_000,
      interval: 10,
    });
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

test('a server killed in the middle of an import leaves nothing half done, and it goes on', async () => {
  // Slowly, so that there is a middle to be killed in.
  await trial.house.admin(
    'CREATE FUNCTION app.slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.0003); RETURN NEW; END $$',
  );
  for (const table of ['meeting', 'list_import_row'])
    await trial.house.admin(
      `CREATE TRIGGER slowly BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION app.slowly()`,
    );
  const importId = await trial.handOver(JSON.stringify(many));
  const facts = { listName: 'Killed', fellowship: 'aa', timeZone: 'America/New_York' };
  await trial.servant.get(stageImport, { importId, ...facts });
  for (let n = 0; n < kills; n++)
    await killWhen(
      importId,
      ({ state, progress }) => state === 'reading' && (progress ?? 0) >= 500,
    );
  await trial.work();
  expect(await trial.progress(importId)).toMatchObject({
    state: 'staged',
    added: 5000,
    taken: 5000,
  });
  await trial.servant.get(applyStaged, { importId, agreed: 'first-time' });
  for (let n = 0; n < kills; n++) {
    await killWhen(
      importId,
      ({ state, progress }) => state === 'applying' && (progress ?? 0) >= 2000,
    );
    await vi.waitFor(async () =>
      expect(await trial.house.admin('SELECT count(*) AS n FROM meeting')).toEqual([{ n: 0 }]),
    );
  }
  await trial.work();
  expect(await trial.progress(importId)).toMatchObject({ state: 'applied', added: 5000 });
  expect(await trial.house.admin('SELECT count(*) AS n FROM meeting')).toEqual([{ n: 5000 }]);
  expect(await trial.house.admin('SELECT count(*) AS n FROM meeting_event')).toEqual([{ n: 5000 }]);
}, 180_000);
