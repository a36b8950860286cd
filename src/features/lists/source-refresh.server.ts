import { uuidv7 } from '../../kit/id.ts';
import { asSystem } from '../../platform/as-system.ts';
import type { Database } from '../../platform/database.ts';
import { feedAddress } from '../list-formats/feed-address.rules.ts';
import type { ListFormat } from '../list-formats/source-row.rules.ts';
import { type Fetched, type FetchOptions, fetchFromWeb } from './fetch-list.server.ts';
import { applyImport } from './import-apply.server.ts';
import { stageImport } from './import-stage.server.ts';
import {
  type Asks,
  type Choice,
  importOf,
  moveImport,
  stopImport,
  storeWhole,
} from './import-state.server.ts';

type Writes = Pick<Database, 'transaction'>;

interface SourceRow {
  id: string;
  list_id: string;
  service_body_id: string;
  url: string | null;
  format: ListFormat;
  every_hours: number | null;
  etag: string | null;
  last_modified: string | null;
}

const sourceToFetch = `SELECT id, list_id, service_body_id, url, format, every_hours, etag, last_modified
  FROM list_source WHERE id = $1`;

const beginFetch = `INSERT INTO list_import (id, service_body_id, list_id, source_id, source, state, made_by, choice)
  VALUES ($1, $2, $3, $4, $5, 'fetching', $6, $7::jsonb) ON CONFLICT (id) DO NOTHING`;

/** Opens an import for what a source will answer. `by`: the account that asked; null for the clock. */
export async function beginRefresh(
  tx: Asks,
  source: { id: string; list_id: string; service_body_id: string; url: string },
  by: string | null,
  importId: string = uuidv7(),
): Promise<string> {
  const choice: Choice = by ? {} : { byClock: true };
  await tx.query(beginFetch, [
    importId,
    source.service_body_id,
    source.list_id,
    source.id,
    source.url,
    by,
    JSON.stringify(choice),
  ]);
  return importId;
}

/** After the nth failure in a row: a quarter of an hour, then twice as long each time, up to a day. */
export function waitAfter(failures: number): number {
  return Math.min(24 * 60, 15 * 2 ** (failures - 1));
}

const nextBySchedule = `next_at = CASE WHEN every_hours IS NOT NULL AND next_at IS NOT NULL
  THEN now() + every_hours * interval '1 hour' END`;

async function sourceFailed(
  tx: Asks,
  sourceId: string,
  trouble: { code: string; detail?: string | undefined },
): Promise<void> {
  const [row] = await tx.query<{ failures: number }>(
    `UPDATE list_source SET tried_at = now(), failures = failures + 1, trouble = $2, trouble_detail = $3
     WHERE id = $1 RETURNING failures`,
    [sourceId, trouble.code, trouble.detail?.slice(0, 300) ?? null],
  );
  await tx.query(
    `UPDATE list_source SET next_at = now() + $2 * interval '1 minute'
     WHERE id = $1 AND every_hours IS NOT NULL AND next_at IS NOT NULL`,
    [sourceId, waitAfter(row?.failures ?? 1)],
  );
}

const sourceAnswered = `UPDATE list_source SET tried_at = now(), ${nextBySchedule} WHERE id = $1`;

const nothingNew = `UPDATE list_source s SET succeeded_at = now(), failures = 0, trouble = NULL, trouble_detail = NULL,
    etag = coalesce(i.choice->>'etag', s.etag), last_modified = coalesce(i.choice->>'lastModified', s.last_modified)
  FROM list_import i WHERE s.id = $1 AND i.id = $2`;

/** An import that came to nothing new leaves nothing behind; a person who asked for it is told. */
async function nothingHasChanged(tx: Asks, importId: string, sourceId: string, choice: Choice) {
  await tx.query(nothingNew, [sourceId, importId]);
  if (choice.byClock) await tx.query('DELETE FROM list_import WHERE id = $1', [importId]);
  else await stopImport(tx, importId, { code: 'not-changed' });
}

/** Of several answers of one source that wait for a person, only the newest is worth a look. */
const dropOlder = `UPDATE list_import SET state = 'discarded' WHERE source_id = $1 AND id <> $2
  AND state = 'staged' AND choice ? 'byClock'`;

