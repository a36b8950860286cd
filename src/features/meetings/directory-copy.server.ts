import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { DirectoryChanges, ServiceBody } from './directory.rules.ts';
import { View } from './directory-view.server.ts';
import type { Meeting } from './meeting.rules.ts';
import { Bits, type ListFacts, MeetingStore, type StoredRow } from './meeting-store.server.ts';
import { buildPlaces, type PlaceIndex } from './place-lookup.rules.ts';
import { atOnce, IndexBuilder } from './search-build.rules.ts';
import { type MeetingIndex, searchableOf } from './search-index.rules.ts';

/** How long work in the background may keep others waiting, ms. */
const slice = 6;
/** So many changes are indexed anew with each further one; more become a part of their own. */
const fewChanges = 96;
/** So many versions back it can be told what changed, with so many changes at most. */
const versionsKept = 32;
const changesKept = 5000;

/** Runs steps to their end, with pauses in which the server can do its other work. */
async function inSlices<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const until = performance.now() + slice;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await setImmediate();
  }
}

/** One version with what it changed, by ids: places mean nothing to a later store. */
interface Logged {
  from: string;
  ids: ReadonlySet<string>;
}

/** Counts of fellowships, facets and lists. */
class Tally {
  readonly lists = new Map<string, number>();
  readonly fellowships = new Map<string, number>();
  readonly facets = new Map<string, number>();

  count(list: string, meeting: Meeting, by: 1 | -1): void {
    const add = (counts: Map<string, number>, id: string) => {
      counts.set(id, (counts.get(id) ?? 0) + by);
    };
    add(this.lists, list);
    add(this.fellowships, meeting.fellowship);
    for (const facet of meeting.facets) add(this.facets, facet);
  }

  take(other: Tally): void {
    for (const name of ['lists', 'fellowships', 'facets'] as const) {
      const own = this[name];
      for (const [id, by] of other[name]) own.set(id, (own.get(id) ?? 0) + by);
      for (const [id, sum] of own) if (sum === 0) own.delete(id);
    }
  }
}

/**
 * The directory in the memory of this process. A change does not build it anew: it goes into a small
 * index beside the large one, what it replaces is marked as gone, and a search asks both. Small indexes
 * are folded into larger ones in slices, between requests.
 */
export class DirectoryCopy {
  #store = new MeetingStore();
  #memory = {};
  /** The largest first. */
  #indexes: MeetingIndex[] = [];
  #gone = new Bits();
  #goneCount = 0;
  readonly #tally = new Tally();
  #count = 0;
  #bodies: readonly ServiceBody[] = [];
  #log: Logged[] = [];
  #view: View | null = null;
  #folding: Promise<void> | null = null;
  /** Indexes that are being folded: nothing joins them. */
  #frozen: ReadonlySet<MeetingIndex> = new Set();
  #open = false;
  #changes = 0;
  #places: { index: PlaceIndex; gone: number; count: number } | null = null;

  /** `expected`: about how many meetings there will be. */
  constructor(expected = 1024) {
    this.#store = new MeetingStore(expected);
  }

  /** The directory as it was last published; null before the first time. */
  get view(): View | null {
    return this.#view;
  }

