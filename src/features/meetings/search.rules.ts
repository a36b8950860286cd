import { type Attendance, attendances } from './meeting.rules.ts';
import { canBeReached } from './reach.rules.ts';
import {
  isRemote,
  kmFrom,
  recordTest,
  slotsAnywhere,
  slotsNear,
} from './search-candidates.rules.ts';
import {
  attendanceBit,
  type MeetingIndex,
  noStart,
  recordWords,
  weekMinutes,
} from './search-index.rules.ts';
import {
  earthKm,
  type Found,
  type Hit,
  type HitPlace,
  type MeetingQuery,
  type Wanted,
} from './search-query.rules.ts';
import { startTest, weekdayOf } from './search-time.rules.ts';
import { type FoundSlots, slotsWithWords } from './search-words.rules.ts';

/** An index, and which of its meetings do not count any more. */
export interface IndexPart {
  index: MeetingIndex;
  isGone: ((id: number) => boolean) | null;
}

const none = Number.POSITIVE_INFINITY;

/** Meetings that fit, as columns: their number, kilometres away, and what they are ordered by in time. */
class Gathered {
  ids = new Uint32Array(256);
  km = new Float64Array(256);
  when = new Float64Array(256);
  size = 0;

  push(id: number, km: number, when: number): void {
    const at = this.size++;
    if (at === this.ids.length) {
      const { ids, km: far, when: times } = this;
      this.ids = new Uint32Array(at * 4);
      this.ids.set(ids);
      this.km = new Float64Array(at * 4);
      this.km.set(far);
      this.when = new Float64Array(at * 4);
      this.when.set(times);
    }
    this.ids[at] = id;
    this.km[at] = km;
    this.when[at] = when;
  }
}

/** One index with one question, ready to be asked slot by slot. */
class Asked {
  readonly #part: IndexPart;
  readonly #query: MeetingQuery;
  readonly #onRecord: (slot: number) => boolean;
  readonly #starts: ((slot: number) => number) | null;
  readonly #words: FoundSlots | null;
  readonly #far: ((slot: number) => number) | null;
  readonly #day: number | undefined;
  readonly #reachable: boolean;

  static of(part: IndexPart, query: MeetingQuery): Asked | null {
    const onRecord = recordTest(part.index, query);
    return onRecord && new Asked(part, query, onRecord);
  }

  private constructor(part: IndexPart, query: MeetingQuery, onRecord: (slot: number) => boolean) {
    const { index } = part;
    this.#part = part;
    this.#query = query;
    this.#onRecord = onRecord;
    this.#starts = startTest(index, query);
    this.#words = query.text?.trim() ? slotsWithWords(index.words, query.text) : null;
    this.#far = query.near ? kmFrom(query.near, index) : null;
    this.#day = query.day ?? (query.onDay === undefined ? undefined : weekdayOf(query.onDay));
    this.#reachable = query.reachable === true && query.now !== undefined;
  }

