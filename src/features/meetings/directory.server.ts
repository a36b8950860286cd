import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { onAnnouncement } from '../../platform/announcements.ts';
import type {
  DirectoryReader,
  DirectorySource,
  DirectoryView,
  ServiceBody,
} from './directory.rules.ts';
import { type Change, DirectoryCopy } from './directory-copy.server.ts';
import type { StoredRow } from './meeting-store.server.ts';

interface ListRow {
  [column: string]: unknown;
  id: string;
  name: string;
  demo: boolean;
  version: number;
  bodyId: string;
}

type Counted = { count: number };
/** A row whose listing is JSON still; null: it is not published any more. */
type ReadRow = Omit<StoredRow, 'listing'> & { [column: string]: unknown; listing: string | null };

const bodiesNow = `SELECT b.id, b.number, b.name, b.kind, b.parent_id AS "parentId",
    coalesce(p.number, 0) AS "parentNumber", b.website, b.helpline, b.world_id AS "worldId", b.demo
  FROM service_body b LEFT JOIN service_body p ON p.id = b.parent_id ORDER BY b.number`;

const listsNow = `SELECT id, name, demo, version, service_body_id AS "bodyId"
  FROM meeting_list WHERE published ORDER BY id`;

// Listings come as text and are read one at a time: a page of objects would outlive the collection of
// what is young, with everything made meanwhile, and a million of them keep 400 MB and 40 ms each time.
const changesOf = `SELECT id, number, changed_at AS "changedAt", listing::text AS listing
  FROM app.directory_changes($1, $2)`;

const countOf = 'SELECT count(*) AS count FROM meeting WHERE list_id = $1 AND published';

const countOfAll = 'SELECT count(*) AS count FROM meeting WHERE published';

const meetingsOf = `DECLARE directory_page NO SCROLL CURSOR FOR
  SELECT id, number, changed_at AS "changedAt", listing::text AS listing FROM meeting
  WHERE list_id = '$1' AND published`;

/** Rows read at a time: decoding them keeps others waiting for a few milliseconds. */
const page = 250;
/** Lists up to this size are counted after a change; counting a million takes PostgreSQL too long. */
const countable = 20_000;
/** How long a copy is believed before the database is asked whether a list has changed, in ms. */
const believed = 2000;
/** How long somebody waits for a copy that another is renewing, before taking the old one, in ms. */
const patience = 300;

/**
 * The published directory in the memory of this process. PostgreSQL stays the source: a list's
 * version tells that it changed, and a meeting's that it is newer than the copy.
 */
class Directory implements DirectorySource {
  #copy = new DirectoryCopy();
  #checkedAt = Number.NEGATIVE_INFINITY;
  #checking: Promise<void> | null = null;
  #state = '';
  /** What of each list the copy holds. */
  #lists = new Map<string, ListRow>();

  async current(reader: DirectoryReader): Promise<DirectoryView> {
    while (!this.#copy.view || performance.now() - this.#checkedAt >= believed) {
      if (this.#checking) {
        // The transaction that it is read in is another's: wait for it, but not for ever.
        const waited = this.#checking.catch(() => {});
        const { view } = this.#copy;
        if (!view) await waited;
        else if ((await Promise.race([waited, setTimeout(patience, view)])) === view) return view;
        continue;
      }
      this.#checking = this.#check(reader).finally(() => {
        this.#checking = null;
      });
      await this.#checking;
    }
    return this.#copy.view;
  }

  /** Asks the database at the next search; for the process that has just changed something. */
  expire(): void {
    this.#checkedAt = Number.NEGATIVE_INFINITY;
  }

  async #check(reader: DirectoryReader): Promise<void> {
    const asked = performance.now();
    this.#checkedAt = asked;
    try {
      const lists = await reader.query<ListRow>(listsNow);
      const bodies = await reader.query<ServiceBody & Record<string, unknown>>(bodiesNow);
      const state = createHash('sha256').update(JSON.stringify([lists, bodies]));
      const version = state.digest('base64url').slice(0, 16);
      if (version !== this.#state || !this.#copy.view) {
        await this.#renew(reader, lists, bodies, version);
        this.#state = version;
      }
    } catch (error) {
      this.#checkedAt = Number.NEGATIVE_INFINITY;
      throw error;
    }
  }

  async #renew(
    reader: DirectoryReader,
    lists: readonly ListRow[],
    bodies: readonly ServiceBody[],
    version: string,
  ): Promise<void> {
    const [counted] = this.#copy.view ? [] : await reader.query<Counted>(countOfAll);
    // Room for all at once: growing under way would copy it again and again.
    if (counted) this.#copy = new DirectoryCopy(counted.count);
    const change = this.#copy.change(counted?.count);
    try {
      const kept = new Set(lists.map((list) => list.id));
      for (const id of this.#lists.keys()) if (!kept.has(id)) await change.removeList(id);
      const numbers = new Map(bodies.map((body) => [body.id, body.number]));
      for (const list of lists) {
        const { id, name, demo, bodyId } = list;
        const facts = { id, name, demo, bodyId, bodyNumber: numbers.get(bodyId) ?? 0 };
        await this.#readList(reader, change, change.list(facts), list);
      }
      await change.publish(version, bodies);
    } catch (error) {
      change.abandon();
      throw error;
    }
    this.#lists = new Map(lists.map((list) => [list.id, list]));
  }

  async #readList(
    reader: DirectoryReader,
    change: Change,
    place: number,
    list: ListRow,
  ): Promise<void> {
    const held = this.#lists.get(list.id);
    if (held?.version === list.version) return;
    const take = ({ id, number, changedAt, listing }: ReadRow) => {
      if (listing === null) change.remove(id);
      else change.put(place, { id, number, changedAt, listing: JSON.parse(listing) });
    };
    if (held) {
      const rows = await reader.query<ReadRow>(changesOf, [list.id, held.version]);
      for (const row of rows) take(row);
      // Whoever changed a listing without saying so in its version is found out by the count.
      const expected = change.countOf(list.id);
      const [counted] = expected > countable ? [] : await reader.query<Counted>(countOf, [list.id]);
      if (rows.length > 0 && (!counted || counted.count === expected)) return;
      await change.removeList(list.id);
    }
    await reader.query(meetingsOf.replace('$1', list.id));
    for (;;) {
      const rows = await reader.query<ReadRow>(`FETCH ${page} FROM directory_page`);
      for (const row of rows) take(row);
      if (rows.length < page) break;
    }
    await reader.query('CLOSE directory_page');
  }
}

/** This process's directory. */
export const directory = new Directory();
onAnnouncement('directory', () => directory.expire());
