import { announce } from '../../platform/announcements.ts';
import type { Context } from '../../platform/context.ts';
import { handle } from '../../platform/handler.ts';
import { settleTwins } from './lookalikes.server.ts';
import { isOnlyLooking } from './only-looking.server.ts';
import { removeList, removeSource, restoreList, restoreSource } from './removal-contract.ts';

type Asking = Pick<Context, 'query' | 'accountId' | 'afterCommit' | 'membership'>;

interface ListRow {
  id: string;
  service_body_id: string;
  removed_at: string | null;
  keeps: boolean;
}

// A removed list is seen by nobody but those who keep it, so it is not there for the others.
const listOf = `SELECT id, service_body_id, removed_at, app.serves(service_body_id) AS keeps
  FROM meeting_list WHERE id = $1 AND app.helps(service_body_id)`;

/** The list, or why the asker may not: to whoever cares for a part of it that is said outright. */
async function keptList(ctx: Asking, listId: string): Promise<ListRow | Refused> {
  if (await isOnlyLooking(ctx)) return 'notFound';
  const [list] = await ctx.query<ListRow & Record<string, unknown>>(listOf, [listId]);
  if (!list) return 'notFound';
  return list.keeps ? list : 'outsideScope';
}
type Refused = 'notFound' | 'outsideScope';

interface SourceRow {
  removed_at: string | null;
  removed_how: 'keep' | 'out' | null;
}

// Locked, so that no refresh begins meanwhile.
const sourceOf = `SELECT removed_at, removed_how FROM list_source
  WHERE id = $1 AND list_id = $2 FOR UPDATE`;

/** A source with its list, or why the asker may not. */
async function keptSource(
  ctx: Asking,
  listId: string,
  sourceId: string,
): Promise<{ list: ListRow; source: SourceRow } | Refused> {
  const list = await keptList(ctx, listId);
  if (typeof list === 'string') return list;
  const [source] = await ctx.query<SourceRow & Record<string, unknown>>(sourceOf, [
    sourceId,
    listId,
  ]);
  return source ? { list, source } : 'notFound';
}

const underWay = `SELECT FROM list_import WHERE source_id = $1
  AND state IN ('fetching','reading','applying','rollingBack') LIMIT 1`;

const letWaitingGo = `UPDATE list_import SET state = 'discarded' WHERE source_id = $1 AND state = 'staged'`;

const remove = `UPDATE list_source SET removed_at = now(), removed_how = $2 WHERE id = $1`;

// What the address answered last is of no use any more: the next fetch asks for all of it.
const restore = `UPDATE list_source SET removed_at = NULL, removed_how = NULL, etag = NULL,
    last_modified = NULL, next_at = CASE WHEN next_at IS NOT NULL THEN now() END WHERE id = $1`;

const standing = 'SELECT count(*)::int AS n FROM meeting WHERE source_id = $1 AND published';

const raised = 'SELECT app.list_changed($1) AS version';

// The hour of the source's removal marks them: only those come back with it.
const goOut = `WITH went AS (UPDATE meeting SET gone_at = now(), version = $2, changed_at = now()
    WHERE source_id = $1 AND gone_at IS NULL RETURNING id, service_body_id, listing)
  INSERT INTO meeting_event (id, meeting_id, service_body_id, kind, account_id, before)
  SELECT gen_random_uuid(), id, service_body_id, 'delete', $3, listing FROM went RETURNING id`;

const comeBack = `WITH came AS (UPDATE meeting m SET gone_at = NULL, version = $2, changed_at = now()
    FROM list_source s WHERE s.id = $1 AND m.source_id = s.id AND m.gone_at = s.removed_at
    RETURNING m.id, m.service_body_id, m.listing)
  INSERT INTO meeting_event (id, meeting_id, service_body_id, kind, account_id, before, after)
  SELECT gen_random_uuid(), id, service_body_id, 'back', $3, listing, listing FROM came RETURNING id`;

