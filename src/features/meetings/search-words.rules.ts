import { folded } from './plain-text.rules.ts';

/**
 * Words of names and places → the slots that carry them. The letters of all words (UTF-16, as folded)
 * lie in one array, word after word in alphabetical order: a hundred thousand strings need not exist.
 */
export interface WordIndex {
  /** How many slots there are. */
  count: number;
  letters: Uint16Array;
  /** Letters of word i are from `wordStarts[i]` to `wordStarts[i + 1]`. */
  wordStarts: Uint32Array;
  /** How many slots carry each word. */
  sizes: Uint32Array;
  /** Where in `steps`, or of a frequent word in `bits`, the slots of each word begin. */
  starts: Uint32Array;
  /** Of most words: the steps from slot to slot, ascending, seven bits a byte; the first from -1. */
  steps: Uint8Array;
  /** Of frequent words (isFrequent): a bit for each slot. */
  bits: Uint32Array;
}

/** No words at all. */
export const noWords: WordIndex = {
  count: 0,
  letters: new Uint16Array(),
  wordStarts: new Uint32Array(1),
  sizes: new Uint32Array(),
  starts: new Uint32Array(),
  steps: new Uint8Array(),
  bits: new Uint32Array(),
};

/** Whether a word is kept as bits: when they take about as much room as steps would. */
export function isFrequent(size: number, count: number): boolean {
  return size * 16 > count;
}

/** Slots found by words. */
export interface FoundSlots {
  size: number;
  has(slot: number): boolean;
  /** Calls `take` for each, ascending. */
  each(take: (slot: number) => void): void;
}

function compared(index: WordIndex, word: number, typed: string): number {
  const from = index.wordStarts[word] as number;
  const length = (index.wordStarts[word + 1] as number) - from;
  for (let i = 0; i < typed.length; i++) {
    if (i === length) return -1;
    const difference = (index.letters[from + i] as number) - typed.charCodeAt(i);
    if (difference !== 0) return difference;
  }
  // It begins with what was typed.
  return 0;
}

/** First word that is not before `typed`, or, with `past`, that neither begins with it. */
function firstWord(index: WordIndex, typed: string, past: boolean): number {
  let low = 0;
  let high = index.sizes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = compared(index, middle, typed);
    if (order < 0 || (past && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adds the slots of words to a set of bits. */
function unite(index: WordIndex, from: number, to: number, into: Uint32Array): void {
  const { steps, bits, count } = index;
  for (let word = from; word < to; word++) {
    const size = index.sizes[word] as number;
    let at = index.starts[word] as number;
    if (isFrequent(size, count)) {
      for (let i = 0; i < into.length; i++)
        into[i] = (into[i] as number) | (bits[at + i] as number);
      continue;
    }
    for (let left = size, slot = -1; left > 0; left--) {
      let step = steps[at++] as number;
      if (step > 127) {
        step &= 127;
        for (let shift = 7; ; shift += 7) {
          const byte = steps[at++] as number;
          step |= (byte & 127) << shift;
          if (byte < 128) break;
        }
      }
      slot += step;
      into[slot >> 5] = (into[slot >> 5] as number) | (1 << (slot & 31));
    }
  }
}

function bitCount(bits: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < bits.length; i++) {
    let v = bits[i] as number;
    v -= (v >>> 1) & 0x55555555;
    v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
    sum += Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return sum;
}

function foundIn(bits: Uint32Array): FoundSlots {
  return {
    size: bitCount(bits),
    has: (slot) => ((bits[slot >> 5] as number) & (1 << (slot & 31))) !== 0,
    each: (take) => {
      for (let i = 0; i < bits.length; i++)
        for (let left = bits[i] as number; left !== 0; left &= left - 1)
          take(i * 32 + 31 - Math.clz32(left & -left));
    },
  };
}

/** The slots whose text has, for each typed word, a word that begins with it. */
export function slotsWithWords(index: WordIndex, typed: string): FoundSlots {
  const words = (index.count >> 5) + 1;
  let found: Uint32Array | null = null;
  for (const prefix of new Set(folded(typed).split(' '))) {
    if (!prefix) continue;
    const own = new Uint32Array(words);
    unite(index, firstWord(index, prefix, false), firstWord(index, prefix, true), own);
    if (found) for (let i = 0; i < words; i++) own[i] = (own[i] as number) & (found[i] as number);
    found = own;
  }
  return foundIn(found ?? new Uint32Array(words));
}
