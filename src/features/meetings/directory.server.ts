import { onAnnouncement } from '../../platform/announcements.ts';
import type {
  DirectoryReader,
  DirectorySource,
  DirectoryView,
  Published,
  ServiceBody,
} from './directory.rules.ts';
import type { Meeting } from './meeting.rules.ts';
import { buildPlaces, type PlaceIndex } from './place-lookup.rules.ts';
import { find, search } from './search.rules.ts';
import { buildIndex } from './search-build.rules.ts';
import { type MeetingIndex, searchableOf } from './search-index.rules.ts';
import type { MeetingQuery, Wanted } from './search-query.rules.ts';

interface ListRow {
  [column: string]: unknown;
  id: string;
  name: string;
  demo: boolean;
  version: number;
  bodyId: string;
}

const bodiesNow = `SELECT b.id, b.number, b.name, b.kind, b.parent_id AS "parentId",
    coalesce(p.number, 0) AS "parentNumber", b.website, b.helpline, b.world_id AS "worldId", b.demo
  FROM service_body b LEFT JOIN service_body p ON p.id = b.parent_id ORDER BY b.number`;

const listsNow = `SELECT id, name, demo, version, service_body_id AS "bodyId"
  FROM meeting_list WHERE published ORDER BY id`;

const meetingsOf = `SELECT id, number, changed_at AS "changedAt", listing
  FROM meeting WHERE list_id = $1 AND published ORDER BY id`;

/** How long a copy is believed before the database is asked whether a list has changed, in ms. */
const believed = 2000;

class View implements DirectoryView {
  readonly version: string;
  readonly bodies: readonly ServiceBody[];
  readonly #meetings: readonly Published[];
  readonly #index: MeetingIndex;
  readonly #byId: ReadonlyMap<string, Published>;
  #byNumber: ReadonlyMap<number, Published> | undefined;
  #places: PlaceIndex | undefined;
  readonly fellowshipCounts = new Map<string, number>();
  readonly facetCounts = new Map<string, number>();

  constructor(version: string, bodies: ServiceBody[], meetings: readonly Published[]) {
    this.version = version;
    this.bodies = bodies;
    this.#meetings = meetings;
    this.#byId = new Map(meetings.map((published) => [published.id, published]));
    this.#index = buildIndex(meetings.length, (i) => {
      const { meeting, listId } = this.at(i);
      return searchableOf(meeting, listId);
    });
    const count = (counts: Map<string, number>, id: string) =>
      counts.set(id, (counts.get(id) ?? 0) + 1);
    for (const { meeting } of meetings) {
      count(this.fellowshipCounts, meeting.fellowship);
      for (const facet of meeting.facets) count(this.facetCounts, facet);
    }
  }

  get count() {
    return this.#meetings.length;
  }

  get zones() {
    return this.#index.zones;
  }

  get places() {
    this.#places ??= buildPlaces(this.#meetings.map((published) => published.meeting));
    return this.#places;
  }

  at(n: number): Published {
    return this.#meetings[n] as Published;
  }

  byId(id: string) {
    return this.#byId.get(id);
  }

  byNumber(number: number) {
    this.#byNumber ??= new Map(this.#meetings.map((published) => [published.number, published]));
    return this.#byNumber.get(number);
  }

  all(): Iterable<number> {
    return this.#meetings.keys();
  }

  search(query: MeetingQuery) {
    return search(this.#index, query);
  }

  find(query: MeetingQuery, wanted: Wanted) {
    return find([{ index: this.#index, isGone: null }], query, wanted);
  }

  changesSince(version: string) {
    return version === this.version ? { changed: [], removed: [] } : null;
  }
}

/**
 * The published directory in the memory of this process. PostgreSQL stays the source: a list's
 * version tells that it changed, and only changed lists are read again.
 */
class Directory implements DirectorySource {
  #view: View | null = null;
  #state = '';
  #checkedAt = Number.NEGATIVE_INFINITY;
  readonly #lists = new Map<string, { state: string; meetings: Published[] }>();

  async current(reader: DirectoryReader): Promise<DirectoryView> {
    if (this.#view && performance.now() - this.#checkedAt < believed) return this.#view;
    const asked = performance.now();
    const lists = await reader.query<ListRow>(listsNow);
    const bodies = await reader.query<ServiceBody & Record<string, unknown>>(bodiesNow);
    const state = JSON.stringify([lists, bodies]);
    if (!this.#view || this.#state !== state) {
      this.#view = await this.#load(reader, lists, bodies);
      this.#state = state;
    }
    this.#checkedAt = asked;
    return this.#view;
  }

  /** Asks the database at the next search; for the process that has just changed something. */
  expire(): void {
    this.#checkedAt = Number.NEGATIVE_INFINITY;
  }

  async #load(reader: DirectoryReader, lists: ListRow[], bodies: ServiceBody[]): Promise<View> {
    const kept = new Set(lists.map((list) => list.id));
    for (const id of this.#lists.keys()) if (!kept.has(id)) this.#lists.delete(id);
    const numbers = new Map(bodies.map((body) => [body.id, body.number]));
    for (const list of lists) {
      const bodyNumber = numbers.get(list.bodyId) ?? 0;
      const state = JSON.stringify([list, bodyNumber]);
      if (this.#lists.get(list.id)?.state === state) continue;
      const rows = await reader.query<{
        id: string;
        number: number;
        changedAt: string;
        listing: Meeting;
      }>(meetingsOf, [list.id]);
      const meetings = rows.map(({ id, number, changedAt, listing }) => ({
        id,
        number,
        listId: list.id,
        listName: list.name,
        bodyId: list.bodyId,
        bodyNumber,
        demo: list.demo,
        changedAt,
        meeting: listing,
      }));
      this.#lists.set(list.id, { state, meetings });
    }
    const meetings = lists.flatMap((list) => this.#lists.get(list.id)?.meetings ?? []);
    const version = lists.map((list) => `${list.id}:${list.version}`).join('_') || 'empty';
    return new View(version, bodies, meetings);
  }
}

/** This process's directory. */
export const directory = new Directory();
onAnnouncement('directory', () => directory.expire());
