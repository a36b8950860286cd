import type { Meeting } from '../meetings/meeting.rules.ts';
import { minutesOfDay } from '../meetings/meeting.rules.ts';
import { folded } from '../meetings/plain-text.rules.ts';
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

/** FNV-1a of what is known of a listing by other means than its id. */
function printOf(listing: KnownListing): number {
  const text = [
    folded(listing.name),
    listing.days.join(),
    listing.startsAt,
    folded(listing.place.address),
  ].join('|');
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Minutes by which a listing moved within the week, the shorter way; null: not to be told. */
function shiftOf(before: KnownListing, after: KnownListing): number | null {
  const [from, to] = [before.days[0], after.days[0]];
  if (from === undefined || to === undefined || !before.startsAt || !after.startsAt) return null;
  if (before.days.length !== after.days.length) return null;
  const at = (day: number, time: string) => day * 1440 + minutesOfDay(time);
  const shift = (at(to, after.startsAt) - at(from, before.startsAt) + week) % week;
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
  readonly #known = new Map<string, KnownListing>();
  readonly #names = new Map<string, number>();
  readonly #prints = new Set<number>();
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
  known({ key, name, days, startsAt, timeZone, fellowship, place }: KnownListing): void {
    const listing = {
      key,
      name,
      days,
      startsAt,
      timeZone,
      fellowship,
      place: { address: place.address },
    };
    this.#known.set(key, listing);
    this.#prints.add(printOf(listing));
    add(this.#names, folded(name));
  }

  /** A row as it was read; one that was refused counts as not there. */
  row(report: RowReport): void {
    if (!report.taken) return;
    this.#rows++;
    const { meeting, warnings } = report;
    const unknown = warnings.filter(({ code }) => code === 'type-unknown').length;
    this.#unknownTypes += unknown;
    this.#types += unknown + meeting.types.length;
    if (this.#names.has(folded(meeting.name))) this.#sameName++;
    const before = this.#known.get(meeting.key);
    if (!before) {
      if (this.#prints.has(printOf(meeting))) this.#underNewId++;
      if (warnings.some(({ code }) => code === 'slug-repeated')) this.#newlyRepeated++;
      return;
    }
    this.#matched++;
    if (folded(before.name) !== folded(meeting.name)) this.#renamed++;
    if (folded(before.place.address) !== folded(meeting.place.address)) this.#replaced++;
    if (before.timeZone !== meeting.timeZone)
      add(this.#zones, `${before.timeZone} → ${meeting.timeZone}`);
    if (before.fellowship !== meeting.fellowship)
      add(this.#fellowships, `${before.fellowship} → ${meeting.fellowship}`);
    if (before.startsAt && before.days.length > 0 && (!meeting.startsAt || !meeting.days.length))
      this.#timesLost++;
    const shift = shiftOf(before, meeting);
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
