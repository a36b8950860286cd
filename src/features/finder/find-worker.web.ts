import type { Position } from '../meetings/meeting.rules.ts';
import { boxOf, cellAt } from '../meetings/pack-cells.rules.ts';
import { placesMeant } from '../meetings/place-meant.rules.ts';
import { Finder, type FindQuestion } from './find-engine.rules.ts';
import type {
  FindAnswers,
  FindAsk,
  FindTold,
  HeldNow,
  ListsNow,
  RowSpan,
} from './find-messages.rules.ts';
import { MarkIndex, townsIn } from './map-marks.web.ts';
import {
  bytesOf,
  dropPack,
  type HeldPack,
  isUnknownPack,
  keepPack,
  keptPack,
  keptRegions,
  newestPack,
  sourcesOf,
  tooLarge,
  UnreachableError,
} from './pack-shelf.web.ts';
import { PlaceShelf } from './place-shelf.web.ts';

const scope = globalThis as unknown as {
  postMessage(message: FindTold): void;
  addEventListener(type: 'message', listen: (event: MessageEvent) => void): void;
};

/** Names on the map: more would only cover each other. */
const mostTowns = 40;
/** What comes first may be looked at for so long, in ms, before there is more. */
const headStart = 400;
/** A list is asked for again after so long, in ms. */
const fresh = 10 * 60_000;

let finder = new Finder([]);
let held: HeldPack[] = [];
const meetings = new Map<string, number>();
const kept = new Set<string>();
let keeps = true;
let needsPlace = false;
let isRenewing = false;
let trouble: ListsNow['trouble'] = null;
let edition = 0;

function listsNow(): ListsNow {
  const all = held.map(
    (one): HeldNow => ({
      name: one.name,
      meetings: meetings.get(one.name) ?? 0,
      bytes: bytesOf(one),
      checkedAt: one.checkedAt,
      kept: kept.has(one.name),
    }),
  );
  return { edition, offer: finder.offer(), held: all, needsPlace, isRenewing, trouble };
}

function use(packs: HeldPack[]): void {
  const sources = packs.map((one) => {
    const own = sourcesOf(one);
    const count = own.reduce((sum, { pack, forgotten }) => sum + pack.count - forgotten.size, 0);
    meetings.set(one.name, count);
    return own;
  });
  finder = new Finder(sources.flat());
  held = packs;
  edition++;
}

function troubleOf(error: unknown): 'offline' | 'unknown' {
  return error instanceof UnreachableError ? 'offline' : 'unknown';
}

/** The newest of a list, kept if that is wanted; the one that is held where there is no network. */
async function fetched(name: string, known: HeldPack | null): Promise<HeldPack | typeof tooLarge> {
  const newest = await newestPack(name, known, Date.now());
  if (newest === tooLarge) {
    await dropPack(name);
    return tooLarge;
  }
  // Read once, before it takes the place of one that can be read.
  sourcesOf(newest);
  if (keeps && (await keepPack(newest))) kept.add(name);
  return newest;
}

async function known(name: string): Promise<HeldPack | null> {
  const inUse = held.find((one) => one.name === name);
  if (inUse) return inUse;
  const here = await keptPack(name);
  if (!here) return null;
  try {
    sourcesOf(here);
    kept.add(name);
    return here;
  } catch (error) {
    if (!isUnknownPack(error)) throw error;
    await dropPack(name);
    return null;
  }
}

/** Which lists belong to a place, when the directory is too large for one. */
async function namesFor(near: Position | null): Promise<string[]> {
  if (near) return [cellAt(near), 'anywhere'];
  const [latest] = keeps ? await keptRegions() : [];
  needsPlace = latest === undefined;
  return latest ? [latest, 'anywhere'] : ['anywhere'];
}

/** Lists that are on this device at once; the others as they come, each shown when it is there. */
async function openRegions(near: Position | null): Promise<void> {
  needsPlace = false;
  const names = await namesFor(near);
  if (names.join() === held.map(({ name }) => name).join()) return;
  const found: HeldPack[] = [];
  for (const name of names) {
    // The first list is searched and drawn before the next one takes its time.
    if (found.length > 0) await new Promise((resolve) => setTimeout(resolve, headStart));
    const here = await known(name);
    const one = here ?? (await fetched(name, null));
    if (one === tooLarge) continue;
    found.push(one);
    use(found);
    scope.postMessage({ lists: listsNow() });
  }
}

async function open(near: Position | null): Promise<void> {
  const whole = await known('all');
  if (whole) {
    if (held[0] !== whole) use([whole]);
    return;
  }
  const isKnownLarge = held.length > 0 || (await known('anywhere')) !== null;
  if (!isKnownLarge) {
    const all = await fetched('all', null);
    if (all !== tooLarge) {
      use([all]);
      return;
    }
  }
  await openRegions(near);
}

let lastNear: Position | null = null;

