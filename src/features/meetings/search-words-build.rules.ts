import { folded } from './plain-text.rules.ts';
import { noWords, type WordIndex } from './search-words.rules.ts';
import { Numbers, slotsOfWords } from './search-words-slots.rules.ts';

const first = 1024;

/** Ends a word, in `letterOf`. */
const between = 0;
/** Only `folded` knows what becomes of it, in `letterOf`. */
const unknown = 0xffff;

/** A digit from 1 to 36 for each letter from a to z and 0 to 9, 0 for others. */
const digitOf = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(0, '0123456789abcdefghijklmnopqrstuvwxyz'.indexOf(String.fromCharCode(code)) + 1),
);
const digits = 37;
/** Six such digits fit 32 bits, so a word of up to twelve is two numbers, which no other word has. */
const packed = 6;
/** In place of the second number of any other word; more than six digits make. */
const unpacked = 0xffffffff;

/** What becomes of a letter of European languages, wherever it stands. */
const letterOf = Uint16Array.from({ length: 0x180 }, (_, code) => {
  const [letter = '', ...more] = folded(`x${String.fromCharCode(code)}x`).slice(1, -1);
  if (letter === ' ') return between;
  return letter === '' || more.length > 0 ? unknown : letter.charCodeAt(0);
});

/** Where in a table a word is looked for first, before it is cut to the table's size. */
function placeOf(high: number, low: number): number {
  const mixed = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

/** Gathers the words of texts, added one after the other, for indexing by slot. */
export class WordsBuilder {
  #letters = new Uint16Array(first);
  #used = 0;
  readonly #wordStarts = new Numbers(first);
  /** Open addressing: two numbers that tell a word from others (`#wordFrom`), its number + 1, nothing. */
  #table = new Uint32Array(first * 4);
  #words = 0;
  /** Words of each text, one after the other; where each text's begin. */
  readonly #entries: Numbers;
  readonly #texts: Numbers;
  /** The text in which a word was seen last: each counts once a text. */
  readonly #seen = new Numbers(first);
  /** Words of the text just read. */
  #found = new Uint32Array(64);
  /** Words of texts that come again and again: towns. */
  readonly #shared = new Map<string, Uint32Array>();
  /** Words of each path of regions, by its number. */
  readonly #paths: Uint32Array[] = [];

  /** `expected`: about how many texts there will be. */
  constructor(expected: number) {
    this.#entries = new Numbers(expected * 16);
    this.#texts = new Numbers(expected);
    this.#wordStarts.push(0);
  }

  /**
   * Adds a meeting: its own text, texts that it shares with others, its regions, and the number of
   * their path, by which their words are found again at once; without it, region by region.
   */
  add(
    text: string | readonly string[],
    shared: readonly string[],
    regions: readonly string[],
    path = -1,
  ): void {
    this.#texts.push(this.#entries.size);
    // One by one: putting them together first would take as long as reading them.
    if (typeof text === 'string') this.#takeAll(this.#found, this.#read(text));
    else for (const one of text) if (one) this.#takeAll(this.#found, this.#read(one));
    for (const one of shared)
      if (one && !regions.includes(one)) this.#takeAll(this.#sharedWords(one));
    if (path < 0) {
      for (const one of regions) if (one) this.#takeAll(this.#sharedWords(one));
      return;
    }
    let words = this.#paths[path];
    if (!words) {
      words = this.#wordsOf(regions.join('\n'));
      this.#paths[path] = words;
    }
    this.#takeAll(words);
  }

  #wordsOf(text: string): Uint32Array {
    const size = this.#read(text);
    return this.#found.slice(0, size);
  }

  #sharedWords(text: string): Uint32Array {
    let words = this.#shared.get(text);
    if (!words) {
      words = this.#wordsOf(text);
      if (this.#shared.size < 100_000) this.#shared.set(text, words);
    }
    return words;
  }

  #takeAll(words: Uint32Array, count = words.length): void {
    const text = this.#texts.size;
    const seen = this.#seen.values;
    this.#entries.reserve(count);
    const entries = this.#entries.values;
    let { size } = this.#entries;
    for (let i = 0; i < count; i++) {
      const word = words[i] as number;
      if (seen[word] === text) continue;
      seen[word] = text;
      entries[size++] = word;
    }
    this.#entries.size = size;
  }

  #keep(word: number, at: number): number {
    if (at === this.#found.length) {
      const larger = new Uint32Array(at * 2);
      larger.set(this.#found);
      this.#found = larger;
    }
    this.#found[at] = word;
    return at + 1;
  }

  /**
   * Cuts a text into folded words, kept in `found`, and tells how many: letter by letter where each is
   * known, else `folded` is asked.
   */
  #read(text: string, isFolded = false): number {
    const { length } = text;
    while (this.#used + length > this.#letters.length) this.#grow();
    const letters = this.#letters;
    let [size, begun] = [0, this.#used];
    let used = begun;
    let [high, low, others] = [0, 0, 0];
    for (let at = 0; at <= length; at++) {
      const code = at < length ? text.charCodeAt(at) : 32;
      let letter = code < letterOf.length ? (letterOf[code] as number) : unknown;
      if (letter === unknown) {
        if (!isFolded) {
          this.#used = begun;
          return this.#read(folded(text), true);
        }
        letter = code;
      }
      if (letter !== between) {
        if (used - begun === packed) {
          high = low;
          low = 0;
        }
        const digit = letter < digitOf.length ? (digitOf[letter] as number) : 0;
        others |= digit - 1;
        low = (Math.imul(low, digits) + digit) | 0;
        letters[used++] = letter;
      } else if (used > begun) {
        this.#used = used;
        const isPacked = others >= 0 && used - begun <= 2 * packed;
        const word = isPacked
          ? this.#wordFrom(begun, high, low)
          : this.#wordFrom(begun, unpacked, this.#hash(begun));
        size = this.#keep(word, size);
        begun = this.#used;
        used = begun;
        high = 0;
        low = 0;
        others = 0;
      }
    }
    return size;
  }

  /** Of the letters from `begun` on. */
  #hash(begun: number): number {
    let hash = 0;
    for (let at = begun; at < this.#used; at++)
      hash = (Math.imul(hash, 31) + (this.#letters[at] as number)) | 0;
    return hash;
  }

  #grow(): void {
    const larger = new Uint16Array(this.#letters.length * 2);
    larger.set(this.#letters);
    this.#letters = larger;
  }

  /**
   * The number of the word whose letters lie from `begun` on; a known one's are let go again. `high` and
   * `low` are the word itself in digits, else `unpacked` and a hash.
   */
  #wordFrom(begun: number, high: number, low: number): number {
    const table = this.#table;
    const mask = table.length - 4;
    for (let at = placeOf(high, low) & mask; ; at = (at + 4) & mask) {
      const held = table[at + 2] as number;
      if (held === 0) return this.#newWord(high, low, at);
      if (table[at + 1] !== low >>> 0 || table[at] !== high >>> 0) continue;
      if (high === unpacked && !this.#same(held - 1, begun)) continue;
      this.#used = begun;
      return held - 1;
    }
  }

  #same(word: number, begun: number): boolean {
    const length = this.#used - begun;
    const from = this.#wordStarts.values[word] as number;
    if ((this.#wordStarts.values[word + 1] as number) - from !== length) return false;
    for (let i = 0; i < length; i++)
      if (this.#letters[from + i] !== this.#letters[begun + i]) return false;
    return true;
  }

  #newWord(high: number, low: number, at: number): number {
    const word = this.#words++;
    this.#wordStarts.push(this.#used);
    this.#seen.push(0);
    this.#table[at] = high;
    this.#table[at + 1] = low;
    this.#table[at + 2] = word + 1;
    if (this.#words * 8 > this.#table.length) this.#spread();
    return word;
  }

  #spread(): void {
    const old = this.#table;
    const table = new Uint32Array(old.length * 2);
    const mask = table.length - 4;
    for (let from = 0; from < old.length; from += 4) {
      if (old[from + 2] === 0) continue;
      let at = placeOf(old[from] as number, old[from + 1] as number) & mask;
      while (table[at + 2] !== 0) at = (at + 4) & mask;
      table.set(old.subarray(from, from + 4), at);
    }
    this.#table = table;
  }

  #compare(a: number, b: number): number {
    const starts = this.#wordStarts.values;
    const [fromA, fromB] = [starts[a] as number, starts[b] as number];
    const lengthA = (starts[a + 1] as number) - fromA;
    const lengthB = (starts[b + 1] as number) - fromB;
    const length = Math.min(lengthA, lengthB);
    for (let i = 0; i < length; i++) {
      const difference =
        (this.#letters[fromA + i] as number) - (this.#letters[fromB + i] as number);
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  }

  /** Words in alphabetical order, sorted a first letter or two at a time so that none takes long. */
  *#inOrder(): Generator<void, Uint32Array> {
    const buckets = new Map<number, number[]>();
    for (let word = 0; word < this.#words; word++) {
      const from = this.#wordStarts.values[word] as number;
      const long = (this.#wordStarts.values[word + 1] as number) - from > 1;
      const key =
        (this.#letters[from] as number) * 65_536 + (long ? (this.#letters[from + 1] as number) : 0);
      const bucket = buckets.get(key);
      if (bucket) bucket.push(word);
      else buckets.set(key, [word]);
      if (word % 4096 === 0) yield;
    }
    const order = new Uint32Array(this.#words);
    let at = 0;
    for (const key of [...buckets.keys()].sort((a, b) => a - b)) {
      const words = (buckets.get(key) as number[]).sort((a, b) => this.#compare(a, b));
      order.set(words, at);
      at += words.length;
      yield;
    }
    return order;
  }

  /** The index, by slots: `idOf[slot]` is the how-many-eth text it was. Yields now and then. */
  *finish(idOf: Uint32Array): Generator<void, WordIndex> {
    // A phone learns the words later.
    if (this.#words === 0) return { ...noWords, count: idOf.length };
    const order = yield* this.#inOrder();
    const rank = new Uint32Array(order.length);
    const letters = new Uint16Array(this.#used);
    const wordStarts = new Uint32Array(order.length + 1);
    for (let place = 0, at = 0; place < order.length; place++) {
      const word = order[place] as number;
      rank[word] = place;
      const to = this.#wordStarts.values[word + 1] as number;
      for (let i = this.#wordStarts.values[word] as number; i < to; i++)
        letters[at++] = this.#letters[i] as number;
      wordStarts[place + 1] = at;
      if (place % 4096 === 0) yield;
    }
    const slots = yield* slotsOfWords(this.#entries, this.#texts, { order, rank, idOf });
    return { count: idOf.length, letters, wordStarts, ...slots };
  }
}
