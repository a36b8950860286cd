import { isDeepStrictEqual } from 'node:util';
import { onAnnouncement } from '../../platform/announcements.ts';
import type { Transaction } from '../../platform/database.ts';
import type { Meeting } from './meeting.rules.ts';
import { buildPlaces, type PlaceIndex } from './place-lookup.rules.ts';
import { buildIndex, type MeetingIndex, searchableOf } from './search-index.rules.ts';

/** A published meeting with what the database adds. */
export interface Published {
  id: string;
  listName: string;
  demo: boolean;
  meeting: Meeting;
}

/** The directory as it stood at one moment; never changed, only replaced. */
export interface Snapshot {
  version: string;
  meetings: readonly Published[];
  byId: ReadonlyMap<string, Published>;
  index: MeetingIndex;
  places: PlaceIndex;
}

interface ListRow {
  id: string;
  name: string;
  demo: boolean;
  version: number;
}

type Reader = Pick<Transaction, 'query'>;

/** How long a copy is believed before the database is asked whether a list has changed, in ms. */
const believed = 2000;

/**
 * The published directory in the memory of this process. PostgreSQL stays the source: a list's
 * version tells that it changed, and only changed lists are read again.
 */
class Directory {
  #snapshot: Snapshot | null = null;
  #checkedAt = Number.NEGATIVE_INFINITY;
  readonly #lists = new Map<string, { row: ListRow; meetings: Published[] }>();

  /** The copy if it is fresh enough, without a statement; null when the database has to be asked. */
  fresh(): Snapshot | null {
    return performance.now() - this.#checkedAt < believed ? this.#snapshot : null;
  }

  /** The directory, at most two seconds old. */
  async current(reader: Reader): Promise<Snapshot> {
    const fresh = this.fresh();
    if (fresh) return fresh;
    const asked = performance.now();
    const lists = await reader.query<ListRow & Record<string, unknown>>(
      'SELECT id, name, demo, version FROM meeting_list WHERE published ORDER BY id',
    );
    const version = lists.map((list) => `${list.id}:${list.version}`).join(' ') || 'empty';
    if (this.#snapshot?.version !== version)
      this.#snapshot = await this.#load(reader, lists, version);
    this.#checkedAt = asked;
    return this.#snapshot;
  }

  /** Asks the database at the next search; for the process that has just changed something. */
  expire(): void {
    this.#checkedAt = Number.NEGATIVE_INFINITY;
  }

  async #load(reader: Reader, lists: ListRow[], version: string): Promise<Snapshot> {
    const kept = new Set(lists.map((list) => list.id));
    for (const id of this.#lists.keys()) if (!kept.has(id)) this.#lists.delete(id);
    for (const list of lists) {
      if (isDeepStrictEqual(this.#lists.get(list.id)?.row, list)) continue;
      const rows = await reader.query<{ id: string; listing: Meeting }>(
        'SELECT id, listing FROM meeting WHERE list_id = $1 AND published ORDER BY id',
        [list.id],
      );
      const meetings = rows.map(({ id, listing }) => ({
        id,
        listName: list.name,
        demo: list.demo,
        meeting: listing,
      }));
      this.#lists.set(list.id, { row: list, meetings });
    }
    const meetings = lists.flatMap((list) => this.#lists.get(list.id)?.meetings ?? []);
    return {
      version,
      meetings,
      byId: new Map(meetings.map((published) => [published.id, published])),
      index: buildIndex(meetings.length, (i) => searchableOf((meetings[i] as Published).meeting)),
      places: buildPlaces(meetings.map((published) => published.meeting)),
    };
  }
}

/** This process's directory. */
export const directory = new Directory();
onAnnouncement('directory', () => directory.expire());
