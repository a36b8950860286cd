import { unitsPerDegree } from './bmlt-distance.rules.ts';

const chunkBytes = 4 * 1024 * 1024;
/** How many bytes of rows are kept ready. */
const keptBytes = 192 * 1024 * 1024;

/** Distances are written in ten characters: "0.12345678", "123.456789". */
const width = 10;

/** Writes a distance from 0 to 99,999 at a place in bytes. */
function writeDistance(bytes: Uint8Array, at: number, value: number): void {
  let whole = value < 10 ? 1 : value < 100 ? 2 : value < 1000 ? 3 : value < 10_000 ? 4 : 5;
  let digits = Math.round(value * 10 ** (9 - whole));
  // Rounded up to a digit more before the point.
  if (digits >= 1e9) digits = Math.round(value * 10 ** (9 - ++whole));
  for (let n = width - 1; n >= 0; n--) {
    if (n === whole) bytes[at + n] = 0x2e;
    else {
      const rest = (digits / 10) | 0;
      bytes[at + n] = 0x30 + digits - rest * 10;
      digits = rest;
    }
  }
}

/** The same as text. */
export function distanceText(value: number): string {
  const bytes = Buffer.alloc(width);
  writeDistance(bytes, 0, value);
  return bytes.toString('latin1');
}

const blank = '0'.repeat(width);
const gapText = (km: string, miles: string) =>
  `"distance_in_km":"${km}","distance_in_miles":"${miles}"`;
/** The gap of a row without a place to measure from. */
export const emptyGap: string = gapText('', '');
const empty = Buffer.from(emptyGap);
const measured = Buffer.from(gapText(blank, blank));
const kmAt = measured.indexOf(blank);
const milesAt = measured.lastIndexOf(blank);

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
   * rows for one piece of work. `degrees`: how far each is, NaN or null where that is not known.
   */
  joined(
    rows: readonly number[],
    degrees: readonly number[] | null,
    before: string,
    after: string,
  ): Buffer {
    // Twice at most: making a late row may let go of early ones when the store is full.
    for (let round = 0; round < 2; round++)
      for (const row of rows) if (this.#end[row] === 0) this.#keep(row);
    const gapOf = (n: number) => (degrees && !Number.isNaN(degrees[n]) ? measured : empty);
    let length =
      Math.max(0, rows.length - 1) + Buffer.byteLength(before) + Buffer.byteLength(after);
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n] as number;
      length += (this.#end[row] as number) - (this.#from[row] as number) + gapOf(n).length;
    }
    const bytes = Buffer.allocUnsafe(length);
    let at = bytes.write(before);
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n] as number;
      if (n > 0) bytes[at++] = 0x2c;
      const chunk = this.#chunks[this.#chunkOf[row] as number] as Buffer;
      at += chunk.copy(bytes, at, this.#from[row], this.#gap[row]);
      const gap = gapOf(n);
      bytes.set(gap, at);
      if (gap === measured) {
        const apart = degrees?.[n] as number;
        writeDistance(bytes, at + kmAt, apart * unitsPerDegree.km);
        writeDistance(bytes, at + milesAt, apart * unitsPerDegree.mi);
      }
      at += gap.length;
      at += chunk.copy(bytes, at, this.#gap[row], this.#end[row]);
    }
    bytes.write(after, at);
    return bytes;
  }
}
