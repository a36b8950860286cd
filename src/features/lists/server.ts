import { fellowships } from '../../content/fellowships/fellowships.ts';
import { uuidv7 } from '../../kit/id.ts';
import { announce } from '../../platform/announcements.ts';
import type { Transaction } from '../../platform/database.ts';
import { handle } from '../../platform/handler.ts';
import {
  applyImport,
  fetchList,
  foundServiceBody,
  importReport,
  mostParts,
  myLists,
  previewImport,
  uploadPart,
} from './contract.ts';
import { fetchFromWeb } from './fetch-list.server.ts';
import { importHandlers } from './import-handlers.server.ts';
import { differenceOf, isManyGone, readListGently, storeList } from './import-store.server.ts';
import { viewHandlers } from './import-views.server.ts';
import { isOnlyLooking } from './only-looking.server.ts';
import type { ListAnswer, ReadList } from './read-list.rules.ts';
import { storeBody } from './service-body.server.ts';
import { sourceHandlers } from './source-handlers.server.ts';
import { zoneNamed } from './zone-names.rules.ts';

type Asks = Pick<Transaction, 'query'>;

interface ImportRow {
  service_body_id: string;
  source: string;
  applied_at: string | null;
}

interface Choice {
  importId: string;
  listId?: string | undefined;
  fellowship?: string | undefined;
  timeZone?: string | undefined;
}

/** Policies hide what one does not keep, so that absent and foreign answer alike. */
async function keptImport(tx: Asks, importId: string): Promise<ImportRow | null> {
  const rows = await tx.query<ImportRow & Record<string, unknown>>(
    'SELECT service_body_id, source, applied_at FROM list_import WHERE id = $1',
    [importId],
  );
  return rows[0] ?? null;
}

async function keepsBody(tx: Asks, bodyId: string): Promise<boolean> {
  return (await tx.query('SELECT WHERE app.serves($1)', [bodyId])).length > 0;
}

async function keepsList(tx: Asks, listId: string, bodyId: string): Promise<boolean> {
  const rows = await tx.query('SELECT FROM meeting_list WHERE id = $1 AND service_body_id = $2', [
    listId,
    bodyId,
  ]);
  return rows.length > 0;
}

/** Lists that are being fetched now; each holds a connection of the database until it has come. */
let fetching = 0;
const mostFetching = 3;

// Not "do update": a row that one may not see would be an error then, and tell that it exists.
const beginImport = `INSERT INTO list_import (id, service_body_id, source) VALUES ($1, $2, $3)
  ON CONFLICT (id) DO NOTHING RETURNING id`;

const openedImport = `SELECT id FROM list_import
  WHERE id = $1 AND service_body_id = $2 AND applied_at IS NULL`;

/** Lists that were handed over and never imported are let go after a day. */
const forgetAbandoned = `DELETE FROM list_import
  WHERE applied_at IS NULL AND made_at < now() - interval '1 day'`;

const storePart = `INSERT INTO list_import_part (import_id, service_body_id, part, bytes)
  VALUES ($1, $2, $3, $4) ON CONFLICT (import_id, part) DO UPDATE SET bytes = excluded.bytes`;

async function bytesOf(tx: Asks, importId: string): Promise<Buffer> {
  const parts = await tx.query<{ bytes: Buffer }>(
    'SELECT bytes FROM list_import_part WHERE import_id = $1 ORDER BY part',
    [importId],
  );
  return Buffer.concat(parts.map((part) => part.bytes));
}

function unknownChoice({ fellowship, timeZone }: Choice) {
  if (fellowship !== undefined && !fellowships.has(fellowship)) return 'unknownFellowship' as const;
  if (timeZone !== undefined && !zoneNamed(timeZone)) return 'unknownZone' as const;
  return null;
}

async function readImport(tx: Asks, choice: Choice): Promise<ListAnswer> {
  return readListGently(await bytesOf(tx, choice.importId), {
    fellowship: choice.fellowship ?? null,
    timeZone: choice.timeZone ? (zoneNamed(choice.timeZone)?.zone ?? null) : null,
  });
}

function tallied(codes: string[]): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

function outlineOf(read: ReadList) {
  const refusals = read.rows.flatMap((row) => (row.taken ? [] : [row.refused]));
  const warnings = read.rows.flatMap((row) =>
    row.taken ? [...new Set(row.warnings.map((warning) => warning.code))] : [],
  );
  const samples = read.rows.flatMap((row) => (row.taken ? [row.meeting] : [])).slice(0, 5);
  return {
    taken: read.taken,
    refused: read.refused,
    warned: read.warned,
    needs: read.needs,
    refusals: tallied(refusals),
    warnings: tallied(warnings),
    samples: samples.map(({ name, days, startsAt, attendance, place, types }) => ({
      name,
      days,
      startsAt,
      attendance,
      address: place.address,
      types,
    })),
  };
}

