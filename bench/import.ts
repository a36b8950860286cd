import { readFileSync } from 'node:fs';
import { applyImport } from '../src/features/lists/import-apply.server.ts';
import { stageImport } from '../src/features/lists/import-stage.server.ts';
import { asSystem, moveImport, storeWhole } from '../src/features/lists/import-state.server.ts';
import { uuidv4 } from '../src/kit/id.ts';
import { Database } from '../src/platform/database.ts';
import { startTestServer } from '../src/platform/pgtest.ts';
import { rounded } from './parts/load.ts';
import { dice } from './parts/meetings.ts';

/*
 * A list of 50,000 rows, made of the real rows under new ids: handed over, read, compared and applied,
 * on a durable PostgreSQL; then once more with every tenth row changed. Beside it somebody watches how
 * far it is, ten times a second. Growth is the highest resident memory during it over that after a
 * small import, with the file itself (about 40 MB) in memory before and after.
 */
const size = 50_000;
const real = JSON.parse(
  readFileSync(new URL('../e2e/feeds/philadelphia-2022.json', import.meta.url), 'utf8'),
) as Record<string, unknown>[];

function list(rows: number, share: number): Buffer {
  const roll = dice(3);
  const made = Array.from({ length: rows }, (_, n) => ({
    ...real[n % real.length],
    slug: `made-${n}`,
    formatted_address: `${n} Elm St, Albany, NY 12207, USA`,
    ...(roll() < share && { notes: `Use the side door ${n}` }),
  }));
  return Buffer.from(JSON.stringify(made));
}

const server = await startTestServer({ durable: true });
const fresh = await server.fresh();
const database = new Database(fresh.appUrl);
const bodyId = uuidv4();
await asSystem(database, (tx) =>
  tx.query("INSERT INTO service_body (id, name) VALUES ($1, 'Bench')", [bodyId]),
);
const listId = uuidv4();
const sourceId = uuidv4();
await asSystem(database, async (tx) => {
  await tx.query(
    "INSERT INTO meeting_list (id, service_body_id, name, source) VALUES ($1, $2, 'Bench', 'bench')",
    [listId, bodyId],
  );
  await tx.query(
    "INSERT INTO list_source (id, list_id, service_body_id, name, format, fellowship, time_zone) VALUES ($1, $2, $3, 'Bench', 'meeting-guide', 'aa', 'America/New_York')",
    [sourceId, listId, bodyId],
  );
});

async function handOver(bytes: Buffer, into: { list: string; source: string } | null) {
  const importId = uuidv4();
  const choice = JSON.stringify({ fellowship: 'aa', timeZone: 'America/New_York' });
  await asSystem(database, async (tx) => {
    await tx.query(
      "INSERT INTO list_import (id, service_body_id, list_id, source_id, source, state, choice) VALUES ($1, $2, $3, $4, 'bench', 'reading', $5::jsonb)",
      [importId, bodyId, into?.list ?? null, into?.source ?? null, choice],
    );
    await storeWhole(tx, { importId, bodyId }, bytes);
  });
  return importId;
}

const ours = { list: listId, source: sourceId };
const seconds = (since: number) => (performance.now() - since) / 1000;

async function run(importId: string) {
  const began = performance.now();
  const staged = await stageImport(database, importId);
  if (!staged.ok) throw new Error(staged.trouble.code);
  const stagedAfter = seconds(began);
  await asSystem(database, (tx) => moveImport(tx, importId, ['staged'], 'applying'));
  const applied = await applyImport(database, importId);
  return { counts: staged.counts, applied, stagedAfter, seconds: seconds(began) };
}

async function watched<T>(importId: string, work: Promise<T>) {
  let done = false;
  const seen = new Set<string>();
  let slowest = 0;
  let peak = 0;
  const watching = (async () => {
    while (!done) {
      const asked = performance.now();
      const [row] = await asSystem(database, (tx) =>
        tx.query<{ state: string; progress: number | null }>(
          'SELECT state, progress FROM list_import WHERE id = $1',
          [importId],
        ),
      );
      slowest = Math.max(slowest, performance.now() - asked);
      seen.add(`${row?.state} ${row?.progress}`);
      peak = Math.max(peak, process.memoryUsage.rss());
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  const result = await work.finally(() => {
    done = true;
  });
  await watching;
  return { result, steps: seen.size, slowest, peak };
}

await run(await handOver(list(2000, 0), null));
const first = await handOver(list(size, 0), ours);
globalThis.gc?.();
const before = process.memoryUsage.rss();
const fresh50k = await watched(first, run(first));
const second = await handOver(list(size, 0.1), ours);
const renewed = await watched(second, run(second));
const third = await handOver(list(size, 0.1), ours);
const same = await watched(third, run(third));
const { applied: added } = fresh50k.result;
const { applied: changes } = renewed.result;
if (added?.added !== size || !changes?.changed || same.result.counts.same !== size)
  throw new Error('The imports did not do what they were measured for.');
const peak = Math.max(fresh50k.peak, renewed.peak, same.peak);

console.log(
  JSON.stringify({
    bench: 'import',
    figures: {
      seconds: rounded(fresh50k.result.seconds, 1),
      rssGrowthMB: Math.round((peak - before) / 1024 / 1024),
      rows: size,
      stagedSeconds: rounded(fresh50k.result.stagedAfter, 1),
      renewedSeconds: rounded(renewed.result.seconds, 1),
      sameSeconds: rounded(same.result.seconds, 1),
      changed: changes.changed,
      progressSteps: fresh50k.steps,
      slowestLookMs: Math.round(Math.max(fresh50k.slowest, renewed.slowest)),
    },
  }),
);
await database.close();
await server.close();
