import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { uuidv7 } from '../../kit/id.ts';
import { announce } from '../../platform/announcements.ts';
import { asSystem } from '../../platform/as-system.ts';
import type { Database, Transaction } from '../../platform/database.ts';
import { nestedIn } from '../../platform/nested.ts';
import { largestListBytes } from '../list-formats/read-list.rules.ts';
import type { ListFormat } from '../list-formats/source-row.rules.ts';
import { zoneNamed } from '../list-formats/zone-names.rules.ts';
import { type FetchOptions, fetchFromWeb } from './fetch-list.server.ts';
import { type Applied, applyImport } from './import-apply.server.ts';
import type { Counts } from './import-compare.server.ts';
import { stageImport } from './import-stage.server.ts';
import { type Asks, type Choice, moveImport, storeWhole } from './import-state.server.ts';
import { storeBody } from './service-body.server.ts';

/** What the command line says with a list. `serviceBody` is founded where it does not exist. */
export interface FileImport {
  serviceBody: string;
  /** Name of the list within the body; a list of that name is renewed. */
  name: string;
  /** Name of the source within the list; the list's own when left out. */
  sourceName?: string;
  format?: ListFormat;
  fellowship?: string;
  timeZone?: string;
  /** Codes that ask a person first (import-words) to which the answer is yes. */
  agreed?: readonly string[];
  demo?: boolean;
}

/** Either what was done, or the code of what stopped it (row-words, import-words) with its detail. */
export type FileImported =
  | { ok: true; importId: string; applied: Applied; counts: Counts }
  /** `asks`: it would go on if that code were agreed to. */
  | { ok: false; refused: string; detail?: string; asks?: true };

const refused = (code: string, detail?: string): FileImported => ({
  ok: false,
  refused: code,
  ...(detail !== undefined && { detail }),
});

async function bytesFrom(source: string, options: FetchOptions): Promise<Buffer | FileImported> {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(source)) {
    const fetched = await fetchFromWeb(source, options);
    if (!fetched.ok) return refused(fetched.refused, fetched.detail);
    return fetched.unchanged ? refused('not-changed') : fetched.body;
  }
  const found = await stat(source).catch(() => null);
  if (!found?.isFile()) return refused('file-not-found', source);
  if (found.size > largestListBytes) return refused('list-too-big');
  return readFile(source);
}

async function bodyNamed(tx: Asks, { serviceBody, demo }: FileImport): Promise<string> {
  const found = await tx.query<{ id: string }>(
    'SELECT id FROM service_body WHERE name = $1 AND demo = $2 ORDER BY created_at LIMIT 1',
    [serviceBody, demo ?? false],
  );
  return found[0]?.id ?? storeBody(tx, serviceBody, null, demo ?? false);
}

/** The list and source of these names, as far as they exist. */
async function knownTarget(tx: Asks, bodyId: string, { name, sourceName }: FileImport) {
  const [list] = await tx.query<{ id: string; source_id: string | null }>(
    `SELECT l.id, (SELECT s.id FROM list_source s WHERE s.list_id = l.id AND s.name = $3 AND s.removed_at IS NULL ORDER BY s.created_at LIMIT 1) AS source_id
     FROM meeting_list l WHERE l.service_body_id = $1 AND l.name = $2 AND l.removed_at IS NULL ORDER BY l.created_at LIMIT 1`,
    [bodyId, name, sourceName ?? name],
  );
  return { listId: list?.id ?? null, sourceId: list?.source_id ?? null };
}

/**
 * Imports a list within a transaction that has its context. The same rules as on the screen:
 * nothing is stored when the list cannot be read, needs answers, or asks what was not agreed to.
 */
export async function importBytes(
  tx: Transaction,
  source: string,
  bytes: Buffer,
  options: FileImport,
): Promise<FileImported> {
  const zone = options.timeZone ? zoneNamed(options.timeZone)?.zone : null;
  if (zone === undefined) return refused('unknownZone');
  const bodyId = await bodyNamed(tx, options);
  const { listId, sourceId } = await knownTarget(tx, bodyId, options);
  const importId = uuidv7();
  const choice: Choice = {
    listName: options.name,
    sourceName: options.sourceName ?? options.name,
    demo: options.demo ?? false,
    ...(options.format && { format: options.format }),
    ...(options.fellowship && { fellowship: options.fellowship }),
    ...(zone && { timeZone: zone }),
  };
  await tx.query(
    `INSERT INTO list_import (id, service_body_id, list_id, source_id, source, state, choice)
     VALUES ($1, $2, $3, $4, $5, 'reading', $6::jsonb)`,
    [importId, bodyId, listId, sourceId, source.slice(0, 2000), JSON.stringify(choice)],
  );
  await storeWhole(tx, { importId, bodyId }, bytes);
  const inside = nestedIn(tx);
  const staged = await stageImport(inside, importId);
  if (!staged.ok) return refused(staged.trouble.code, staged.trouble.detail);
  const { held, counts } = staged;
  // Whoever types the command looks at its first import themselves.
  if (held && held.code !== 'first-time' && !options.agreed?.includes(held.code))
    return { ok: false, refused: held.code, detail: held.detail ?? '', asks: true };
  const takesOut = options.agreed?.includes('gone-unclear') && { gone: 'unpublish' as const };
  await moveImport(tx, importId, ['staged'], 'applying', takesOut || {});
  const applied = await applyImport(inside, importId);
  if (!applied) throw new Error('An import that was staged could not be applied.');
  return { ok: true, importId, applied, counts };
}

/** A row that was left out, with the code of its reason. */
export interface LeftOut {
  row: number;
  refused: string;
  detail: string | null;
}

/** Imports a list from a file or a web address, for the command line and for set-up. */
export async function importFromFile(
  database: Database,
  source: string,
  options: FileImport,
  fetching: FetchOptions = {},
): Promise<{ done: FileImported; leftOut: LeftOut[] }> {
  const bytes = await bytesFrom(source, fetching);
  if (!Buffer.isBuffer(bytes)) return { done: bytes, leftOut: [] };
  const imported = await asSystem(
    database,
    async (tx) => {
      const done = await importBytes(tx, source, bytes, options);
      const leftOut = done.ok
        ? await tx.query<LeftOut & Record<string, unknown>>(
            `SELECT row_number AS row, refused, detail FROM list_import_row
             WHERE import_id = $1 AND refused IS NOT NULL ORDER BY row_number`,
            [done.importId],
          )
        : [];
      return { done, leftOut };
    },
    ({ done }) => done.ok,
  );
  if (imported.done.ok) announce('directory');
  return imported;
}

/** The made-up list of the demonstration. */
export const demoList = new URL('../../content/demo-meetings.json', import.meta.url);

/** Puts the made-up list of the demonstration into the directory, marked as such. */
export async function importDemoMeetings(tx: Transaction): Promise<void> {
  const bytes = await readFile(demoList);
  const done = await importBytes(tx, basename(demoList.pathname), bytes, {
    serviceBody: 'Alder Falls (made up)',
    name: 'Demonstration',
    demo: true,
  });
  if (!done.ok) throw new Error(`The demonstration list was refused: ${done.refused}`);
}

/** Takes everything of the demonstration out of the directory. */
export async function removeDemoMeetings(tx: Transaction): Promise<void> {
  await tx.query('DELETE FROM service_body WHERE demo');
}
