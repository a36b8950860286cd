/** Names to be found by the beginning of any of their words. */
export interface NameIndex {
  /** Folded names in UTF-8, each ended by a zero; name n begins at `starts[n]`. */
  folded: Uint8Array;
  starts: Uint32Array;
  /** Where words begin in `folded`, in the order of the text from there; and the name of each. */
  words: Uint32Array;
  wordNames: Uint32Array;
}

/** Texts as UTF-8, one after the other (with so many zeros after each), and where each ends. */
export function inBytes(
  texts: readonly string[],
  zeros = 0,
): { bytes: Uint8Array; ends: Uint32Array } {
  const encoder = new TextEncoder();
  const most = texts.reduce((sum, text) => sum + 3 * text.length + zeros, 0);
  const bytes = new Uint8Array(most);
  const ends = new Uint32Array(texts.length);
  let at = 0;
  for (let n = 0; n < texts.length; n++) {
    at += encoder.encodeInto(texts[n] as string, bytes.subarray(at)).written + zeros;
    ends[n] = at;
  }
  return { bytes: bytes.slice(0, at), ends };
}

const space = 32;

/** Six bytes as one number, for comparing them at once; what follows the end of a name is zero. */
function sixBytes(folded: Uint8Array, at: number): number {
  let key = 0;
  let ended = false;
  for (let n = 0; n < 6; n++) {
    ended ||= !folded[at + n];
    key = key * 256 + (ended ? 0 : (folded[at + n] as number));
  }
  return key;
}

/** Makes names findable. @param names folded, without zeros in them */
export function buildNames(names: readonly string[]): NameIndex {
  const { bytes: folded, ends } = inBytes(names, 1);
  const starts = new Uint32Array(names.length);
  for (let n = 1; n < starts.length; n++) starts[n] = ends[n - 1] as number;
  // A word a zero and a word a space, at most.
  const most = folded.reduce((sum, byte) => sum + Number(byte === 0 || byte === space), 0);
  const places = new Uint32Array(most);
  const owners = new Uint32Array(most);
  const keys = new Float64Array(most);
  let count = 0;
  let name = 0;
  for (let at = 0; at < folded.length; at++) {
    if (folded[at] !== 0 && (at === starts[name] || folded[at - 1] === space)) {
      places[count] = at;
      owners[count] = name;
      keys[count] = sixBytes(folded, at);
      count++;
    }
    if (folded[at] === 0) name++;
  }
  const order = new Uint32Array(count)
    .map((_, n) => n)
    .sort((a, b) => {
      const apart = (keys[a] as number) - (keys[b] as number);
      if (apart) return apart;
      let one = (places[a] as number) + 5;
      let other = (places[b] as number) + 5;
      if (!folded[one]) return a - b;
      do {
        one++;
        other++;
      } while (folded[one] && folded[one] === folded[other]);
      return (folded[one] as number) - (folded[other] as number) || a - b;
    });
  return {
    folded,
    starts,
    words: order.map((n) => places[n] as number),
    wordNames: order.map((n) => owners[n] as number),
  };
}

/** A part of `words`, from `from` to before `to`, whose texts begin with the same bytes. */
export interface Run {
  from: number;
  to: number;
}

/** The part of a run whose texts go on, after `depth` bytes, with bytes[begin…]. */
export function narrowed(
  index: NameIndex,
  run: Run,
  depth: number,
  bytes: Uint8Array,
  begin = 0,
): Run {
  const { folded, words } = index;
  const length = bytes.length - begin;
  // Below: the text comes before the bytes; beyond: it comes behind all texts that begin with them.
  const edge = (beyond: boolean) => {
    let low = run.from;
    let high = run.to;
    while (low < high) {
      const half = (low + high) >> 1;
      const at = (words[half] as number) + depth;
      let n = 0;
      while (n < length && folded[at + n] === bytes[begin + n]) n++;
      const before =
        n === length ? beyond : (folded[at + n] as number) < (bytes[begin + n] as number);
      if (before) low = half + 1;
      else high = half;
    }
    return low;
  };
  if (length === 0 || run.from >= run.to) return run;
  const from = edge(false);
  // Most searches for a slip of the pen end here.
  if (from === run.to || !beginsWith(folded, (words[from] as number) + depth, bytes, begin))
    return { from, to: from };
  return { from, to: edge(true) };
}

function beginsWith(folded: Uint8Array, at: number, bytes: Uint8Array, begin: number): boolean {
  for (let n = begin; n < bytes.length; n++) if (folded[at + n - begin] !== bytes[n]) return false;
  return true;
}

/** All words of the index. */
export function wholeRun({ words }: NameIndex): Run {
  return { from: 0, to: words.length };
}

/** A run found by a slip, with the bytes that its texts share. */
export interface SlipRun extends Run {
  length: number;
}

/**
 * Runs whose texts begin with the bytes after one slip: a byte too many, too few, another one or two
 * exchanged. The first byte may be wrong too.
 */
export function runsOneSlipAway(index: NameIndex, bytes: Uint8Array): SlipRun[] {
  const { folded, words } = index;
  const found: SlipRun[] = [];
  const keep = (run: Run, length: number) => {
    if (run.from < run.to) found.push({ ...run, length });
  };
  const { length } = bytes;
  let run = wholeRun(index);
  for (let depth = 0; depth <= length && run.from < run.to; depth++) {
    if (depth < length) keep(narrowed(index, run, depth, bytes, depth + 1), length - 1);
    if (depth + 1 < length) {
      const exchanged = Uint8Array.from(bytes);
      exchanged[depth] = bytes[depth + 1] as number;
      exchanged[depth + 1] = bytes[depth] as number;
      keep(narrowed(index, run, depth, exchanged, depth), length);
    }
    for (let at = run.from; at < run.to; ) {
      const next = folded[(words[at] as number) + depth] as number;
      const child = narrowed(index, { from: at, to: run.to }, depth, Uint8Array.of(next));
      if (next !== 0 && next !== bytes[depth]) {
        if (depth < length) keep(narrowed(index, child, depth + 1, bytes, depth + 1), length);
        keep(narrowed(index, child, depth + 1, bytes, depth), length + 1);
      }
      at = child.to;
    }
    if (depth < length) run = narrowed(index, run, depth, bytes.subarray(depth, depth + 1));
  }
  return found;
}
