import { readFileSync } from 'node:fs';
import v8 from 'node:v8';
import vm from 'node:vm';
import { applyImport } from '../src/features/lists/import-apply.server.ts';
import { stageImport } from '../src/features/lists/import-stage.server.ts';
import { moveImport, storeBytes } from '../src/features/lists/import-state.server.ts';
import { uuidv4 } from '../src/kit/id.ts';
import { asSystem } from '../src/platform/as-system.ts';
import { Database } from '../src/platform/database.ts';
import { startTestServer } from '../src/platform/pgtest.ts';
import { rounded } from './parts/load.ts';
import { dice } from './parts/meetings.ts';

/*
 * A list of 50,000 rows, made of real rows under new ids: read, compared and applied, on a durable
 * PostgreSQL; then once more with every tenth row changed, and a third time as it was. Beside it
 * somebody looks how far it is, ten times a second. Growth is the highest resident memory during an
 * import over that before it; the first one has 10,000 rows, after which memory should be flat.
 */
const size = 50_000;
const real = JSON.parse(
  readFileSync(new URL('../e2e/feeds/philadelphia-2022.json', import.meta.url), 'utf8'),
) as Record<string, unknown>[];

/** The list in pieces of about a megabyte, so that making it leaves little behind. */
function* pieces(rows: number, share: number): Generator<Buffer> {
  const roll = dice(3);
  let text = '[';
  for (let n = 0; n < rows; n++) {
    const row = {
      ...real[n % real.length],
      slug: `made-${n}`,
      formatted_address: `${n} Elm St, Albany, NY 12207, USA`,
      ...(roll() < share && { notes: `Use the side door ${n}` }),
    };
    text += (n ? ',' : '') + JSON.stringify(row);
    if (text.length > 1_000_000) {
      yield Buffer.from(text);
      text = '';
    }
  }
  yield Buffer.from(`${text}]`);
}

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

const server = await startTestServer({ durable: true });
const fresh = await server.fresh();
const database = new Database(fresh.appUrl);
// Two bodies: listings of one body are also looked through for doubles, and these rows are nothing else.
const [bodyId, otherId] = [uuidv4(), uuidv4()];
for (const id of [bodyId, otherId])
  await asSystem(database, (tx) =>
    tx.query("INSERT INTO service_body (id, name) VALUES ($1, 'Bench')", [id]),
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

async function handOver(list: Generator<Buffer>, into: { list: string; source: string } | null) {
  const importId = uuidv4();
  const body = into ? bodyId : otherId;
  const choice = JSON.stringify({ fellowship: 'aa', timeZone: 'America/New_York' });
  await asSystem(database, async (tx) => {
    await tx.query(
      "INSERT INTO list_import (id, service_body_id, list_id, source_id, source, state, choice) VALUES ($1, $2, $3, $4, 'bench', 'reading', $5::jsonb)",
      [importId, body, into?.list ?? null, into?.source ?? null, choice],
    );
    let part = 1;
    for (const bytes of list) await storeBytes(tx, { importId, bodyId: body, part: part++ }, bytes);
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

async function watched<T>(importId: string, begin: () => Promise<T>) {
  let done = false;
  const seen = new Set<string>();
  let slowest = 0;
  collect();
  const before = process.memoryUsage.rss();
  let peak = before;
  const work = begin();
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
  return { result, steps: seen.size, slowest, growth: peak - before };
}

const warm = await handOver(pieces(size / 5, 0), null);
const small = await watched(warm, () => run(warm));
const first = await handOver(pieces(size, 0), ours);
const fresh50k = await watched(first, () => run(first));
const second = await handOver(pieces(size, 0.1), ours);
const renewed = await watched(second, () => run(second));
const third = await handOver(pieces(size, 0.1), ours);
const same = await watched(third, () => run(third));
const { applied: added } = fresh50k.result;
const { applied: changes } = renewed.result;
if (added?.added !== size || !changes?.changed || same.result.counts.same !== size)
  throw new Error('The imports did not do what they were measured for.');
const growths = [fresh50k, renewed, same].map(({ growth }) => Math.round(growth / 1024 / 1024));

console.log(
  JSON.stringify({
    bench: 'import',
    figures: {
      seconds: rounded(fresh50k.result.seconds, 1),
      rssGrowthMB: Math.max(...growths),
      rows: size,
      stagedSeconds: rounded(fresh50k.result.stagedAfter, 1),
      renewedSeconds: rounded(renewed.result.seconds, 1),
      sameSeconds: rounded(same.result.seconds, 1),
      changed: changes.changed,
      growthsMB: growths,
      growthOf10kMB: Math.round(small.growth / 1024 / 1024),
      progressSteps: fresh50k.steps,
      slowestLookMs: Math.round(Math.max(fresh50k.slowest, renewed.slowest)),
    },
  }),
);
await database.close();
await server.close();
