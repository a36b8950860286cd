import type { Published } from './directory.rules.ts';
import type { Meeting } from './meeting.rules.ts';
import {
  ByteReader,
  ByteWriter,
  readInstant,
  readMeeting,
  SharedTexts,
  writeInstant,
  writeMeeting,
} from './meeting-bytes.server.ts';

/** A list as its meetings show it. */
export interface ListFacts {
  id: string;
  name: string;
  bodyId: string;
  bodyNumber: number;
  demo: boolean;
}

/** A row of the database, as it is added. */
export interface StoredRow {
  id: string;
  number: number;
  changedAt: string;
  listing: Meeting;
}

/** Bits of a page, as a power of two. */
const pageBits = 15;
const noBits = new Uint32Array(2 ** (pageBits - 5));

/** A set of whole numbers, a bit each, in pages that a copy shares until one of the two is added to. */
export class Bits {
  readonly #pages: Uint32Array[];
  /** Pages that no other set shares. */
  readonly #own = new Set<number>();

  constructor(pages: Uint32Array[] = []) {
    this.#pages = pages;
  }

  add(n: number): void {
    const page = n >>> pageBits;
    while (this.#pages.length <= page) this.#pages.push(noBits);
    if (!this.#own.has(page)) {
      this.#pages[page] = (this.#pages[page] as Uint32Array).slice();
      this.#own.add(page);
    }
    const words = this.#pages[page] as Uint32Array;
    const at = (n >>> 5) % noBits.length;
    words[at] = (words[at] as number) | (1 << (n & 31));
  }

  has(n: number): boolean {
    const page = n >>> pageBits;
    if (page >= this.#pages.length) return false;
    const word = (this.#pages[page] as Uint32Array)[(n >>> 5) % noBits.length] as number;
    return (word & (1 << (n & 31))) !== 0;
  }

  copy(): Bits {
    this.#own.clear();
    return new Bits(this.#pages.slice());
  }
}

/** Finds places by a hash; the caller tells whether a place found is the right one. */
class HashTable {
  #table: Uint32Array;
  #used = 0;

  constructor(expected: number) {
    this.#table = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(64, expected * 2))));
  }

  add(hash: number, n: number, hashOf: (n: number) => number): void {
    if (this.#used * 4 > this.#table.length * 3) {
      const old = this.#table;
      this.#table = new Uint32Array(old.length * 2);
      for (const held of old) if (held > 0) this.#put(hashOf(held - 1), held);
    }
    this.#used++;
    this.#put(hash, n + 1);
  }

  #put(hash: number, held: number): void {
    const mask = this.#table.length - 1;
    let at = spread(hash) & mask;
    while (this.#table[at] !== 0) at = (at + 1) & mask;
    this.#table[at] = held;
  }

  find(hash: number, isIt: (n: number) => boolean): number | undefined {
    const mask = this.#table.length - 1;
    for (let at = spread(hash) & mask; ; at = (at + 1) & mask) {
      const held = this.#table[at] as number;
      if (held === 0) return undefined;
      if (isIt(held - 1)) return held - 1;
    }
  }
}

function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** Keeps the things used lately: two generations, of which the older is let go as a whole. */
export class Lately<T> {
  readonly #most: number;
  #young = new Map<number, T>();
  #old = new Map<number, T>();

  constructor(most: number) {
    this.#most = most;
  }

  get(n: number): T | undefined {
    const young = this.#young.get(n);
    if (young !== undefined) return young;
    const old = this.#old.get(n);
    if (old !== undefined) this.set(n, old);
    return old;
  }

  set(n: number, thing: T): void {
    if (this.#young.size >= this.#most / 2) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(n, thing);
  }
}

const chunkBytes = 2 ** 20;
/**
 * Chunks are cut from blocks of 32 MiB where there are many: such a block is memory of the system's own,
 * of which only what is written to is taken, where a mebibyte would lie between others' leavings.
 */
const blockChunks = 32;
/** So many meetings have blocks. */
const many = 2 ** 17;
const uuidBytes = 16;

/**
 * Meetings as bytes, one after the other in chunks of a mebibyte, about 200 bytes each; decoded when
 * they are asked for. Only ever added to: a meeting that changed is added again under another place.
 */
export class MeetingStore {
  readonly lists: ListFacts[] = [];
  readonly #shared = new SharedTexts();
  readonly #writer = new ByteWriter();
  readonly #reader = new ByteReader();
  readonly #chunks: Buffer[] = [];
  #free = chunkBytes;
  readonly #blockChunks: number;
  #block = Buffer.alloc(0);
  /** Where each record begins, in units of eight bytes; a large record has chunks of its own. */
  #starts: Uint32Array;
  #count = 0;
  readonly #ids: HashTable;
  readonly #numbers: HashTable;
  #lately = new Lately<Published>(4096);
  bytes = 0;

  /** `expected`: about how many there will be. */
  constructor(expected = 1024) {
    this.#blockChunks = expected < many ? 1 : blockChunks;
    this.#starts = new Uint32Array(Math.max(16, expected));
    this.#ids = new HashTable(expected);
    this.#numbers = new HashTable(expected);
  }

  /** How many were ever added. */
  get count(): number {
    return this.#count;
  }

  /** Adds a meeting of the list with that place in `lists`; its own place. */
  add(list: number, row: StoredRow): number {
    const out = this.#writer;
    out.size = 0;
    out.reserve(uuidBytes);
    out.size = out.bytes.write(row.id.replaceAll('-', ''), 0, 'hex');
    if (out.size !== uuidBytes) throw new Error('The id of a meeting is not a UUID.');
    out.number(row.number);
    out.number(list);
    writeInstant(out, row.changedAt);
    writeMeeting(out, this.#shared, row.listing);
    const n = this.#count++;
    if (n === this.#starts.length) {
      const larger = new Uint32Array(n * 2);
      larger.set(this.#starts);
      this.#starts = larger;
    }
    this.#starts[n] = this.#put(out.bytes, out.size);
    this.#ids.add(this.#idHash(n), n, (other) => this.#idHash(other));
    this.#numbers.add(row.number | 0, n, (other) => this.#openFacts(other).number | 0);
    return n;
  }

  #put(bytes: Buffer, size: number): number {
    const room = Math.ceil(size / 8) * 8;
    if (this.#free + room > chunkBytes) {
      const chunks = Math.ceil(room / chunkBytes);
      const fresh = chunks > 1 ? Buffer.alloc(chunks * chunkBytes) : this.#chunk();
      // A large record's chunks are one piece of memory, reached through the first of them.
      this.#chunks.push(fresh);
      for (let more = 1; more < chunks; more++) this.#chunks.push(fresh.subarray(0, 0));
      this.#free = 0;
      if (chunks > 1) {
        fresh.set(bytes.subarray(0, size));
        this.#free = chunkBytes;
        this.bytes += chunks * chunkBytes;
        return ((this.#chunks.length - chunks) * chunkBytes) / 8;
      }
      this.bytes += chunkBytes;
    }
    const chunk = this.#chunks.at(-1) as Buffer;
    chunk.set(bytes.subarray(0, size), this.#free);
    const start = (this.#chunks.length - 1) * chunkBytes + this.#free;
    this.#free += room;
    return start / 8;
  }

  #chunk(): Buffer {
    if (this.#block.length === 0) this.#block = Buffer.alloc(this.#blockChunks * chunkBytes);
    const chunk = this.#block.subarray(0, chunkBytes);
    this.#block = this.#block.subarray(chunkBytes);
    return chunk;
  }

  #open(n: number): ByteReader {
    const start = this.#starts[n] as number;
    const reader = this.#reader;
    reader.bytes = this.#chunks[Math.floor(start / (chunkBytes / 8))] as Buffer;
    reader.at = (start % (chunkBytes / 8)) * 8;
    return reader;
  }

  /** Of a version 7 UUID the end is what differs most. */
  #idHash(n: number): number {
    const { bytes, at } = this.#open(n);
    return bytes.readInt32LE(at + 12);
  }

  #openFacts(n: number): { number: number; list: number } {
    const reader = this.#open(n);
    reader.at += uuidBytes;
    return { number: reader.number(), list: reader.number() };
  }

  /** Forgets what was decoded, after the name of a list has changed. */
  forget(): void {
    this.#lately = new Lately(4096);
  }

  /** The list of a meeting. */
  listOf(n: number): ListFacts {
    return this.lists[this.#openFacts(n).list] as ListFacts;
  }

  /** Place in `lists` of the list of a meeting. */
  listNumberOf(n: number): number {
    return this.#openFacts(n).list;
  }

  idOf(n: number): string {
    const { bytes, at } = this.#open(n);
    const hex = bytes.toString('hex', at, at + uuidBytes);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  /** The meeting alone, decoded anew. */
  meetingOf(n: number): Meeting {
    const reader = this.#open(n);
    reader.at += uuidBytes;
    reader.number();
    reader.number();
    readInstant(reader);
    return readMeeting(reader, this.#shared);
  }

  /** A meeting with all that is known of it. What was asked for lately is not decoded again. */
  at(n: number): Published {
    const held = this.#lately.get(n);
    if (held) return held;
    const id = this.idOf(n);
    const reader = this.#open(n);
    reader.at += uuidBytes;
    const number = reader.number();
    const list = this.lists[reader.number()] as ListFacts;
    const changedAt = readInstant(reader);
    const published: Published = {
      id,
      number,
      listId: list.id,
      listName: list.name,
      bodyId: list.bodyId,
      bodyNumber: list.bodyNumber,
      demo: list.demo,
      changedAt,
      meeting: readMeeting(reader, this.#shared),
    };
    this.#lately.set(n, published);
    return published;
  }

  /** The place of the meeting with this id that `counts`. */
  byId(id: string, counts: (n: number) => boolean): number | undefined {
    const wanted = Buffer.from(id.replaceAll('-', ''), 'hex');
    if (wanted.length !== uuidBytes) return undefined;
    return this.#ids.find(wanted.readInt32LE(12), (n) => {
      const { bytes, at } = this.#open(n);
      return bytes.compare(wanted, 0, uuidBytes, at, at + uuidBytes) === 0 && counts(n);
    });
  }

  byNumber(number: number, counts: (n: number) => boolean): number | undefined {
    return this.#numbers.find(number | 0, (n) => this.#openFacts(n).number === number && counts(n));
  }
}
