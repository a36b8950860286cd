import { createHash } from 'node:crypto';
import type { Pause } from './feed-source.rules.ts';
import { type Pieces, pauseEvery } from './slices.server.ts';

/** A feed ready to be sent; `tag` changes with its bytes. */
export interface MadeFeed {
  body: Buffer;
  tag: string;
}

/** How many bytes of feeds are kept ready. */
const keptBytes = 192 * 1024 * 1024;

/**
 * Feeds that were put together, by what they were made of: a long feed is made once for each state of
 * the directory, in slices, however many ask for it at the same time.
 */
export class MadeFeeds {
  readonly #kept = new Map<string, { made: Promise<MadeFeed>; bytes: number }>();

  /** Whether a feed is ready, or being made. */
  has(key: string): boolean {
    return this.#kept.has(key);
  }

  /** The feed of a key, made by `make` if it is not there; `key` names the state of its sources. */
  async of(key: string, make: (pause: Pause) => Promise<Pieces>): Promise<MadeFeed> {
    const kept = this.#kept.get(key);
    if (kept) return kept.made;
    const made = sealed(make);
    this.#kept.set(key, { made, bytes: 0 });
    try {
      const { body } = await made;
      this.#kept.set(key, { made, bytes: body.length });
      this.#shrink();
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
    return made;
  }

  #shrink(): void {
    let bytes = 0;
    for (const { bytes: some } of this.#kept.values()) bytes += some;
    for (const [key, { bytes: some }] of this.#kept) {
      if ((bytes <= keptBytes && this.#kept.size <= 24) || this.#kept.size === 1) return;
      bytes -= some;
      this.#kept.delete(key);
    }
  }
}

async function sealed(make: (pause: Pause) => Promise<Pieces>): Promise<MadeFeed> {
  const pause = pauseEvery();
  const parts = (await make(pause)).parts();
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(part);
    await pause();
  }
  return { body: Buffer.concat(parts), tag: hash.digest('base64url').slice(0, 22) };
}
