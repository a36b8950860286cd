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

const closedNow = `coalesce(m.listing->'closure', 'null') <> 'null'
  AND coalesce(m.listing->'closure'->>'until', '9999') >= to_char(now(), 'YYYY-MM-DD')`;

const stale = `greatest(m.listing->>'updatedAt', m.listing->>'confirmedAt')
  < to_char(now() - interval '${staleMonths} months', 'YYYY-MM-DD')`;

/** Whether two published listings that may be one wait for a verdict. */
const lookalike = `EXISTS (SELECT FROM meeting_likeness k
  WHERE k.verdict IS NULL AND (k.one_id = m.id OR k.other_id = m.id))`;

const isIn: Record<ListingState, string> = {
  all: 'm.gone_at IS NULL',
  published: 'm.published',
  draft: 'm.draft AND m.gone_at IS NULL',
  closed: `m.published AND ${closedNow}`,
  gone: 'm.gone_at IS NOT NULL',
  corrected: "(m.locked - 'closure') <> '{}' AND m.gone_at IS NULL",
  stale: `m.published AND ${stale}`,
  lookalike: `m.published AND ${lookalike}`,
};

const order = {
  name: "lower(m.listing->>'name'), m.id",
  when: "m.listing->'days'->0 NULLS LAST, m.listing->>'startsAt', lower(m.listing->>'name'), m.id",
  changed: 'm.changed_at DESC, m.id',
} as const;

// What others published is in the directory; here is what one has a part in.
const within = `FROM meeting m WHERE app.helps(m.service_body_id) AND ($1::uuid IS NULL OR m.list_id = $1)
  AND ($2 = '' OR m.listing->>'name' ILIKE $2 OR m.listing->>'group' ILIKE $2
    OR m.listing->'place'->>'name' ILIKE $2 OR m.listing->'place'->>'address' ILIKE $2
    OR m.listing->'place'->>'city' ILIKE $2)`;

const counting = `SELECT ${Object.entries(isIn)
  .map(([state, condition]) => `count(*) FILTER (WHERE ${condition})::int AS "${state}"`)
  .join(', ')} ${within}`;

const paging = (state: ListingState, sort: keyof typeof order) =>
  `WITH page AS (SELECT m.id, row_number() OVER (ORDER BY ${order[sort]}) AS place
     ${within} AND ${isIn[state]} ORDER BY place OFFSET $3 LIMIT $4)
   SELECT m.id, m.listing->>'name' AS name, m.listing->'days' AS days, m.listing->>'startsAt' AS starts_at,
     m.listing->>'timeZone' AS time_zone, m.listing->>'attendance' AS attendance,
     m.listing->'place'->>'name' AS place_name, m.listing->'place'->>'address' AS address,
     m.listing->'place'->>'city' AS city, l.name AS list_name, s.name AS source,
     CASE WHEN m.gone_at IS NOT NULL THEN 'gone' WHEN m.twin_of IS NOT NULL THEN 'twin'
       WHEN m.draft THEN 'draft' ELSE 'published' END AS state,
     ${closedNow} AS is_closed, coalesce(${stale}, false) AS is_stale,
     (SELECT count(*)::int FROM jsonb_object_keys(m.locked - 'closure')) AS locks,
     (SELECT count(*)::int FROM meeting_likeness k
       WHERE k.verdict IS NULL AND (k.one_id = m.id OR k.other_id = m.id)) AS lookalikes
   FROM page JOIN meeting m USING (id) JOIN meeting_list l ON l.id = m.list_id
     LEFT JOIN list_source s ON s.id = m.source_id ORDER BY page.place`;

const bodiesOf = `SELECT b.id AS body_id, b.name AS body_name, p.scope, l.id, l.name, l.fellowship, l.time_zone,
    (SELECT count(*)::int FROM meeting m WHERE m.list_id = l.id AND m.published) AS meetings,
    (SELECT count(*)::int FROM list_proposal p WHERE p.service_body_id = b.id AND p.state = 'open') AS proposals,
    (SELECT count(*)::int FROM meeting_likeness k WHERE k.service_body_id = b.id AND k.verdict IS NULL) AS lookalikes,
    (SELECT count(*)::int FROM meeting_closure c WHERE c.service_body_id = b.id AND c.ended_at IS NULL
      AND coalesce(c.until_day, 'infinity') >= current_date) AS closures
  FROM service_body b JOIN service_body_servant p ON p.service_body_id = b.id AND p.account_id = app.account()
    LEFT JOIN meeting_list l ON l.service_body_id = b.id
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
    const narrowed = [listId ?? null, pattern(text)];
    const [counts] = await ctx.query<Record<string, number>>(counting, narrowed);
    const rows = await ctx.query<Row & Record<string, unknown>>(
      paging(state ?? 'all', sort ?? 'name'),
      [...narrowed, from ?? 0, limit ?? 100],
    );
    return {
      total: counts?.[state ?? 'all'] ?? 0,
      counts: counts ?? {},
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
