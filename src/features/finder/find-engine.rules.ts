import type { Position } from '../meetings/meeting.rules.ts';
import { nextOccurrence } from '../meetings/next-start.rules.ts';
import { isAnywhere } from '../meetings/pack-cells.rules.ts';
import type { PackedFellowship, PackedListing } from '../meetings/pack-format.rules.ts';
import {
  type IndexedPack,
  indexedPack,
  remote,
  type Source,
} from '../meetings/pack-index.rules.ts';
import type { Pack } from '../meetings/pack-read.rules.ts';
import { buildPlaces, type PlaceIndex } from '../meetings/place-lookup.rules.ts';
import type { Occurrence } from '../meetings/recurrence.rules.ts';
import { find, type IndexPart } from '../meetings/search.rules.ts';
import type { Hit } from '../meetings/search-query.rules.ts';
import { type FindFilter, queryOf } from './find-filter.rules.ts';

/** What is asked of the lists on this device. */
export interface FindQuestion {
  filter: FindFilter;
  near: Position | null;
  /** Milliseconds, and the zone of the device. */
  now: number;
  zone: string;
}

/** Two lists: what is near (or all, where no place is chosen), and what one can join from anywhere. */
export type ListName = 'near' | 'anywhere';

/** One row of a list, with all that is known of it. */
export interface FoundRow extends PackedListing {
  distanceKm: number | null;
  /** The occurrence under way or to come. */
  next: Occurrence | null;
}

/** What was found: how many, the first of them, and all of them once they are asked for. */
interface Listed {
  total: number;
  hits: Hit[];
  all: (() => Hit[]) | null;
}

const noneListed: Listed = { total: 0, hits: [], all: null };

/** As many as are looked at without scrolling. */
const firstHits = 64;

/** A meeting with its fellowship; null where the pack does not know that one. */
export interface KnownMeeting extends PackedListing {
  fellowship: PackedFellowship | null;
}

/** What there is to choose from. */
export interface Offer {
  meetings: number;
  fellowships: PackedFellowship[];
  facets: string[];
}

/** Lists of meetings on this device, searched there. */
export class Finder {
  readonly #parts: readonly IndexedPack[];
  readonly #searched: readonly IndexPart[];
  readonly count: number;
  #places: PlaceIndex | undefined;
  #offered: Offer | undefined;
  #ids: Map<string, number> | undefined;
  #found: Record<ListName, Listed> = { near: noneListed, anywhere: noneListed };

