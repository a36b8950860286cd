import { createHmac, randomBytes } from 'node:crypto';

interface Tries {
  /** Guesses today that were not followed by success. */
  count: number;
  /** Of these, in a row. */
  row: number;
  notBefore: number;
}

const dayMs = 86_400_000;

/**
 * Counts guesses in memory under an HMAC whose key lives one day: no address, no name, nothing that
 * could be read later. After `free` in a row each further one waits twice as long, up to an hour.
 */
export class GuessLimit {
  readonly #perDay: number;
  readonly #free: number;
  #day = -1;
  #key = randomBytes(32);
  #tries = new Map<string, Tries>();

  constructor(perDay: number, free: number) {
    this.#perDay = perDay;
    this.#free = free;
  }

  #of(subject: string, now: number): Tries {
    const day = Math.floor(now / dayMs);
    if (day !== this.#day) {
      this.#day = day;
      this.#key = randomBytes(32);
      this.#tries = new Map();
    }
    const name = createHmac('sha256', this.#key).update(subject).digest('base64');
    const known = this.#tries.get(name);
    if (known) return known;
    const tries = { count: 0, row: 0, notBefore: 0 };
    this.#tries.set(name, tries);
    return tries;
  }

  /** Begins anew, as after a restart. */
  forget(): void {
    this.#tries.clear();
  }

  /** Counts one guess; returns the seconds to wait when it may not be made. */
  guess(subject: string, nowIso: string): number | null {
    const now = Date.parse(nowIso);
    const tries = this.#of(subject, now);
    if (tries.count >= this.#perDay) return Math.ceil((dayMs - (now % dayMs)) / 1000);
    if (now < tries.notBefore) return Math.ceil((tries.notBefore - now) / 1000);
    tries.count += 1;
    tries.row += 1;
    const over = tries.row - this.#free;
    tries.notBefore = over < 0 ? 0 : now + Math.min(3_600_000, 1000 * 2 ** over);
    return null;
  }

  /** The last guess was right: it does not count, earlier wrong ones still do. */
  right(subject: string, nowIso: string): void {
    const tries = this.#of(subject, Date.parse(nowIso));
    tries.count = Math.max(0, tries.count - 1);
    tries.row = 0;
    tries.notBefore = 0;
  }
}

/** At most so many in any minute, for all people together: keeps a machine from filling the database. */
export class MinuteLimit {
  readonly #most: number;
  #recent: number[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts one; returns the seconds to wait when there were too many. */
  take(nowIso: string): number | null {
    const now = Date.parse(nowIso);
    this.#recent = this.#recent.filter((at) => at > now - 60_000);
    if (this.#recent.length >= this.#most) {
      return Math.max(1, Math.ceil(((this.#recent[0] ?? now) + 60_000 - now) / 1000));
    }
    this.#recent.push(now);
    return null;
  }
}

/** Passphrases: 100 a day for each account name, known or not; unhindered up to ten in a row. */
export const passphraseGuesses = new GuessLimit(100, 10);
/** Six digits are few: 5 unhindered, 50 a day for each account. */
export const codeGuesses = new GuessLimit(50, 5);
export const registrations = new MinuteLimit(120);
export const openTries = new MinuteLimit(600);
