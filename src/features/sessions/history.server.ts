import type { Context } from '../../platform/context.ts';
import { handle } from '../../platform/handler.ts';
import { type Period, readHistory, removePeriod, savePeriod } from './contract.ts';

/** What the statements here need of a request. */
type Asking = Omit<Context, 'refuse'>;

interface PeriodRow {
  id: string;
  from_text: string;
  to_text: string;
  substance: string;
  amount: string;
  frequency: string;
  consequences: Period['consequences'];
  position: number;
  revision: number;
  writer: string;
  copy_of: string | null;
}

const columns =
  'id, from_text, to_text, substance, amount, frequency, consequences, position, revision, writer, copy_of';

function periodOf(row: PeriodRow): Period {
  return {
    id: row.id,
    fromText: row.from_text,
    toText: row.to_text,
    substance: row.substance,
    amount: row.amount,
    frequency: row.frequency,
    consequences: row.consequences,
    position: row.position,
    revision: row.revision,
    copyOf: row.copy_of,
  };
}

type PeriodInput = Omit<Period, 'revision' | 'copyOf'>;

function sameWords(row: PeriodRow, period: PeriodInput): boolean {
  const { revision: _revision, copyOf: _copyOf, ...stands } = periodOf(row);
  const sorted = (value: object) => JSON.stringify(Object.entries(value).sort());
  const flat = (value: PeriodInput) =>
    sorted({ ...value, consequences: sorted(value.consequences) });
  return flat(stands) === flat(period);
}

async function insert(
  ctx: Asking,
  clientId: string,
  period: PeriodInput,
  writer: string,
  copyOf: string | null,
): Promise<PeriodRow | undefined> {
  const [row] = await ctx.query<PeriodRow & Record<string, unknown>>(
    `INSERT INTO substance_history (programme_id, id, client_id, from_text, to_text, substance, amount, frequency,
       consequences, position, writer, copy_of)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING RETURNING ${columns}`,
    [
      ctx.programmeId,
      period.id,
      clientId,
      period.fromText,
      period.toText,
      period.substance,
      period.amount,
      period.frequency,
      JSON.stringify(period.consequences),
      period.position,
      writer,
      copyOf,
    ],
  );
  return row;
}

const saved = (row: PeriodRow) => ({ outcome: 'saved' as const, period: periodOf(row) });
const both = (row: PeriodRow) => ({ outcome: 'both' as const, period: periodOf(row) });

export const historyHandlers = [
  handle(readHistory, async (ctx, { clientId }) => {
    const id = ctx.membership.clientId ?? clientId;
    if (!id || (clientId && clientId !== id)) return ctx.refuse('notFound');
    const [client] = await ctx.query('SELECT 1 FROM client WHERE id = $1', [id]);
    if (!client) return ctx.refuse('notFound');
    const rows = await ctx.query<PeriodRow & Record<string, unknown>>(
      `SELECT ${columns} FROM substance_history WHERE client_id = $1 AND removed_at IS NULL ORDER BY position, copy_of IS NOT NULL, id`,
      [id],
    );
    ctx.audit({ clientId: id, fields: ['substanceHistory'] });
    return { periods: rows.map(periodOf) };
  }),

  handle(savePeriod, async (ctx, { clientId, period, baseRevision, writer }) => {
    const [client] = await ctx.query('SELECT 1 FROM client WHERE id = $1', [clientId]);
    if (!client) return ctx.refuse('notFound');
    ctx.audit({ clientId, objectId: period.id, fields: ['substanceHistory'] });
    const made = await insert(ctx, clientId, period, writer, null);
    if (made) return saved(made);
    const [stands] = await ctx.query<PeriodRow & Record<string, unknown>>(
      `SELECT ${columns} FROM substance_history WHERE id = $1 AND client_id = $2 FOR UPDATE`,
      [period.id, clientId],
    );
    if (!stands) return ctx.refuse('notFound');
    if (sameWords(stands, period)) return saved(stands);
    if (baseRevision !== stands.revision && stands.writer !== writer) {
      // Both stay: the stale one becomes a row of its own, to be looked at together. A later save from
      // the same tab changes that row, so that typing on does not make a row a letter.
      const [mine] = await ctx.query<{ id: string }>(
        'SELECT id FROM substance_history WHERE copy_of = $1 AND writer = $2 AND removed_at IS NULL FOR UPDATE',
        [period.id, writer],
      );
      if (!mine) {
        const copy = { ...period, id: crypto.randomUUID() };
        const row = await insert(ctx, clientId, copy, writer, period.id);
        if (!row) throw new Error('A copy with a new id met an old one.');
        return both(row);
      }
      return both(await update(ctx, mine.id, period, writer));
    }
    return saved(await update(ctx, period.id, period, writer));
  }),

  handle(removePeriod, async (ctx, { clientId, id }) => {
    const rows = await ctx.query(
      'UPDATE substance_history SET removed_at = $3 WHERE id = $1 AND client_id = $2 AND removed_at IS NULL RETURNING id',
      [id, clientId, ctx.now],
    );
    if (rows.length === 0) return ctx.refuse('notFound');
    ctx.audit({ clientId, objectId: id, fields: ['substanceHistory'] });
    return {};
  }),
];

async function update(
  ctx: Asking,
  id: string,
  period: PeriodInput,
  writer: string,
): Promise<PeriodRow> {
  const [row] = await ctx.query<PeriodRow & Record<string, unknown>>(
    `UPDATE substance_history SET from_text = $2, to_text = $3, substance = $4, amount = $5, frequency = $6,
       consequences = $7, position = $8, writer = $9, revision = revision + 1, updated_at = $10, removed_at = NULL
     WHERE id = $1 RETURNING ${columns}`,
    [
      id,
      period.fromText,
      period.toText,
      period.substance,
      period.amount,
      period.frequency,
      JSON.stringify(period.consequences),
      period.position,
      writer,
      ctx.now,
    ],
  );
  if (!row) throw new Error('A period that was just locked is not there.');
  return row;
}
