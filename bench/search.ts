import { readFileSync } from 'node:fs';
import { readList } from '../src/features/list-formats/read-list.rules.ts';
import { importFromFile } from '../src/features/lists/import-file.server.ts';
import { minutesOfDay } from '../src/features/meetings/meeting.rules.ts';
import { search } from '../src/features/meetings/search.rules.ts';
import { buildIndex } from '../src/features/meetings/search-build.rules.ts';
import { type Searchable, searchableOf } from '../src/features/meetings/search-index.rules.ts';
import { distanceKm, type MeetingQuery } from '../src/features/meetings/search-query.rules.ts';
import { Database } from '../src/platform/database.ts';
import { startTestServer } from '../src/platform/pgtest.ts';
import { MeasuredServer } from './parts/child.ts';
import { load, median, rounded } from './parts/load.ts';
import { dice, generated } from './parts/meetings.ts';

/*
 * Meetings within 25 km on a weekday after an hour with two types: in process over the real lists and
 * a million generated meetings, checked against a linear scan; and over HTTP through the real server
 * with the real lists, against a bare node:http server whose body has the same size.
 */
const lists = [
  { name: 'philadelphia-2022', timeZone: 'America/New_York' },
  { name: 'orange-county-2023', timeZone: 'America/Los_Angeles' },
].map((list) => ({
  ...list,
  file: new URL(`../e2e/feeds/${list.name}.json`, import.meta.url).pathname,
}));

const real: Searchable[] = lists.flatMap(({ file, timeZone }) => {
  const read = readList(readFileSync(file), { fellowship: 'aa', timeZone });
  if (!read.ok) throw new Error(read.refused);
  return read.rows.flatMap((row) => (row.taken ? [searchableOf(row.meeting)] : []));
});
const made = generated(1_000_000);
const meetings = real.length + 1_000_000;
const at = (id: number) => real[id] ?? made(id - real.length);

const roll = dice(11);
const pairs = [
  ['open', 'discussion'],
  ['open', 'wheelchair'],
  ['closed', 'step'],
  ['open', 'speaker'],
  ['newcomer', 'discussion'],
];

/** A question near somebody's meeting, so that towns are asked as often as they are large. */
function question(from: number): MeetingQuery {
  const place = at(Math.floor(roll() * from)).position ?? { lat: 40, lng: -75 };
  return {
    near: {
      lat: place.lat + (roll() - 0.5) * 0.2,
      lng: place.lng + (roll() - 0.5) * 0.2,
      radiusKm: 25,
    },
    day: Math.floor(roll() * 7),
    after: minutesOfDay('06:00') + Math.floor(roll() * 13) * 60,
    types: pairs[Math.floor(roll() * pairs.length)] as string[],
  };
}

function scan({ near, day, after = 0, types = [] }: MeetingQuery): Set<number> {
  const found = new Set<number>();
  for (let id = 0; id < meetings; id++) {
    const meeting = at(id);
    if (!meeting.position || !near || meeting.start === null || meeting.start < after) continue;
    if (!meeting.days.includes(day ?? -1)) continue;
    if (!types.every((type) => meeting.facets.includes(type))) continue;
    if (distanceKm(near, meeting.position) <= 25) found.add(id);
  }
  return found;
}

const began = performance.now();
const index = buildIndex(meetings, at);
const buildMs = performance.now() - began;

let mismatches = 0;
let checkedHits = 0;
for (let n = 0; n < 60; n++) {
  const asked = question(n % 2 ? real.length : meetings);
  const expected = scan(asked);
  const hits = search(index, asked);
  checkedHits += hits.length;
  if (hits.length !== expected.size || !hits.every((hit) => expected.has(hit.id))) mismatches++;
}
if (checkedHits === 0) throw new Error('The questions found nothing, so the check proves nothing.');

