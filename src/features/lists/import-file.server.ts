import { readFile, stat } from 'node:fs/promises';
import { uuidv4 } from '../../kit/id.ts';
import { announce } from '../../platform/announcements.ts';
import type { Database, Transaction } from '../../platform/database.ts';
import { type FetchOptions, fetchFromWeb } from './fetch-list.server.ts';
import { differenceOf, isManyGone } from './import-store.server.ts';
import { largestListBytes, type ReadList, readList } from './read-list.rules.ts';
import { applyList, openImport, storeBody } from './server.ts';
import { zoneNamed } from './zone-names.rules.ts';

/** What the command line says with a list. `serviceBody` is founded where it does not exist. */
export interface FileImport {
  serviceBody: string;
  /** Name of the list within the body; a list of that name is renewed. */
  name: string;
  fellowship?: string;
  timeZone?: string;
  unpublishGone?: boolean;
  demo?: boolean;
}

/** Either what was done, or the code of what stopped it (row-words, contract) with its detail. */
export type FileImported =
  | {
      ok: true;
      importId: string;
      listId: string;
      added: number;
      changed: number;
      gone: number;
      read: ReadList;
    }
  | { ok: false; refused: string; detail?: string };

async function bytesFrom(
  source: string,
  options: FetchOptions,
): Promise<Buffer | { refused: string; detail?: string }> {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(source)) {
    const fetched = await fetchFromWeb(source, options);
    if (fetched.ok) return fetched.body;
    const { refused, detail } = fetched;
    return { refused, ...(detail !== undefined && { detail }) };
  }
  const found = await stat(source).catch(() => null);
  if (!found?.isFile()) return { refused: 'file-not-found', detail: source };
  if (found.size > largestListBytes) return { refused: 'list-too-big' };
  return readFile(source);
}

async function bodyNamed(tx: Transaction, { serviceBody, demo }: FileImport): Promise<string> {
  const found = await tx.query<{ id: string }>(
    'SELECT id FROM service_body WHERE name = $1 AND demo = $2 ORDER BY created_at LIMIT 1',
    [serviceBody, demo ?? false],
  );
  return found[0]?.id ?? storeBody(tx, serviceBody, null, demo ?? false);
}

/**
 * Imports a list within a transaction that has its context. The same rules as on the screen:
 * nothing is stored when the list cannot be read, needs answers, or would lose many listings.
 */
export async function importBytes(
  tx: Transaction,
  source: string,
  bytes: Buffer,
  options: FileImport,
): Promise<FileImported> {
  const zone = options.timeZone ? zoneNamed(options.timeZone)?.zone : null;
  if (zone === undefined) return { ok: false, refused: 'unknownZone' };
  const read = readList(bytes, { fellowship: options.fellowship ?? null, timeZone: zone });
  if (!read.ok) return read;
  if (read.needs.length > 0)
    return { ok: false, refused: 'needsAnswers', detail: read.needs.join(', ') };
  if (read.taken === 0) return { ok: false, refused: 'nothingTaken' };
  const bodyId = await bodyNamed(tx, options);
  const lists = await tx.query<{ id: string }>(
    'SELECT id FROM meeting_list WHERE service_body_id = $1 AND name = $2 LIMIT 1',
    [bodyId, options.name],
  );
  const listId = lists[0]?.id ?? null;
  const difference = await differenceOf(tx, listId, read);
  if (isManyGone(difference) && !options.unpublishGone)
    return { ok: false, refused: 'wouldUnpublish', detail: String(difference.gone) };
  const importId = uuidv4();
  await openImport(tx, importId, bodyId, source);
  const target = {
    importId,
    bodyId,
    listId,
    name: options.name,
    source,
    fellowship: options.fellowship ?? null,
    timeZone: options.timeZone ?? null,
    unpublishGone: true,
    demo: options.demo ?? false,
  };
  const done = await applyList(tx, target, read);
  return { ok: true, importId, ...done, read };
}

/** Imports a list from a file or a web address, for the command line and for set-up. */
export async function importFromFile(
  database: Database,
  source: string,
  options: FileImport,
  fetching: FetchOptions = {},
): Promise<FileImported> {
  const bytes = await bytesFrom(source, fetching);
  if (!Buffer.isBuffer(bytes)) return { ok: false, ...bytes };
  const done = await database.transaction(
    (tx) => tx.query("SELECT app.set_context(NULL, NULL, NULL, 'system')"),
    (tx) => importBytes(tx, source, bytes, options),
    (result) => result.ok,
  );
  if (done.ok) announce('directory');
  return done;
}

const demoList = new URL('../../content/demo-meetings.json', import.meta.url);

/** Puts the made-up list of the demonstration into the directory, marked as such. */
export async function importDemoMeetings(tx: Transaction): Promise<void> {
  const bytes = await readFile(demoList);
  const done = await importBytes(tx, 'demo-meetings.json', bytes, {
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
