import { announce } from '../../platform/announcements.ts';
import type { Context } from '../../platform/context.ts';
import { handle } from '../../platform/handler.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { corrected, mayWrite, storedListings, writeListings } from './change-listing.server.ts';
import {
  duplicateQueue,
  judgeDuplicate,
  lookForDuplicates,
  unjudgeDuplicate,
} from './duplicate-contract.ts';
import type { LikenessReason } from './likeness.rules.ts';
import {
  changedFields,
  fieldValue,
  isListingField,
  type ListingField,
  sameValue,
} from './listing-fields.rules.ts';
import { lookForLookalikes, type Merged, settleTwins } from './lookalikes.server.ts';
import { isOnlyLooking } from './only-looking.server.ts';

type Asking = Pick<Context, 'query'>;

interface PairRow {
  service_body_id: string;
  one_id: string;
  other_id: string;
  reasons: LikenessReason[];
  score: number;
  verdict: 'same' | 'different' | null;
  judged_at: string | null;
  merged: Merged | null;
}

interface SideRow {
  id: string;
  list_name: string;
  source: string | null;
  state: 'published' | 'draft' | 'gone' | 'twin';
  version: number;
  listing: Meeting;
}

// Both must be shown: what is hidden anyway is no double, and asks nothing of anybody.
const waiting = `FROM meeting_likeness k JOIN meeting a ON a.id = k.one_id JOIN meeting b ON b.id = k.other_id
  WHERE app.serves(k.service_body_id)
    AND CASE WHEN $1 = 'open' THEN k.verdict IS NULL AND a.published AND b.published ELSE k.verdict = $1 END`;

const sides = `SELECT m.id, l.name AS list_name, s.name AS source, m.version, m.listing,
    CASE WHEN m.gone_at IS NOT NULL THEN 'gone' WHEN m.twin_of IS NOT NULL THEN 'twin'
      WHEN m.draft THEN 'draft' ELSE 'published' END AS state
  FROM meeting m JOIN meeting_list l ON l.id = m.list_id LEFT JOIN list_source s ON s.id = m.source_id AND s.removed_at IS NULL
  WHERE m.id = ANY ($1)`;

async function pairOf(ctx: Asking, oneId: string, otherId: string): Promise<PairRow | null> {
  const rows = await ctx.query<PairRow & Record<string, unknown>>(
    `SELECT * FROM meeting_likeness WHERE one_id = $1 AND other_id = $2 FOR UPDATE`,
    oneId < otherId ? [oneId, otherId] : [otherId, oneId],
  );
  return rows[0] ?? null;
}

const judge = `UPDATE meeting_likeness SET verdict = $3, judged_at = now(), judged_by = $4, merged = $5
  WHERE one_id = $1 AND other_id = $2`;

export const duplicateHandlers = [
  handle(duplicateQueue, async (ctx, { only, from, limit }) => {
    const which = only ?? 'open';
    const [counted] = await ctx.query<{ total: number }>(
      `SELECT count(*)::int AS total ${waiting}`,
      [which],
    );
    const rows = await ctx.query<PairRow & Record<string, unknown>>(
      `SELECT k.* ${waiting} ORDER BY k.judged_at DESC NULLS LAST, k.score DESC, k.one_id, k.other_id
       OFFSET $2 LIMIT $3`,
      [which, from ?? 0, limit ?? 20],
    );
    const ids = rows.flatMap((row) => [row.one_id, row.other_id]);
    const found = await ctx.query<SideRow & Record<string, unknown>>(sides, [ids]);
    const byId = new Map(found.map((row) => [row.id, row]));
    return {
      total: counted?.total ?? 0,
      pairs: rows.flatMap((row) => {
        const one = byId.get(row.one_id);
        const other = byId.get(row.other_id);
        if (!one || !other) return [];
        const side = ({ list_name, ...rest }: SideRow) => ({ ...rest, listName: list_name });
        return [
          {
            one: side(one),
            other: side(other),
            score: row.score,
            reasons: row.reasons,
            verdict: row.verdict,
            judgedAt: row.judged_at,
            fields: changedFields(one.listing, other.listing),
          },
        ];
      }),
    };
  }),

  handle(judgeDuplicate, async (ctx, { oneId, otherId, verdict, keepId, take }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const pair = await pairOf(ctx, oneId, otherId);
    if (!pair) return ctx.refuse('notFound');
    if (pair.verdict !== null) return ctx.refuse('judgedAlready');
    const key = [pair.one_id, pair.other_id];
    ctx.audit({ objectId: pair.one_id, fields: ['verdict'] });
    if (verdict === 'different') {
      await ctx.query(judge, [...key, verdict, ctx.accountId, null]);
      return {};
    }
    if (!keepId || !key.includes(keepId)) return ctx.refuse('whichIsKept');
    const rows = await storedListings(ctx, pair.service_body_id, key);
    const kept = rows.find((row) => row.id === keepId);
    const twin = rows.find((row) => row.id !== keepId);
    if (!kept || !twin) return ctx.refuse('outsideScope');
    if (kept.twin_of || twin.twin_of) return ctx.refuse('isTwin');
    const fields = (take ?? []).filter(
      (name): name is ListingField => isListingField(name) && name !== 'closure',
    );
    const taken = Object.fromEntries(fields.map((f) => [f, fieldValue(twin.listing, f)]));
    const before = Object.fromEntries(fields.map((f) => [f, fieldValue(kept.listing, f)]));
    const write = corrected(kept, taken);
    if (!(await mayWrite(ctx, kept.service_body_id, write.listing as Meeting)))
      return ctx.refuse('outsideScope');
    const merged: Merged = { keep: keepId, before, taken };
    await ctx.query(judge, [...key, verdict, ctx.accountId, JSON.stringify(merged)]);
    await writeListings(ctx, [write, { row: twin, twinOf: keepId }], 'merged', ctx.accountId);
    // Whatever stood behind the twin stands behind the one that is shown now.
    await settleTwins(ctx, pair.service_body_id);
    ctx.afterCommit(() => announce('directory'));
    return {};
  }),

  handle(unjudgeDuplicate, async (ctx, { oneId, otherId }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const pair = await pairOf(ctx, oneId, otherId);
    if (!pair) return ctx.refuse('notFound');
    if (pair.verdict === null) return ctx.refuse('notJudged');
    const key = [pair.one_id, pair.other_id];
    const { merged } = pair;
    await ctx.query(judge, [...key, null, null, null]);
    await ctx.query(
      'UPDATE meeting_likeness SET judged_at = NULL WHERE one_id = $1 AND other_id = $2',
      key,
    );
    if (merged) {
      const rows = await storedListings(ctx, pair.service_body_id, key);
      const writes = rows.map((row) => {
        if (row.id !== merged.keep) return { row, twinOf: null };
        // What somebody has changed since stays changed.
        const back = Object.entries(merged.before).filter(
          ([name]) =>
            isListingField(name) && sameValue(fieldValue(row.listing, name), merged.taken[name]),
        );
        return corrected(row, Object.fromEntries(back));
      });
      await writeListings(ctx, writes, 'roll-back', ctx.accountId);
      ctx.afterCommit(() => announce('directory'));
    }
    ctx.audit({ objectId: pair.one_id, fields: ['verdict'] });
    return {};
  }),

  handle(lookForDuplicates, async (ctx, { bodyId }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    if ((await ctx.query('SELECT WHERE app.serves($1)', [bodyId])).length === 0)
      return ctx.refuse('notFound');
    const found = await lookForLookalikes(ctx, bodyId, null);
    ctx.audit({ objectId: bodyId, fields: ['likeness'] });
    return { found };
  }),
];