  /** Resolves when nothing is being folded any more. */
  async settled(): Promise<void> {
    while (this.#folding) await this.#folding;
  }

  /** Starts a change; only one at a time. */
  change(expected = 64): Change {
    if (this.#open) throw new Error('The directory is being changed already.');
    this.#open = true;
    this.#changes++;
    return new Change(this, this.#store, this.#isLive, expected);
  }

  /** Lets go of what a change had put there that came to nothing. Called by Change alone. */
  abandon(begun: number): void {
    for (let n = begun; n < this.#store.count; n++) this.#gone.add(n);
    this.#goneCount += this.#store.count - begun;
    this.#open = false;
  }

  readonly #isLive = (n: number) => !this.#gone.has(n);

  /** How many meetings of a list are shown now. */
  countOf(list: string): number {
    return this.#tally.lists.get(list) ?? 0;
  }

  /** Meetings of a list that are shown now. */
  placesOfList(id: string): number[] {
    const places: number[] = [];
    for (const { lists, listOf, idOf } of this.#indexes) {
      const number = lists.indexOf(id);
      if (number < 0) continue;
      for (let slot = 0; slot < listOf.length; slot++) {
        const n = idOf[slot] as number;
        if (listOf[slot] === number && this.#isLive(n)) places.push(n);
      }
    }
    return places;
  }

  /** Takes a change in; from the next moment on it is seen. Called by Change alone. */
  async take(
    change: { begun: number; replaced: ReadonlySet<number>; builder: IndexBuilder; tally: Tally },
    version: string,
    bodies: readonly ServiceBody[],
  ): Promise<void> {
    const { begun, replaced, builder } = change;
    const store = this.#store;
    const added = store.count - begun;
    let fresh = added > fewChanges ? await inSlices(builder.finish()) : null;
    // From here to the end in one go: searches see all of it or nothing.
    const gone = this.#gone.copy();
    for (const n of replaced) gone.add(n);
    this.#gone = gone;
    if (added > 0 && !fresh) {
      const tiny = this.#indexes.at(-1);
      const joins = tiny !== undefined && tiny.count <= fewChanges && !this.#frozen.has(tiny);
      const old = joins ? Array.from(tiny.idOf).filter(this.#isLive) : [];
      for (let n = begun; n < store.count; n++) if (this.#isLive(n)) old.push(n);
      fresh = atOnce(this.#build(old, old.length, store));
      if (joins) this.#indexes = this.#indexes.slice(0, -1);
    }
    if (fresh) this.#indexes = [...this.#indexes, fresh];
    this.#goneCount += replaced.size;
    this.#count += added - replaced.size;
    this.#tally.take(change.tally);
    this.#bodies = bodies;
    this.#note(version, begun, replaced);
    this.#publish(version);
    this.#open = false;
    this.#foldIfDue();
  }

  /** After the name or the body of a list has changed, what was decoded with the old is forgotten. */
  forget(): void {
    this.#memory = {};
    this.#store.forget();
  }

  *#build(
    numbers: Iterable<number>,
    count: number,
    store: MeetingStore,
  ): Generator<void, MeetingIndex> {
    const builder = new IndexBuilder(count, (n) => store.meetingOf(n));
    let done = 0;
    for (const n of numbers) {
      builder.add(n, searchableOf(store.meetingOf(n), store.listOf(n).id));
      if (++done % 64 === 0) yield;
    }
    return yield* builder.finish();
  }

  #note(version: string, begun: number, replaced: ReadonlySet<number>): void {
    const store = this.#store;
    const from = this.#view?.version;
    if (from === undefined || from === version) return;
    if (store.count - begun + replaced.size > changesKept) {
      this.#log = [];
      return;
    }
    const ids = new Set<string>();
    for (let n = begun; n < store.count; n++) ids.add(store.idOf(n));
    for (const n of replaced) ids.add(store.idOf(n));
    this.#log.push({ from, ids });
    if (this.#log.length > versionsKept) this.#log.shift();
  }

  #publish(version: string): void {
    const log = [...this.#log];
    const view: View = new View({
      version,
      store: this.#store,
      memory: this.#memory,
      indexes: this.#indexes,
      gone: this.#gone,
      limit: this.#store.count,
      count: this.#count,
      bodies: this.#bodies,
      fellowshipCounts: new Map(this.#tally.fellowships),
      facetCounts: new Map(this.#tally.facets),
      places: (of) => this.#placesOf(of),
      changesSince: (since) => changesIn(log, since, view),
    });
    this.#view = view;
  }

  /** Places are made anew when one listing in a hundred has changed: towns do not move. */
  #placesOf(view: { count: number }): PlaceIndex {
    const held = this.#places;
    const changes = held ? this.#goneCount - held.gone + Math.abs(view.count - held.count) : 0;
    if (held && changes <= view.count / 100) return held.index;
    const now = this.#view as View;
    const store = this.#store;
    const places = function* () {
      for (const n of now.all()) yield store.meetingOf(n);
    };
    this.#places = { index: buildPlaces(places()), gone: this.#goneCount, count: view.count };
    return this.#places.index;
  }

  /** Several small indexes become one; together with the large one when they are an eighth of it. */
  #foldIfDue(): void {
    if (this.#folding || this.#indexes.length < 2) return;
    const [large, ...small] = this.#indexes as [MeetingIndex, ...MeetingIndex[]];
    const waiting = small.reduce((sum, index) => sum + index.count, 0);
    const wasteful = this.#store.count > 4096 + this.#count * 1.5;
    const whole = wasteful || waiting > Math.max(4096, large.count / 8);
    if (!whole && small.length < 4) return;
    this.#folding = (wasteful ? this.#renew() : this.#fold(whole ? this.#indexes : small)).finally(
      () => {
        this.#folding = null;
        this.#frozen = new Set();
      },
    );
  }

  async #fold(chosen: readonly MeetingIndex[]): Promise<void> {
    this.#frozen = new Set(chosen);
    const isLive = this.#isLive;
    const numbers = function* () {
      for (const { idOf } of chosen) for (const n of idOf) if (isLive(n)) yield n;
    };
    const count = chosen.reduce((sum, index) => sum + index.count, 0);
    const folded = await inSlices(this.#build(numbers(), count, this.#store));
    const first = this.#indexes.findIndex((index) => this.#frozen.has(index));
    const others = this.#indexes.filter((index) => !this.#frozen.has(index));
    this.#indexes = [...others.slice(0, first), folded, ...others.slice(first)];
    this.#publish((this.#view as View).version);
  }

  /**
   * Everything into a new store, without what is gone. Given up when a change comes in meanwhile: a
   * later change asks for it again.
   */
  async #renew(): Promise<void> {
    this.#frozen = new Set(this.#indexes);
    const begun = this.#changes;
    const [old, view] = [this.#store, this.#view as View];
    const store = new MeetingStore(this.#count);
    store.lists.push(...old.lists);
    const builder = new IndexBuilder(this.#count, (n) => store.meetingOf(n));
    const copied = function* () {
      let done = 0;
      for (const n of view.all()) {
        const { id, number, changedAt, meeting } = old.at(n);
        const row = { id, number, changedAt, listing: meeting };
        const list = old.listNumberOf(n);
        builder.add(store.add(list, row), searchableOf(meeting, old.listOf(n).id));
        if (++done % 64 === 0) yield;
      }
      return yield* builder.finish();
    };
    const index = await inSlices(copied());
    if (this.#changes !== begun || this.#open) return;
    this.#store = store;
    this.#memory = {};
    this.#gone = new Bits();
    this.#goneCount = 0;
    this.#places = null;
    this.#indexes = [index];
    this.#publish(view.version);
  }
}

/** Put together what changed between versions; ids that came and went again are gone. */
function changesIn(log: readonly Logged[], since: string, view: View): DirectoryChanges | null {
  if (since === view.version) return { changed: [], removed: [] };
  const first = log.findIndex(({ from }) => from === since);
  if (first < 0) return null;
  const touched = new Set(log.slice(first).flatMap(({ ids }) => [...ids]));
  const changes: DirectoryChanges = { changed: [], removed: [] };
  for (const id of touched) {
    const n = view.placeOf(id);
    if (n === undefined) changes.removed.push(id);
    else changes.changed.push(n);
  }
  return changes;
}

/** A change to the copy while it is being read from the database; nothing of it is seen before `publish`. */
export class Change {
  readonly #copy: DirectoryCopy;
  readonly #store: MeetingStore;
  readonly #isLive: (n: number) => boolean;
  readonly #builder: IndexBuilder;
  readonly #begun: number;
  readonly #replaced = new Set<number>();
  readonly #tally = new Tally();
  #renamed = false;

  constructor(
    copy: DirectoryCopy,
    store: MeetingStore,
    isLive: (n: number) => boolean,
    expected: number,
  ) {
    this.#copy = copy;
    this.#store = store;
    this.#isLive = isLive;
    this.#begun = store.count;
    this.#builder = new IndexBuilder(expected, (n) => store.meetingOf(n));
  }

  /** The place of a list's facts in the store, with what is new of them. */
  list(facts: ListFacts): number {
    const { lists } = this.#store;
    const known = lists.findIndex(({ id }) => id === facts.id);
    if (known < 0) return lists.push(facts) - 1;
    if (!isDeepStrictEqual(lists[known], facts)) this.#renamed = true;
    lists[known] = facts;
    return known;
  }

  /** A meeting that is new or changed. */
  put(list: number, row: StoredRow): void {
    this.remove(row.id);
    const n = this.#store.add(list, row);
    const { id } = this.#store.lists[list] as ListFacts;
    this.#tally.count(id, row.listing, 1);
    this.#builder.add(n, searchableOf(row.listing, id));
  }

  /** A meeting that is not published any more. */
  remove(id: string): void {
    const before = this.#store.byId(id, (n) => this.#isLive(n) && !this.#replaced.has(n));
    if (before !== undefined) this.#drop(before);
  }

  #drop(n: number): void {
    if (this.#replaced.has(n)) return;
    this.#replaced.add(n);
    this.#tally.count(this.#store.listOf(n).id, this.#store.meetingOf(n), -1);
  }

  /** Every meeting of a list that is not shown any more, or that is read whole again. */
  async removeList(id: string): Promise<void> {
    for (const [done, n] of this.#copy.placesOfList(id).entries()) {
      this.#drop(n);
      if (done % 512 === 511) await setImmediate();
    }
  }

  /** How many meetings of a list there will be. */
  countOf(list: string): number {
    return this.#copy.countOf(list) + (this.#tally.lists.get(list) ?? 0);
  }

  /** Makes it seen. */
  async publish(version: string, bodies: readonly ServiceBody[]): Promise<void> {
    if (this.#renamed) this.#copy.forget();
    const [begun, replaced, builder, tally] = [
      this.#begun,
      this.#replaced,
      this.#builder,
      this.#tally,
    ];
    await this.#copy.take({ begun, replaced, builder, tally }, version, bodies);
  }

  abandon(): void {
    this.#copy.abandon(this.#begun);
  }
}
