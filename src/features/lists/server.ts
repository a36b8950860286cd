import { fellowships } from '../../content/fellowships/fellowships.ts';
import { handle } from '../../platform/handler.ts';
import { foundServiceBody, importReport, mostParts, myLists, uploadPart } from './contract.ts';
import { importHandlers } from './import-handlers.server.ts';
import { type Asks, importOf, storeBytes } from './import-state.server.ts';
import { viewHandlers } from './import-views.server.ts';
import { isOnlyLooking } from './only-looking.server.ts';
import { removalHandlers } from './removal.server.ts';
import { storeBody } from './service-body.server.ts';
import { sourceHandlers } from './source-handlers.server.ts';

async function keepsBody(tx: Asks, bodyId: string): Promise<boolean> {
  return (await tx.query('SELECT WHERE app.serves($1)', [bodyId])).length > 0;
}

// Not "do update": a row that one may not see would be an error then, and tell that it exists.
const beginImport = `INSERT INTO list_import (id, service_body_id, source, made_by) VALUES ($1, $2, $3, $4)
  ON CONFLICT (id) DO NOTHING RETURNING id`;

const openedImport = `SELECT id FROM list_import
  WHERE id = $1 AND service_body_id = $2 AND state = 'handed'`;

/** Opens an import under a body; false when the id belongs to another or has been read. */
async function openImport(
  tx: Asks,
  { importId, bodyId, source }: { importId: string; bodyId: string; source: string },
  by: string,
): Promise<boolean> {
  const begun = await tx.query(beginImport, [importId, bodyId, source, by]);
  return begun.length > 0 || (await tx.query(openedImport, [importId, bodyId])).length > 0;
}

const listsOf = `SELECT b.id AS body_id, b.name AS body_name, l.id, l.name, l.fellowship, l.time_zone, l.source,
    (SELECT count(*) FROM meeting m WHERE m.list_id = l.id AND m.published) AS meetings, l.removed_at,
    NOT EXISTS (SELECT FROM meeting m WHERE m.list_id = l.id AND m.gone_at IS NULL)
      AND NOT EXISTS (SELECT FROM list_source s WHERE s.list_id = l.id AND s.removed_at IS NULL) AS empty
  FROM service_body b LEFT JOIN meeting_list l ON l.service_body_id = b.id
  WHERE app.serves(b.id) ORDER BY b.name, l.name`;

const importsOf = `SELECT i.id, i.service_body_id, i.source, i.applied_at, i.taken, i.refused, i.warned,
    i.added, i.changed, i.gone, l.name AS list_name
  FROM list_import i JOIN meeting_list l ON l.id = i.list_id
  WHERE i.applied_at IS NOT NULL ORDER BY i.applied_at DESC LIMIT 50`;

/** Each with a text of its own, so that it finds the index of rows with remarks. */
const remarked = {
  all: '',
  refused: 'AND refused IS NOT NULL',
  warned: "AND refused IS NULL AND warnings <> '[]'",
} as const;

export const handlers = [
  ...importHandlers,
  ...viewHandlers,
  ...sourceHandlers,
  ...removalHandlers,

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
      removed_at: string | null;
      empty: boolean;
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
          row.id && row.body_id === id && !row.removed_at
            ? [
                {
                  id: row.id,
                  name: row.name,
                  fellowship: row.fellowship,
                  timeZone: row.time_zone,
                  source: row.source,
                  meetings: row.meetings,
                  empty: row.empty,
                },
              ]
            : [],
        ),
        removed: lists.flatMap((row) =>
          row.id && row.body_id === id && row.removed_at
            ? [{ id: row.id, name: row.name, removedAt: row.removed_at }]
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
    if (!(await openImport(ctx, { importId, bodyId, source }, ctx.accountId)))
      return ctx.refuse('notFound');
    await storeBytes(ctx, { importId, bodyId, part }, Buffer.from(bytes, 'base64'));
    ctx.audit({ objectId: importId, fields: ['part'] });
    return { importId };
  }),

  handle(importReport, async (ctx, { importId, only, after, limit, raw: withRaw }) => {
    if (!(await importOf(ctx, importId))) return ctx.refuse('notFound');
    const most = limit ?? 200;
    const rows = await ctx.query<{
      row_number: number;
      name: string;
      refused: string | null;
      detail: string | null;
      warnings: { code: string; detail?: string; column?: string }[];
      raw: string | null;
    }>(
      `SELECT row_number, name, refused, detail, warnings, CASE WHEN $4 THEN left(raw::text, 20000) END AS raw
       FROM list_import_row WHERE import_id = $1 AND row_number > $2 ${remarked[only]}
       ORDER BY row_number LIMIT $3`,
      [importId, after ?? 0, most + 1, withRaw ?? false],
    );
    return {
      more: rows.length > most,
      rows: rows.slice(0, most).map(({ row_number, name, refused, detail, warnings, raw }) => ({
        row: row_number,
        name,
        taken: refused === null,
        ...(raw !== null && { raw }),
        reasons: refused
          ? [{ code: refused, ...warnings[0], ...(detail && { detail }) }]
          : warnings,
      })),
    };
  }),
];