/** The address that is asked: of a BMLT server its root is enough, of a sheet its page. */
function addressOf({ url, format }: SourceRow): string {
  return feedAddress(url ?? '', format);
}

async function fetched(source: SourceRow, options: FetchOptions): Promise<Fetched> {
  const known = {
    ...(source.etag && { etag: source.etag }),
    ...(source.last_modified && { lastModified: source.last_modified }),
  };
  return fetchFromWeb(addressOf(source), { ...options, known });
}

/**
 * The job: fetches a source for an import in state `fetching`, stages what came, and, where the clock
 * asked and nothing needs a person, applies it. No connection of the database is held while the
 * other side takes its time. Whatever goes wrong stands with the source in words; the list stays.
 */
export async function refreshSource(
  database: Writes,
  importId: string,
  options: FetchOptions = {},
): Promise<void> {
  const begun = await asSystem(database, async (tx) => {
    const row = await importOf(tx, importId);
    if (row?.state !== 'fetching' && row?.state !== 'reading') return null;
    const [source] = await tx.query<SourceRow & Record<string, unknown>>(sourceToFetch, [
      row.source_id,
    ]);
    return source ? { row, source } : null;
  });
  if (!begun) return;
  const { row, source } = begun;
  if (row.state === 'fetching') {
    const answer = await fetched(source, options);
    const goOn = await asSystem(database, async (tx) => {
      if (!answer.ok) {
        const trouble = { code: answer.refused, detail: answer.detail };
        await stopImport(tx, importId, trouble);
        await sourceFailed(tx, source.id, trouble);
        return false;
      }
      await tx.query(sourceAnswered, [source.id]);
      if (answer.unchanged) {
        await nothingHasChanged(tx, importId, source.id, row.choice);
        return false;
      }
      await storeWhole(tx, { importId, bodyId: row.service_body_id }, answer.body);
      const { etag, lastModified, contentType } = answer;
      return moveImport(tx, importId, ['fetching'], 'reading', {
        contentType: contentType.slice(0, 100),
        ...(etag && { etag }),
        ...(lastModified && { lastModified }),
      });
    });
    if (!goOn) return;
  }
  await stageFetched(database, importId, source.id, row.choice);
}

async function stageFetched(
  database: Writes,
  importId: string,
  sourceId: string,
  choice: Choice,
): Promise<void> {
  const staged = await stageImport(database, importId);
  if (!staged.ok) {
    await asSystem(database, (tx) => sourceFailed(tx, sourceId, staged.trouble));
    return;
  }
  const { added, changed, back, gone } = staged.counts;
  if (!staged.held && added + changed + back + gone === 0) {
    await asSystem(database, (tx) => nothingHasChanged(tx, importId, sourceId, choice));
    return;
  }
  await asSystem(database, async (tx) => {
    await tx.query(dropOlder, [sourceId, importId]);
    if (staged.held)
      await tx.query(
        'UPDATE list_source SET trouble = $2, trouble_detail = $3, failures = 0 WHERE id = $1',
        [sourceId, staged.held.code, staged.held.detail ?? null],
      );
  });
  if (!choice.byClock || staged.held) return;
  const begins = await asSystem(database, (tx) => moveImport(tx, importId, ['staged'], 'applying'));
  if (begins) await applyImport(database, importId);
}

const due = `SELECT id, list_id, service_body_id, url FROM list_source
  WHERE next_at <= now() AND url IS NOT NULL AND removed_at IS NULL ORDER BY next_at LIMIT 50 FOR UPDATE SKIP LOCKED`;

// Put off at once, so that it is not due again while its job waits or runs.
const putOff = `UPDATE list_source SET next_at = now() + greatest(1, least(every_hours, 24)) * interval '1 hour'
  WHERE id = $1`;

/** Begins an import for each source whose hour has come; `ask` puts its job behind it. */
export async function beginDue(
  database: Writes,
  ask: (tx: Asks, importId: string, sourceId: string) => Promise<void>,
): Promise<number> {
  return asSystem(database, async (tx) => {
    const sources = await tx.query<{
      id: string;
      list_id: string;
      service_body_id: string;
      url: string;
    }>(due);
    for (const source of sources) {
      await tx.query(putOff, [source.id]);
      await ask(tx, await beginRefresh(tx, source, null), source.id);
    }
    return sources.length;
  });
}
