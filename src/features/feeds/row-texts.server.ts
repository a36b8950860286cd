const chunkBytes = 4 * 1024 * 1024;
/** How many bytes of rows are kept ready. */
const keptBytes = 192 * 1024 * 1024;

/** One row to be written: its number, and what stands in its gap. */
export interface WrittenRow {
  row: number;
  gap: string;
}

/**
 * The text of rows as bytes, each with one gap, made when it is first asked for. An answer is then
 * copied together, which costs a tenth of making the text again.
 */
export class RowTexts {
  readonly #make: (row: number) => readonly [before: string, after: string];
  readonly #chunkOf: Uint32Array;
  readonly #from: Uint32Array;
  readonly #gap: Uint32Array;
  /** 0: not there. */
  readonly #end: Uint32Array;
  #chunks: Buffer[] = [];
  #used = 0;

  constructor(rows: number, make: (row: number) => readonly [before: string, after: string]) {
    this.#make = make;
    this.#chunkOf = new Uint32Array(rows);
    this.#from = new Uint32Array(rows);
    this.#gap = new Uint32Array(rows);
    this.#end = new Uint32Array(rows);
  }

  #keep(row: number): void {
    const [before, after] = this.#make(row);
    const bytes = Buffer.byteLength(before) + Buffer.byteLength(after);
    let chunk = this.#chunks.at(-1);
    if (!chunk || this.#used + bytes > chunk.length) {
      if (this.#chunks.length * chunkBytes >= keptBytes) {
        this.#chunks = [];
        this.#end.fill(0);
      }
      chunk = Buffer.allocUnsafe(Math.max(chunkBytes, bytes + 1));
      this.#chunks.push(chunk);
      // Not 0: an end there would read as "not there".
      this.#used = 1;
    }
    this.#chunkOf[row] = this.#chunks.length - 1;
    this.#from[row] = this.#used;
    this.#used += chunk.write(before, this.#used);
    this.#gap[row] = this.#used;
    this.#used += chunk.write(after, this.#used);
    this.#end[row] = this.#used;
  }

  /**
   * The rows one after the other with commas between, `before` and `after` around them; few enough
   * rows for one piece of work.
   */
  joined(rows: readonly WrittenRow[], before = '', after = ''): Buffer {
    // Twice at most: making a late row may let go of early ones when the store is full.
    for (let round = 0; round < 2; round++)
      for (const { row } of rows) if (this.#end[row] === 0) this.#keep(row);
    let length =
      Math.max(0, rows.length - 1) + Buffer.byteLength(before) + Buffer.byteLength(after);
    for (const { row, gap } of rows)
      length += (this.#end[row] as number) - (this.#from[row] as number) + gap.length;
    const bytes = Buffer.allocUnsafe(length);
    let at = bytes.write(before);
    for (const [n, { row, gap }] of rows.entries()) {
      if (n > 0) bytes[at++] = 0x2c;
      const chunk = this.#chunks[this.#chunkOf[row] as number] as Buffer;
      at += chunk.copy(bytes, at, this.#from[row], this.#gap[row]);
      // Digits and plain punctuation: one byte each.
      at += bytes.write(gap, at, 'latin1');
      at += chunk.copy(bytes, at, this.#gap[row], this.#end[row]);
    }
    bytes.write(after, at);
    return bytes;
  }
}
