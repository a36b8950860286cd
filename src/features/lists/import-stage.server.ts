import { asSystem } from '../../platform/as-system.ts';
import type { Database } from '../../platform/database.ts';
import { ListJudgement } from '../list-formats/list-judgement.rules.ts';
import { isUnreadable, type RowReport } from '../list-formats/read-list.rules.ts';
import type { ListFormat } from '../list-formats/source-row.rules.ts';
import { zoneNamed } from '../list-formats/zone-names.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { heldFor, type Latest } from './import-brakes.rules.ts';
import { type Counts, Staging } from './import-compare.server.ts';
import { openList } from './import-rows.server.ts';
import {
  type Asks,
  type Choice,
  type ImportRow,
  importOf,
  listAsItCame,
  stopImport,
  type Tally,
  tallied,
  tellProgress,
} from './import-state.server.ts';

type Writes = Pick<Database, 'transaction'>;

/** How staging ended: waiting (perhaps for a person), or with what stopped it. */
export type Staged =
  | { ok: true; counts: Counts; held: { code: string; detail?: string } | null }
  | { ok: false; trouble: { code: string; detail?: string | undefined } };

/** One batch is read and written in one go; between batches others get their turn. */
const batch = 50;

/** Listings of the source that none of the import's rows names. NOT IN is looked up, never walked. */
const writeGone = `INSERT INTO list_import_change (import_id, service_body_id, meeting_id, key, change, before)
  SELECT $1, m.service_body_id, m.id, m.key, 'gone', jsonb_build_object('listing', m.listing)
  FROM meeting m WHERE m.list_id = $2 AND m.source_id = $3 AND m.gone_at IS NULL
    AND m.id NOT IN (SELECT r.meeting_id FROM list_import_row r WHERE r.import_id = $1 AND r.meeting_id IS NOT NULL)
    AND m.key NOT IN (SELECT unnest($4::text[]))
  RETURNING key`;

/** What the source last said of each listing that stands, as far as a list is judged by it. */
const knownOf = `SELECT m.key, s->>'name' AS name, s->'days' AS days, s->>'startsAt' AS starts_at,
    s->>'timeZone' AS time_zone, s->>'fellowship' AS fellowship, s->'place'->>'address' AS address
  FROM meeting m, LATERAL (SELECT coalesce(m.sourced, m.listing) AS s) said
  WHERE m.list_id = $1 AND m.source_id = $2 AND m.gone_at IS NULL AND m.key > $3 ORDER BY m.key LIMIT 2000`;

interface Known {
  key: string;
  name: string;
  days: Meeting['days'];
  starts_at: string | null;
  time_zone: string;
  fellowship: string;
  address: string;
}

async function judgementOf(tx: Asks, { list_id, source_id }: ImportRow): Promise<ListJudgement> {
  const judgement = new ListJudgement();
  if (!list_id || !source_id) return judgement;
  for (let after: string | undefined = ''; after !== undefined; ) {
    const known: Known[] = await tx.query<Known & Record<string, unknown>>(knownOf, [
      list_id,
      source_id,
      after,
    ]);
    for (const { starts_at, time_zone, address, ...one } of known)
      judgement.known({ ...one, startsAt: starts_at, timeZone: time_zone, place: { address } });
    after = known.at(-1)?.key;
  }
  return judgement;
}

// What is applied from here on is not what this import is compared with, nor what was chosen before.
const beginReading = `UPDATE list_import SET choice = (choice - '{gone,dropKept,leaveOut}'::text[])
    || jsonb_build_object('readAt', clock_timestamp()) WHERE id = $1`;

/** Since a person last agreed to an import of the source: what was left out of those that stand. */
const leftOutSince = `SELECT coalesce(choice->'refusals', '[]') AS refusals FROM list_import
  WHERE source_id = $1 AND applied_at IS NOT NULL AND rolled_back_at IS NULL AND applied_at >= coalesce(
    (SELECT max(applied_at) FROM list_import WHERE source_id = $1 AND applied_at IS NOT NULL
       AND rolled_back_at IS NULL AND (made_by IS NOT NULL OR NOT choice ? 'byClock')), '-infinity')`;

const unreadableIn = (refusals: readonly Tally[]) =>
  refusals.reduce((sum, { code, count }) => sum + (isUnreadable(code) ? count : 0), 0);

/** The fewest rows that could not be read since a person last looked; a creeping loss counts whole. */
async function unreadableBefore(tx: Asks, sourceId: string | null): Promise<number> {
  const imports = await tx.query<{ refusals: Tally[] }>(leftOutSince, [sourceId]);
  const all = imports.map(({ refusals }) => unreadableIn(refusals));
  return all.length > 0 ? Math.min(...all) : 0;
}

interface SourceFacts {
  format: ListFormat;
  fellowship: string | null;
  time_zone: string | null;
  latest: Latest;
}