const writeList = `INSERT INTO meeting_list (id, service_body_id, name, fellowship, time_zone, source, demo)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, fellowship = excluded.fellowship,
    time_zone = excluded.time_zone, source = excluded.source, version = meeting_list.version + 1`;

/** Where an import goes and under which name; `listId` null makes a new list. */
interface ImportTarget {
  importId: string;
  bodyId: string;
  listId: string | null;
  name: string;
  source: string;
  fellowship: string | null;
  timeZone: string | null;
  unpublishGone: boolean;
  demo: boolean;
}

/** Stores a list that was read as one list of a body, with its report. The parts are let go. */
async function applyList(tx: Asks, target: ImportTarget, read: ReadList) {
  const { importId, bodyId } = target;
  const listId = target.listId ?? uuidv7();
  await tx.query(writeList, [
    listId,
    bodyId,
    target.name,
    target.fellowship,
    target.timeZone,
    target.source,
    target.demo,
  ]);
  const { unpublishGone } = target;
  const done = await storeList(tx, { listId, bodyId, importId, unpublishGone }, read);
  await tx.query(
    `UPDATE list_import SET list_id = $2, applied_at = now(), taken = $3, refused = $4, warned = $5,
       added = $6, changed = $7, gone = $8 WHERE id = $1`,
    [importId, listId, read.taken, read.refused, read.warned, done.added, done.changed, done.gone],
  );
  await tx.query('DELETE FROM list_import_part WHERE import_id = $1', [importId]);
  const { taken, refused, warned } = read;
  return {
    listId,
    taken,
    refused,
    warned,
    added: done.added,
    changed: done.changed,
    gone: done.gone,
  };
}

/** Opens an import under a body; false when the id belongs to another or has been applied. */
async function openImport(
  tx: Asks,
  importId: string,
  bodyId: string,
  source: string,
): Promise<boolean> {
  const begun = await tx.query(beginImport, [importId, bodyId, source.slice(0, 2000)]);
  return begun.length > 0 || (await tx.query(openedImport, [importId, bodyId])).length > 0;
}

const listsOf = `SELECT b.id AS body_id, b.name AS body_name, l.id, l.name, l.fellowship, l.time_zone, l.source,
    (SELECT count(*) FROM meeting m WHERE m.list_id = l.id AND m.published) AS meetings
  FROM service_body b LEFT JOIN meeting_list l ON l.service_body_id = b.id
  WHERE app.serves(b.id) ORDER BY b.name, l.name`;

const importsOf = `SELECT i.id, i.service_body_id, i.source, i.applied_at, i.taken, i.refused, i.warned,
    i.added, i.changed, i.gone, l.name AS list_name
  FROM list_import i JOIN meeting_list l ON l.id = i.list_id
  WHERE i.applied_at IS NOT NULL ORDER BY i.applied_at DESC LIMIT 50`;

