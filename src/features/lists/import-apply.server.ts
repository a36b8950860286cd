import { uuidv7 } from '../../kit/id.ts';
import { announce } from '../../platform/announcements.ts';
import { asSystem } from '../../platform/as-system.ts';
import type { Database, Transaction } from '../../platform/database.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import {
  type Asks,
  type Choice,
  type ImportRow,
  importOf,
  stopImport,
  tellProgress,
} from './import-state.server.ts';
import type { StagedChange } from './import-words.rules.ts';
import { jsonText } from './json-text.rules.ts';
import type { Locked } from './listing-fields.rules.ts';
import { settleImported } from './lookalikes.server.ts';
import { stagedFrom } from './staged-listing.rules.ts';

/** So many listings are written by one statement; how far it is can be told between two. */
const stretch = 2000;

// Locks the list: one import or edit at a time. Where nothing changes nobody has to read it again.
const raiseVersion = `UPDATE meeting_list SET version = version
    + CASE WHEN EXISTS (SELECT FROM list_import_change WHERE import_id = $2) THEN 1 ELSE 0 END
  WHERE id = $1 RETURNING version`;

const insertList = `INSERT INTO meeting_list (id, service_body_id, name, fellowship, time_zone, source, demo)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

const insertSource = `INSERT INTO list_source (id, list_id, service_body_id, name, format, fellowship, time_zone)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

/** Where an import goes: what is there, or a new list and source as was chosen. */
async function placeOf(
  tx: Transaction,
  row: ImportRow,
): Promise<{ listId: string; sourceId: string }> {
  const { choice } = row;
  const listId = row.list_id ?? uuidv7();
  const facts = [choice.fellowship ?? null, choice.timeZone ?? null];
  const name = (choice.listName ?? row.source).slice(0, 120);
  if (!row.list_id)
    await tx.query(insertList, [
      listId,
      row.service_body_id,
      name,
      ...facts,
      row.source.slice(0, 2000),
      choice.demo ?? false,
    ]);
  const sourceId = row.source_id ?? uuidv7();
  if (!row.source_id)
    await tx.query(insertSource, [
      sourceId,
      listId,
      row.service_body_id,
      (choice.sourceName ?? name).slice(0, 120),
      choice.format ?? 'meeting-guide',
      ...facts,
    ]);
  return { listId, sourceId };
}

interface Moved {
  meeting_id: string;
  change: StagedChange;
  after: { listing: Meeting; sourced?: Meeting };
  listing: Meeting;
  sourced: Meeting | null;
  locked: Locked;
  gone: boolean;
}

/** Changes whose listing was edited since they were staged, or whose kept addresses are to go. */
const movedSince = `SELECT c.meeting_id, c.change, c.after, m.listing, m.sourced, m.locked, m.gone_at IS NOT NULL AS gone
  FROM list_import_change c JOIN meeting m ON m.id = c.meeting_id
  WHERE c.import_id = $1 AND c.change IN ('changed','back')
    AND (m.listing IS DISTINCT FROM c.before->'listing' OR m.locked IS DISTINCT FROM c.before->'locked'
      OR ($2 AND jsonb_array_length(c.after->'kept') > 0))`;

/** What stands may have been corrected since it was compared: the correction wins here too. */
async function compareAgain(tx: Transaction, importId: string, dropKept: boolean): Promise<void> {
  const moved = await tx.query<Moved & Record<string, unknown>>(movedSince, [importId, dropKept]);
  const again = moved.flatMap((one) => {
    const said = one.after.sourced ?? one.after.listing;
    const staged = stagedFrom(one, said, dropKept);
    if (!staged) return [];
    const { listing, sourced, fields, kept, locked } = staged;
    return [
      {
        id: one.meeting_id,
        before: { listing: one.listing, ...(one.sourced && { sourced: one.sourced }) },
        after: { listing, sourced, kept, locked },
        fields,
      },
    ];
  });
  if (again.length > 0)
    await tx.query(
      `UPDATE list_import_change c SET before = c.before || (r->'before'), after = c.after || (r->'after'),
         fields = ARRAY(SELECT jsonb_array_elements_text(r->'fields'))
           || CASE WHEN 'contacts' = ANY (c.fields) THEN ARRAY['contacts'] ELSE '{}' END
       FROM jsonb_array_elements($2) r WHERE c.import_id = $1 AND c.meeting_id = (r->>'id')::uuid`,
      [importId, jsonText(again)],
    );
}

