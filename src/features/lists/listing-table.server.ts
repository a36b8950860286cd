import { fellowships } from '../../content/fellowships/fellowships.ts';
import { handle } from '../../platform/handler.ts';
import type { Attendance, Weekday } from '../meetings/meeting.rules.ts';
import { oneLine } from '../meetings/plain-text.rules.ts';
import { listingTable, listsCaredFor } from './listing-contract.ts';
import { type ListingState, staleMonths } from './listing-states.rules.ts';

interface Row {
  id: string;
  name: string;
  days: Weekday[];
  starts_at: string | null;
  time_zone: string;
  attendance: Attendance;
  place_name: string;
  address: string;
  city: string;
  list_name: string;
  source: string | null;
  state: 'published' | 'draft' | 'gone' | 'twin';
  is_closed: boolean;
  locks: number;
  is_stale: boolean;
  lookalikes: number;
}

const closedNow = `coalesce(f.closure, 'null') <> 'null'
  AND coalesce(f.closure->>'until', '9999') >= to_char(now(), 'YYYY-MM-DD')`;

const stale = `greatest(f."updatedAt", f."confirmedAt")
  < to_char(now() - interval '${staleMonths} months', 'YYYY-MM-DD')`;

const isIn: Record<ListingState, string> = {
  all: 'f.gone_at IS NULL',
  published: 'f.published',
  draft: 'f.draft AND f.gone_at IS NULL',
  closed: `f.published AND ${closedNow}`,
  gone: 'f.gone_at IS NOT NULL',
  corrected: "f.locked <> '{}' AND f.gone_at IS NULL",
  stale: `f.published AND ${stale}`,
  lookalike: 'f.published AND f.lookalikes IS NOT NULL',
};

const order = {
  name: 'lower(f.name), f.id',
  when: 'f.days->0 NULLS LAST, f."startsAt", lower(f.name), f.id',
  changed: 'f.changed_at DESC, f.id',
} as const;

// Each listing is unpacked once. What others published is in the directory; here is what one has a part in.
const facts = `WITH alike AS (SELECT id, count(*)::int AS lookalikes FROM (
      SELECT one_id AS id FROM meeting_likeness WHERE verdict IS NULL AND service_body_id = ANY ($1)
      UNION ALL SELECT other_id FROM meeting_likeness WHERE verdict IS NULL AND service_body_id = ANY ($1)) k
    GROUP BY id),
  f AS MATERIALIZED (SELECT m.id, m.list_id, m.source_id, m.published, m.draft, m.gone_at, m.twin_of, m.changed_at,
      m.locked - 'closure' AS locked, r.*, k.lookalikes
    FROM meeting m CROSS JOIN LATERAL jsonb_to_record(m.listing) AS r(name text, "group" text, days jsonb,
        "startsAt" text, "timeZone" text, attendance text, place jsonb, closure jsonb, "updatedAt" text, "confirmedAt" text)
      LEFT JOIN alike k ON k.id = m.id
    WHERE m.service_body_id = ANY ($1) AND ($2::uuid IS NULL OR m.list_id = $2)
      AND ($3 = '' OR r.name ILIKE $3 OR r."group" ILIKE $3 OR r.place->>'name' ILIKE $3
        OR r.place->>'address' ILIKE $3 OR r.place->>'city' ILIKE $3))`;

const counts = `(SELECT jsonb_build_object(${Object.entries(isIn)
  .map(([state, condition]) => `'${state}', count(*) FILTER (WHERE ${condition})`)
  .join(', ')}) FROM f)`;

const paging = (state: ListingState, sort: keyof typeof order) =>
  `${facts}, page AS (SELECT f.*, row_number() OVER (ORDER BY ${order[sort]}) AS place_in_order
     FROM f WHERE ${isIn[state]} ORDER BY place_in_order OFFSET $4 LIMIT $5)
   SELECT ${counts} AS counts, (SELECT coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name,
       'days', f.days, 'starts_at', f."startsAt", 'time_zone', f."timeZone", 'attendance', f.attendance,
       'place_name', f.place->>'name', 'address', f.place->>'address', 'city', f.place->>'city',
       'list_name', l.name, 'source', s.name,
       'state', CASE WHEN f.gone_at IS NOT NULL THEN 'gone' WHEN f.twin_of IS NOT NULL THEN 'twin'
         WHEN f.draft THEN 'draft' ELSE 'published' END,
       'is_closed', ${closedNow}, 'is_stale', coalesce(${stale}, false),
       'locks', (SELECT count(*) FROM jsonb_object_keys(f.locked)),
       'lookalikes', coalesce(f.lookalikes, 0)) ORDER BY f.place_in_order), '[]')
     FROM page f JOIN meeting_list l ON l.id = f.list_id LEFT JOIN list_source s ON s.id = f.source_id AND s.removed_at IS NULL) AS rows`;

