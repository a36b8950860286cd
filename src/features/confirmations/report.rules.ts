/** What may be wrong with a listing. */
export const reportKinds = ['nobody-there', 'time', 'place', 'link', 'ended', 'other'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** What a contact may answer: still right, something is different, do not write again. */
export const answers = ['right', 'different', 'stop'] as const;

/** Days that must lie between two letters to one contact. */
export const daysBetweenLetters = 30;

/** Hours until the next try after so many that failed: 1, 4, 16, then a day; null: no more. */
export function hoursUntilRetry(tries: number): number | null {
  return tries > 6 ? null : Math.min(24, 4 ** (tries - 1));
}

/**
 * Counts what comes in within an hour, for all and for one listing, without knowing from whom: no
 * address is looked at. Whoever floods a listing is slowed down, and with them the next honest person
 * for at most an hour; that costs less than keeping visitors' addresses.
 */
export class ReportLimit {
  readonly #ofOne: number;
  readonly #ofAll: number;
  #hour = -1;
  #all = 0;
  #counts = new Map<string, number>();

  constructor(ofOne: number, ofAll: number) {
    this.#ofOne = ofOne;
    this.#ofAll = ofAll;
  }

  /** Counts one; seconds to wait where there have been too many. */
  take(listing: string, now: number): number | null {
    const hour = Math.floor(now / 3_600_000);
    if (hour !== this.#hour) {
      this.#hour = hour;
      this.#all = 0;
      this.#counts.clear();
    }
    const count = (this.#counts.get(listing) ?? 0) + 1;
    if (count > this.#ofOne || this.#all >= this.#ofAll)
      return Math.ceil(3600 - (now % 3_600_000) / 1000);
    this.#all += 1;
    this.#counts.set(listing, count);
    return null;
  }
}
