import type { Meeting } from '../meetings/meeting.rules.ts';
import { minutesOfDay } from '../meetings/meeting.rules.ts';
import { folded } from '../meetings/plain-text.rules.ts';
import { Fingerprints, fingerprint } from './fingerprints.rules.ts';
import type { JudgementCode } from './judgement-words.rules.ts';
import type { RowReport } from './read-list.rules.ts';

/** What is kept of a stored listing for the comparison; a Meeting has all of it. */
export interface KnownListing
  extends Pick<Meeting, 'key' | 'name' | 'days' | 'startsAt' | 'timeZone' | 'fellowship'> {
  place: Pick<Meeting['place'], 'address'>;
}

/** Why a person is to look before an import is applied. `detail`: figures, in the words of none. */
export interface Judgement {
  code: JudgementCode;
  detail: string;
}

/** Below this many listings nothing can be told from shares. */
const fewest = 8;
const week = 7 * 1440;

/** What is known of a listing by other means than its id. */
const printOf = (listing: KnownListing) =>
  fingerprint(
    [
      folded(listing.name),
      listing.days.join(),
      listing.startsAt,
      folded(listing.place.address),
    ].join('|'),
  );

const noStart = -1;

/** When a listing is held: the first start as a minute of the week, or noStart; on how many days. */
function whenOf({ days, startsAt }: KnownListing): { start: number; times: number } {
  const [day] = days;
  const start = day === undefined || !startsAt ? noStart : day * 1440 + minutesOfDay(startsAt);
  return { start, times: days.length };
}

/** Texts by small numbers, for what few of a list's many rows say in another way. */
class Names {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];

  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#names.length);
    return this.#names.push(name) - 1;
  }

  nameOf = (number: number): string => this.#names[number] ?? '';
}

/** Listings as numbers, 40 bytes each: of 100,000 the words themselves would fill the memory. */
class KnownListings {
  size = 0;
  readonly #places = new Fingerprints();
  readonly #names = new Names();
  #numbers = new Int32Array(0);
  #marks = new Float64Array(0);

  add(listing: KnownListing): void {
    const mark = fingerprint(listing.key);
    const place = this.#places.get(mark) ?? this.size;
    if (place === this.size) this.#places.set(mark, this.size++);
    if (this.size * 4 > this.#numbers.length) this.#grow();
    const { start, times } = whenOf(listing);
    const zone = this.#names.numberOf(listing.timeZone);
    const fellowship = this.#names.numberOf(listing.fellowship);
    this.#numbers.set([start, times, zone, fellowship], place * 4);
    const words = [fingerprint(folded(listing.name)), fingerprint(folded(listing.place.address))];
    this.#marks.set(words, place * 2);
  }

  /** What was known under an id. */
  get(key: string) {
    const place = this.#places.get(fingerprint(key));
    if (place === undefined) return undefined;
    const [start = noStart, times = 0, zone = 0, fellowship = 0] = this.#numbers.subarray(
      place * 4,
    );
    const { nameOf } = this.#names;
    return {
      start,
      times,
      timeZone: nameOf(zone),
      fellowship: nameOf(fellowship),
      name: this.#marks[place * 2],
      address: this.#marks[place * 2 + 1],
    };
  }

  #grow(): void {
    const [numbers, marks] = [this.#numbers, this.#marks];
    const room = Math.max(64, this.size * 2);
    this.#numbers = new Int32Array(room * 4);
    this.#numbers.set(numbers);
    this.#marks = new Float64Array(room * 2);
    this.#marks.set(marks);
  }
}

/** Minutes by which a listing moved within the week, the shorter way; null: not to be told. */
function shiftOf(
  before: { start: number; times: number },
  after: { start: number; times: number },
): number | null {
  if (before.start === noStart || after.start === noStart || before.times !== after.times)
    return null;
  const shift = (after.start - before.start + week) % week;
  return shift > week / 2 ? shift - week : shift;
}

function most<T>(counts: ReadonlyMap<T, number>): [T | null, number] {
  let best: [T | null, number] = [null, 0];
  for (const [value, count] of counts) if (count > best[1]) best = [value, count];
  return best;
}

const add = <T>(counts: Map<T, number>, value: T) =>
  counts.set(value, (counts.get(value) ?? 0) + 1);
const moved = (minutes: number) => `${minutes > 0 ? '+' : '−'}${Math.abs(minutes)} min`;

/**
 * Looks whether what a source says now can be what it said before, a little further on. First
 * `known` for each listing that stands (of this source, not gone), then `row` for each row read;
 * `verdict` is the first reason why a person must look, or null. It keeps about 100 bytes a listing.
 */