const questions = Array.from({ length: 10_000 }, () => question(meetings));
for (const asked of questions.slice(0, 2000)) search(index, asked);
function took(asked: MeetingQuery): number {
  const started = performance.now();
  search(index, asked);
  return performance.now() - started;
}
// All questions, three times over, the quickest of each counts: a pause is another program's on a
// shared machine, or the collector's. Not three times in a row, which would only ask warm memory.
const passes = [0, 1, 2].map(() => questions.map(took));
const times = questions
  .map((_, n) => Math.min(...passes.map((pass) => pass[n] as number)))
  .sort((x, y) => x - y);
const percentile = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;

const http = await overHttp();
console.log(
  JSON.stringify({
    bench: 'search',
    figures: {
      p50Ms: rounded(percentile(0.5), 4),
      p99Ms: rounded(percentile(0.99), 3),
      httpRatioC8: rounded(http.ratio),
      meetings,
      mismatches,
      buildMs: Math.round(buildMs),
      httpPerSecondC8: Math.round(http.perSecond),
      httpBodyBytes: http.bodyBytes,
      httpCpuMs: rounded(http.cpuMs, 3),
      bareCpuMs: rounded(http.bareCpuMs, 3),
    },
  }),
);

interface OverHttp {
  ratio: number;
  perSecond: number;
  bodyBytes: number;
  cpuMs: number;
  bareCpuMs: number;
}

async function overHttp(): Promise<OverHttp> {
  const server = await startTestServer();
  const fresh = await server.fresh();
  const database = new Database(fresh.appUrl);
  for (const { name, file, timeZone } of lists) {
    const { done } = await importFromFile(database, file, {
      serviceBody: 'Bench',
      name,
      fellowship: 'aa',
      timeZone,
    });
    if (!done.ok) throw new Error(done.refused);
  }
  await database.close();
  const house = await MeasuredServer.start(new URL('./parts/stepwell-server.ts', import.meta.url), [
    fresh.appUrl,
  ]);
  const paths = Array.from({ length: 2000 }, () => {
    const { near, day, after = 0, types } = question(real.length);
    const hour = String(Math.floor(after / 60)).padStart(2, '0');
    return `/api/meetings.search?near=${near?.lat},${near?.lng}&radiusKm=25&day=${day}&after=${hour}:00&types=${types}`;
  });
  let bytes = 0;
  for (const path of paths.slice(0, 400)) {
    const answered = await fetch(`http://127.0.0.1:${house.port}${path}`);
    if (answered.status !== 200) throw new Error(`${path}: ${answered.status}`);
    bytes += (await answered.arrayBuffer()).byteLength;
  }
  const bodyBytes = Math.round(bytes / 400);
  const bare = await MeasuredServer.start(new URL('./parts/bare-body.ts', import.meta.url), [
    String(bodyBytes),
  ]);
  let next = 0;
  const shot = () => ({ path: paths[next++ % paths.length] as string, headers: {}, body: '' });
  const ratios: number[] = [];
  const rates: number[] = [];
  const rounds = 7;
  const perRound = 2000;
  await load(house.port, 8, perRound, shot);
  await load(bare.port, 8, perRound, shot);
  const before = [await house.meter(), await bare.meter()];
  // Rounds alternate, so that a slow moment of the machine strikes both.
  for (let round = 0; round < rounds; round++) {
    const ours = await load(house.port, 8, perRound, shot);
    const theirs = await load(bare.port, 8, perRound, shot);
    ratios.push(ours.perSecond / theirs.perSecond);
    rates.push(ours.perSecond);
  }
  const after = [await house.meter(), await bare.meter()];
  const [cpuMs = 0, bareCpuMs = 0] = after.map(
    (meter, n) => (meter.cpuMs - (before[n]?.cpuMs ?? 0)) / (rounds * perRound),
  );
  await house.stop();
  await bare.stop();
  await server.close();
  return { ratio: median(ratios), perSecond: median(rates), bodyBytes, cpuMs, bareCpuMs };
}