const bodiesHelped = `SELECT s.service_body_id AS id FROM service_body_servant s
  WHERE s.account_id = app.account() AND app.helps(s.service_body_id)`;

const bodiesOf = `SELECT b.id AS body_id, b.name AS body_name, p.scope, l.id, l.name, l.fellowship, l.time_zone,
    (SELECT count(*)::int FROM meeting m WHERE m.list_id = l.id AND m.published) AS meetings,
    (SELECT count(*)::int FROM list_proposal p WHERE p.service_body_id = b.id AND p.state = 'open') AS proposals,
    (SELECT count(*)::int FROM meeting_likeness k WHERE k.service_body_id = b.id AND k.verdict IS NULL) AS lookalikes,
    (SELECT count(*)::int FROM meeting_closure c WHERE c.service_body_id = b.id AND c.ended_at IS NULL
      AND coalesce(c.until_day, 'infinity') >= current_date) AS closures
  FROM service_body b JOIN service_body_servant p ON p.service_body_id = b.id AND p.account_id = app.account()
    LEFT JOIN meeting_list l ON l.service_body_id = b.id AND l.removed_at IS NULL
  WHERE app.helps(b.id) ORDER BY b.name, b.id, l.name`;

interface BodyRow {
  body_id: string;
  body_name: string;
  scope: 'body' | 'region' | 'group' | 'propose';
  id: string | null;
  name: string;
  fellowship: string | null;
  time_zone: string | null;
  meetings: number;
  proposals: number;
  lookalikes: number;
  closures: number;
}

/** Words as a pattern: what they hold is looked for as it is. */
function pattern(text: string | undefined): string {
  const words = oneLine(text);
  return words === '' ? '' : `%${words.replace(/[\\%_]/g, '\\$&')}%`;
}

export const tableHandlers = [
  handle(listingTable, async (ctx, { listId, state, text, sort, from, limit }) => {
    if (listId) {
      const known = await ctx.query(
        'SELECT FROM meeting_list WHERE id = $1 AND app.helps(service_body_id)',
        [listId],
      );
      if (known.length === 0) return ctx.refuse('notFound');
    }
    const bodies = await ctx.query<{ id: string }>(bodiesHelped);
    const [answer] = await ctx.query<{ counts: Record<string, number>; rows: Row[] }>(
      paging(state ?? 'all', sort ?? 'name'),
      [bodies.map((body) => body.id), listId ?? null, pattern(text), from ?? 0, limit ?? 100],
    );
    const { counts = {}, rows = [] } = answer ?? {};
    return {
      total: counts[state ?? 'all'] ?? 0,
      counts,
      rows: rows.map((row) => ({
        id: row.id,
        name: row.name,
        days: row.days,
        startsAt: row.starts_at,
        timeZone: row.time_zone,
        attendance: row.attendance,
        where: [row.place_name, row.address || row.city].filter(Boolean).join(', '),
        listName: row.list_name,
        source: row.source,
        state: row.state,
        isClosed: row.is_closed,
        locks: row.locks,
        isStale: row.is_stale,
        lookalikes: row.lookalikes,
      })),
    };
  }),

  handle(listsCaredFor, async (ctx) => {
    const rows = await ctx.query<BodyRow & Record<string, unknown>>(bodiesOf);
    const bodies = Map.groupBy(rows, (row) => row.body_id);
    return {
      bodies: [...bodies].map(([id, of]) => {
        const first = of[0] as BodyRow;
        return {
          id,
          name: first.body_name,
          scope: first.scope,
          proposals: first.proposals,
          lookalikes: first.lookalikes,
          closures: first.closures,
          lists: of.flatMap((row) =>
            row.id
              ? [
                  {
                    id: row.id,
                    name: row.name,
                    fellowship: row.fellowship,
                    timeZone: row.time_zone,
                    meetings: row.meetings,
                  },
                ]
              : [],
          ),
        };
      }),
      fellowships: [...fellowships.values()].map(({ id, name }) => ({ id, ...name })),
    };
  }),
];
