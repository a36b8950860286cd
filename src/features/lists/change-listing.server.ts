import { uuidv7 } from '../../kit/id.ts';
import type { Transaction } from '../../platform/database.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import {
  changedFields,
  fieldValue,
  type ListingField,
  type Locked,
  sameValue,
} from './listing-fields.rules.ts';
import { lockedAfter, mergeListing } from './merge-listing.rules.ts';

type Asks = Pick<Transaction, 'query'>;

/** A listing as the database keeps it. */
export interface StoredListing {
  id: string;
  list_id: string;
  service_body_id: string;
  source_id: string | null;
  key: string;
  listing: Meeting;
  sourced: Meeting | null;
  locked: Locked;
  published: boolean;
  draft: boolean;
  gone_at: string | null;
  twin_of: string | null;
  version: number;
}

const columns = `id, list_id, service_body_id, source_id, key, listing, sourced, locked, published, draft,
  gone_at, twin_of, version`;

/**
 * A listing of a body in which the asker has a part, or null. Of others one sees what everybody sees,
 * and that is not here. `lock` keeps it from others until the transaction ends.
 */
export async function storedListing(
  tx: Asks,
  id: string,
  lock = false,
): Promise<StoredListing | null> {
  const rows = await tx.query<StoredListing & Record<string, unknown>>(
    `SELECT ${columns} FROM meeting WHERE id = $1 AND app.helps(service_body_id)${
      lock ? ' AND app.serves_listing(service_body_id, listing) FOR UPDATE' : ''
    }`,
    [id],
  );
  return rows[0] ?? null;
}

/** Several of one body, in the order of their ids. Those that one may not change are left out. */
export async function storedListings(
  tx: Asks,
  bodyId: string,
  ids: readonly string[],
  lock = true,
): Promise<StoredListing[]> {
  return tx.query<StoredListing & Record<string, unknown>>(
    `SELECT ${columns} FROM meeting WHERE service_body_id = $1 AND id = ANY ($2)
       AND app.serves_listing(service_body_id, listing) ORDER BY id${lock ? ' FOR UPDATE' : ''}`,
    [bodyId, ids],
  );
}

/** Whether the asker may make a listing of this body read so. */
export async function mayWrite(tx: Asks, bodyId: string, listing: Meeting): Promise<boolean> {
  const found = await tx.query('SELECT WHERE app.serves_listing($1, $2::jsonb)', [
    bodyId,
    JSON.stringify(listing),
  ]);
  return found.length > 0;
}

/** What becomes of one listing; what is left out stays. */
export interface ListingWrite {
  row: StoredListing;
  listing?: Meeting;
  locked?: Locked;
  draft?: boolean;
  twinOf?: string | null;
}

type EventKind = 'new' | 'change' | 'delete' | 'back' | 'closure' | 'merged' | 'roll-back';

/** A correction by hand: new values of fields, locked against the source where it says otherwise. */
export function corrected(
  row: StoredListing,
  changes: Readonly<Partial<Record<ListingField, unknown>>>,
): ListingWrite {
  return {
    row,
    listing: mergeListing(row.listing, changes as Locked),
    locked: lockedAfter(row.sourced, row.locked, changes),
  };
}

/** The source speaks again for some fields. Null without a source. */
export function released(row: StoredListing, fields: readonly ListingField[]): ListingWrite | null {
  const { sourced } = row;
  if (!sourced) return null;
  return corrected(
    row,
    Object.fromEntries(fields.map((field) => [field, fieldValue(sourced, field)])),
  );
}

const update = `UPDATE meeting m SET listing = r.listing, locked = r.locked, draft = r.draft,
    twin_of = r.twin_of, version = $2, changed_at = now()
  FROM jsonb_to_recordset($1) AS r(id uuid, listing jsonb, locked jsonb, draft boolean, twin_of uuid)
  WHERE m.id = r.id RETURNING m.id`;

const remember = `INSERT INTO meeting_event
    (id, meeting_id, service_body_id, kind, account_id, before, after, fields)
  SELECT r.id, r.meeting_id, r.service_body_id, $2, $3, r.before, r.after, r.fields
  FROM jsonb_to_recordset($1) AS r(id uuid, meeting_id uuid, service_body_id uuid, before jsonb,
    after jsonb, fields text[])`;

