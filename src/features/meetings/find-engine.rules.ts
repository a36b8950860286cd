import { type FindFilter, isReachable, queryOf } from './find-filter.rules.ts';
import type { Meeting, Position } from './meeting.rules.ts';
import { isAnywhere } from './pack-cells.rules.ts';
import type { PackedFellowship, PackedListing } from './pack-format.rules.ts';
import type { Pack } from './pack-read.rules.ts';
import {
  buildPlaces,
  type KnownPlace,
  type PlaceIndex,
  placesTyped,
} from './place-lookup.rules.ts';
import { canBeReached } from './reach.rules.ts';
import { search } from './search.rules.ts';
import { buildIndex } from './search-build.rules.ts';
import type { MeetingIndex } from './search-index.rules.ts';
import type { Hit } from './search-query.rules.ts';

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
}

/** A meeting with its fellowship; null where the pack does not know that one. */
export interface KnownMeeting extends PackedListing {
  fellowship: PackedFellowship | null;
}

/** A pack and the rows of it that no longer hold. */
export interface Source {
  pack: Pack;
  forgotten: ReadonlySet<number>;
}

/** What there is to choose from. */
export interface Offer {
  meetings: number;
  fellowships: PackedFellowship[];
  facets: string[];
}

/** Lists of meetings on this device, searched there. */
export class Finder {
  readonly #packs: Pack[];
  /** For each meeting its pack, and its row there. */
  readonly #packOf: Uint8Array;
  readonly #rowOf: Uint32Array;
  readonly #index: MeetingIndex;
  #places: PlaceIndex | undefined;
  #ids: Map<string, number> | undefined;
  #found: Record<ListName, Hit[]> = { near: [], anywhere: [] };

  constructor(sources: readonly Source[]) {
    this.#packs = sources.map(({ pack }) => pack);
    const most = sources.reduce((sum, { pack }) => sum + pack.count, 0);
    const packOf = new Uint8Array(most);
    const rowOf = new Uint32Array(most);
    let count = 0;
    sources.forEach(({ pack, forgotten }, source) => {
      for (let row = 0; row < pack.count; row++) {
        if (forgotten.has(row)) continue;
        packOf[count] = source;
        rowOf[count++] = row;
      }
    });
    this.#packOf = packOf.subarray(0, count);
    this.#rowOf = rowOf.subarray(0, count);
    this.#index = buildIndex(count, (id) => this.#pack(id).searchable(this.#row(id)));
  }

  get count(): number {
    return this.#rowOf.length;
  }

  #pack(id: number): Pack {
    return this.#packs[this.#packOf[id] as number] as Pack;
  }

  #row(id: number): number {
    return this.#rowOf[id] as number;
  }

  #listing(id: number): PackedListing {
    return this.#pack(id).listing(this.#row(id));
  }

  offer(): Offer {
    const fellowships = new Map<string, PackedFellowship>();
    for (const { head } of this.#packs)
      for (const one of head.fellowships) {
        const known = fellowships.get(one.id);
        fellowships.set(one.id, { ...one, types: { ...known?.types, ...one.types } });
      }
    const facets = new Set<string>();
    for (const pack of this.#packs) for (const facet of pack.facets()) facets.add(facet);
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
    const { filter, near } = question;
    const found = this.#hits(question, near);
    this.#found = { near: found, anywhere: [] };
    if (near && !filter.nearest) {
      const there = new Set(found.map(({ id }) => id));
      const worded = filter.text.trim() !== '';
      this.#found.anywhere = this.#hits(question, null).filter(
        ({ id }) => !there.has(id) && this.#isFromAnywhere(id, worded),
      );
    }
    return { near: this.#found.near.length, anywhere: this.#found.anywhere.length };
  }

  /** Online ones; and by their words also those of which nobody knows where they are. */
  #isFromAnywhere(id: number, worded: boolean): boolean {
    const { attendance, position } = this.#pack(id).searchable(this.#row(id));
    if (!isAnywhere({ attendance, place: { position } as Meeting['place'] })) return false;
    return worded || (attendance !== 'in-person' && attendance !== 'inactive');
  }

  #hits({ filter, now, zone }: FindQuestion, near: Position | null): Hit[] {
    const query = queryOf(filter, near, now, zone);
    const hits = search(this.#index, query);
    if (isReachable(filter))
      return hits.filter(({ id, startsIn, distanceKm }) => {
        const attendance = this.#pack(id).attendance(this.#row(id));
        return startsIn === null || canBeReached(attendance, startsIn, distanceKm);
      });
    if (filter.when !== 'any' || filter.after || filter.before) return hits;
    // By appointment, or with no further date: after all that have a time.
    const timed = new Set(hits.map(({ id }) => id));
    const { now: _now, withinMinutes: _within, ...timeless } = query;
    const others = search(this.#index, timeless).filter(({ id }) => !timed.has(id));
    return query.near?.nearest ? hits : [...hits, ...others];
  }

  /** Rows of what was found last, from `from` to before `to`. */
  rows(list: ListName, from: number, to: number): FoundRow[] {
    return this.#found[list]
      .slice(from, to)
      .map(({ id, distanceKm }) => ({ ...this.#listing(id), distanceKm }));
  }

  /** Latitude and longitude of what was found near, in the order of the list; not a number without. */
  points(): Float32Array {
    const points = new Float32Array(this.#found.near.length * 2);
    this.#found.near.forEach(({ id }, n) => {
      const { position } = this.#pack(id).searchable(this.#row(id));
      points[n * 2] = position?.lat ?? Number.NaN;
      points[n * 2 + 1] = position?.lng ?? Number.NaN;
    });
    return points;
  }

  /** Places of the listings themselves that fit what was typed. */
  placesTyped(typed: string): KnownPlace[] {
    const all = Array.from(this.#rowOf, (row, id) => ({ place: this.#pack(id).place(row) }));
    this.#places ??= buildPlaces(all);
    return placesTyped(this.#places, typed);
  }
}