/** Takes the listings of a source out or back; how many. Their twins stand in for them meanwhile. */
async function move(
  ctx: Asking,
  { id, service_body_id }: ListRow,
  sourceId: string,
  statement: string,
): Promise<number> {
  const [list] = await ctx.query<{ version: number }>(raised, [id]);
  const moved = await ctx.query(statement, [sourceId, list?.version, ctx.accountId]);
  await settleTwins(ctx, service_body_id);
  return moved.length;
}

const inList = `SELECT (SELECT count(*) FROM meeting WHERE list_id = $1 AND gone_at IS NULL)::int AS meetings,
    (SELECT count(*) FROM list_source WHERE list_id = $1 AND removed_at IS NULL)::int AS sources`;

const putAway = `UPDATE meeting_list SET removed_at = now(), published = false, version = version + 1
  WHERE id = $1`;
const takeOut = `UPDATE meeting_list SET removed_at = NULL, published = true, version = version + 1
  WHERE id = $1 AND removed_at IS NOT NULL`;

export const removalHandlers = [
  handle(removeSource, async (ctx, { listId, sourceId, listings }) => {
    const kept = await keptSource(ctx, listId, sourceId);
    if (typeof kept === 'string') return ctx.refuse(kept);
    const { list, source } = kept;
    if (source.removed_at) return ctx.refuse('removedBefore');
    if ((await ctx.query(underWay, [sourceId])).length > 0) return ctx.refuse('underWay');
    await ctx.query(letWaitingGo, [sourceId]);
    const [stood] = await ctx.query<{ n: number }>(standing, [sourceId]);
    const went = listings === 'out' ? await move(ctx, list, sourceId, goOut) : null;
    await ctx.query(remove, [sourceId, listings]);
    ctx.audit({ objectId: sourceId, fields: ['removed'] });
    ctx.afterCommit(() => announce('directory'));
    return { listings: went ?? stood?.n ?? 0 };
  }),

  handle(restoreSource, async (ctx, { listId, sourceId }) => {
    const kept = await keptSource(ctx, listId, sourceId);
    if (typeof kept === 'string') return ctx.refuse(kept);
    const { list, source } = kept;
    if (!source.removed_at) return ctx.refuse('notRemoved');
    await ctx.query(takeOut, [listId]);
    const came = source.removed_how === 'out' ? await move(ctx, list, sourceId, comeBack) : null;
    await ctx.query(restore, [sourceId]);
    const [here] = await ctx.query<{ n: number }>(standing, [sourceId]);
    ctx.audit({ objectId: sourceId, fields: ['removed'] });
    ctx.afterCommit(() => announce('directory'));
    return { listings: came ?? here?.n ?? 0 };
  }),

  handle(removeList, async (ctx, { listId }) => {
    const list = await keptList(ctx, listId);
    if (typeof list === 'string') return ctx.refuse(list);
    if (list.removed_at) return ctx.refuse('removedBefore');
    // Nothing comes in between the count and the putting away.
    await ctx.query('SELECT FROM meeting_list WHERE id = $1 FOR UPDATE', [listId]);
    const [holds] = await ctx.query<{ meetings: number; sources: number }>(inList, [listId]);
    if (holds && holds.meetings + holds.sources > 0) return ctx.refuse('listNotEmpty', holds);
    await ctx.query(putAway, [listId]);
    ctx.audit({ objectId: listId, fields: ['removed'] });
    ctx.afterCommit(() => announce('directory'));
    return {};
  }),

  handle(restoreList, async (ctx, { listId }) => {
    const list = await keptList(ctx, listId);
    if (typeof list === 'string') return ctx.refuse(list);
    if (!list.removed_at) return ctx.refuse('notRemoved');
    await ctx.query(takeOut, [listId]);
    ctx.audit({ objectId: listId, fields: ['removed'] });
    ctx.afterCommit(() => announce('directory'));
    return {};
  }),
];