const batch = 500;

interface Raised extends Record<string, unknown> {
  version: number;
  at: string;
}
const raiseVersion = 'SELECT app.list_changed($1) AS version, now() AS at';

/** A listing that a person changed here was changed now, whatever its source says of it. */
function dated(write: ListingWrite, at: string | null): ListingWrite {
  const { row, listing } = write;
  if (!listing || changedFields(row.listing, listing).length === 0) return write;
  return { ...write, listing: { ...listing, updatedAt: at } };
}

/**
 * Writes listings with their history, and raises the versions of their lists. The rows must be locked
 * (storedListing with `lock`, storedListings). Answers how many there were. The caller announces
 * 'directory' after the commit.
 */
export async function writeListings(
  tx: Asks,
  writes: readonly ListingWrite[],
  kind: EventKind,
  accountId: string | null,
): Promise<number> {
  const byList = Map.groupBy(writes, (write) => write.row.list_id);
  for (const [listId, some] of byList) {
    const [raised] = await tx.query<Raised>(raiseVersion, [listId]);
    for (let at = 0; at < some.length; at += batch) {
      const part = some.slice(at, at + batch).map((one) => dated(one, raised?.at ?? null));
      const rows = part.map(({ row, listing, locked, draft, twinOf }) => ({
        id: row.id,
        listing: listing ?? row.listing,
        locked: locked ?? row.locked,
        draft: draft ?? row.draft,
        twin_of: twinOf === undefined ? row.twin_of : twinOf,
      }));
      const done = await tx.query(update, [JSON.stringify(rows), raised?.version ?? 1]);
      if (done.length !== part.length) throw new Error('A listing was not there to be written.');
      const events = part.map(({ row, listing }) => ({
        id: uuidv7(),
        meeting_id: row.id,
        service_body_id: row.service_body_id,
        before: row.listing,
        after: listing ?? row.listing,
        fields: listing ? changedFields(row.listing, listing) : [],
      }));
      await tx.query(remember, [JSON.stringify(events), kind, accountId]);
    }
  }
  return writes.length;
}

/** A listing written by hand; its first event says so. False when the id is taken. */
export async function insertListing(
  tx: Asks,
  target: { id: string; listId: string; bodyId: string; draft: boolean },
  listing: Meeting,
  accountId: string,
): Promise<boolean> {
  const { id, listId, bodyId, draft } = target;
  const [raised] = await tx.query<Raised>(raiseVersion, [listId]);
  const dated = { ...listing, updatedAt: raised?.at ?? null };
  const made = await tx.query(
    `INSERT INTO meeting (id, list_id, service_body_id, key, listing, draft, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING id`,
    [id, listId, bodyId, listing.key, JSON.stringify(dated), draft, raised?.version ?? 1],
  );
  if (made.length === 0) return false;
  const event = { id: uuidv7(), meeting_id: id, service_body_id: bodyId, before: null };
  await tx.query(remember, [
    JSON.stringify([{ ...event, after: dated, fields: [] }]),
    'new',
    accountId,
  ]);
  return true;
}

/** One event of a listing, as undoing needs it. */
interface EventRow {
  number: number;
  kind: string;
  before: Meeting | null;
  after: Meeting | null;
  fields: string[];
}

/**
 * What takes one change back: the values from before it. Null where it changed no field, and the
 * fields that something later touched where there are any: that would be lost.
 */
export async function undoOf(
  tx: Asks,
  row: StoredListing,
  number: number,
): Promise<ListingWrite | { later: string[] } | null> {
  const [event] = await tx.query<EventRow & Record<string, unknown>>(
    `SELECT number, kind, before, after, fields FROM meeting_event
     WHERE meeting_id = $1 AND number = $2`,
    [row.id, number],
  );
  const { before, after } = event ?? {};
  if (!before || !after) return null;
  const fields = changedFields(before, after).filter((field) => field !== 'closure');
  if (fields.length === 0) return null;
  const later = fields.filter(
    (field) => !sameValue(fieldValue(row.listing, field), fieldValue(after, field)),
  );
  if (later.length > 0) return { later };
  return corrected(
    row,
    Object.fromEntries(fields.map((field) => [field, fieldValue(before, field)])),
  );
}
