import type {
  DirectoryChanges,
  DirectoryQuery,
  DirectoryView,
  Published,
  ServiceBody,
} from './directory.rules.ts';
import type { Bits, MeetingStore } from './meeting-store.server.ts';
import type { PlaceIndex } from './place-lookup.rules.ts';
import { find, type IndexPart } from './search.rules.ts';
import type { MeetingIndex } from './search-index.rules.ts';
import type { MeetingQuery, Wanted } from './search-query.rules.ts';

/** What a view is made of; the copy makes it, and never changes it afterwards. */
export interface ViewOf {
  version: string;
  store: MeetingStore;
  memory: object;
  indexes: readonly MeetingIndex[];
  gone: Bits;
  /** Places from here on are of a later view. */
  limit: number;
  count: number;
  bodies: readonly ServiceBody[];
  fellowshipCounts: ReadonlyMap<string, number>;
  facetCounts: ReadonlyMap<string, number>;
  places(view: DirectoryView): PlaceIndex;
  changesSince(version: string): DirectoryChanges | null;
}

/** The directory at one moment, over the store that all moments share. */
export class View implements DirectoryView {
  readonly #of: ViewOf;
  readonly #parts: IndexPart[];
  readonly #counts: (n: number) => boolean;
  #zones: string[] | undefined;

  constructor(of: ViewOf) {
    this.#of = of;
    const { gone, limit } = of;
    const isGone = (n: number) => gone.has(n);
    this.#parts = of.indexes.map((index) => ({ index, isGone }));
    this.#counts = (n) => n < limit && !gone.has(n);
  }

  get version(): string {
    return this.#of.version;
  }

  get memory(): object {
    return this.#of.memory;
  }

  get count(): number {
    return this.#of.count;
  }

  get bodies(): readonly ServiceBody[] {
    return this.#of.bodies;
  }

  get fellowshipCounts(): ReadonlyMap<string, number> {
    return this.#of.fellowshipCounts;
  }

  get facetCounts(): ReadonlyMap<string, number> {
    return this.#of.facetCounts;
  }

  get places(): PlaceIndex {
    return this.#of.places(this);
  }

  get zones(): readonly string[] {
    if (this.#zones) return this.#zones;
    const counts = new Map<string, number>();
    for (const { zones, zoneOf } of this.#of.indexes) {
      const own = new Uint32Array(zones.length);
      for (const zone of zoneOf) own[zone] = (own[zone] as number) + 1;
      for (const [n, zone] of zones.entries())
        counts.set(zone, (counts.get(zone) ?? 0) + (own[n] as number));
    }
    this.#zones = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
    return this.#zones;
  }

  at(n: number): Published {
    return this.#of.store.at(n);
  }

  idOf(n: number): string {
    return this.#of.store.idOf(n);
  }

  byId(id: string): Published | undefined {
    const n = this.#of.store.byId(id, this.#counts);
    return n === undefined ? undefined : this.at(n);
  }

  byNumber(number: number): Published | undefined {
    const n = this.#of.store.byNumber(number, this.#counts);
    return n === undefined ? undefined : this.at(n);
  }

  placeOf(id: string): number | undefined {
    return this.#of.store.byId(id, this.#counts);
  }

  *all(): Generator<number> {
    for (const { idOf } of this.#of.indexes) for (const n of idOf) if (this.#counts(n)) yield n;
  }

  search(query: DirectoryQuery) {
    return this.find(query).hits;
  }

  find(query: DirectoryQuery, wanted?: Wanted) {
    return find(this.#parts, this.#plain(query), wanted);
  }

  /** Bodies are known here, to the index only their lists. */
  #plain({ bodies, ...query }: DirectoryQuery): MeetingQuery {
    if (!bodies) return query;
    const wanted = new Set(bodies);
    const lists = this.#of.store.lists.flatMap(({ id, bodyId }) =>
      wanted.has(bodyId) && (!query.lists || query.lists.includes(id)) ? [id] : [],
    );
    return { ...query, lists };
  }

  changesSince(version: string): DirectoryChanges | null {
    return this.#of.changesSince(version);
  }
}
