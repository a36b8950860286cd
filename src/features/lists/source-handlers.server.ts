import { fellowships } from '../../content/fellowships/fellowships.ts';
import { uuidv7 } from '../../kit/id.ts';
import { handle } from '../../platform/handler.ts';
import type { ListFormat } from '../list-formats/source-row.rules.ts';
import { zoneNamed } from '../list-formats/zone-names.rules.ts';
import { askForStep } from './list-jobs.server.ts';
import { isOnlyLooking } from './only-looking.server.ts';
import { listSources, pauseSource, refreshNow, saveSource } from './source-contract.ts';
import { beginRefresh } from './source-refresh.server.ts';

interface SourceRow {
  id: string;
  service_body_id: string;
  list_id: string;
  list_name: string;
  name: string;
  format: ListFormat;
  url: string | null;
  fellowship: string | null;
  time_zone: string | null;
  every_hours: number | null;
  next_at: string | null;
  tried_at: string | null;
  succeeded_at: string | null;
  failures: number;
  trouble: string | null;
  trouble_detail: string | null;
  meetings: number;
  waiting: string | null;
  under_way: string | null;
}

const sourcesOf = `SELECT s.id, s.service_body_id, s.list_id, l.name AS list_name, s.name, s.format, s.url, s.fellowship,
    s.time_zone, s.every_hours, s.next_at, s.tried_at, s.succeeded_at, s.failures, s.trouble, s.trouble_detail,
    (SELECT count(*) FROM meeting m WHERE m.source_id = s.id AND m.published) AS meetings,
    (SELECT i.id FROM list_import i WHERE i.source_id = s.id AND i.state = 'staged'
     ORDER BY i.staged_at DESC LIMIT 1) AS waiting,
    (SELECT i.id FROM list_import i WHERE i.source_id = s.id AND i.state IN ('fetching','reading','applying','rollingBack')
     ORDER BY i.made_at DESC LIMIT 1) AS under_way
  FROM list_source s JOIN meeting_list l ON l.id = s.list_id
  WHERE s.removed_at IS NULL AND ($1::uuid IS NULL OR s.list_id = $1) ORDER BY l.name, s.name, s.id`;

function isWeb(url: string): boolean {
  const { protocol, username } = URL.parse(url) ?? {};
  return (protocol === 'http:' || protocol === 'https:') && !username;
}

const newSource = `INSERT INTO list_source
    (id, list_id, service_body_id, name, format, url, fellowship, time_zone, every_hours, next_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, CASE WHEN $9::integer IS NULL OR $6::text IS NULL THEN NULL ELSE now() END)
  ON CONFLICT (id) DO NOTHING RETURNING id`;

// What was fetched from another address says nothing of this one.
const changedSource = `UPDATE list_source SET name = $4, format = coalesce($5, format), url = $6, fellowship = $7,
    time_zone = $8, every_hours = $9,
    next_at = CASE WHEN $9::integer IS NULL OR $6::text IS NULL THEN NULL
      WHEN every_hours IS NOT NULL AND next_at IS NULL THEN NULL
      ELSE least(next_at, now() + $9::integer * interval '1 hour') END,
    etag = CASE WHEN url = $6 THEN etag END, last_modified = CASE WHEN url = $6 THEN last_modified END
  WHERE id = $1 AND list_id = $2 AND service_body_id = $3 AND removed_at IS NULL RETURNING id`;