  constructor(sources: readonly Source[]) {
    let count = 0;
    this.#parts = sources.map((source) => {
      const part = indexedPack(source, count);
      count += part.count;
      return part;
    });
    this.count = count;
    this.#searched = this.#parts.map(({ index }) => ({ index, isGone: null }));
  }

  /** Makes names findable, in short steps: a key that is pressed meanwhile is answered in between. */
  *learning(): Generator<void, void> {
    for (const part of this.#parts) yield* part.learning();
  }

  /** Some have no further time (by appointment, ended). */
  get #hasTimeless(): boolean {
    return this.#parts.some(({ hasTimeless }) => hasTimeless);
  }

  /** Some lie nobody knows where. */
  get #hasLost(): boolean {
    return this.#parts.some(({ hasLost }) => hasLost);
  }

  #part(id: number): IndexedPack {
    const part = this.#parts.findLast(({ first }) => first <= id);
    if (!part) throw new RangeError(`No meeting has the number ${id}.`);
    return part;
  }

  #pack(id: number): Pack {
    return this.#part(id).pack;
  }

  #row(id: number): number {
    return this.#part(id).rowOf(id);
  }

  #listing(id: number): PackedListing {
    return this.#pack(id).listing(this.#row(id));
  }

  offer(): Offer {
    this.#offered ??= this.#gatherOffer();
    return this.#offered;
  }

  #gatherOffer(): Offer {
    const fellowships = new Map<string, PackedFellowship>();
    for (const { pack } of this.#parts)
      for (const one of pack.head.fellowships) {
        const known = fellowships.get(one.id);
        fellowships.set(one.id, { ...one, types: { ...known?.types, ...one.types } });
      }
    const facets = new Set<string>();
    for (const { pack } of this.#parts) for (const facet of pack.facets()) facets.add(facet);
    return { meetings: this.count, fellowships: [...fellowships.values()], facets: [...facets] };
  }

  /** One meeting by its id, and what is known of its fellowship. */
  byId(id: string): KnownMeeting | null {
    if (!this.#ids) {
      this.#ids = new Map();
      for (let n = 0; n < this.count; n++) this.#ids.set(this.#pack(n).id(this.#row(n)), n);
    }
    const n = this.#ids.get(id);
    if (n === undefined) return null;
    const listing = this.#listing(n);
    const { fellowships } = this.#pack(n).head;
    const fellowship = fellowships.find(({ id }) => id === listing.meeting.fellowship) ?? null;
    return { ...listing, fellowship };
  }

  /** Finds, and keeps what was found for `rows` and `points`. Gives how many are in each list. */
  find(question: FindQuestion): Record<ListName, number> {
    if (question.filter.text.trim()) for (const part of this.#parts) part.learn();
    this.#found = this.#look(question);
    return { near: this.#found.near.total, anywhere: this.#found.anywhere.total };
  }

  /** Looks for a word once and keeps nothing: the browser has then made the way of it quick. */
  rehearse(question: FindQuestion): void {
    this.#look({ ...question, filter: { ...question.filter, text: 'a' } });
  }

  #look(question: FindQuestion): Record<ListName, Listed> {
    const { filter, near } = question;
    const anywhere = near && !filter.nearest ? this.#fromAnywhere(question) : noneListed;
    return { near: this.#listOf(question, near), anywhere };
  }

  /** What one can join from anywhere; by their words also those of which nobody knows where they are. */
  #fromAnywhere(question: FindQuestion): Listed {
    const { filter } = question;
    if (this.#hasLost && filter.text.trim() !== '') {
      const all = this.#listOf(question, null);
      const hits = (all.all?.() ?? all.hits).filter(({ id }) => this.#isFromAnywhere(id));
      return { total: hits.length, hits, all: null };
    }
    const ways = remote.filter((way) => filter.ways.length === 0 || filter.ways.includes(way));
    if (ways.length === 0) return noneListed;
    return this.#listOf({ ...question, filter: { ...filter, ways } }, null);
  }

  #isFromAnywhere(id: number): boolean {
    const attendance = this.#pack(id).attendance(this.#row(id));
    const { position } = this.#pack(id).place(this.#row(id));
    return isAnywhere({ attendance, place: { position } });
  }

  #listOf({ filter, now, zone }: FindQuestion, near: Position | null): Listed {
    const query = queryOf(filter, near, now, zone);
    const parts = this.#searched;
    const first = find(parts, query, { limit: firstHits });
    const total = first.total;
    const listed = { total, hits: first.hits, all: () => find(parts, query).hits };
    const { when, after, before, nearest } = filter;
    if (!this.#hasTimeless || when !== 'any' || after || before || nearest) return listed;
    // By appointment, or with no further date: after all that have a time.
    const { now: _now, withinMinutes: _within, ...timeless } = query;
    const most = find(parts, timeless, { limit: 0 }).total;
    if (most === total) return listed;
    const all = () => {
      const timed = find(parts, query).hits;
      const had = new Set(timed.map(({ id }) => id));
      return [...timed, ...find(parts, timeless).hits.filter(({ id }) => !had.has(id))];
    };
    return total < firstHits
      ? { total: most, hits: all(), all: null }
      : { total: most, hits: first.hits, all };
  }

  #hits(list: ListName, to: number): Hit[] {
    const listed = this.#found[list];
    if (listed.all && to > listed.hits.length) {
      listed.hits = listed.all();
      listed.all = null;
    }
    return listed.hits;
  }

  /** Rows of what was found last, from `from` to before `to`, with their next start as of `now`. */
  rows(list: ListName, from: number, to: number, now: number): FoundRow[] {
    return this.#hits(list, to)
      .slice(from, to)
      .map(({ id, distanceKm }) => {
        const listing = this.#listing(id);
        return { ...listing, distanceKm, next: nextOccurrence(listing.meeting, now) };
      });
  }

  /** Latitude and longitude of what was found near, in the order of the list; not a number without. */
  points(): Float32Array {
    const { total } = this.#found.near;
    const points = new Float32Array(total * 2);
    this.#hits('near', total).forEach(({ id }, n) => {
      const { position } = this.#pack(id).place(this.#row(id));
      points[n * 2] = position?.lat ?? Number.NaN;
      points[n * 2 + 1] = position?.lng ?? Number.NaN;
    });
    return points;
  }

  /** Places that the listings themselves name. */
  get places(): PlaceIndex {
    this.#places ??= buildPlaces(this.#parts.flatMap((part) => part.placesOf()));
    return this.#places;
  }
}
