import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { uuidv7 } from '../../kit/id.ts';
import type { Transaction } from '../../platform/database.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { oneLine } from '../meetings/plain-text.rules.ts';
import {
  type ListAnswer,
  ListReading,
  type ReadList,
  type RowReport,
  rowsOf,
} from './read-list.rules.ts';

/** What an import would do, or has done, to a list. */
export interface Difference {
  added: number;
  changed: number;
  same: number;
  gone: number;
}

/** Reads a list without keeping the server from its other work for longer than a moment. */
export async function readListGently(
  body: Uint8Array,
  facts: { fellowship: string | null; timeZone: string | null },
): Promise<ListAnswer> {
  const raws = rowsOf(body);
  if (!Array.isArray(raws)) return { ok: false, ...raws };
  const reading = new ListReading(facts);
  for (const [index, raw] of raws.entries()) {
    reading.add(raw);
    if (index % 200 === 199) await setImmediate();
  }
  return reading.list;
}

type Writer = Pick<Transaction, 'query'>;
type Taken = Extract<RowReport, { taken: true }>;

interface Stored {
  id: string;
  key: string;
  listing: Meeting;
  published: boolean;
}

const takenRows = (read: ReadList) => read.rows.filter((row): row is Taken => row.taken);

async function storedMeetings(tx: Writer, listId: string): Promise<Map<string, Stored>> {
  const rows = await tx.query<Stored & Record<string, unknown>>(
    'SELECT id, key, listing, published FROM meeting WHERE list_id = $1',
    [listId],
  );
  return new Map(rows.map((row) => [row.key, row]));
}

function same(stored: Stored, meeting: Meeting): boolean {
  return stored.published && isDeepStrictEqual(stored.listing, meeting);
}

/** Compares a list that was read with what is stored under `listId`; null: a new list. */
export async function differenceOf(
  tx: Writer,
  listId: string | null,
  read: ReadList,
): Promise<Difference> {
  const stored = listId ? await storedMeetings(tx, listId) : new Map<string, Stored>();
  const difference = { added: 0, changed: 0, same: 0, gone: 0 };
  const named = new Set<string>();
  for (const { meeting } of takenRows(read)) {
    named.add(meeting.key);
    if (named.size % 500 === 0) await setImmediate();
    const before = stored.get(meeting.key);
    difference[!before ? 'added' : same(before, meeting) ? 'same' : 'changed']++;
  }
  for (const { key, published } of stored.values())
    if (published && !named.has(key)) difference.gone++;
  return difference;
}

/** More than this share, and more than 20 listings, that vanish at once ask a person. */
export function isManyGone({ gone, same: kept, changed }: Difference): boolean {
  return gone > 20 || gone > (gone + kept + changed) * 0.1;
}

const batch = 500;

async function inBatches<T>(items: T[], work: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < items.length; at += batch) await work(items.slice(at, at + batch));
}

const upsert = `INSERT INTO meeting (id, list_id, service_body_id, key, listing)
  SELECT (r->>'id')::uuid, $2, $3, r->>'key', r->'listing' FROM jsonb_array_elements($1) r
  ON CONFLICT ON CONSTRAINT meeting_key DO UPDATE
    SET listing = excluded.listing, published = true, gone_at = NULL, changed_at = now()`;

const unpublish = `UPDATE meeting SET published = false, gone_at = now(), changed_at = now()
  WHERE list_id = $1 AND published AND NOT key = ANY ($2)`;

const report = `INSERT INTO list_import_row
    (import_id, service_body_id, row_number, name, meeting_id, refused, detail, warnings, raw)
  SELECT $2, $3, (r->>'row')::int, r->>'name', (r->>'meetingId')::uuid, r->>'refused', r->>'detail',
    r->'warnings', r->'raw' FROM jsonb_array_elements($1) r`;

/** JSON that PostgreSQL takes: its text has no NUL and no half of a surrogate pair. */
function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(/\\\\|\\u0000|\\ud[89a-f][0-9a-f]{2}/g, (found) =>
    found === '\\\\' ? found : found === '\\u0000' ? '' : '\ufffd',
  );
}

function nameOf(raw: unknown): string {
  const name = typeof raw === 'object' && raw !== null ? (raw as { name?: unknown }).name : raw;
  return oneLine(name).slice(0, 200);
}

/**
 * Stores a list that was read: new and changed listings, the report of every row, and, where
 * `unpublishGone`, the end of those that it no longer names. The ids of listings stay.
 */
export async function storeList(
  tx: Writer,
  target: { listId: string; bodyId: string; importId: string; unpublishGone: boolean },
  read: ReadList,
): Promise<Difference> {
  const { listId, bodyId, importId } = target;
  const difference = await differenceOf(tx, listId, read);
  const stored = await storedMeetings(tx, listId);
  const taken = takenRows(read);
  const ids = new Map<string, string>();
  for (const { meeting } of taken) ids.set(meeting.key, stored.get(meeting.key)?.id ?? uuidv7());
  const toWrite = taken.filter(({ meeting }) => {
    const before = stored.get(meeting.key);
    return !before || !same(before, meeting);
  });
  await inBatches(toWrite, (some) => {
    const rows = some.map(({ meeting }) => ({
      id: ids.get(meeting.key),
      key: meeting.key,
      listing: meeting,
    }));
    return tx.query(upsert, [jsonText(rows), listId, bodyId]);
  });
  if (target.unpublishGone) await tx.query(unpublish, [listId, [...ids.keys()]]);
  await inBatches(read.rows, (some) => {
    const rows = some.map((row) => ({
      row: row.row,
      name: nameOf(row.raw),
      meetingId: row.taken ? ids.get(row.meeting.key) : null,
      refused: row.taken ? null : row.refused,
      detail: row.taken ? null : (row.detail ?? null),
      warnings: row.taken ? row.warnings : [],
      raw: row.raw,
    }));
    return tx.query(report, [jsonText(rows), importId, bodyId]);
  });
  return target.unpublishGone ? difference : { ...difference, gone: 0 };
}