const newList = `INSERT INTO meeting_list (id, service_body_id, name, fellowship, time_zone, source, demo)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

const removedOnes = `SELECT s.id, s.service_body_id, s.list_id, l.name AS list_name, s.name, s.removed_at, s.removed_how,
    (SELECT count(*) FROM meeting m WHERE m.source_id = s.id
       AND CASE s.removed_how WHEN 'out' THEN m.gone_at = s.removed_at ELSE m.published END)::int AS meetings
  FROM list_source s JOIN meeting_list l ON l.id = s.list_id
  WHERE s.removed_at IS NOT NULL AND ($1::uuid IS NULL OR s.list_id = $1) ORDER BY s.removed_at DESC, s.id LIMIT 100`;

interface RemovedRow extends Pick<SourceRow, 'id' | 'service_body_id' | 'list_id' | 'list_name'> {
  name: string;
  removed_at: string;
  removed_how: 'keep' | 'out';
  meetings: number;
}

const toRefresh = `SELECT id, list_id, service_body_id, url FROM list_source
  WHERE id = $1 AND removed_at IS NULL FOR UPDATE`;

/** A person may ask for so many fetches of one source in ten minutes. */
const mostInTenMinutes = 6;

const recently = `SELECT count(*) AS n FROM list_import WHERE source_id = $1 AND made_at > now() - interval '10 minutes'
  AND made_by IS NOT NULL`;

export const sourceHandlers = [
  handle(listSources, async (ctx, { listId }) => {
    const rows = await ctx.query<SourceRow & Record<string, unknown>>(sourcesOf, [listId ?? null]);
    const removed = await ctx.query<RemovedRow & Record<string, unknown>>(removedOnes, [
      listId ?? null,
    ]);
    return {
      sources: rows.map((row) => ({
        id: row.id,
        bodyId: row.service_body_id,
        listId: row.list_id,
        listName: row.list_name,
        name: row.name,
        format: row.format,
        url: row.url,
        fellowship: row.fellowship,
        timeZone: row.time_zone,
        everyHours: row.every_hours,
        paused: row.every_hours !== null && row.next_at === null,
        nextAt: row.next_at,
        triedAt: row.tried_at,
        succeededAt: row.succeeded_at,
        failures: row.failures,
        trouble: row.trouble
          ? { code: row.trouble, ...(row.trouble_detail && { detail: row.trouble_detail }) }
          : null,
        meetings: row.meetings,
        waiting: row.waiting,
        underWay: row.under_way,
      })),
      removed: removed.map((row) => ({
        id: row.id,
        bodyId: row.service_body_id,
        listId: row.list_id,
        listName: row.list_name,
        name: row.name,
        removedAt: row.removed_at,
        how: row.removed_how,
        meetings: row.meetings,
      })),
    };
  }),

  handle(saveSource, async (ctx, input) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const { id, bodyId, listId, listName, name, format, url, fellowship, timeZone } = input;
    if (fellowship !== undefined && !fellowships.has(fellowship))
      return ctx.refuse('unknownFellowship');
    const zone = timeZone === undefined ? null : zoneNamed(timeZone)?.zone;
    if (zone === undefined) return ctx.refuse('unknownZone');
    if (url !== undefined && !isWeb(url)) return ctx.refuse('address-not-web', { detail: url });
    if ((await ctx.query('SELECT WHERE app.serves($1)', [bodyId])).length === 0)
      return ctx.refuse('notFound');
    if (!listId && !listName) return ctx.refuse('needsList');
    const values = [
      name,
      format ?? null,
      url ?? null,
      fellowship ?? null,
      zone,
      input.everyHours ?? null,
    ];
    if (listId) {
      const known = await ctx.query(
        'SELECT FROM meeting_list WHERE id = $1 AND service_body_id = $2 AND removed_at IS NULL',
        [listId, bodyId],
      );
      if (known.length === 0) return ctx.refuse('notFound');
      const changed = await ctx.query(changedSource, [id, listId, bodyId, ...values]);
      if (changed.length > 0) {
        ctx.audit({ objectId: id, fields: ['source'] });
        return { sourceId: id, listId };
      }
    }
    const into = listId ?? uuidv7();
    if (!listId)
      await ctx.query(newList, [
        into,
        bodyId,
        listName,
        fellowship ?? null,
        zone,
        url ?? name,
        ctx.membership.demo,
      ]);
    const [, , ...rest] = values;
    const made = await ctx.query(newSource, [
      id,
      into,
      bodyId,
      name,
      format ?? 'meeting-guide',
      ...rest,
    ]);
    // The id is somebody else's: as if it were not there.
    if (made.length === 0) return ctx.refuse('notFound');
    ctx.audit({ objectId: id, fields: ['source'] });
    return { sourceId: id, listId: into };
  }),

  handle(pauseSource, async (ctx, { sourceId, paused }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const [source] = await ctx.query<{ url: string | null; every_hours: number | null }>(
      'SELECT url, every_hours FROM list_source WHERE id = $1 AND removed_at IS NULL',
      [sourceId],
    );
    if (!source) return ctx.refuse('notFound');
    if (!source.url) return ctx.refuse('noAddress');
    if (source.every_hours === null) return ctx.refuse('noSchedule');
    await ctx.query(
      'UPDATE list_source SET next_at = CASE WHEN $2 THEN NULL ELSE coalesce(next_at, now()) END WHERE id = $1',
      [sourceId, paused],
    );
    ctx.audit({ objectId: sourceId, fields: ['paused'] });
    return { sourceId };
  }),

  handle(refreshNow, async (ctx, { sourceId }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const [source] = await ctx.query<{
      id: string;
      list_id: string;
      service_body_id: string;
      url: string | null;
    }>(toRefresh, [sourceId]);
    if (!source) return ctx.refuse('notFound');
    const { url } = source;
    if (!url) return ctx.refuse('noAddress');
    const [asked] = await ctx.query<{ n: number }>(recently, [sourceId]);
    if ((asked?.n ?? 0) >= mostInTenMinutes)
      return ctx.refuse('slowDown', { retryAfterSeconds: 600 });
    const [underWay] = await ctx.query<{ id: string }>(
      "SELECT id FROM list_import WHERE source_id = $1 AND state IN ('fetching','reading') ORDER BY made_at DESC LIMIT 1",
      [sourceId],
    );
    // Somebody, or the clock, has just asked: that answer will do.
    if (underWay) return { importId: underWay.id };
    const importId = await beginRefresh(ctx, { ...source, url }, ctx.accountId);
    await askForStep(ctx, 'refresh', importId);
    ctx.audit({ objectId: sourceId, fields: ['refresh'] });
    return { importId };
  }),
];
