/** Bytes written one after the other, in a buffer that grows. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#length + more, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }

  /** A whole number from 0 to 2^53, seven bits a byte, low ones first. */
  number(value: number): void {
    this.#room(8);
    let rest = value;
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A whole number of either sign; small ones are short. */
  signed(value: number): void {
    this.number(value < 0 ? -value * 2 - 1 : value * 2);
  }

  raw(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Bytes with their length before them. */
  block(bytes: Uint8Array): void {
    this.number(bytes.length);
    this.raw(bytes);
  }

  done(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }
}

/** Reads what a ByteWriter wrote. Beyond the end it throws a RangeError: the file was cut short. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError('The pack ends too early.');
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  signed(): number {
    const value = this.number();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }

  raw(length: number): Uint8Array {
    if (length > this.left) throw new RangeError('The pack ends too early.');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  block(): Uint8Array {
    return this.raw(this.number());
  }
}

const separator = '\0';

/**
 * A column of texts, most of which come again soon: each is written once, and a row says how long
 * ago its text was new (0: it is new now). Zero characters in texts are dropped.
 */
export class TextColumn {
  readonly #seen = new Map<string, number>();
  readonly #refs = new ByteWriter();

  /** Whether the text was new; the number of texts so far is `size`. */
  add(text: string): boolean {
    const clean = text.includes(separator) ? text.replaceAll(separator, '') : text;
    const known = this.#seen.get(clean);
    this.#refs.number(known === undefined ? 0 : this.#seen.size - known);
    if (known === undefined) this.#seen.set(clean, this.#seen.size);
    return known === undefined;
  }

  /** Two blocks: how long ago each row's text was new, and the texts. */
  blocks(): Uint8Array[] {
    return [this.#refs.done(), new TextEncoder().encode([...this.#seen.keys()].join(separator))];
  }
}

/** For each of `count` rows the number of its text among the texts. */
export function readRefs(block: Uint8Array, count: number): Uint32Array {
  if (count > block.length) throw new RangeError('The pack ends too early.');
  const reader = new ByteReader(block);
  const refs = new Uint32Array(count);
  let size = 0;
  for (let row = 0; row < count; row++) {
    const ago = reader.number();
    if (ago > size) throw new RangeError('The pack names a text that it does not have.');
    refs[row] = ago === 0 ? size++ : size - ago;
  }
  return refs;
}

/** The texts of a column, in the order in which they were new. */
export function readTexts(block: Uint8Array): string[] {
  return new TextDecoder().decode(block).split(separator);
}
