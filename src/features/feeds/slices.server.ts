import { setImmediate } from 'node:timers/promises';
import type { Pause } from './feed-source.rules.ts';

/** A pause for long work: after `ms` milliseconds of it, other requests are let go first. */
export function pauseEvery(ms = 6): Pause {
  let began = performance.now();
  let asked = 0;
  return () => {
    // The clock costs more than most of the work between two questions.
    if (++asked % 8 !== 0 || performance.now() - began < ms) return undefined;
    return setImmediate().then(() => {
      began = performance.now();
    });
  };
}

/** Text put together piece by piece, kept as bytes, so that a long answer is never one long string. */
export class Pieces {
  readonly #done: Buffer[] = [];
  #text: string[] = [];
  #length = 0;

  add(text: string): void {
    this.#text.push(text);
    this.#length += text.length;
    if (this.#length > 262_144) this.#close();
  }

  addBytes(bytes: Buffer): void {
    this.#close();
    this.#done.push(bytes);
  }

  #close(): void {
    if (this.#text.length === 0) return;
    this.#done.push(Buffer.from(this.#text.join('')));
    this.#text = [];
    this.#length = 0;
  }

  /** Everything so far, in parts. */
  parts(): Buffer[] {
    this.#close();
    return this.#done;
  }
}