  /** Minutes from Sunday to the (first) start as listed; by appointment comes last. */
  #inWeek(slot: number): number {
    const packed = this.#part.index.records[slot * recordWords + 2] as number;
    const start = (this.#part.index.records[slot * recordWords + 3] as number) >>> 16;
    if (start === noStart) return weekMinutes;
    return (this.#day ?? 31 - Math.clz32(packed & -packed & 0x7f)) * 1440 + start;
  }

  /** Takes a slot whose distance is right, if all else is. */
  #take(slot: number, km: number, into: Gathered): void {
    const id = this.#part.index.idOf[slot] as number;
    if (this.#part.isGone?.(id)) return;
    const when = this.#starts ? this.#starts(slot) : this.#inWeek(slot);
    if (when === none || (this.#reachable && !this.#inTime(slot, km, when))) return;
    into.push(id, km, when);
  }

  #inTime(slot: number, km: number, startsIn: number): boolean {
    const packed = this.#part.index.records[slot * recordWords + 2] as number;
    const kind = (packed >>> attendanceBit) & ((1 << attendances.length) - 1);
    const attendance = attendances[31 - Math.clz32(kind)] as Attendance;
    return canBeReached(attendance, startsIn, km === none ? null : km);
  }

  /** Those within so many kilometres. */
  near(limit: number, into: Gathered): void {
    const { index } = this.#part;
    const far = this.#far as (slot: number) => number;
    const words = this.#words;
    // A few names are looked at one by one; many are looked up where the map leads.
    if (words && words.size <= 2000) {
      words.each((slot) => {
        if (slot >= index.cells.length || !this.#onRecord(slot)) return;
        const km = far(slot);
        if (km <= limit) this.#take(slot, km, into);
      });
      return;
    }
    slotsNear(index, this.#query, limit, (slot) => {
      if (!this.#onRecord(slot)) return;
      const km = far(slot);
      if (km <= limit && (!words || words.has(slot))) this.#take(slot, km, into);
    });
  }

  anywhere(into: Gathered): void {
    slotsAnywhere(this.#part.index, this.#query, this.#words, (slot) => {
      if (this.#onRecord(slot)) this.#take(slot, none, into);
    });
  }

  /** Those that can be joined from anywhere and are not in `had`. */
  remote(had: ReadonlySet<number>, into: Gathered): void {
    const { records, idOf } = this.#part.index;
    let kinds = 0;
    for (const [n, kind] of attendances.entries())
      if (isRemote(kind)) kinds |= 1 << (attendanceBit + n);
    slotsAnywhere(this.#part.index, this.#query, this.#words, (slot) => {
      if (((records[slot * recordWords + 2] as number) & kinds) === 0) return;
      if (this.#onRecord(slot) && !had.has(idOf[slot] as number)) this.#take(slot, none, into);
    });
  }
}

/** A search ends before the next begins, so the columns of one serve the other: no megabyte is cleared. */
const spare: Gathered[] = [];
const largestSpare = 65_536;

function freshGathered(): Gathered {
  const gathered = spare.pop() ?? new Gathered();
  gathered.size = 0;
  return gathered;
}

function giveBack(gathered: Gathered): void {
  if (gathered.ids.length <= largestSpare && spare.length < 2) spare.push(gathered);
}

type Order = (a: number, b: number) => number;

/** Places in `gathered` by distance, then time, or the other way round; by number where both agree. */
function orderOf({ ids, km, when }: Gathered, byDistance: boolean): Order {
  const first = byDistance ? km : when;
  const second = byDistance ? when : km;
  return (a, b) => {
    const x = first[a] as number;
    const y = first[b] as number;
    if (x !== y) return x < y ? -1 : 1;
    const v = second[a] as number;
    const w = second[b] as number;
    if (v !== w) return v < w ? -1 : 1;
    return (ids[a] as number) - (ids[b] as number);
  };
}

/**
 * The first `wanted` places of `size`, in order; those for which `counts` is false left out. `keys` is
 * what they are ordered by first: most are told to be too late by it alone.
 */
function firstOf(
  size: number,
  wanted: number,
  { order, keys }: { order: Order; keys: Float64Array },
  counts: (place: number) => boolean,
): number[] {
  if (wanted * 4 >= size) {
    const all: number[] = [];
    for (let place = 0; place < size; place++) if (counts(place)) all.push(place);
    return all.sort(order).slice(0, wanted);
  }
  // A heap with the worst of the best on top.
  const heap: number[] = [];
  const sink = (from: number) => {
    for (let at = from; ; ) {
      let worst = at;
      for (const child of [at * 2 + 1, at * 2 + 2])
        if (child < heap.length && order(heap[child] as number, heap[worst] as number) > 0)
          worst = child;
      if (worst === at) return;
      [heap[at], heap[worst]] = [heap[worst] as number, heap[at] as number];
      at = worst;
    }
  };
  let last = none;
  for (let place = 0; place < size; place++) {
    if ((keys[place] as number) > last || !counts(place)) continue;
    if (heap.length < wanted) {
      heap.push(place);
      if (heap.length === wanted) for (let at = wanted >> 1; at >= 0; at--) sink(at);
    } else if (wanted > 0 && order(place, heap[0] as number) < 0) {
      heap[0] = place;
      sink(0);
    }
    if (heap.length === wanted && wanted > 0) last = keys[heap[0] as number] as number;
  }
  return heap.sort(order);
}

/** All within the circle, or the nearest so many: rings that grow until enough were found. */
function gatherNear(asked: Asked[], near: NonNullable<MeetingQuery['near']>): Gathered {
  const { nearest } = near;
  if (nearest === undefined) {
    const found = freshGathered();
    for (const one of asked) one.near(near.radiusKm ?? 25, found);
    return found;
  }
  const found = freshGathered();
  const limit = Math.min(near.radiusKm ?? none, earthKm * Math.PI);
  for (let km = 4; ; km *= 3) {
    found.size = 0;
    for (const one of asked) one.near(Math.min(km, limit), found);
    if (found.size < nearest && km < limit) continue;
    if (found.size <= nearest) return found;
    const kept = freshGathered();
    const order: Order = (a, b) =>
      (found.km[a] as number) - (found.km[b] as number) ||
      (found.ids[a] as number) - (found.ids[b] as number);
    for (const place of firstOf(found.size, nearest, { order, keys: found.km }, () => true))
      kept.push(found.ids[place] as number, found.km[place] as number, found.when[place] as number);
    giveBack(found);
    return kept;
  }
}

function gather(parts: readonly IndexPart[], query: MeetingQuery): Gathered {
  const asked = parts.map((part) => Asked.of(part, query)).filter((one) => one !== null);
  const { near } = query;
  if (!near) {
    const found = freshGathered();
    for (const one of asked) one.anywhere(found);
    return found;
  }
  const found = gatherNear(asked, near);
  if (query.anywhere) {
    const had = new Set(found.ids.subarray(0, found.size));
    for (const one of asked) one.remote(had, found);
  }
  return found;
}

/**
 * Finds meetings in several indexes as if they were one, best first. Runs alike on the server and on
 * a phone, where a position given in `near` stays.
 */
export function find(
  parts: readonly IndexPart[],
  query: MeetingQuery,
  { after, offset = 0, limit = none }: Wanted = {},
): Found {
  const found = gather(parts, query);
  const byDistance = (query.order ?? (query.near ? 'distance' : 'time')) === 'distance';
  const total = found.size;
  // The place to go on from takes part in the order as one more, which is not counted.
  if (after) found.push(after.id, after.km, after.when);
  const order = orderOf(found, byDistance);
  const counts = (place: number) => !after || (place < total && order(place, total) > 0);
  const keys = byDistance ? found.km : found.when;
  const places = firstOf(total, Math.min(offset + limit, total), { order, keys }, counts).slice(
    offset,
  );
  const hits = places.map((place): Hit => {
    const km = found.km[place] as number;
    return {
      id: found.ids[place] as number,
      distanceKm: km === none ? null : km,
      startsIn: query.now === undefined ? null : (found.when[place] as number),
    };
  });
  const end = endOf(found, places, limit);
  giveBack(found);
  return { total, hits, end };
}

function endOf({ ids, km, when }: Gathered, places: number[], limit: number): HitPlace | null {
  const last = places.at(-1);
  if (last === undefined || places.length < limit) return null;
  return { id: ids[last] as number, km: km[last] as number, when: when[last] as number };
}

/** Finds meetings in one index, all that fit. */
export function search(index: MeetingIndex, query: MeetingQuery): Hit[] {
  return find([{ index, isGone: null }], query).hits;
}
