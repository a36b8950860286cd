import type { Position } from '../src/features/meetings/meeting.rules.ts';
import { startTestServer } from '../src/platform/pgtest.ts';
import { MeasuredServer } from './parts/child.ts';
import { listings } from './parts/listings.ts';
import { load, median, quantile, rounded, type Shot } from './parts/load.ts';
import { dice } from './parts/meetings.ts';
import { storeListings } from './parts/stored-listings.ts';

/*
 * The directory over HTTP: 50,000 generated listings in a real PostgreSQL, served by the real server in
 * a process of its own, asked by distinct questions round the places of meetings. Beside it a bare
 * node:http server that answers with a body as large, in alternating rounds of the same run. `cpuMs` is
 * the CPU time of the server process per request, `ratio…` requests a second over those of the bare one.
 */
const size = Number(process.env.STEPWELL_BENCH_SIZE ?? 50_000);
const make = listings();
const postgres = await startTestServer();
const fresh = await postgres.fresh();
await storeListings(fresh.adminUrl, size, make);

const roll = dice(17);

/** A point near somebody's meeting: towns are asked as often as they are large. */
function point(): Position {
  for (;;) {
    const { position } = make(Math.floor(roll() * size)).place;
    if (!position) continue;
    const near = () => (roll() - 0.5) * 0.2;
    return {
      lat: Math.round(Math.max(-89, Math.min(89, position.lat + near())) * 1e5) / 1e5,
      lng: Math.round(Math.max(-179, Math.min(179, position.lng + near())) * 1e5) / 1e5,
    };
  }
}

const near = () => {
  const { lat, lng } = point();
  return `near=${lat},${lng}`;
};
const own = '/api/meetings.search?';
const bmltRoot = '/main_server/client_interface/json/?switcher=GetSearchResults';

/** One kind of question: how to ask it, and how often at each concurrency. */
interface Kind {
  path: () => string;
  requests: number;
}

const kinds: Record<string, Kind> = {
  radius: { path: () => `${own}${near()}&radiusKm=25`, requests: 1500 },
  nearest: { path: () => `${own}${near()}&nearest=10`, requests: 1500 },
  weekday: {
    path: () => {
      const hour = String(6 + Math.floor(roll() * 14)).padStart(2, '0');
      const day = Math.floor(roll() * 7);
      return `${own}${near()}&radiusKm=25&day=${day}&after=${hour}:00`;
    },
    requests: 1500,
  },
  text: {
    path: () => {
      const { name, place } = make(Math.floor(roll() * size));
      const [word = '', second = ''] = name.split(' ');
      return `${own}text=${encodeURIComponent(`${word} ${second} ${place.city}`)}`;
    },
    requests: 1000,
  },
  full: { path: () => '/feeds/meeting-guide.json', requests: 6 },
  bmlt: {
    path: () => {
      const { lat, lng } = point();
      return `${bmltRoot}&lat_val=${lat}&long_val=${lng}&geo_width_km=25&sort_results_by_distance=1`;
    },
    requests: 600,
  },
};

const house = await MeasuredServer.start(new URL('./parts/stepwell-server.ts', import.meta.url), [
  fresh.appUrl,
]);

async function sizeOf(path: string): Promise<number> {
  const answered = await fetch(`http://127.0.0.1:${house.port}${path}`, {
    headers: { 'accept-encoding': 'identity' },
  });
  if (answered.status !== 200) throw new Error(`${path}: ${answered.status}`);
  return (await answered.arrayBuffer()).byteLength;
}

async function measured({ path, requests }: Kind) {
  const paths = Array.from({ length: requests }, path);
  const sample = paths.slice(0, 100);
  let bytes = 0;
  for (const one of sample) bytes += await sizeOf(one);
  const bodyBytes = Math.round(bytes / sample.length);
  const bare = await MeasuredServer.start(new URL('./parts/bare-body.ts', import.meta.url), [
    String(bodyBytes),
  ]);
  let next = 0;
  const shot = (): Shot => ({
    path: paths[next++ % paths.length] as string,
    headers: {},
    body: '',
  });
  await load(house.port, 8, requests, shot);
  await load(bare.port, 8, requests, shot);
  const rounds = requests > 100 ? 5 : 3;
  const figures: Record<string, number> = { bodyBytes };
  const latencies: number[] = [];
  let [cpu, bareCpu, asked] = [0, 0, 0];
  for (const concurrency of [1, 8, 32]) {
    const ratios: number[] = [];
    const total = Math.max(concurrency, requests);
    for (let round = 0; round < rounds; round++) {
      const before = [await house.meter(), await bare.meter()];
      const ours = await load(house.port, concurrency, total, shot);
      const theirs = await load(bare.port, concurrency, total, shot);
      const after = [await house.meter(), await bare.meter()];
      ratios.push(ours.perSecond / theirs.perSecond);
      if (concurrency === 1) latencies.push(...ours.latenciesMs);
      cpu += (after[0]?.cpuMs ?? 0) - (before[0]?.cpuMs ?? 0);
      bareCpu += (after[1]?.cpuMs ?? 0) - (before[1]?.cpuMs ?? 0);
      asked += total;
    }
    figures[`ratioC${concurrency}`] = rounded(median(ratios));
  }
  await bare.stop();
  return {
    cpuMs: rounded(cpu / asked, 3),
    bareCpuMs: rounded(bareCpu / asked, 3),
    ...figures,
    p99Ms: rounded(quantile(latencies, 0.99), 2),
  };
}

const wanted = process.argv.slice(2);
const figures: Record<string, unknown> = { meetings: size };
for (const [name, kind] of Object.entries(kinds))
  if (wanted.length === 0 || wanted.includes(name)) figures[name] = await measured(kind);

console.log(JSON.stringify({ bench: 'meetings-http', figures }));
await house.stop();
await postgres.close();