const inserted = `INSERT INTO meeting (id, list_id, service_body_id, source_id, key, listing, sourced, version)
  SELECT c.meeting_id, $5, c.service_body_id, $6, c.key, c.after->'listing', c.after->'listing', $4
  FROM list_import_change c
  WHERE c.import_id = $1 AND c.change = 'added' AND c.key > $2 AND ($3::text IS NULL OR c.key <= $3)`;

// Found by id alone: of rows that have only just come in the planner knows nothing, and with more
// to choose from it walks the whole list once for each of them.
const updated = `UPDATE meeting m SET listing = c.after->'listing', gone_at = NULL, version = $4, changed_at = now(),
    sourced = coalesce(c.after->'sourced', c.after->'listing')
  FROM list_import_change c
  WHERE c.import_id = $1 AND c.change IN ('changed','back') AND c.key > $2 AND ($3::text IS NULL OR c.key <= $3)
    AND m.id = c.meeting_id`;

const ended = `UPDATE meeting m SET gone_at = now(), version = $4, changed_at = now()
  FROM list_import_change c
  WHERE c.import_id = $1 AND c.change = 'gone' AND c.key > $2 AND ($3::text IS NULL OR c.key <= $3)
    AND m.id = c.meeting_id AND m.gone_at IS NULL`;

const contactsGo = `DELETE FROM meeting_contact m USING list_import_change c
  WHERE c.import_id = $1 AND m.meeting_id = c.meeting_id AND c.after ? 'contacts'`;

const contactsCome = `INSERT INTO meeting_contact (meeting_id, service_body_id, place, name, email, phone)
  SELECT c.meeting_id, c.service_body_id, p.place, p.value->>'name', p.value->>'email', p.value->>'phone'
  FROM list_import_change c, jsonb_array_elements(c.after->'contacts') WITH ORDINALITY p(value, place)
  WHERE c.import_id = $1 AND c.after ? 'contacts'`;

const told = `INSERT INTO meeting_event (id, meeting_id, service_body_id, kind, account_id, import_id, before, after, fields)
  SELECT gen_random_uuid(), c.meeting_id, c.service_body_id,
    CASE c.change WHEN 'added' THEN 'new' WHEN 'changed' THEN 'change' WHEN 'gone' THEN 'delete' ELSE 'back' END,
    i.made_by, c.import_id, c.before->'listing', c.after->'listing', c.fields
  FROM list_import_change c JOIN list_import i ON i.id = c.import_id
  WHERE c.import_id = $1 AND c.key > $2 AND ($3::text IS NULL OR c.key <= $3)
    AND (c.change <> 'changed' OR cardinality(c.fields) > 0)`;

async function dropUnwanted(tx: Transaction, importId: string, choice: Choice): Promise<void> {
  if (choice.leaveOut?.length)
    await tx.query(
      'DELETE FROM list_import_change WHERE import_id = $1 AND meeting_id = ANY ($2)',
      [importId, choice.leaveOut],
    );
  if (choice.gone === 'keep' || (choice.unnamed && choice.gone !== 'unpublish'))
    await tx.query("DELETE FROM list_import_change WHERE import_id = $1 AND change = 'gone'", [
      importId,
    ]);
}

// Only at the end: how far it is stands in the same row and is written by other transactions.
const finish = `UPDATE list_import i SET state = 'applied', applied_at = clock_timestamp(), progress = NULL, list_id = $2, source_id = $3,
    added = n.added, changed = n.changed, back = n.back, gone = n.gone
  FROM (SELECT count(*) FILTER (WHERE change = 'added') AS added, count(*) FILTER (WHERE change = 'changed') AS changed,
      count(*) FILTER (WHERE change = 'back') AS back, count(*) FILTER (WHERE change = 'gone') AS gone
    FROM list_import_change WHERE import_id = $1) n
  WHERE i.id = $1 RETURNING i.added, i.changed, i.back, i.gone`;

/** Of its answers the source is believed from here on: the next fetch asks only for what is newer. */
const sourceDone = `UPDATE list_source SET succeeded_at = now(), failures = 0, trouble = NULL, trouble_detail = NULL,
    format = coalesce($2, format), fellowship = coalesce($3, fellowship), time_zone = coalesce($4, time_zone),
    etag = $5, last_modified = $6 WHERE id = $1`;

