import { announce } from '../../platform/announcements.ts';
import { asSystem } from '../../platform/as-system.ts';
import type { Database, Transaction } from '../../platform/database.ts';
import { leaveLockedContacts, lockList } from './import-apply.server.ts';
import { type Asks, type ImportRow, importOf, tellProgress } from './import-state.server.ts';
import { settleImported } from './lookalikes.server.ts';

/** Changes of an import whose listing no longer stands as that import left it. */
const touched = `(CASE WHEN c.change = 'gone' THEN m.gone_at IS NULL
  ELSE m.gone_at IS NOT NULL OR m.listing IS DISTINCT FROM c.after->'listing'
    OR m.sourced IS DISTINCT FROM coalesce(c.after->'sourced', c.after->'listing') END)`;

const countTouched = `SELECT count(*) AS all, count(*) FILTER (WHERE ${touched}) AS touched
  FROM list_import_change c JOIN meeting m ON m.id = c.meeting_id WHERE c.import_id = $1`;

/** How many listings an import changed, and how many of them were changed again since. */
export async function touchedSince(
  tx: Asks,
  importId: string,
): Promise<{ all: number; touched: number }> {
  const [row] = await tx.query<{ all: number; touched: number }>(countTouched, [importId]);
  return row ?? { all: 0, touched: 0 };
}

const leaveTouched = `DELETE FROM list_import_change c USING meeting m
  WHERE c.import_id = $1 AND m.id = c.meeting_id AND ${touched}`;

const contactsGo = `DELETE FROM meeting_contact m USING list_import_change c
  WHERE c.import_id = $1 AND m.meeting_id = c.meeting_id AND c.after ? 'contacts'`;

const contactsCome = `INSERT INTO meeting_contact (meeting_id, service_body_id, place, name, email, phone)
  SELECT c.meeting_id, c.service_body_id, p.place, p.value->>'name', p.value->>'email', p.value->>'phone'
  FROM list_import_change c, jsonb_array_elements(c.before->'contacts') WITH ORDINALITY p(value, place)
  WHERE c.import_id = $1 AND c.before ? 'contacts'`;

/** As before: the listing, what its source said then, and whether it was gone. One that was new is gone. */
const restored = `UPDATE meeting m SET version = $2, changed_at = now(),
    listing = CASE WHEN c.change IN ('changed','back') THEN c.before->'listing' ELSE m.listing END,
    sourced = CASE WHEN c.change IN ('changed','back') THEN c.before->'sourced' ELSE m.sourced END,
    gone_at = CASE c.change WHEN 'added' THEN now() WHEN 'back' THEN (c.before->>'goneAt')::timestamptz ELSE NULL END
  FROM list_import_change c WHERE c.import_id = $1 AND m.id = c.meeting_id`;

const told = `INSERT INTO meeting_event (id, meeting_id, service_body_id, kind, account_id, import_id, before, after, fields)
  SELECT gen_random_uuid(), c.meeting_id, c.service_body_id, 'roll-back', $2, c.import_id,
    c.after->'listing', c.before->'listing', c.fields
  FROM list_import_change c WHERE c.import_id = $1`;

/** What was fetched is no longer what stands, so the next fetch asks for all of it. */
const forgetAnswer =
  'UPDATE list_source SET etag = NULL, last_modified = NULL WHERE id = $1 AND etag IS NOT NULL';

/** Takes an import in state `rollingBack` back within one transaction. */
async function rollBackWithin(tx: Transaction, row: ImportRow, by: string | null): Promise<void> {
  const [list] = await tx.query<{ version: number }>(
    'UPDATE meeting_list SET version = version + 1 WHERE id = $1 RETURNING version',
    [row.list_id],
  );
  // Also where none was found when it was asked for: an edit may have come in between.
  await tx.query(leaveTouched, [row.id]);
  await leaveLockedContacts(tx, row.id);
  await tx.query(restored, [row.id, list?.version]);
  await tx.query(told, [row.id, by]);
  await tx.query(contactsGo, [row.id]);
  await tx.query(contactsCome, [row.id]);
  await tx.query(forgetAnswer, [row.source_id]);
  await settleImported(tx, row.service_body_id, row.id);
  await tx.query(
    "UPDATE list_import SET state = 'rolledBack', rolled_back_at = clock_timestamp(), progress = NULL WHERE id = $1",
    [row.id],
  );
}

/** The job: takes an import in state `rollingBack` back. Twice is once. */
export async function rollBackImport(
  database: Pick<Database, 'transaction'>,
  importId: string,
  by: string | null,
): Promise<void> {
  await tellProgress(database, importId, 0, null);
  const done = await asSystem(database, async (tx) => {
    await lockList(tx, importId);
    const row = await importOf(tx, importId);
    if (row?.state !== 'rollingBack') return false;
    await rollBackWithin(tx, row, by);
    return true;
  });
  if (done) announce('directory');
}