export const handlers = [
  ...importHandlers,
  ...viewHandlers,
  ...sourceHandlers,

  handle(myLists, async (ctx) => {
    const lists = await ctx.query<{
      body_id: string;
      body_name: string;
      id: string | null;
      name: string;
      fellowship: string | null;
      time_zone: string | null;
      source: string;
      meetings: number;
    }>(listsOf);
    const imports = await ctx.query<{
      id: string;
      service_body_id: string;
      list_name: string;
      source: string;
      applied_at: string;
      taken: number;
      refused: number;
      warned: number;
      added: number;
      changed: number;
      gone: number;
    }>(importsOf);
    const bodies = new Map(lists.map((row) => [row.body_id, row.body_name]));
    return {
      bodies: [...bodies].map(([id, name]) => ({
        id,
        name,
        lists: lists.flatMap((row) =>
          row.id && row.body_id === id
            ? [
                {
                  id: row.id,
                  name: row.name,
                  fellowship: row.fellowship,
                  timeZone: row.time_zone,
                  source: row.source,
                  meetings: row.meetings,
                },
              ]
            : [],
        ),
        imports: imports
          .filter((row) => row.service_body_id === id)
          .map(({ list_name, applied_at, service_body_id: _, ...rest }) => ({
            ...rest,
            listName: list_name,
            appliedAt: applied_at,
          })),
      })),
      fellowships: [...fellowships.values()].map(({ id, short, name }) => ({ id, short, name })),
    };
  }),

  handle(foundServiceBody, async (ctx, { name }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const id = await storeBody(ctx, name, ctx.accountId, ctx.membership.demo);
    ctx.audit({ objectId: id, fields: ['name'] });
    return { id };
  }),

  handle(uploadPart, async (ctx, { importId, bodyId, source, part, bytes }) => {
    if (part > mostParts) return ctx.refuse('list-too-big');
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    if (!(await keepsBody(ctx, bodyId))) return ctx.refuse('notFound');
    if (part === 1) await ctx.query(forgetAbandoned);
    if (!(await openImport(ctx, importId, bodyId, source))) return ctx.refuse('notFound');
    await ctx.query(storePart, [importId, bodyId, part, Buffer.from(bytes, 'base64')]);
    ctx.audit({ objectId: importId, fields: ['part'] });
    return { importId };
  }),

  handle(fetchList, async (ctx, { importId, bodyId, url }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    if (!(await keepsBody(ctx, bodyId))) return ctx.refuse('notFound');
    if (fetching >= mostFetching) return ctx.refuse('slowDown', { retryAfterSeconds: 30 });
    fetching += 1;
    const fetched = await fetchFromWeb(url).finally(() => {
      fetching -= 1;
    });
    if (!fetched.ok) return ctx.refuse(fetched.refused, { detail: fetched.detail });
    if (fetched.unchanged) return ctx.refuse('not-reachable');
    if (!(await openImport(ctx, importId, bodyId, url))) return ctx.refuse('notFound');
    await ctx.query('DELETE FROM list_import_part WHERE import_id = $1', [importId]);
    await ctx.query(storePart, [importId, bodyId, 1, fetched.body]);
    ctx.audit({ objectId: importId, fields: ['url'] });
    return { importId };
  }),

  handle(previewImport, async (ctx, input) => {
    const wrong = unknownChoice(input);
    if (wrong) return ctx.refuse(wrong);
    const found = await keptImport(ctx, input.importId);
    if (!found) return ctx.refuse('notFound');
    if (input.listId && !(await keepsList(ctx, input.listId, found.service_body_id)))
      return ctx.refuse('notFound');
    const read = await readImport(ctx, input);
    if (!read.ok) return ctx.refuse(read.refused, { detail: read.detail });
    return { ...outlineOf(read), ...(await differenceOf(ctx, input.listId ?? null, read)) };
  }),

  handle(applyImport, async (ctx, input) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const wrong = unknownChoice(input);
    if (wrong) return ctx.refuse(wrong);
    const found = await keptImport(ctx, input.importId);
    if (!found) return ctx.refuse('notFound');
    if (found.applied_at) return ctx.refuse('alreadyApplied');
    const listId = input.listId ?? null;
    if (listId && !(await keepsList(ctx, listId, found.service_body_id)))
      return ctx.refuse('notFound');
    const read = await readImport(ctx, input);
    if (!read.ok) return ctx.refuse(read.refused, { detail: read.detail });
    if (read.needs.length > 0) return ctx.refuse('needsAnswers', { needs: read.needs });
    if (read.taken === 0) return ctx.refuse('nothingTaken', { refused: read.refused });
    const difference = await differenceOf(ctx, listId, read);
    // The brake: a list that shrinks at once is more often a broken source than a true ending.
    if (isManyGone(difference) && !input.unpublishGone)
      return ctx.refuse('wouldUnpublish', { gone: difference.gone });
    const done = await applyList(
      ctx,
      {
        importId: input.importId,
        bodyId: found.service_body_id,
        listId,
        name: input.name,
        source: found.source,
        fellowship: input.fellowship ?? null,
        timeZone: input.timeZone ?? null,
        unpublishGone: true,
        demo: ctx.membership.demo,
      },
      read,
    );
    ctx.audit({ objectId: done.listId, fields: ['list'] });
    ctx.afterCommit(() => announce('directory'));
    return done;
  }),

  handle(importReport, async (ctx, { importId, only, after, limit }) => {
    if (!(await keptImport(ctx, importId))) return ctx.refuse('notFound');
    const most = limit ?? 200;
    const rows = await ctx.query<{
      row_number: number;
      name: string;
      refused: string | null;
      detail: string | null;
      warnings: { code: string; detail?: string; column?: string }[];
    }>(
      `SELECT row_number, name, refused, detail, warnings FROM list_import_row
       WHERE import_id = $1 AND row_number > $2
         AND ($3 = 'all' OR ($3 = 'refused' AND refused IS NOT NULL) OR ($3 = 'warned' AND refused IS NULL AND warnings <> '[]'))
       ORDER BY row_number LIMIT $4`,
      [importId, after ?? 0, only, most + 1],
    );
    return {
      more: rows.length > most,
      rows: rows.slice(0, most).map(({ row_number, name, refused, detail, warnings }) => ({
        row: row_number,
        name,
        taken: refused === null,
        reasons: refused
          ? [{ code: refused, ...warnings[0], ...(detail && { detail }) }]
          : warnings,
      })),
    };
  }),
];