/** Cursors that cut the changes of an import into stretches, the last one open. */
async function stretches(tx: Transaction, importId: string): Promise<(string | null)[]> {
  const ends = await tx.query<{ key: string }>(
    `SELECT key FROM (SELECT key, row_number() OVER (ORDER BY key) AS n FROM list_import_change
       WHERE import_id = $1) k WHERE n % $2::int = 0 ORDER BY key`,
    [importId, stretch],
  );
  return [...ends.map(({ key }) => key), null];
}

const overtaken = `SELECT FROM list_import a JOIN list_import b ON b.source_id = a.source_id AND b.id <> a.id
  WHERE a.id = $1 AND greatest(b.applied_at, b.rolled_back_at) > (a.choice->>'readAt')::timestamptz LIMIT 1`;

/** Whether another import of the same source was applied or taken back since this one was compared. */
export async function isOvertaken(tx: Asks, importId: string): Promise<boolean> {
  return (await tx.query(overtaken, [importId])).length > 0;
}

/**
 * Keeps the list of an import from every other import and edit until the transaction ends. What is
 * looked at after that is what stands: the same job may run in two processes, and imports of one
 * source side by side.
 */
export async function lockList(tx: Asks, importId: string): Promise<void> {
  await tx.query(
    'SELECT FROM meeting_list WHERE id = (SELECT list_id FROM list_import WHERE id = $1) FOR NO KEY UPDATE',
    [importId],
  );
}

/** Contacts that a person corrected since it was compared, or since it was applied, are left alone. */
export async function leaveLockedContacts(tx: Asks, importId: string): Promise<void> {
  await tx.query(
    `UPDATE list_import_change c SET before = c.before - 'contacts', after = c.after - 'contacts',
       fields = array_remove(c.fields, 'contacts')
     FROM meeting m WHERE c.import_id = $1 AND m.id = c.meeting_id AND c.after ? 'contacts' AND m.locked ? 'contacts'`,
    [importId],
  );
}

/** What was done, and where. */
export interface Applied {
  listId: string;
  added: number;
  changed: number;
  back: number;
  gone: number;
}

/**
 * Applies an import that is in state `applying`, within one transaction: all of it or nothing.
 * `tell` hears how many changes are done.
 */
async function applyWithin(
  tx: Transaction,
  row: ImportRow,
  tell: (done: number) => Promise<void> = async () => undefined,
): Promise<Applied> {
  const { choice } = row;
  const { listId, sourceId } = await placeOf(tx, row);
  await dropUnwanted(tx, row.id, choice);
  const [list] = await tx.query<{ version: number }>(raiseVersion, [listId, row.id]);
  await compareAgain(tx, row.id, choice.dropKept ?? false);
  await leaveLockedContacts(tx, row.id);
  let from = '';
  const ends = await stretches(tx, row.id);
  for (const [n, to] of ends.entries()) {
    const values = [row.id, from, to, list?.version];
    await tx.query(inserted, [...values, listId, sourceId]);
    await tx.query(updated, values);
    await tx.query(ended, values);
    await tx.query(told, [row.id, from, to]);
    from = to ?? '';
    if (to !== null) await tell((n + 1) * stretch);
  }
  await tx.query(contactsGo, [row.id]);
  await tx.query(contactsCome, [row.id]);
  await settleImported(tx, row.service_body_id, row.id);
  const [done] = await tx.query<Omit<Applied, 'listId'>>(finish, [row.id, listId, sourceId]);
  await tx.query('DELETE FROM list_import_part WHERE import_id = $1', [row.id]);
  await tx.query(sourceDone, [
    sourceId,
    choice.format ?? null,
    choice.fellowship ?? null,
    choice.timeZone ?? null,
    choice.etag ?? null,
    choice.lastModified ?? null,
  ]);
  return { listId, ...(done as Omit<Applied, 'listId'>) };
}

/** The job: applies an import in state `applying` and tells how far it is. Twice is once. */
export async function applyImport(
  database: Pick<Database, 'transaction'>,
  importId: string,
): Promise<Applied | null> {
  const applied = await asSystem(database, async (tx) => {
    await lockList(tx, importId);
    const row = await importOf(tx, importId);
    if (row?.state !== 'applying') return null;
    if (await isOvertaken(tx, importId)) {
      await stopImport(tx, importId, { code: 'overtaken' });
      return null;
    }
    const [total] = await tx.query<{ n: number }>(
      'SELECT count(*) AS n FROM list_import_change WHERE import_id = $1',
      [importId],
    );
    return applyWithin(tx, row, (done) => tellProgress(database, importId, done, total?.n ?? null));
  });
  if (applied) announce('directory');
  return applied;
}
