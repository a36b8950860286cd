import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate, setTimeout } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import { DirectoryCopy } from '../src/features/meetings/directory-copy.server.ts';
import type { Meeting } from '../src/features/meetings/meeting.rules.ts';
import { atOnce, IndexBuilder } from '../src/features/meetings/search-build.rules.ts';
import { searchableOf } from '../src/features/meetings/search-index.rules.ts';
import type { MeetingQuery } from '../src/features/meetings/search-query.rules.ts';
import { listings } from './parts/listings.ts';
import { median, quantile, rounded } from './parts/load.ts';
import { dice } from './parts/meetings.ts';

/*
 * A million listings in one process: how long the index takes (`buildMs`, over listings at hand, as
 * `search` measures it), how much memory all that is needed to answer takes over the process before it
 * (`rssMB`: bytes of every listing, index, words, twelve seconds after the last was read; two seconds
 * after it `rssLoadedMB`; the most of all that while `rssPeakMB`), how long searches take, and how long it is from a
 * changed row at hand to its being found (`refreshMs`). `maxPauseMs` is the longest that the event loop
 * was kept from its work during 2,000 such changes and the folding that they cause; `ownPauseMs` the
 * longest that the thread itself worked in one turn (`loadPauseMs`: while all was read), and `idlePauseMs`
 * the first of the process doing nothing: what others on this machine take.
 */
const size = Number(process.env.STEPWELL_BENCH_SIZE ?? 1_000_000);
v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;
const make = listings();
/** Listings timed together; rows that come together. */
const [few, page] = [16, 250];

