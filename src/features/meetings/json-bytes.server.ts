/** Puts an answer together from pieces that are bytes already and from text, in memory used again and again. */
export class JsonBytes {
  #bytes = Buffer.allocUnsafeSlow(65_536);
  #size = 0;

  text(text: string): void {
    this.#reserve(text.length * 3);
    this.#size += this.#bytes.write(text, this.#size);
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#size);
    this.#size += bytes.length;
  }

  /** All of it; begins anew. */
  take(): Buffer {
    const taken = Buffer.allocUnsafe(this.#size);
    this.#bytes.copy(taken, 0, 0, this.#size);
    this.#size = 0;
    return taken;
  }

  #reserve(more: number): void {
    if (this.#size + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow((this.#size + more) * 2);
    larger.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = larger;
  }
}
