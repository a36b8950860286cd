import { asSystem } from '../../platform/as-system.ts';
import type { Database, Transaction } from '../../platform/database.ts';
import type { ListBytes } from '../list-formats/list-bytes.rules.ts';
import type { ListFormat } from '../list-formats/source-row.rules.ts';
import type { ImportState } from './import-words.rules.ts';

export type Asks = Pick<Transaction, 'query'>;

/** A code of row-words and how many rows it stands at. */
export interface Tally {
  code: string;
  count: number;
}

/** How often each code stands there, the most frequent first. */
export function tallied(counts: ReadonlyMap<string, number>): Tally[] {
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

/** What was chosen for an import, before there is a source to keep it with (list_import.choice). */
export interface Choice {
  /** Begun by the clock: it is applied by itself when nothing asks for a person. */
  byClock?: boolean;
  listName?: string;
  sourceName?: string;
  format?: ListFormat;
  fellowship?: string;
  timeZone?: string;
  demo?: boolean;
  /** Of the answer that was fetched; kept with the source once the import is applied. */
  etag?: string;
  lastModified?: string;
  contentType?: string;
  /** Since when it is compared with what stands; an instant. */
  readAt?: string;
  /** How often each reason and remark was given, the most frequent first. */
  refusals?: Tally[];
  warnings?: Tally[];
  /** Rows that cannot be read and carry no id: what seems to be gone may be one of them. */
  unnamed?: number;
  /** What whoever applied it chose. */
  gone?: 'unpublish' | 'keep';
  dropKept?: boolean;
  leaveOut?: string[];
  leaveTouched?: boolean;
}

/** An import as the pipeline needs it. */
export interface ImportRow {
  id: string;
  service_body_id: string;
  list_id: string | null;
  source_id: string | null;
  source: string;
  state: ImportState;
  staged_at: string | null;
  applied_at: string | null;
  held: string | null;
  choice: Choice;
}

const columns =
  'id, service_body_id, list_id, source_id, source, state, staged_at, applied_at, held, choice';

/** An import by its id; null for one that the asker does not keep: policies hide it. */
export async function importOf(tx: Asks, importId: string): Promise<ImportRow | null> {
  const rows = await tx.query<ImportRow & Record<string, unknown>>(
    `SELECT ${columns} FROM list_import WHERE id = $1`,
    [importId],
  );
  return rows[0] ?? null;
}

/** Moves an import on from one of the states that allow it; false when it is in none of them. */
export async function moveImport(
  tx: Asks,
  importId: string,
  from: readonly ImportState[],
  to: ImportState,
  choice: Choice = {},
): Promise<boolean> {
  const moved = await tx.query(
    `UPDATE list_import SET state = $3, choice = choice || $4::jsonb, progress = 0, trouble = NULL, trouble_detail = NULL
     WHERE id = $1 AND state = ANY ($2) RETURNING id`,
    [importId, from, to, JSON.stringify(choice)],
  );
  return moved.length > 0;
}

/** Says why an import came to nothing, with what was found out on the way. The list stays as it was. */
export async function stopImport(
  tx: Asks,
  importId: string,
  trouble: { code: string; detail?: string | undefined },
  told: Choice = {},
): Promise<void> {
  await tx.query(
    `UPDATE list_import SET state = 'stopped', trouble = $2, trouble_detail = $3, progress = NULL,
       choice = choice || $4::jsonb WHERE id = $1`,
    [importId, trouble.code, trouble.detail?.slice(0, 300) ?? null, JSON.stringify(told)],
  );
}

/** Tells how far an import is, in a transaction of its own, so that a screen sees it at once. */
export async function tellProgress(
  database: Pick<Database, 'transaction'>,
  importId: string,
  progress: number,
  total: number | null,
): Promise<void> {
  await asSystem(database, (tx) =>
    tx.query('UPDATE list_import SET progress = $2, rows_total = $3 WHERE id = $1', [
      importId,
      progress,
      total,
    ]),
  );
}

const storePart = `INSERT INTO list_import_part (import_id, service_body_id, part, bytes)
  VALUES ($1, $2, $3, $4) ON CONFLICT (import_id, part) DO UPDATE SET bytes = excluded.bytes`;

/** Keeps one piece of a list as it came. */
export async function storeBytes(
  tx: Asks,
  at: { importId: string; bodyId: string; part: number },
  bytes: Buffer,
): Promise<void> {
  await tx.query(storePart, [at.importId, at.bodyId, at.part, bytes]);
}

const pieceBytes = 1_000_000;

/** Keeps a whole list as it came, in pieces, in place of what was there. */
export async function storeWhole(
  tx: Asks,
  at: { importId: string; bodyId: string },
  bytes: Buffer,
): Promise<void> {
  await tx.query('DELETE FROM list_import_part WHERE import_id = $1', [at.importId]);
  for (let from = 0, part = 1; from === 0 || from < bytes.length; from += pieceBytes, part++)
    await storeBytes(tx, { ...at, part }, bytes.subarray(from, from + pieceBytes));
}

/**
 * The list as it came, a part of it at a time: the whole need never stand in memory. `ask` sends a
 * statement, in a transaction of its own where nobody should be kept waiting meanwhile.
 */
export async function listAsItCame(ask: Asks['query'], importId: string): Promise<ListBytes> {
  const parts = await ask<{ part: number; size: number }>(
    'SELECT part, octet_length(bytes) AS size FROM list_import_part WHERE import_id = $1 ORDER BY part',
    [importId],
  );
  let length = 0;
  const begins = parts.map(({ part, size }) => {
    length += size;
    return { part, from: length - size };
  });
  let held: { part: number; bytes: Buffer } | undefined;
  const piece = async (from: number) => {
    const at = begins.findLast((one) => one.from <= from);
    if (!at || from >= length) return new Uint8Array();
    if (held?.part !== at.part) {
      const [row] = await ask<{ bytes: Buffer }>(
        'SELECT bytes FROM list_import_part WHERE import_id = $1 AND part = $2',
        [importId, at.part],
      );
      held = { part: at.part, bytes: row?.bytes ?? Buffer.alloc(0) };
    }
    return held.bytes.subarray(from - at.from);
  };
  return { length, piece };
}
