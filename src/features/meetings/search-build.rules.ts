import { facetMask } from './facets.rules.ts';
import { attendances } from './meeting.rules.ts';
import { folded } from './plain-text.rules.ts';
import type { Timed } from './recurrence.rules.ts';
import {
  attendanceBit,
  bandOf,
  cellOf,
  irregular,
  type MeetingIndex,
  noStart,
  recordWords,
  type Searchable,
  weekMinutes,
} from './search-index.rules.ts';
import { noWords } from './search-words.rules.ts';
import { WordsBuilder } from './search-words-build.rules.ts';
import { letGo } from './search-words-slots.rules.ts';

const noCell = 2 ** 30;
/** Between two chances to stop: about a millisecond's work. */
const stride = 8192;

/** Where the number of a name is kept, given in the order of their first use. */
function numbering(names: string[]): (name: string) => number {
  const numbers = new Map<string, number>();
  // Most meetings are in the zone, and of the fellowship and list, of the one before.
  let [last, lastNumber] = ['', -1];
  return (name) => {
    if (name === last && lastNumber >= 0) return lastNumber;
    let number = numbers.get(name);
    if (number === undefined) {
      number = names.push(name) - 1;
      numbers.set(name, number);
    }
    [last, lastNumber] = [name, number];
    return number;
  };
}

/** Bytes of a meeting while it is gathered, and of its index without days and words. */
const builtBytes = 8 * 2 + 4 * (5 + recordWords) + 2 * 2;
const indexBytes = 8 * 2 + 4 * (3 + recordWords) + 2 * 2;

/**
 * Memory that is cut up into arrays, the widest kind first, and goes back to the system as a whole:
 * small pieces among others' leave holes behind.
 */
class Room {
  readonly #bytes: Uint8Array;
  #used = 0;

  constructor(bytes: number) {
    this.#bytes = new Uint8Array(bytes);
  }