async function renew(): Promise<void> {
  isRenewing = true;
  scope.postMessage({ lists: listsNow() });
  try {
    const newest: HeldPack[] = [];
    for (const one of held) {
      const next = await fetched(one.name, one);
      if (next === tooLarge) {
        await openRegions(lastNear);
        return;
      }
      newest.push(next);
    }
    const changed = newest.some(({ version }, n) => version !== held[n]?.version);
    if (changed) use(newest);
    else held = newest;
    trouble = null;
  } catch (error) {
    trouble = troubleOf(error);
  } finally {
    isRenewing = false;
    scope.postMessage({ lists: listsNow() });
  }
}

/** One meeting: from the lists at hand, else from one that is kept. */
async function meeting(id: string) {
  const here = finder.byId(id);
  if (here) return here;
  for (const name of ['all', 'anywhere', ...(await keptRegions())]) {
    const other = await known(name);
    const found = other && new Finder(sourcesOf(other)).byId(id);
    if (found) return found;
  }
  const one = await newestPack(`one-${id}`, null, Date.now());
  return one === tooLarge ? null : new Finder(sourcesOf(one)).byId(id);
}

const shelf = new PlaceShelf();

function openPlaces(): Promise<boolean> {
  const regions = held.flatMap(({ name }) => (boxOf(name) ? [name] : []));
  return shelf.open(['wide', ...regions], keeps);
}

/** Towns that are not on this device yet come for the same letters a moment later. */
async function fetchPlaces(): Promise<void> {
  if (!(await openPlaces())) return;
  edition++;
  scope.postMessage({ lists: listsNow() });
}

function placesHere(typed: string, locale: string) {
  void fetchPlaces();
  const sources = { gazetteer: shelf.gazetteer, listed: finder.places };
  return placesMeant(sources, typed, { locale });
}

let asOf = 0;
let question: FindQuestion | null = null;

function rowsIn({ list, from, to }: RowSpan) {
  return finder.rows(list, from, to, asOf);
}

let marked: { answer: number; edition: number; index: MarkIndex } | null = null;

function marksFor({ answer, bounds, zoom }: Extract<FindAsk, { do: 'marks' }>) {
  if (marked?.answer !== answer || marked.edition !== edition)
    marked = { answer, edition, index: new MarkIndex(finder.points()) };
  const marks = marked.index.marks(bounds, zoom);
  const seen = marks.reduce((sum, { count }) => sum + count, 0);
  return { marks, seen };
}

/** So long, in ms, is worked on what is not asked for yet before it is seen whether something is. */
const turnMs = 6;
let learned: Finder | null = null;

/** Makes names findable, in turns, between which questions are answered. */
function learn(mine: Finder): void {
  if (mine !== finder || mine === learned) return;
  learned = mine;
  const steps = mine.learning();
  const go = () => {
    const end = performance.now() + turnMs;
    while (performance.now() < end)
      if (steps.next().done) {
        if (question) mine.rehearse(question);
        return;
      }
    if (mine === finder) setTimeout(go);
  };
  go();
}

/** Opening and renewing follow one another; searching goes on meanwhile. */
let turn: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work, work);
  turn = mine.catch(() => undefined);
  return mine;
}

async function answer(ask: FindAsk): Promise<FindAnswers[keyof FindAnswers]> {
  if (ask.do === 'find') {
    asOf = ask.question.now;
    question = ask.question;
    const counts = finder.find(question);
    // While somebody looks at the first list the names are made findable.
    setTimeout(learn, headStart, finder);
    // Under a long list the other one is out of sight.
    const isNear = (span: RowSpan) => span.list === 'near' || counts.near < span.to;
    return { counts, rows: ask.spans.map((span) => (isNear(span) ? rowsIn(span) : [])) };
  }
  if (ask.do === 'rows') return rowsIn(ask.span);
  if (ask.do === 'points') return finder.points();
  if (ask.do === 'marks') return marksFor(ask);
  if (ask.do === 'towns') {
    await openPlaces();
    return townsIn(shelf.gazetteer, ask.bounds, mostTowns);
  }
  if (ask.do === 'some') return ask.rows.flatMap((row) => finder.rows('near', row, row + 1, asOf));
  if (ask.do === 'places') return placesHere(ask.typed, ask.locale);
  if (ask.do === 'meeting') return meeting(ask.id);
  if (ask.do === 'renew') await inTurn(renew);
  else {
    await inTurn(async () => {
      keeps = ask.keep;
      lastNear = ask.near;
      await open(ask.near);
      // Those that were fetched before it was known whether they stay.
      for (const one of held)
        if (keeps && !kept.has(one.name) && (await keepPack(one))) kept.add(one.name);
    });
    // After the first lists are shown; for a phone that is offline when a place is typed.
    if (keeps) setTimeout(openPlaces, 3000);
    if (held.some(({ checkedAt }) => Date.now() - checkedAt > fresh)) void inTurn(renew);
  }
  return listsNow();
}

type Asked = { question: number; ask: FindAsk };

scope.addEventListener('message', async ({ data }: MessageEvent<Asked>) => {
  const { question, ask } = data;
  try {
    scope.postMessage({ question, value: await answer(ask) });
  } catch (error) {
    scope.postMessage({ question, failed: troubleOf(error) });
  }
});
