/** 52 bits of a text; two different ones of one list share them once in ten million lists. */
export function fingerprint(text: string): number {
  let one = 0x811c9dc5;
  let two = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const letter = text.charCodeAt(i);
    one = Math.imul(one ^ letter, 0x01000193);
    two = Math.imul(two ^ letter, 0x85ebca6b);
    two ^= two >>> 13;
  }
  return (one >>> 0) * 0x10_0000 + ((two >>> 0) & 0xf_ffff);
}

/**
 * Small whole numbers under fingerprints, in 24 bytes each: of the ids of a long list the texts
 * themselves would fill the memory.
 */
export class Fingerprints {
  size = 0;
  // An empty place holds 0; what is kept is one more than the fingerprint.
  #marks = new Float64Array(64);
  #values = new Uint32Array(64);

  #placeOf(mark: number): number {
    const mask = this.#marks.length - 1;
    // The upper bits are the better mixed ones.
    let place = Math.imul(mark / 0x10_0000, 0x9e3779b1) >>> 8;
    for (;;) {
      place &= mask;
      const there = this.#marks[place];
      if (there === 0 || there === mark + 1) return place;
      place++;
    }
  }

  get(mark: number): number | undefined {
    const place = this.#placeOf(mark);
    return this.#marks[place] === 0 ? undefined : this.#values[place];
  }

  has(mark: number): boolean {
    return this.get(mark) !== undefined;
  }

  set(mark: number, value: number): void {
    const place = this.#placeOf(mark);
    if (this.#marks[place] === 0 && ++this.size > this.#marks.length / 2) {
      this.#grow();
      this.size--;
      this.set(mark, value);
      return;
    }
    this.#marks[place] = mark + 1;
    this.#values[place] = value;
  }

  #grow(): void {
    const [marks, values] = [this.#marks, this.#values];
    this.#marks = new Float64Array(marks.length * 2);
    this.#values = new Uint32Array(values.length * 2);
    for (const [at, mark] of marks.entries()) {
      if (mark === 0) continue;
      const place = this.#placeOf(mark - 1);
      this.#marks[place] = mark;
      this.#values[place] = values[at] as number;
    }
  }
}
