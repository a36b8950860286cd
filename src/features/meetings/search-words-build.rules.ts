import { folded } from './plain-text.rules.ts';
import { isFrequent, type WordIndex } from './search-words.rules.ts';

const first = 1024;

/** A list of whole numbers that grows. */
class Numbers {
  values = new Uint32Array(first);
  size = 0;

  push(value: number): void {
    if (this.size === this.values.length) {
      const larger = new Uint32Array(this.size * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.size++] = value;
  }
}

/**
 * The same for very many: in blocks, so that growing copies nothing. A block of 32 MiB is memory of the
 * system's own, which goes back when it is let go of, and of which only what is written to is taken.
 */
class ManyNumbers {
  readonly #bits: number;
  readonly #blocks: Uint32Array[] = [];
  #last = new Uint32Array();
  #used = 0;

  /** `expected`: about how many there will be. */
  constructor(expected: number) {
    this.#bits = Math.min(23, Math.max(10, Math.ceil(Math.log2(expected))));
  }

  get size(): number {
    return (Math.max(0, this.#blocks.length - 1) << this.#bits) + this.#used;
  }

  push(value: number): void {
    if (this.#used === this.#last.length) {
      this.#last = new Uint32Array(1 << this.#bits);
      this.#blocks.push(this.#last);
      this.#used = 0;
    }
    this.#last[this.#used++] = value;
  }

  at(i: number): number {
    const block = this.#blocks[i >>> this.#bits] as Uint32Array;
    return block[i & ((1 << this.#bits) - 1)] as number;
  }
}

/** Ends a word, in `letterOf`. */
const between = 0;
/** Only `folded` knows what becomes of it, in `letterOf`. */
const unknown = 0xffff;

/** What becomes of a letter of European languages, wherever it stands. */
const letterOf = Uint16Array.from({ length: 0x180 }, (_, code) => {
  const [letter = '', ...more] = folded(`x${String.fromCharCode(code)}x`).slice(1, -1);
  if (letter === ' ') return between;
  return letter === '' || more.length > 0 ? unknown : letter.charCodeAt(0);
});

/** Gathers the words of texts, added one after the other, for indexing by slot. */
export class WordsBuilder {
  #letters = new Uint16Array(first);
  #used = 0;
  readonly #wordStarts = new Numbers();
  /** Open addressing by the hash of a word's letters: its number + 1, and that hash beside it. */
  #table = new Uint32Array(first * 2);
  readonly #hashes = new Numbers();
  /** Words of each text, one after the other; where each text's begin. */
  readonly #entries: ManyNumbers;
  readonly #texts = new Numbers();
  /** The text in which a word was seen last: each counts once a text. */
  readonly #seen = new Numbers();
  /** Words of the text just read. */
  #found = new Uint32Array(64);
  /** Words of texts that come again and again: towns. */
  readonly #shared = new Map<string, Uint32Array>();
  /** Words of each path of regions, by its number. */
  readonly #paths: Uint32Array[] = [];

  /** `expected`: about how many texts there will be. */
  constructor(expected: number) {
    this.#entries = new ManyNumbers(expected * 16);
    this.#wordStarts.push(0);
  }

  /**
   * Adds a meeting: its own text, texts that it shares with others, its regions, and the number of
   * their path, by which their words are found again at once; without it, region by region.
   */
  add(text: string, shared: readonly string[], regions: readonly string[], path = -1): void {
    this.#texts.push(this.#entries.size);
    const own = this.#read(text);
    for (let i = 0; i < own; i++) this.#take(this.#found[i] as number);
    for (const one of shared)
      if (one && !regions.includes(one)) this.#takeAll(this.#sharedWords(one));
    if (path < 0) {
      for (const one of regions) if (one) this.#takeAll(this.#sharedWords(one));
      return;
    }
    this.#paths[path] ??= this.#wordsOf(regions.join('\n'));
    this.#takeAll(this.#paths[path]);
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

  #takeAll(words: Uint32Array): void {
    for (let i = 0; i < words.length; i++) this.#take(words[i] as number);
  }

  #take(word: number): void {
    const text = this.#texts.size;
    if (this.#seen.values[word] === text) return;
    this.#seen.values[word] = text;
    this.#entries.push(word);
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
   * known, anything else by `folded`.
   */
  #read(text: string): number {
    const { length } = text;
    while (this.#used + length > this.#letters.length) this.#grow();
    const letters = this.#letters;
    let [size, hash, begun] = [0, 0, this.#used];
    let used = begun;
    for (let at = 0; at <= length; at++) {
      const code = at < length ? text.charCodeAt(at) : 32;
      const letter = code < letterOf.length ? (letterOf[code] as number) : unknown;
      if (letter === unknown) {
        this.#used = begun;
        return this.#readFolded(folded(text));
      }
      if (letter !== between) {
        letters[used++] = letter;
        hash = (Math.imul(hash, 31) + letter) | 0;
      } else if (used > begun) {
        this.#used = used;
        size = this.#keep(this.#wordFrom(begun, hash), size);
        begun = this.#used;
        used = begun;
        hash = 0;
      }
    }
    return size;
  }

  #readFolded(text: string): number {
    let size = 0;
    for (const word of text.split(' ')) {
      if (!word) continue;
      const begun = this.#used;
      let hash = 0;
      for (let i = 0; i < word.length; i++) {
        if (this.#used === this.#letters.length) this.#grow();
        const code = word.charCodeAt(i);
        this.#letters[this.#used++] = code;
        hash = (Math.imul(hash, 31) + code) | 0;
      }
      size = this.#keep(this.#wordFrom(begun, hash), size);
    }
    return size;
  }

  #grow(): void {
    const larger = new Uint16Array(this.#letters.length * 2);
    larger.set(this.#letters);
    this.#letters = larger;
  }

  /** The number of the word whose letters lie from `begun` on; a known one's are let go again. */
  #wordFrom(begun: number, hash: number): number {
    const length = this.#used - begun;
    const table = this.#table;
    const mask = table.length / 2 - 1;
    for (let at = (hash ^ (hash >>> 15)) & mask; ; at = (at + 1) & mask) {
      const word = (table[at * 2] as number) - 1;
      if (word < 0) return this.#newWord(hash, at);
      if (table[at * 2 + 1] !== hash >>> 0 || !this.#same(word, begun, length)) continue;
      this.#used = begun;
      return word;
    }
  }

  #same(word: number, begun: number, length: number): boolean {
    const from = this.#wordStarts.values[word] as number;
    if ((this.#wordStarts.values[word + 1] as number) - from !== length) return false;
    for (let i = 0; i < length; i++)
      if (this.#letters[from + i] !== this.#letters[begun + i]) return false;
    return true;
  }

  #newWord(hash: number, at: number): number {
    const word = this.#hashes.size;
    this.#hashes.push(hash);
    this.#wordStarts.push(this.#used);
    this.#seen.push(0);
    this.#table[at * 2] = word + 1;
    this.#table[at * 2 + 1] = hash;
    if (this.#hashes.size * 4 > this.#table.length) this.#spread();
    return word;
  }

  #spread(): void {
    const table = new Uint32Array(this.#table.length * 2);
    const mask = table.length / 2 - 1;
    for (let word = 0; word < this.#hashes.size; word++) {
      const hash = this.#hashes.values[word] as number;
      let at = (hash ^ (hash >>> 15)) & mask;
      while (table[at * 2] !== 0) at = (at + 1) & mask;
      table[at * 2] = word + 1;
      table[at * 2 + 1] = hash;
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
    for (let word = 0; word < this.#hashes.size; word++) {
      const from = this.#wordStarts.values[word] as number;
      const long = (this.#wordStarts.values[word + 1] as number) - from > 1;
      const key =
        (this.#letters[from] as number) * 65_536 + (long ? (this.#letters[from + 1] as number) : 0);
      const bucket = buckets.get(key);
      if (bucket) bucket.push(word);
      else buckets.set(key, [word]);
      if (word % 4096 === 0) yield;
    }
    const order = new Uint32Array(this.#hashes.size);
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
    const layout = yield* this.#measured(rank, idOf);
    const { facts, sizes, starts } = layout;
    const steps = new Uint8Array(layout.bytes);
    const bits = new Uint32Array(layout.words);
    for (let slot = 0; slot < idOf.length; slot++) {
      const { from, to } = this.#span(idOf[slot] as number);
      for (let i = from; i < to; i++) {
        const at = this.#entries.at(i) * 4;
        let end = facts[at + 2] as number;
        if (facts[at + 1] !== 0) {
          const word = end + (slot >> 5);
          bits[word] = (bits[word] as number) | (1 << (slot & 31));
          continue;
        }
        let step = slot + 1 - (facts[at] as number);
        facts[at] = slot + 1;
        for (; step > 127; step >>>= 7) steps[end++] = (step & 127) | 128;
        steps[end++] = step;
        facts[at + 2] = end;
      }
      if (slot % 4096 === 0) yield;
    }
    return { count: idOf.length, letters, wordStarts, sizes, starts, steps, bits };
  }

  #span(text: number): { from: number; to: number } {
    const texts = this.#texts.values;
    const to = text + 1 < this.#texts.size ? (texts[text + 1] as number) : this.#entries.size;
    return { from: texts[text] as number, to };
  }

  /**
   * How many slots each word has, and where they go: as bits or as steps. Three facts of each word lie
   * beside each other, for a million slots look for them ten times each: the slot after the last, how
   * often, how many bytes; in the end: none, whether as bits, from where.
   */
  *#measured(rank: Uint32Array, idOf: Uint32Array) {
    const facts = new Uint32Array(rank.length * 4);
    for (let slot = 0; slot < idOf.length; slot++) {
      const { from, to } = this.#span(idOf[slot] as number);
      for (let i = from; i < to; i++) {
        const at = this.#entries.at(i) * 4;
        const step = slot + 1 - (facts[at] as number);
        facts[at] = slot + 1;
        facts[at + 1] = (facts[at + 1] as number) + 1;
        facts[at + 2] =
          (facts[at + 2] as number) +
          (step < 128 ? 1 : step < 16_384 ? 2 : step < 2_097_152 ? 3 : 4);
      }
      if (slot % 4096 === 0) yield;
    }
    const sizes = new Uint32Array(rank.length);
    const starts = new Uint32Array(rank.length);
    for (let word = 0; word < rank.length; word++) {
      sizes[rank[word] as number] = facts[word * 4 + 1] as number;
      starts[rank[word] as number] = facts[word * 4 + 2] as number;
    }
    yield;
    let [bytes, words] = [0, 0];
    for (let place = 0; place < sizes.length; place++) {
      const frequent = isFrequent(sizes[place] as number, idOf.length);
      const own = starts[place] as number;
      starts[place] = frequent ? words : bytes;
      if (frequent) words += (idOf.length >> 5) + 1;
      else bytes += own;
    }
    for (let word = 0; word < rank.length; word++) {
      const place = rank[word] as number;
      facts[word * 4] = 0;
      facts[word * 4 + 1] = isFrequent(sizes[place] as number, idOf.length) ? 1 : 0;
      facts[word * 4 + 2] = starts[place] as number;
    }
    yield;
    return { facts, sizes, starts, bytes, words };
  }
}
