/**
 * The bytes of a list, which may lie somewhere else: `piece` answers those from a place on, as many as
 * lie together there. So that a long list need not stand in memory.
 */
export interface ListBytes {
  length: number;
  piece: (from: number) => Promise<Uint8Array>;
}

/** A list that stands in memory. */
export const bytesAtHand = (bytes: Uint8Array): ListBytes => ({
  length: bytes.length,
  piece: async (from) => bytes.subarray(from),
});

/** The pieces of a list, one after another. */
export async function* piecesOf(list: ListBytes): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < list.length; ) {
    const piece = await list.piece(at);
    if (piece.length === 0) throw new Error('A piece of the list is missing.');
    yield piece;
    at += piece.length;
  }
}

/** All of it, or its beginning. For what has to be looked at as a whole. */
export async function together(
  list: ListBytes,
  most = list.length,
): Promise<Uint8Array<ArrayBuffer>> {
  const all = new Uint8Array(Math.min(most, list.length));
  let at = 0;
  for await (const piece of piecesOf(list)) {
    all.set(piece.subarray(0, all.length - at), at);
    at += piece.length;
    if (at >= all.length) break;
  }
  return all;
}

/** What is at hand of a list that is read from front to back; `add` brings more of it. */
export class ListWindow {
  readonly length: number;
  from: number;
  bytes: Uint8Array;
  /** What comes before is not needed any more. */
  keep: number;

  constructor(length: number, from: number, bytes: Uint8Array = new Uint8Array()) {
    this.length = length;
    this.from = from;
    this.keep = from;
    this.bytes = bytes;
  }

  get end(): number {
    return this.from + this.bytes.length;
  }

  at(place: number): number | undefined {
    return this.bytes[place - this.from];
  }

  cut(from: number, to: number): Uint8Array {
    return this.bytes.subarray(from - this.from, to - this.from);
  }

  add(more: Uint8Array): void {
    const rest = this.bytes.subarray(Math.min(this.keep, this.end) - this.from);
    const bytes = new Uint8Array(rest.length + more.length);
    bytes.set(rest);
    bytes.set(more, rest.length);
    this.from = this.end - rest.length;
    this.bytes = bytes;
  }
}