const idOf = (n: number) => `01890000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const rowOf = (n: number, listing: Meeting) => ({
  id: idOf(n),
  number: n + 1,
  changedAt: '2026-11-22T00:00:00.000Z',
  listing,
});

function* batches(most: number): Generator<[number, Meeting[]]> {
  for (let at = 0; at < size; at += most)
    yield [at, Array.from({ length: Math.min(most, size - at) }, (_, i) => make(at + i))];
}

const threadMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

function indexBuilt(): number {
  const builder = new IndexBuilder(size, () => make(0));
  let took = 0;
  const timed = (work: () => void) => {
    const began = performance.now();
    work();
    took += performance.now() - began;
  };
  // More at a time would outlive a collection, and what they cost the collector would be timed too.
  for (const [at, meetings] of batches(few)) {
    const some = meetings.map((meeting) => searchableOf(JSON.parse(JSON.stringify(meeting))));
    timed(() => {
      for (const [i, meeting] of some.entries()) builder.add(at + i, meeting);
    });
  }
  timed(() => atOnce(builder.finish()));
  return took;
}

interface Pause {
  /** Longest time between two turns of the event loop, other programs' turns on this machine included. */
  wall: number;
  /** Longest time that this thread worked in one turn. */
  own: number;
}

async function longestPause(work: () => Promise<void>): Promise<Pause> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  let [own, last, over] = [0, threadMs(), false];
  const turn = () => {
    const now = threadMs();
    own = Math.max(own, now - last);
    last = now;
    if (!over) globalThis.setImmediate(turn);
  };
  globalThis.setImmediate(turn);
  delays.enable();
  await work();
  delays.disable();
  over = true;
  // What is measured has the timer's own millisecond in it.
  return { wall: Math.max(0, delays.max / 1e6 - 1), own };
}

collect();
await setTimeout(500);
collect();
const before = process.memoryUsage().rss;

const copy = new DirectoryCopy(size);
async function fill(): Promise<void> {
  const change = copy.change(size);
  const list = change.list({ id: 'l', name: 'List', bodyId: 'b', bodyNumber: 1, demo: false });
  // As from the database: a page of texts, read one by one.
  for (let at = 0; at < size; at += page) {
    const texts = Array.from({ length: Math.min(page, size - at) }, (_, i) =>
      JSON.stringify(make(at + i)),
    );
    for (const [i, text] of texts.entries()) change.put(list, rowOf(at + i, JSON.parse(text)));
    await setImmediate();
  }
  await change.publish('v0', []);
}
const filling = performance.now();
const loading = await longestPause(fill);
const loadSeconds = (performance.now() - filling) / 1000;
collect();
await setTimeout(2000);
collect();
const rssLoaded = process.memoryUsage().rss - before;
// V8 keeps the pages of a heap that has shrunk for eight seconds, in case it grows again.
await setTimeout(10_000);
const rss = process.memoryUsage().rss - before;
const peak = process.resourceUsage().maxRSS * 1024 - before;
const { arrayBuffers } = process.memoryUsage();

const roll = dice(23);
const now = Date.parse('2026-11-22T18:00:00Z');
const questions = Array.from({ length: 5000 }, (_, i): MeetingQuery => {
  const { name, place } = make(Math.floor(roll() * size));
  const { lat, lng } = place.position ?? { lat: 40, lng: -75 };
  const near = { lat: lat + (roll() - 0.5) * 0.2, lng: lng + (roll() - 0.5) * 0.2 };
  const around = { ...near, radiusKm: 25 };
  const kinds: MeetingQuery[] = [
    { near: around, day: Math.floor(roll() * 7), after: 360 + Math.floor(roll() * 13) * 60 },
    { near: { ...near, nearest: 10 } },
    { near: around, types: ['open', 'discussion'] },
    { near: around, now, withinMinutes: 120 },
    { text: `${name} ${place.city}` },
  ];
  return kinds[i % kinds.length] as MeetingQuery;
});
const ask = (query: MeetingQuery): number => {
  const began = performance.now();
  copy.view?.find(query, { limit: 20 });
  return performance.now() - began;
};
// As in `search`: three passes, of each question the quickest, for a pause is another program's.
const passes = [0, 1, 2].map(() => questions.map(ask));
const times = questions.map((_, n) => Math.min(...passes.map((pass) => pass[n] as number)));

const idle = await longestPause(() => setTimeout(3000).then(() => {}));
const refreshes: number[] = [];
const pause = await longestPause(async () => {
  for (let n = 0; n < 2000; n++) {
    const which = Math.floor(roll() * size);
    const listing = { ...make(which), name: `Quite changed ${n}` };
    const began = performance.now();
    const change = copy.change();
    const list = change.list({ id: 'l', name: 'List', bodyId: 'b', bodyNumber: 1, demo: false });
    change.put(list, rowOf(which, listing));
    await change.publish(`v${n + 1}`, []);
    const found = copy.view?.find({ text: `quite changed ${n}` }, { limit: 1 });
    refreshes.push(performance.now() - began);
    if (!found?.total) throw new Error('A change is not seen.');
    await setTimeout(1);
  }
  await copy.settled();
});
const buildMs = indexBuilt();
if (copy.view?.count !== size) throw new Error('The number of meetings has changed.');

console.log(
  JSON.stringify({
    bench: 'meetings-million',
    figures: {
      buildMs: Math.round(buildMs),
      rssMB: Math.round(rss / 1e6),
      rssLoadedMB: Math.round(rssLoaded / 1e6),
      rssPeakMB: Math.round(peak / 1e6),
      p50Ms: rounded(median(times), 3),
      p99Ms: rounded(quantile(times, 0.99), 3),
      refreshMs: rounded(quantile(refreshes, 0.99), 1),
      maxPauseMs: rounded(pause.wall, 1),
      ownPauseMs: rounded(pause.own, 1),
      bytesMB: Math.round(arrayBuffers / 1e6),
      refreshP50Ms: rounded(median(refreshes), 2),
      idlePauseMs: rounded(idle.wall, 1),
      loadSeconds: rounded(loadSeconds, 1),
      loadPauseMs: rounded(loading.own, 1),
      meetings: size,
    },
  }),
);
