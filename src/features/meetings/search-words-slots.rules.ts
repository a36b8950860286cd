import { isFrequent, type WordIndex } from './search-words.rules.ts';

/** A list of whole numbers that grows. Of a large one only the pages that are written to take memory. */
export class Numbers {
  values: Uint32Array;
  size = 0;

  /** `expected`: about how many there will be. */
  constructor(expected: number) {
    this.values = new Uint32Array(Math.max(16, expected));
  }

  /** Room for so many more. */
  reserve(more: number): void {
    if (this.size + more <= this.values.length) return;
    const larger = new Uint32Array(Math.ceil((this.size + more) * 1.5));
    larger.set(this.values);
    letGo(this.values);
    this.values = larger;
  }

  push(value: number): void {
    this.reserve(1);
    this.values[this.size++] = value;
  }
}

/** Gives memory back at once, where the collector would come for it later; old browsers wait for that. */
export function letGo(array: Float64Array | Uint32Array | Uint8Array): void {
  (array.buffer as ArrayBuffer).transfer?.(0);
}

/** Words by the alphabet, where each stands in that order, and which text each slot has. */
interface Order {
  order: Uint32Array;
  rank: Uint32Array;
  idOf: Uint32Array;
}

/**
 * Three facts of each word lie beside each other, for a million slots look for them ten times each: the
 * slot after the last one that has it, whether it is kept as bits, and where its next slot is written.
 */
const factsOfWord = 4;

interface Layout {
  facts: Uint32Array;
  sizes: Uint32Array;
  starts: Uint32Array;
  /** Steps, with as much room for each word as the worst of them could need. */
  loose: Uint8Array;
  bits: Uint32Array;
}

/** Bytes that `size` steps through `count` slots can take: one of seven bits more needs a long way. */
function mostBytes(size: number, count: number): number {
  let bytes = size;
  for (let step = 128; step <= count; step *= 128)
    bytes += Math.min(size, Math.floor(count / step));
  return bytes;
}

function* laidOut(entries: Numbers, rank: Uint32Array, count: number): Generator<void, Layout> {
  const own = new Uint32Array(rank.length);
  for (let i = 0; i < entries.size; i++) {
    const word = entries.values[i] as number;
    own[word] = (own[word] as number) + 1;
    if (i % 262_144 === 0) yield;
  }
  const sizes = new Uint32Array(rank.length);
  for (let word = 0; word < rank.length; word++) sizes[rank[word] as number] = own[word] as number;
  yield;
  const starts = new Uint32Array(rank.length);
  let [bytes, words] = [0, 0];
  for (let place = 0; place < sizes.length; place++) {
    const size = sizes[place] as number;
    const frequent = isFrequent(size, count);
    starts[place] = frequent ? words : bytes;
    if (frequent) words += (count >> 5) + 1;
    else bytes += mostBytes(size, count);
  }
  const facts = new Uint32Array(rank.length * factsOfWord);
  for (let word = 0; word < rank.length; word++) {
    const place = rank[word] as number;
    facts[word * factsOfWord + 1] = isFrequent(sizes[place] as number, count) ? 1 : 0;
    facts[word * factsOfWord + 2] = starts[place] as number;
  }
  yield;
  return { facts, sizes, starts, loose: new Uint8Array(bytes), bits: new Uint32Array(words) };
}

/** The steps without the room that was not needed; `starts` move along. */
function* closedUp(order: Uint32Array, layout: Layout): Generator<void, Uint8Array> {
  const { facts, starts, loose } = layout;
  let bytes = 0;
  for (let place = 0; place < order.length; place++) {
    const at = (order[place] as number) * factsOfWord;
    if (facts[at + 1] === 0) bytes += (facts[at + 2] as number) - (starts[place] as number);
  }
  yield;
  const steps = new Uint8Array(bytes);
  let end = 0;
  for (let place = 0; place < order.length; place++) {
    const at = (order[place] as number) * factsOfWord;
    if (facts[at + 1] !== 0) continue;
    const from = starts[place] as number;
    const to = facts[at + 2] as number;
    starts[place] = end;
    for (let i = from; i < to; i++) steps[end++] = loose[i] as number;
    if (place % 256 === 0) yield;
  }
  letGo(loose);
  return steps;
}

/**
 * The slots of each word, from the words of each text (`entries`, from `texts[n]` on), which are used up.
 * Yields now and then.
 */
export function* slotsOfWords(
  entries: Numbers,
  texts: Numbers,
  { order, rank, idOf }: Order,
): Generator<void, Pick<WordIndex, 'sizes' | 'starts' | 'steps' | 'bits'>> {
  const layout = yield* laidOut(entries, rank, idOf.length);
  const { facts, sizes, starts, loose, bits } = layout;
  const words = entries.values;
  for (let slot = 0; slot < idOf.length; slot++) {
    const text = idOf[slot] as number;
    const to = text + 1 < texts.size ? (texts.values[text + 1] as number) : entries.size;
    for (let i = texts.values[text] as number; i < to; i++) {
      const at = (words[i] as number) * factsOfWord;
      let end = facts[at + 2] as number;
      if (facts[at + 1] !== 0) {
        const word = end + (slot >> 5);
        bits[word] = (bits[word] as number) | (1 << (slot & 31));
        continue;
      }
      let step = slot + 1 - (facts[at] as number);
      facts[at] = slot + 1;
      for (; step > 127; step >>>= 7) loose[end++] = (step & 127) | 128;
      loose[end++] = step;
      facts[at + 2] = end;
    }
    if (slot % 4096 === 0) yield;
  }
  letGo(words);
  return { sizes, starts, steps: yield* closedUp(order, layout), bits };
}