export class ListJudgement {
  readonly #known = new KnownListings();
  readonly #names = new Fingerprints();
  readonly #prints = new Fingerprints();
  #rows = 0;
  #matched = 0;
  #sameName = 0;
  #renamed = 0;
  #replaced = 0;
  #timesLost = 0;
  #underNewId = 0;
  #newlyRepeated = 0;
  #types = 0;
  #unknownTypes = 0;
  readonly #shifts = new Map<number, number>();
  readonly #zones = new Map<string, number>();
  readonly #fellowships = new Map<string, number>();

  /** A listing that stands before the import. */
  known(listing: KnownListing): void {
    this.#known.add(listing);
    this.#prints.set(printOf(listing), 1);
    this.#names.set(fingerprint(folded(listing.name)), 1);
  }

  /** A row as it was read; one that was refused counts as not there. */
  row(report: RowReport): void {
    if (!report.taken) return;
    this.#rows++;
    const { meeting, warnings } = report;
    const unknown = warnings.filter(({ code }) => code === 'type-unknown').length;
    this.#unknownTypes += unknown;
    this.#types += unknown + meeting.types.length;
    const name = fingerprint(folded(meeting.name));
    if (this.#names.has(name)) this.#sameName++;
    const before = this.#known.get(meeting.key);
    if (!before) {
      if (this.#prints.has(printOf(meeting))) this.#underNewId++;
      if (warnings.some(({ code }) => code === 'slug-repeated')) this.#newlyRepeated++;
      return;
    }
    this.#matched++;
    if (before.name !== name) this.#renamed++;
    if (before.address !== fingerprint(folded(meeting.place.address))) this.#replaced++;
    if (before.timeZone !== meeting.timeZone)
      add(this.#zones, `${before.timeZone} → ${meeting.timeZone}`);
    if (before.fellowship !== meeting.fellowship)
      add(this.#fellowships, `${before.fellowship} → ${meeting.fellowship}`);
    const now = whenOf(meeting);
    if (before.start !== noStart && now.start === noStart) this.#timesLost++;
    const shift = shiftOf(before, now);
    if (shift) add(this.#shifts, shift);
  }

  /**
   * The weightiest reason to ask a person; null: it may well be the same list, further on.
   * `unreadable`: rows of which somebody is told anyhow that they cannot be read; they are not missing.
   */
  verdict(unreadable = 0): Judgement | null {
    const before = this.#known.size;
    if (before < fewest) return null;
    return this.#ofIds(before) ?? this.#ofWhole(before, unreadable) ?? this.#ofFields();
  }

  #ofIds(before: number): Judgement | null {
    const gone = before - this.#matched;
    if (gone >= fewest && gone > before * 0.2 && this.#underNewId > gone * 0.5)
      return { code: 'slugs-changed', detail: `${this.#underNewId}` };
    if (this.#newlyRepeated >= fewest && this.#newlyRepeated > this.#rows * 0.05)
      return { code: 'slugs-repeated', detail: `${this.#newlyRepeated}` };
    return null;
  }

  #ofWhole(before: number, unreadable: number): Judgement | null {
    const [otherFellowship, ofOther] = most(this.#fellowships);
    if (otherFellowship !== null && ofOther > this.#matched * 0.25)
      return { code: 'other-fellowship', detail: otherFellowship };
    const foreign = this.#matched < before * 0.2 && this.#sameName < this.#rows * 0.2;
    const strange = this.#types >= fewest && this.#unknownTypes > this.#types * 0.3;
    if (strange && foreign && this.#rows > 0)
      return { code: 'other-fellowship', detail: `${this.#unknownTypes} / ${this.#types}` };
    if (this.#rows + unreadable < before * 0.5)
      return { code: 'list-shrunk', detail: `${this.#rows} / ${before}` };
    if (foreign) return { code: 'other-list', detail: `${this.#matched} / ${before}` };
    return null;
  }

  #ofFields(): Judgement | null {
    const of = (count: number) => `${count} / ${this.#matched}`;
    const many = (count: number, share: number) => count >= fewest && count > this.#matched * share;
    const [zones, inOther] = most(this.#zones);
    if (zones !== null && many(inOther, 0.25))
      return { code: 'zone-changed', detail: `${zones}: ${of(inOther)}` };
    const [shift, shifted] = most(this.#shifts);
    if (shift !== null && many(shifted, 0.25))
      return { code: 'all-moved', detail: `${moved(shift)}: ${of(shifted)}` };
    if (many(this.#timesLost, 0.1)) return { code: 'times-lost', detail: of(this.#timesLost) };
    if (many(this.#renamed, 0.5)) return { code: 'names-changed', detail: of(this.#renamed) };
    if (many(this.#replaced, 0.5)) return { code: 'places-changed', detail: of(this.#replaced) };
    return null;
  }
}
