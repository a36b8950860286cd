import { folded } from './plain-text.rules.ts';

/** Words of names and places → the slots that carry them. `words` is sorted. */
export interface WordIndex {
  words: string[];
  /** `slots` of word i are from `starts[i]` to `starts[i + 1]`, ascending. */
  starts: Uint32Array;
  slots: Uint32Array;
}

/** Collects the words of `count` texts. An empty text is found by no word. */
export function indexWords(count: number, textOf: (slot: number) => string): WordIndex {
  const lists = new Map<string, number[]>();
  let total = 0;
  for (let slot = 0; slot < count; slot++) {
    const text = textOf(slot);
    if (!text) continue;
    for (const word of new Set(folded(text).split(' '))) {
      if (!word) continue;
      const list = lists.get(word);
      if (list) list.push(slot);
      else lists.set(word, [slot]);
      total++;
    }
  }
  const words = [...lists.keys()].sort();
  const starts = new Uint32Array(words.length + 1);
  const slots = new Uint32Array(total);
  let at = 0;
  for (const [i, word] of words.entries()) {
    slots.set(lists.get(word) ?? [], at);
    at += lists.get(word)?.length ?? 0;
    starts[i + 1] = at;
  }
  return { words, starts, slots };
}

function firstAtLeast(words: string[], word: string): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle] as string) < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The slots whose text has, for each typed word, a word that begins with it. Ascending. */
export function slotsWithWords(index: WordIndex, typed: string): Uint32Array {
  let found: Uint32Array | null = null;
  for (const prefix of new Set(folded(typed).split(' '))) {
    if (!prefix) continue;
    const from = firstAtLeast(index.words, prefix);
    let to = from;
    while (to < index.words.length && index.words[to]?.startsWith(prefix)) to++;
    const span = index.slots.subarray(index.starts[from], index.starts[to]);
    // One word's slots are ascending and unique; several words' have to be merged.
    const slots: Uint32Array = to - from > 1 ? Uint32Array.from(new Set(span)).sort() : span;
    found = found ? common(found, slots) : slots;
    if (found.length === 0) break;
  }
  return found ?? new Uint32Array();
}

function common(a: Uint32Array, b: Uint32Array): Uint32Array {
  const out = new Uint32Array(Math.min(a.length, b.length));
  let size = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const left = a[i] as number;
    const right = b[j] as number;
    if (left === right) {
      out[size++] = left;
      i++;
      j++;
    } else if (left < right) i++;
    else j++;
  }
  return out.subarray(0, size);
}
