import { folded } from './plain-text.rules.ts';

/**
 * Words of names and places → the slots that carry them. The letters of all words (UTF-16, as folded)
 * lie in one array, word after word in alphabetical order: a hundred thousand strings need not exist.
 */
export interface WordIndex {
  letters: Uint16Array;
  /** Letters of word i are from `wordStarts[i]` to `wordStarts[i + 1]`. */
  wordStarts: Uint32Array;
  /** `slots` of word i are from `starts[i]` to `starts[i + 1]`, ascending. */
  starts: Uint32Array;
  slots: Uint32Array;
}

/** No words at all. */
export const noWords: WordIndex = {
  letters: new Uint16Array(),
  wordStarts: new Uint32Array(1),
  starts: new Uint32Array(1),
  slots: new Uint32Array(),
};

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
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = compared(index, middle, typed);
    if (order < 0 || (past && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Below this many slots, lists are sorted and met one by one; above, a bit for each slot is quicker. */
const fewSlots = 4096;

function united(index: WordIndex, from: number, to: number): Uint32Array {
  const span = index.slots.subarray(index.starts[from], index.starts[to]);
  // One word's slots are ascending and unique; several words' have to be merged.
  if (to - from <= 1) return span;
  if (span.length <= fewSlots) {
    const sorted = Uint32Array.from(span).sort();
    let size = 0;
    for (const slot of sorted) if (size === 0 || sorted[size - 1] !== slot) sorted[size++] = slot;
    return sorted.subarray(0, size);
  }
  let last = 0;
  for (let word = from; word < to; word++) {
    const end = index.starts[word + 1] as number;
    if (end > (index.starts[word] as number)) last = Math.max(last, index.slots[end - 1] as number);
  }
  const bits = new Uint32Array((last >> 5) + 1);
  for (const slot of span) bits[slot >> 5] = (bits[slot >> 5] as number) | (1 << (slot & 31));
  const out = new Uint32Array(span.length);
  let size = 0;
  for (let i = 0; i < bits.length; i++) {
    for (let left = bits[i] as number; left !== 0; left &= left - 1)
      out[size++] = i * 32 + 31 - Math.clz32(left & -left);
  }
  return out.subarray(0, size);
}

/** Where `slot` is or would be in an ascending list, looked for from `from` on in growing steps. */
function reach(list: Uint32Array, slot: number, from: number): number {
  let step = 1;
  let low = from;
  let high = from;
  while (high < list.length && (list[high] as number) < slot) {
    low = high + 1;
    high += step;
    step *= 2;
  }
  high = Math.min(high, list.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as number) < slot) low = middle + 1;
    else high = middle;
  }
  return low;
}

function common(few: Uint32Array, many: Uint32Array): Uint32Array {
  const out = new Uint32Array(few.length);
  let size = 0;
  let at = 0;
  for (const slot of few) {
    at = reach(many, slot, at);
    if (at === many.length) break;
    if (many[at] === slot) out[size++] = slot;
  }
  return out.subarray(0, size);
}

/** The slots whose text has, for each typed word, a word that begins with it. Ascending. */
export function slotsWithWords(index: WordIndex, typed: string): Uint32Array {
  const spans = [...new Set(folded(typed).split(' '))].filter(Boolean).map((prefix) => {
    const from = firstWord(index, prefix, false);
    const to = firstWord(index, prefix, true);
    return { from, to, size: (index.starts[to] as number) - (index.starts[from] as number) };
  });
  spans.sort((a, b) => a.size - b.size);
  let found: Uint32Array | null = null;
  for (const { from, to } of spans) {
    if (found?.length === 0) break;
    const slots = united(index, from, to);
    if (!found) found = slots;
    else found = found.length <= slots.length ? common(found, slots) : common(slots, found);
  }
  return found ?? new Uint32Array();
}
