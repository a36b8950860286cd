import type { Context } from '../../platform/context.ts';
import { handle } from '../../platform/handler.ts';
import { oneLine } from '../meetings/plain-text.rules.ts';
import { isOnlyLooking } from './only-looking.server.ts';
import {
  changeServant,
  letServantGo,
  letServantIn,
  type servantScopes,
  servants,
} from './servant-contract.ts';

type Asking = Pick<Context, 'query'>;
type Scope = (typeof servantScopes)[number];

interface ServantRow {
  body_id: string;
  body_name: string;
  keeps: boolean;
  id: string;
  account_id: string;
  display_name: string;
  scope: Scope;
  regions: string[];
  group_name: string;
  added_at: string;
}

/** An entry is named by a hash of its two ids: account ids stay here. */
const entryId = "md5(s.service_body_id::text || ':' || s.account_id::text)";

const listed = `SELECT b.id AS body_id, b.name AS body_name, app.serves(b.id) AS keeps, ${entryId} AS id,
    s.account_id, s.display_name, s.scope, s.regions, s.group_name, s.added_at
  FROM service_body b JOIN service_body_servant s ON s.service_body_id = b.id
  WHERE app.helps(b.id) ORDER BY b.name, b.id, s.added_at, s.display_name`;

const named = `SELECT m.service_body_id AS body_id, m.listing->'place'->'regions' AS regions,
    m.listing->>'group' AS group_name, count(*)::int AS meetings
  FROM meeting m WHERE m.gone_at IS NULL AND app.serves(m.service_body_id)
  GROUP BY 1, 2, 3 ORDER BY 4 DESC LIMIT 5000`;

const mostNamed = 300;

/** Regions with everything above them, and groups, as the listings of a body name them. */
async function namesIn(ctx: Asking) {
  const rows = await ctx.query<{
    body_id: string;
    regions: string[] | null;
    group_name: string | null;
  }>(named);
  return (bodyId: string) => {
    const regions = new Map<string, string[]>();
    const groups = new Set<string>();
    for (const row of rows) {
      if (row.body_id !== bodyId) continue;
      if (row.group_name) groups.add(row.group_name);
      for (let depth = 1; depth <= (row.regions?.length ?? 0); depth++) {
        const path = (row.regions ?? []).slice(0, depth);
        regions.set(JSON.stringify(path), path);
      }
    }
    return {
      regions: [...regions.values()].slice(0, mostNamed),
      groups: [...groups].slice(0, mostNamed),
    };
  };
}

/** A scope that says what it must and nothing else; null where it does not. */
function clearScope(given: { scope: Scope; regions: string[]; group: string }) {
  const regions = given.regions.map((part) => oneLine(part)).filter(Boolean);
  const group = oneLine(given.group);
  if (given.scope === 'region' && regions.length === 0) return null;
  if (given.scope === 'group' && !group) return null;
  return [
    given.scope,
    given.scope === 'region' ? regions : [],
    given.scope === 'group' ? group : '',
  ] as const;
}

async function keeps(ctx: Asking, bodyId: string): Promise<boolean> {
  // Two who let each other go at once must not leave a body without anybody.
  await ctx.query('SELECT FROM service_body WHERE id = $1 AND app.serves(id) FOR UPDATE', [bodyId]);
  return (await ctx.query('SELECT WHERE app.serves($1)', [bodyId])).length > 0;
}

async function isLast(ctx: Asking, bodyId: string, id: string): Promise<boolean> {
  const others = await ctx.query(
    `SELECT FROM service_body_servant s
     WHERE s.service_body_id = $1 AND s.scope = 'body' AND ${entryId} <> $2`,
    [bodyId, id],
  );
  return others.length === 0;
}

export const servantHandlers = [
  handle(servants, async (ctx) => {
    const rows = await ctx.query<ServantRow & Record<string, unknown>>(listed);
    const colleagues = await ctx.query<{
      membership_id: string;
      account_id: string;
      display_name: string;
      role: string;
    }>('SELECT * FROM app.possible_servants()');
    const namesOf = await namesIn(ctx);
    const nameOf = new Map(colleagues.map((one) => [one.account_id, one.display_name]));
    const bodies = Map.groupBy(rows, (row) => row.body_id);
    return {
      bodies: [...bodies].map(([id, of]) => ({
        id,
        name: of[0]?.body_name ?? '',
        keeps: of[0]?.keeps ?? false,
        servants: of.map((row) => ({
          id: row.id,
          name: nameOf.get(row.account_id) ?? row.display_name,
          you: row.account_id === ctx.accountId,
          scope: row.scope,
          regions: row.regions,
          group: row.group_name,
          addedAt: row.added_at,
        })),
        ...namesOf(id),
      })),
      colleagues: colleagues.map((one) => ({
        membershipId: one.membership_id,
        name: one.display_name,
        role: one.role,
        bodies: rows.filter((row) => row.account_id === one.account_id).map((row) => row.body_id),
      })),
    };
  }),

  handle(letServantIn, async (ctx, { bodyId, membershipId, ...given }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    if (!(await keeps(ctx, bodyId))) return ctx.refuse('notFound');
    const scope = clearScope(given);
    if (!scope) return ctx.refuse('scopeUnclear');
    const [colleague] = await ctx.query<{ account_id: string; display_name: string }>(
      'SELECT account_id, display_name FROM app.possible_servants() WHERE membership_id = $1',
      [membershipId],
    );
    if (!colleague) return ctx.refuse('notFound');
    const made = await ctx.query(
      `INSERT INTO service_body_servant (service_body_id, account_id, display_name, scope, regions, group_name)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING account_id`,
      [bodyId, colleague.account_id, colleague.display_name, ...scope],
    );
    if (made.length === 0) return ctx.refuse('servantAlready');
    ctx.audit({ objectId: bodyId, fields: ['servant'] });
    return {};
  }),

  handle(changeServant, async (ctx, { bodyId, id, ...given }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    if (!(await keeps(ctx, bodyId))) return ctx.refuse('notFound');
    const scope = clearScope(given);
    if (!scope) return ctx.refuse('scopeUnclear');
    if (scope[0] !== 'body' && (await isLast(ctx, bodyId, id))) return ctx.refuse('lastServant');
    const done = await ctx.query(
      `UPDATE service_body_servant s SET scope = $3, regions = $4, group_name = $5
       WHERE s.service_body_id = $1 AND ${entryId} = $2 RETURNING s.account_id`,
      [bodyId, id, ...scope],
    );
    if (done.length === 0) return ctx.refuse('notFound');
    ctx.audit({ objectId: bodyId, fields: ['servant'] });
    return {};
  }),

  handle(letServantGo, async (ctx, { bodyId, id }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    if (!(await keeps(ctx, bodyId))) return ctx.refuse('notFound');
    if (await isLast(ctx, bodyId, id)) return ctx.refuse('lastServant');
    const done = await ctx.query(
      `DELETE FROM service_body_servant s
       WHERE s.service_body_id = $1 AND ${entryId} = $2 RETURNING s.account_id`,
      [bodyId, id],
    );
    if (done.length === 0) return ctx.refuse('notFound');
    ctx.audit({ objectId: bodyId, fields: ['servant'] });
    return {};
  }),
];
