import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
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
 * Lists of 10,000, 50,000 and 100,000 rows, made of real rows under new ids: read, compared and applied,
 * on a durable PostgreSQL. The one of 50,000 then once more with every tenth row changed, a third time as
 * it was, and as a second list of the same body, where each listing has its double. Beside it somebody
 * looks how far it is, ten times a second. Each import runs in a process of its own that has imported
 * 2,000 rows before; growth is the highest resident memory during it over that before it. Held is what a
 * collection leaves when nearly all rows are read, over that before: what grows with a list would be in it.
 */
const size = 50_000;
const real = JSON.parse(
  readFileSync(new URL('../e2e/feeds/philadelphia-2022.json', import.meta.url), 'utf8'),
) as Record<string, unknown>[];

/** What one import in its process did. */
interface Run {
  seconds: number;
  stagedSeconds: number;
  growthMB: number;
  heldMB: number;
  steps: number;
  slowestLookMs: number;
  added: number;
  changed: number;
  same: number;
}

/** The list in pieces of about a megabyte, so that making it leaves little behind. */
function* pieces(rows: number, share: number): Generator<Buffer> {
  const roll = dice(3);
  let text = '[';
  for (let n = 0; n < rows; n++) {
    const one = real[n % real.length];
    const row = {
      ...one,
      slug: `made-${n}`,
      formatted_address: `${n} Elm St, Albany, NY 12207, USA`,
      // Each copy of the city lies somewhere else, or every church would hold twenty meetings at once.
      latitude: Number(one?.latitude) - Math.floor(n / real.length) * 0.05,
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

async function madeBody(database: Database): Promise<string> {
  const id = uuidv4();
  await asSystem(database, (tx) =>
    tx.query("INSERT INTO service_body (id, name) VALUES ($1, 'Bench')", [id]),
  );
  return id;
}

async function madeSource(database: Database, bodyId: string): Promise<string> {
  const [listId, sourceId] = [uuidv4(), uuidv4()];
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
  return sourceId;
}

async function handedOver(database: Database, sourceId: string, list: Generator<Buffer>) {
  const importId = uuidv4();
  const choice = JSON.stringify({ fellowship: 'aa', timeZone: 'America/New_York' });
  await asSystem(database, async (tx) => {
    const [made] = await tx.query<{ service_body_id: string }>(
      `INSERT INTO list_import (id, service_body_id, list_id, source_id, source, state, choice)
       SELECT $1, service_body_id, list_id, id, 'bench', 'reading', $3::jsonb FROM list_source WHERE id = $2
       RETURNING service_body_id`,
      [importId, sourceId, choice],
    );
    const bodyId = made?.service_body_id ?? '';
    let part = 1;
    for (const bytes of list) await storeBytes(tx, { importId, bodyId, part: part++ }, bytes);
  });
  return importId;
}

const seconds = (since: number) => (performance.now() - since) / 1000;

async function imported(database: Database, importId: string) {
  const began = performance.now();
  const staged = await stageImport(database, importId);
  if (!staged.ok) throw new Error(staged.trouble.code);
  const stagedSeconds = seconds(began);
  await asSystem(database, (tx) => moveImport(tx, importId, ['staged'], 'applying'));
  const applied = await applyImport(database, importId);
  const { same } = staged.counts;
  const { added = 0, changed = 0 } = applied ?? {};
  return { added, changed, same, stagedSeconds, seconds: seconds(began) };
}

function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function watched(database: Database, importId: string, collect: () => void): Promise<Run> {
  let done = false;
  const seen = new Set<string>();
  let slowest = 0;
  collect();
  const heldBefore = heldBytes();
  let held: number | undefined;
  const before = process.memoryUsage.rss();
  let peak = before;
  const work = imported(database, importId);
  const watching = (async () => {
    while (!done) {
      const asked = performance.now();
      const [row] = await asSystem(database, (tx) =>
        tx.query<{ state: string; progress: number | null; nearly: boolean | null }>(
          `SELECT state, progress, state = 'reading' AND progress > rows_total * 0.9 AS nearly
           FROM list_import WHERE id = $1`,
          [importId],
        ),
      );
      slowest = Math.max(slowest, performance.now() - asked);
      seen.add(`${row?.state} ${row?.progress}`);
      peak = Math.max(peak, process.memoryUsage.rss());
      if (row?.nearly && held === undefined) {
        collect();
        held = heldBytes() - heldBefore;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  const result = await work.finally(() => {
    done = true;
  });
  await watching;
  const growthMB = (peak - before) / 1024 / 1024;
  const heldMB = (held ?? Number.NaN) / 1024 / 1024;
  return { ...result, growthMB, heldMB, steps: seen.size, slowestLookMs: slowest };
}

/** One import in this process: `node bench/import.ts <address> <import before> <import>`. */
async function asChild(url: string, warmId: string, importId: string): Promise<void> {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  const database = new Database(url);
  await imported(database, warmId);
  console.log(JSON.stringify(await watched(database, importId, collect)));
  await database.close();
}

async function bench(): Promise<void> {
  const server = await startTestServer({ durable: true });
  const fresh = await server.fresh();
  const database = new Database(fresh.appUrl);
  const run = async (sourceId: string, rows: number, share: number): Promise<Run> => {
    const warm = await madeSource(database, await madeBody(database));
    const ids = [
      await handedOver(database, warm, pieces(2000, 0)),
      await handedOver(database, sourceId, pieces(rows, share)),
    ];
    const args = [import.meta.filename, fresh.appUrl, ...ids];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return JSON.parse(stdout) as Run;
  };
  // Lists of one body are looked through for doubles: each size has one of its own.
  const alone = async () => madeSource(database, await madeBody(database));
  const small = await run(await alone(), size / 5, 0);
  const bodyId = await madeBody(database);
  const ours = await madeSource(database, bodyId);
  const first = await run(ours, size, 0);
  const renewed = await run(ours, size, 0.1);
  const same = await run(ours, size, 0.1);
  const large = await run(await alone(), size * 2, 0);
  const doubled = await run(await madeSource(database, bodyId), size, 0);
  if (first.added !== size || !renewed.changed || same.same !== size || large.added !== size * 2)
    throw new Error('The imports did not do what they were measured for.');
  const held = ({ heldMB }: Run) => Math.round(heldMB);
  const growth = ({ growthMB }: Run) => Math.round(growthMB);
  console.log(
    JSON.stringify({
      bench: 'import',
      figures: {
        seconds: rounded(first.seconds, 1),
        rssGrowthMB: Math.max(...[first, renewed, same].map(growth)),
        rows: size,
        growthMBByRows: {
          [size / 5]: growth(small),
          [size]: growth(first),
          [size * 2]: growth(large),
        },
        heldMBByRows: {
          [size / 5]: held(small),
          [size]: held(first),
          [size * 2]: held(large),
        },
        stagedSeconds: rounded(first.stagedSeconds, 1),
        renewedSeconds: rounded(renewed.seconds, 1),
        sameSeconds: rounded(same.seconds, 1),
        doubledSeconds: rounded(doubled.seconds, 1),
        doubledGrowthMB: growth(doubled),
        seconds100k: rounded(large.seconds, 1),
        changed: renewed.changed,
        progressSteps: first.steps,
        slowestLookMs: Math.round(Math.max(first.slowestLookMs, renewed.slowestLookMs)),
      },
    }),
  );
  await database.close();
  await server.close();
}

const [, , url, warmId, importId] = process.argv;
if (url && warmId && importId) await asChild(url, warmId, importId);
else await bench();