/** What is known of the list before it is read: said for this import, else kept with its source. */
async function factsOf(tx: Asks, sourceId: string | null, choice: Choice) {
  const [source] = sourceId
    ? await tx.query<SourceFacts & Record<string, unknown>>(
        `SELECT s.format, s.fellowship, s.time_zone, coalesce((SELECT CASE WHEN i.rolled_back_at IS NULL
             THEN 'stands' ELSE 'taken-back' END FROM list_import i
           WHERE i.source_id = s.id AND i.applied_at IS NOT NULL ORDER BY i.applied_at DESC LIMIT 1), 'none') AS latest
         FROM list_source s WHERE s.id = $1`,
        [sourceId],
      )
    : [];
  const format = choice.format ?? source?.format;
  const fellowship = choice.fellowship ?? source?.fellowship;
  const zone = choice.timeZone ?? source?.time_zone;
  const timeZone = zone ? zoneNamed(zone)?.zone : undefined;
  return {
    latest: source?.latest ?? ('none' as const),
    facts: {
      ...(format && { format }),
      ...(fellowship && { fellowship }),
      ...(timeZone && { timeZone }),
      ...(choice.contentType && { contentType: choice.contentType }),
    },
  };
}

/**
 * Reads an import in state `reading` and compares it with what stands; nothing of the directory
 * changes. Batches have transactions of their own, so that a screen sees how far it is and others can
 * write meanwhile; begun again after a crash it starts afresh. Ends `staged` or `stopped`.
 */
export async function stageImport(database: Writes, importId: string): Promise<Staged> {
  const begun = await asSystem(database, async (tx) => {
    const row = await importOf(tx, importId);
    if (row?.state !== 'reading') return null;
    await tx.query(beginReading, [importId]);
    await tx.query('DELETE FROM list_import_row WHERE import_id = $1', [importId]);
    await tx.query('DELETE FROM list_import_change WHERE import_id = $1', [importId]);
    return {
      row,
      judgement: await judgementOf(tx, row),
      ...(await factsOf(tx, row.source_id, row.choice)),
      unreadableBefore: await unreadableBefore(tx, row.source_id),
    };
  });
  if (!begun) return { ok: false, trouble: { code: 'not-reading' } };
  const { row } = begun;
  const stop = async (code: string, detail?: string, told: Choice = {}): Promise<Staged> => {
    await asSystem(database, (tx) => stopImport(tx, importId, { code, detail }, told));
    return { ok: false, trouble: { code, detail } };
  };
  const list = await listAsItCame(
    (...asked) => asSystem(database, (tx) => tx.query(...asked)),
    importId,
  );
  const opened = await openList(list, { ...begun.facts, url: row.source });
  if (!opened.ok) return stop(opened.refused, opened.detail);
  const staging = new Staging({
    importId,
    bodyId: row.service_body_id,
    listId: row.list_id,
    sourceId: row.source_id,
  });
  let rows: RowReport[] = [];
  let done = 0;
  const flush = async () => {
    const some = rows;
    rows = [];
    done += some.length;
    await asSystem(database, (tx) => staging.take(tx, some));
    await tellProgress(database, importId, done, opened.total);
  };
  for await (const report of opened.rows) {
    begun.judgement.row(report);
    rows.push(report);
    if (rows.length === batch) await flush();
  }
  await flush();
  const told = {
    format: opened.format,
    refusals: tallied(staging.refusals),
    warnings: tallied(staging.warnings),
    unnamed: staging.unnamed,
  };
  const [need] = opened.needs;
  if (need)
    return stop(need === 'fellowship' ? 'needs-fellowship' : 'needs-time-zone', undefined, told);
  const { counts } = staging;
  if (counts.taken === 0) return stop('nothing-taken', String(counts.refused), told);
  return asSystem(database, async (tx) => {
    if (row.list_id && row.source_id)
      counts.gone = (
        await tx.query(writeGone, [importId, row.list_id, row.source_id, staging.unreadable])
      ).length;
    const found = {
      ...counts,
      unreadable: unreadableIn(told.refusals),
      unreadableBefore: begun.unreadableBefore,
      unnamed: staging.unnamed,
    };
    const held = heldFor(found, begun.latest, begun.judgement);
    await tx.query(
      `UPDATE list_import SET state = 'staged', staged_at = now(), progress = NULL, rows_total = $2,
         taken = $3, refused = $4, warned = $5, added = $6, changed = $7, back = $8, same = $9, gone = $10,
         kept = $11, held = $12, held_detail = $13, choice = choice || $14::jsonb WHERE id = $1`,
      [
        importId,
        done,
        counts.taken,
        counts.refused,
        counts.warned,
        counts.added,
        counts.changed,
        counts.back,
        counts.same,
        counts.gone,
        counts.kept,
        held?.code ?? null,
        held?.detail ?? null,
        JSON.stringify(told),
      ],
    );
    return { ok: true, counts, held };
  });
}