  take<T extends Uint16Array | Uint32Array | Float64Array>(
    Kind: new (buffer: ArrayBuffer, from: number, length: number) => T,
    length: number,
  ): T {
    const array = new Kind(this.#bytes.buffer as ArrayBuffer, this.#used, length);
    this.#used += array.byteLength;
    return array;
  }

  letGo(): void {
    letGo(this.#bytes);
  }
}

interface Sorted {
  keys: Uint32Array;
  ids: Uint32Array;
}

/** Sorts `ids` by `keys` (below 2^`bits`), equal ones as they stood; both arrays are used up. */
function* sortedBy(keys: Uint32Array, ids: Uint32Array, bits: number): Generator<void, Sorted> {
  // A few are sorted by small digits: counting 65,536 places would be most of the work.
  const digit = keys.length < 4096 ? 8 : Math.ceil(bits / 2);
  let from: Sorted = { keys, ids };
  let to: Sorted = { keys: new Uint32Array(keys.length), ids: new Uint32Array(keys.length) };
  for (let shift = 0; shift < bits; shift += digit) {
    const places = new Uint32Array(2 ** digit + 1);
    const mask = 2 ** digit - 1;
    for (let i = 0; i < keys.length; i++) {
      const place = (((from.keys[i] as number) >>> shift) & mask) + 1;
      places[place] = (places[place] as number) + 1;
      if (i % 65_536 === 0) yield;
    }
    for (let i = 1; i < places.length; i++)
      places[i] = (places[i] as number) + (places[i - 1] as number);
    for (let i = 0; i < keys.length; i++) {
      const key = from.keys[i] as number;
      const place = (key >>> shift) & mask;
      const at = places[place] as number;
      places[place] = at + 1;
      to.keys[at] = key;
      to.ids[at] = from.ids[i] as number;
      if (i % stride === 0) yield;
    }
    [from, to] = [to, from];
  }
  letGo(to.keys);
  letGo(to.ids);
  return from;
}

/**
 * Regions round each other, and the number of the path that begins there; -1: none does yet. Nearly every
 * town lies in one region alone, the `only` one: there is nothing to look up then.
 */
class RegionNode {
  number = -1;
  #name = '';
  #only: RegionNode | null = null;
  #others: Map<string, RegionNode> | null = null;

  /** The region of that name round this one. */
  round(name: string): RegionNode {
    if (this.#only && this.#name === name) return this.#only;
    let found = this.#others?.get(name);
    if (!found) {
      found = new RegionNode();
      if (this.#only) {
        this.#others ??= new Map();
        this.#others.set(name, found);
      } else {
        this.#name = name;
        this.#only = found;
      }
    }
    return found;
  }
}

/** A meeting's regions as folded paths, each ending with one of them: "ca", "ca orange county". */
function regionPaths(regions: readonly string[]): string[] {
  let path = '';
  return regions.map((name) => {
    path = `${path} ${folded(name)}`.trim();
    return path;
  });
}

/** Builds an index: meetings are added one by one, with the numbers that hits shall carry. */
export class IndexBuilder {
  readonly #words: WordsBuilder;
  readonly #zones: string[] = [];
  readonly #fellowships: string[] = [];
  readonly #lists: string[] = [];
  readonly #regions: string[][] = [];
  readonly #zone = numbering(this.#zones);
  readonly #fellowship = numbering(this.#fellowships);
  readonly #list = numbering(this.#lists);
  readonly #regionTree = new RegionNode();
  readonly #timed = new Map<number, Timed>();
  readonly #room: Room;
  #ids: Uint32Array;
  #cells: Uint32Array;
  #lat: Float64Array;
  #lng: Float64Array;
  #records: Uint32Array;
  #zoneOf: Uint16Array;
  #listOf: Uint16Array;
  #regionOf: Uint32Array;
  #timeKeys: Uint32Array;
  #timeIds: Uint32Array;
  #count = 0;
  #placed = 0;
  #entries = 0;
  #longest = 0;

  readonly #timedOf: ((id: number) => Timed) | null;

  /**
   * `expected`: about how many will be added. `timedOf(id)` finds the rule of a meeting that is not
   * plain weekly; without it the rules given stay in memory.
   */
  constructor(expected = 64, timedOf: ((id: number) => Timed) | null = null) {
    this.#timedOf = timedOf;
    const size = Math.max(1, expected);
    this.#words = new WordsBuilder(size);
    const room = new Room(size * builtBytes);
    this.#room = room;
    this.#lat = room.take(Float64Array, size);
    this.#lng = room.take(Float64Array, size);
    this.#ids = room.take(Uint32Array, size);
    this.#cells = room.take(Uint32Array, size);
    this.#records = room.take(Uint32Array, size * recordWords);
    this.#regionOf = room.take(Uint32Array, size);
    this.#timeKeys = room.take(Uint32Array, size);
    this.#timeIds = room.take(Uint32Array, size);
    this.#zoneOf = room.take(Uint16Array, size);
    this.#listOf = room.take(Uint16Array, size);
  }

  #grow(): void {
    const wider = <T extends Uint16Array | Uint32Array | Float64Array>(old: T): T => {
      const Kind = old.constructor as new (size: number) => T;
      const larger = new Kind(old.length * 2);
      larger.set(old);
      return larger;
    };
    this.#ids = wider(this.#ids);
    this.#cells = wider(this.#cells);
    this.#lat = wider(this.#lat);
    this.#lng = wider(this.#lng);
    this.#records = wider(this.#records);
    this.#zoneOf = wider(this.#zoneOf);
    this.#listOf = wider(this.#listOf);
    this.#regionOf = wider(this.#regionOf);
  }

  #addTime(key: number, at: number): void {
    if (this.#entries === this.#timeKeys.length) {
      const [keys, ids] = [this.#timeKeys, this.#timeIds];
      this.#timeKeys = new Uint32Array(this.#entries * 2);
      this.#timeIds = new Uint32Array(this.#entries * 2);
      this.#timeKeys.set(keys);
      this.#timeIds.set(ids);
    }
    this.#timeKeys[this.#entries] = key;
    this.#timeIds[this.#entries++] = at;
  }

  #region(regions: readonly string[]): number {
    let node = this.#regionTree;
    for (let i = regions.length - 1; i >= 0; i--) node = node.round(regions[i] as string);
    if (node.number < 0) node.number = this.#regions.push(regionPaths(regions)) - 1;
    return node.number;
  }

  /** Adds one meeting; hits will carry `id`, any whole number below 2^32. */
  add(id: number, meeting: Searchable): void {
    const at = this.#count++;
    if (at === this.#ids.length) this.#grow();
    const { position, start, regions = [], shared = [] } = meeting;
    this.#ids[at] = id;
    this.#cells[at] = position ? cellOf(bandOf(position.lat), position.lng) : noCell;
    if (position) {
      this.#placed++;
      this.#lat[at] = position.lat;
      this.#lng[at] = position.lng;
    }
    const zone = this.#zone(meeting.timeZone);
    this.#zoneOf[at] = zone;
    this.#listOf[at] = this.#list(meeting.list ?? '');
    const path = this.#region(regions);
    this.#regionOf[at] = path;
    let days = 0;
    for (const day of meeting.days) {
      if (start !== null && (days & (1 << day)) === 0)
        this.#addTime(zone * weekMinutes + day * 1440 + start, at);
      days |= 1 << day;
    }
    const [low, high] = facetMask(meeting.facets);
    const record = at * recordWords;
    this.#records[record] = low;
    this.#records[record + 1] = high;
    this.#records[record + 2] =
      days |
      (1 << (attendanceBit + attendances.indexOf(meeting.attendance))) |
      (meeting.timed ? irregular : 0) |
      (this.#fellowship(meeting.fellowship) << 16);
    this.#records[record + 3] = ((start ?? noStart) << 16) | Math.min(meeting.minutes, 0xffff);
    if (start !== null) this.#longest = Math.max(this.#longest, Math.min(meeting.minutes, 0xffff));
    if (meeting.timed && !this.#timedOf) this.#timed.set(at, meeting.timed);
    this.#words.add(meeting.text, shared, regions, path);
  }

  /**
   * The index. Yields about once a millisecond, so that a server can do its other work in between.
   * Nothing can be added afterwards.
   */
  *finish(): Generator<void, MeetingIndex> {
    const count = this.#count;
    const own = new Uint32Array();
    const order = new Uint32Array(count);
    for (let at = 0; at < count; at++) order[at] = at;
    const { keys: cells, ids: atOf } = yield* sortedBy(this.#cells.slice(0, count), order, 31);
    const room = new Room(count * indexBytes + this.#entries * 8);
    yield;
    const index: MeetingIndex = {
      count,
      lat: room.take(Float64Array, count),
      lng: room.take(Float64Array, count),
      idOf: room.take(Uint32Array, count),
      records: room.take(Uint32Array, count * recordWords),
      regionOf: room.take(Uint32Array, count),
      cells: room.take(Uint32Array, this.#placed),
      timeKeys: room.take(Uint32Array, this.#entries),
      timeSlots: room.take(Uint32Array, this.#entries),
      zoneOf: room.take(Uint16Array, count),
      listOf: room.take(Uint16Array, count),
      zones: this.#zones,
      fellowships: this.#fellowships,
      lists: this.#lists,
      regions: this.#regions,
      longest: this.#longest,
      remote: own,
      irregular: own,
      timedOf: () => {
        throw new Error('Only meetings that are not plain weekly have a rule.');
      },
      words: noWords,
    };
    index.cells.set(cells.subarray(0, this.#placed));
    letGo(cells);
    yield;
    const slotOf = new Uint32Array(count);
    const remote: number[] = [];
    const odd: number[] = [];
    const fromAnywhere = 0b11110 << attendanceBit;
    for (let slot = 0; slot < count; slot++) {
      const at = atOf[slot] as number;
      slotOf[at] = slot;
      index.idOf[slot] = this.#ids[at] as number;
      index.lat[slot] = this.#lat[at] as number;
      index.lng[slot] = this.#lng[at] as number;
      for (let word = 0; word < recordWords; word++)
        index.records[slot * recordWords + word] = this.#records[at * recordWords + word] as number;
      index.zoneOf[slot] = this.#zoneOf[at] as number;
      index.listOf[slot] = this.#listOf[at] as number;
      index.regionOf[slot] = this.#regionOf[at] as number;
      const packed = index.records[slot * recordWords + 2] as number;
      if ((packed & fromAnywhere) !== 0) remote.push(slot);
      if ((packed & irregular) !== 0) odd.push(slot);
      if (slot % stride === 0) yield;
    }
    index.remote = Uint32Array.from(remote);
    index.irregular = Uint32Array.from(odd);
    const [timed, timedOf] = [this.#timed, this.#timedOf];
    index.timedOf = timedOf
      ? (slot) => timedOf(index.idOf[slot] as number)
      : (slot) => timed.get(atOf[slot] as number) as Timed;
    for (let i = 0; i < this.#entries; i++) {
      this.#timeIds[i] = slotOf[this.#timeIds[i] as number] as number;
      if (i % 65_536 === 0) yield;
    }
    letGo(slotOf);
    const keys = this.#timeKeys.slice(0, this.#entries);
    const slots = this.#timeIds.slice(0, this.#entries);
    this.#room.letGo();
    const times = yield* sortedBy(keys, slots, 24);
    index.timeKeys.set(times.keys);
    letGo(times.keys);
    yield;
    index.timeSlots.set(times.ids);
    letGo(times.ids);
    yield;
    index.words = yield* this.#words.finish(atOf);
    return index;
  }
}

/** Runs a build in one go. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * Builds the index over `count` meetings; `at(id)` describes the one with that number.
 * A million takes about two seconds.
 */
export function buildIndex(count: number, at: (id: number) => Searchable): MeetingIndex {
  const builder = new IndexBuilder(count);
  for (let id = 0; id < count; id++) builder.add(id, at(id));
  return atOnce(builder.finish());
}
