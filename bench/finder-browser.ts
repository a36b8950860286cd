import { readFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../e2e/browser.ts';
import { Pack } from '../src/features/meetings/pack-read.rules.ts';
import { FinderHouse } from './parts/finder-house.ts';
import { median, quantile, rounded } from './parts/load.ts';
import { busyOf, momentOf, type TraceEvent } from './parts/trace.ts';
import { firstPainted, seenIn, until, watch } from './parts/watched.ts';

/*
 * The finder of the companion in a real browser, the built pages, the real server: from navigation to
 * the first list painted, with nothing kept, and each key press from the key to the paint of what it
 * found. The page's thread is slowed four times by the browser itself. The browser cannot slow a
 * worker, so three times what the worker's thread was busy is added to what was measured. The page is
 * asked only afterwards what it saw: each question is a task of some ten milliseconds of its own.
 */
const slow = 4;
const region = '33-26';
const where = JSON.stringify({ label: 'Here', position: { lat: 44, lng: -74 } });
/** All of the region, however far: the longest list there is. */
const path = '/me/find?when=any&km=500';
const typed = 'monday hope lake';
/** Loaded by then, and a key answered, ms. */
const loaded = 4000;
const answered = 300;

interface Packed {
  wire: number;
  bytes: Buffer;
}

/** A list as it comes over the wire. */
function fetchPacked(origin: string): Promise<Packed> {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'gzip' };
    get(`${origin}/packs/${region}`, { headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const wire = Buffer.concat(parts);
        resolve({ wire: wire.length, bytes: gunzipSync(wire) });
      });
    }).on('error', reject);
  });
}

/** Bytes a meeting beyond the text of its name and place. */
function overText({ wire, bytes }: Packed): { meetings: number; bytesAMeeting: number } {
  const pack = new Pack(bytes);
  const lines = Array.from({ length: pack.count }, (_, n) => {
    const { name, place } = pack.listing(n).meeting;
    return [name, place.name, place.address, place.city].join('\t');
  });
  const text = gzipSync(lines.join('\n'), { level: 6 }).length;
  return { meetings: pack.count, bytesAMeeting: (wire - text) / pack.count };
}

async function slowed(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    timezoneId: 'America/New_York',
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slow });
  return page;
}

/** One visit with nothing kept. */
async function visit(browser: Browser, origin: string) {
  const page = await slowed(browser);
  await page.addInitScript(`sessionStorage.setItem('where', ${JSON.stringify(where)});${watch}`);
  const categories = ['toplevel', 'devtools.timeline'];
  await browser.startTracing(page, { categories });
  await page.goto(origin + path, { waitUntil: 'commit' });
  await page.waitForTimeout(loaded);
  if (!(await until(page, ({ firstAt }) => firstAt > 0, 60_000)))
    throw new Error('No list was painted within a minute.');
  const trace = await stopped(browser);
  const opening = busyOf(trace, momentOf(firstPainted, trace));
  const first = await seenIn(page);
  await page.locator('input[type=search]').focus();
  await page.evaluate('seen.tasks.length = 0');
  await browser.startTracing(page, { categories });
  for (const key of typed) {
    await page.keyboard.press(key === ' ' ? 'Space' : key);
    await page.waitForTimeout(answered);
  }
  const typing = busyOf(await stopped(browser));
  // Scrolling through it, as far as it goes.
  for (let n = 0; n < 12; n++) {
    await page.mouse.wheel(0, 2500);
    await page.waitForTimeout(80);
  }
  const last = await seenIn(page);
  await page.context().close();
  const perKey = ((slow - 1) * typing.worker) / typed.length;
  return {
    firstListMs: first.firstAt + (slow - 1) * opening.worker,
    keyMs: last.keys.map((ms) => ms + perKey),
    loadingTaskMs: Math.max(0, ...first.tasks),
    shift: first.shift,
    longestTaskMs: Math.max(0, ...last.tasks),
    rows: last.rows,
  };
}

async function stopped(browser: Browser): Promise<TraceEvent[]> {
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  return traceEvents;
}

const root = new URL('../', import.meta.url);
const barePage = `<!doctype html><meta charset="utf-8"><p>…</p><script type="module">
import { Pack } from '/src/features/meetings/pack-read.rules.ts';
const bytes = new Uint8Array(await (await fetch('/pack')).arrayBuffer());
document.querySelector('p').textContent = new Pack(bytes).count;
requestAnimationFrame(() => setTimeout(() => { globalThis.doneAt = performance.now(); }));
</script>`;

/** A page that only fetches and reads the same bytes, from a bare server: for scale. */
async function bareVisit(browser: Browser, packed: Packed) {
  const server = createServer((request, answer) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/pack') {
      answer.setHeader('content-encoding', 'gzip').end(gzipSync(packed.bytes, { level: 6 }));
    } else if (pathname.startsWith('/src/')) {
      const code = readFileSync(new URL(`.${pathname}`, root), 'utf8');
      answer.setHeader('content-type', 'text/javascript').end(stripTypeScriptTypes(code));
    } else answer.setHeader('content-type', 'text/html').end(barePage);
  });
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
  const page = await slowed(browser);
  await page.addInitScript(watch);
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  await page.waitForTimeout(loaded / 2);
  const done = () => page.evaluate<number>('globalThis.doneAt ?? 0');
  while ((await done()) === 0) await page.waitForTimeout(40);
  const ms = await done();
  const taskMs = Math.max(0, ...(await seenIn(page)).tasks);
  await page.context().close();
  server.close();
  return { ms, taskMs };
}

async function measured(count: number, visits: number) {
  const house = await FinderHouse.open(count, process.argv[2]);
  const browser = await launchBrowser();
  try {
    const packed = await fetchPacked(house.origin);
    const { meetings, bytesAMeeting } = overText(packed);
    const all: Awaited<ReturnType<typeof visit>>[] = [];
    const bare: Awaited<ReturnType<typeof bareVisit>>[] = [];
    await visit(browser, house.origin);
    for (let n = 0; n < visits; n++) {
      all.push(await visit(browser, house.origin));
      bare.push(await bareVisit(browser, packed));
    }
    const keys = all.flatMap(({ keyMs }) => keyMs);
    if (all.some(({ keyMs }) => keyMs.length < typed.length))
      throw new Error(
        'A key was pressed before the last was answered, so the figure proves nothing.',
      );
    return {
      firstListMs: Math.round(median(all.map(({ firstListMs }) => firstListMs))),
      bareMs: Math.round(median(bare.map(({ ms }) => ms))),
      keyMs: Math.round(quantile(keys, 1)),
      keyMedianMs: Math.round(median(keys)),
      longestTaskMs: Math.round(median(all.map(({ longestTaskMs }) => longestTaskMs))),
      loadingTaskMs: Math.round(median(all.map(({ loadingTaskMs }) => loadingTaskMs))),
      bareTaskMs: Math.round(median(bare.map(({ taskMs }) => taskMs))),
      layoutShift: rounded(Math.max(...all.map(({ shift }) => shift)), 4),
      rows: Math.max(...all.map(({ rows }) => rows)),
      packKB: rounded(packed.wire / 1000, 0),
      bytesAMeeting: rounded(bytesAMeeting, 1),
      meetings,
    };
  } finally {
    await browser.close();
    await house.close();
  }
}

// One in five of what is made is online only, and so in another list than the region's.
const figures = await measured(12_500, 5);
const at50k = await measured(62_500, 3);
console.log(JSON.stringify({ bench: 'finder-browser', figures: { ...figures, at50k } }));
