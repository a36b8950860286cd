import { type Handler, handle } from '../../platform/handler.ts';
import { chooseSharing, readSharing } from './contract.ts';
import { type Choice, type ShareKind, sharedAt, shareKinds } from './rules.ts';

interface ChoiceRow {
  client_id: string;
  kind: ShareKind;
  share: boolean;
  changed_at: string;
}

export const handlers: readonly Handler[] = [
  handle(readSharing, async (ctx, input) => {
    const own = ctx.membership.clientId;
    const clientId = own ?? input.clientId;
    if (!clientId || (own && input.clientId && input.clientId !== own))
      return ctx.refuse('notFound');
    const rows = await ctx.query<Partial<ChoiceRow> & Record<string, unknown>>(
      `SELECT s.kind, s.share, s.changed_at FROM client c
       LEFT JOIN standing_choice s ON s.programme_id = c.programme_id AND s.client_id = c.id
       WHERE c.programme_id = $1 AND c.id = $2 ORDER BY s.changed_at, s.id`,
      [ctx.programmeId, clientId],
    );
    if (rows.length === 0) return ctx.refuse('notFound');
    const history: Choice[] = rows.flatMap(({ kind, share, changed_at: changedAt }) =>
      kind && share !== undefined && changedAt ? [{ kind, share, changedAt }] : [],
    );
    ctx.audit({ clientId, fields: ['sharing'] });
    return {
      chosen: shareKinds.every((kind) => history.some((choice) => choice.kind === kind)),
      now: shareKinds.map((kind) => ({
        kind,
        share: sharedAt(history, kind, ctx.now),
        changedAt: history.findLast((choice) => choice.kind === kind)?.changedAt ?? null,
      })),
      history,
    };
  }),

  handle(chooseSharing, async (ctx, { id, kind, share }) => {
    const clientId = ctx.ownClientId;
    // By when it was chosen on the device, never later than now.
    const madeAt = new Date(Math.min(Date.parse(ctx.request.madeAt), Date.parse(ctx.now)));
    await ctx.query(
      `INSERT INTO standing_choice (programme_id, id, client_id, kind, share, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [ctx.programmeId, id, clientId, kind, share, madeAt.toISOString()],
    );
    // Sent twice: the first stands. An id of somebody else is nothing that could be seen here.
    const [row] = await ctx.query<ChoiceRow & Record<string, unknown>>(
      'SELECT client_id, kind, share, changed_at FROM standing_choice WHERE programme_id = $1 AND id = $2',
      [ctx.programmeId, id],
    );
    if (!row || row.client_id !== clientId) return ctx.refuse('notFound');
    ctx.audit({ clientId, objectId: id, fields: [kind] });
    return { kind: row.kind, share: row.share, changedAt: row.changed_at };
  }),
];
