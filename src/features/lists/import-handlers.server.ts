import { fellowships } from '../../content/fellowships/fellowships.ts';
import type { Context } from '../../platform/context.ts';
import { handle } from '../../platform/handler.ts';
import type { RowReport } from '../list-formats/read-list.rules.ts';
import { zoneNamed } from '../list-formats/zone-names.rules.ts';
import { isOvertaken } from './import-apply.server.ts';
import {
  applyStaged,
  discardImport,
  importProgress,
  imports,
  lookAtImport,
  rollBackImport,
  stageImport,
} from './import-contract.ts';
import { touchedSince } from './import-roll-back.server.ts';
import { openList } from './import-rows.server.ts';
import { type Choice, importOf, listAsItCame, moveImport, tallied } from './import-state.server.ts';
import { isAboutGone } from './import-words.rules.ts';
import { askForStep } from './list-jobs.server.ts';
import { isOnlyLooking } from './only-looking.server.ts';

type Answers = Pick<Choice, 'format' | 'fellowship' | 'timeZone'>;

function unknownAnswer({
  fellowship,
  timeZone,
}: Partial<Record<keyof Answers, string | undefined>>) {
  if (fellowship !== undefined && !fellowships.has(fellowship)) return 'unknownFellowship' as const;
  if (timeZone !== undefined && !zoneNamed(timeZone)) return 'unknownZone' as const;
  return null;
}

function countsOf(codes: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

/** So many rows are looked at to know what a list is. */
const firstRows = 300;

async function firstOf(rows: AsyncGenerator<RowReport>): Promise<RowReport[]> {
  const first: RowReport[] = [];
  for await (const row of rows) if (first.push(row) === firstRows) break;
  return first;
}

interface FactsRow {
  id: string;
  service_body_id: string;
  list_id: string | null;
  list_name: string | null;
  source_id: string | null;
  source: string;
  state: (typeof importProgress)['output']['shape']['state']['enum'][keyof (typeof importProgress)['output']['shape']['state']['enum']];
  made_at: string;
  staged_at: string | null;
  applied_at: string | null;
  rolled_back_at: string | null;
  progress: number | null;
  rows_total: number | null;
  taken: number | null;
  refused: number | null;
  warned: number | null;
  added: number | null;
  changed: number | null;
  back: number | null;
  same: number | null;
  gone: number | null;
  kept: number | null;
  held: string | null;
  held_detail: string | null;
  trouble: string | null;
  trouble_detail: string | null;
  choice: Choice;
}

const facts = `SELECT i.id, i.service_body_id, i.list_id, l.name AS list_name, i.source_id, i.source, i.state, i.made_at,
    i.staged_at, i.applied_at, i.rolled_back_at, i.progress, i.rows_total, i.taken, i.refused, i.warned, i.added,
    i.changed, i.back, i.same, i.gone, i.kept, i.held, i.held_detail, i.trouble, i.trouble_detail, i.choice
  FROM list_import i LEFT JOIN meeting_list l ON l.id = i.list_id`;

const codeOf = (code: string | null, detail: string | null) =>
  code ? { code, ...(detail && { detail }) } : null;

function factsFrom(row: FactsRow) {
  return {
    importId: row.id,
    bodyId: row.service_body_id,
    listId: row.list_id,
    listName: row.list_name ?? row.choice.listName ?? '',
    sourceId: row.source_id,
    source: row.source,
    state: row.state,
    madeAt: row.made_at,
    byClock: row.choice.byClock ?? false,
    stagedAt: row.staged_at,
    appliedAt: row.applied_at,
    rolledBackAt: row.rolled_back_at,
    progress: row.progress,
    total: row.rows_total,
    taken: row.taken ?? 0,
    refused: row.refused ?? 0,
    warned: row.warned ?? 0,
    added: row.added ?? 0,
    changed: row.changed ?? 0,
    back: row.back ?? 0,
    same: row.same ?? 0,
    gone: row.gone ?? 0,
    kept: row.kept ?? 0,
    unnamed: row.choice.unnamed ?? 0,
    held: codeOf(row.held, row.held_detail),
    trouble: codeOf(row.trouble, row.trouble_detail),
  };
}

/** Where a staged import goes: a source that is known, a list that is known, or both new. */
async function targetOf(
  ctx: Pick<Context, 'query'>,
  bodyId: string,
  { sourceId, listId }: { sourceId?: string | undefined; listId?: string | undefined },
): Promise<{ listId: string | null; sourceId: string | null } | null> {
  if (sourceId) {
    const [source] = await ctx.query<{ list_id: string }>(
      'SELECT list_id FROM list_source WHERE id = $1 AND service_body_id = $2 AND removed_at IS NULL',
      [sourceId, bodyId],
    );
    return source ? { listId: source.list_id, sourceId } : null;
  }
  if (!listId) return { listId: null, sourceId: null };
  const known = await ctx.query(
    'SELECT FROM meeting_list WHERE id = $1 AND service_body_id = $2 AND removed_at IS NULL',
    [listId, bodyId],
  );
  return known.length > 0 ? { listId, sourceId: null } : null;
}

/** Of a source that is removed nothing is read again and nothing taken back. */
async function isSourceRemoved(ctx: Pick<Context, 'query'>, sourceId: string): Promise<boolean> {
  const found = await ctx.query(
    'SELECT FROM list_source WHERE id = $1 AND removed_at IS NOT NULL',
    [sourceId],
  );
  return found.length > 0;
}

const said = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

export const importHandlers = [
  handle(lookAtImport, async (ctx, input) => {
    const wrong = unknownAnswer(input);
    if (wrong) return ctx.refuse(wrong);
    const row = await importOf(ctx, input.importId);
    if (!row) return ctx.refuse('notFound');
    const { format, fellowship, timeZone } = input;
    const list = await listAsItCame((...asked) => ctx.query(...asked), row.id);
    const opened = await openList(list, {
      ...said({ format, fellowship, timeZone: timeZone && zoneNamed(timeZone)?.zone }),
      url: row.source,
    });
    if (!opened.ok)
      return {
        format: format ?? 'meeting-guide',
        rows: 0,
        needs: [],
        refusals: [],
        warnings: [],
        samples: [],
        trouble: codeOf(opened.refused, opened.detail ?? null),
      };
    const rows = await firstOf(opened.rows);
    const taken = rows.flatMap((one) => (one.taken ? [one] : []));
    return {
      format: opened.format,
      rows: opened.total,
      needs: [...opened.needs],
      refusals: tallied(countsOf(rows.flatMap((one) => (one.taken ? [] : [one.refused])))),
      warnings: tallied(
        countsOf([
          ...opened.remarks.map(({ code }) => code),
          ...taken.flatMap((one) => [...new Set(one.warnings.map(({ code }) => code))]),
        ]),
      ),
      samples: taken.slice(0, 5).map(({ meeting }) => ({
        name: meeting.name,
        days: meeting.days,
        startsAt: meeting.startsAt,
        attendance: meeting.attendance,
        address: meeting.place.address,
        types: meeting.types,
      })),
      trouble: null,
    };
  }),

  handle(stageImport, async (ctx, input) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const wrong = unknownAnswer(input);
    if (wrong) return ctx.refuse(wrong);
    const row = await importOf(ctx, input.importId);
    if (!row) return ctx.refuse('notFound');
    if (row.applied_at) return ctx.refuse('alreadyApplied');
    const { sourceId = row.source_id ?? undefined, listId = row.list_id ?? undefined } = input;
    if (row.source_id && (await isSourceRemoved(ctx, row.source_id)))
      return ctx.refuse('sourceRemoved');
    const target = await targetOf(ctx, row.service_body_id, { sourceId, listId });
    if (!target) return ctx.refuse('notFound');
    const { listName, sourceName, format, fellowship, timeZone } = input;
    const zone = timeZone && zoneNamed(timeZone)?.zone;
    const choice = said({ listName, sourceName, format, fellowship, timeZone: zone });
    const from = ['handed', 'staged', 'stopped', 'discarded'] as const;
    if (!(await moveImport(ctx, row.id, from, 'reading', choice as Choice)))
      return ctx.refuse('underWay');
    await ctx.query(
      `UPDATE list_import SET list_id = $2, source_id = $3, made_by = $4,
         choice = choice || jsonb_build_object('demo', $5::boolean) WHERE id = $1`,
      [row.id, target.listId, target.sourceId, ctx.accountId, ctx.membership.demo],
    );
    await askForStep(ctx, 'stage', row.id);
    ctx.audit({ objectId: row.id, fields: ['stage'] });
    return { importId: row.id };
  }),

  handle(importProgress, async (ctx, { importId }) => {
    const [row] = await ctx.query<FactsRow & Record<string, unknown>>(`${facts} WHERE i.id = $1`, [
      importId,
    ]);
    if (!row) return ctx.refuse('notFound');
    const { refusals = [], warnings = [] } = row.choice;
    return { ...factsFrom(row), refusals, warnings };
  }),

  handle(imports, async (ctx, { listId, sourceId, open, before, limit = 30 }) => {
    const rows = await ctx.query<FactsRow & Record<string, unknown>>(
      `${facts} WHERE ($1::uuid IS NULL OR i.list_id = $1) AND ($2::uuid IS NULL OR i.source_id = $2)
         AND i.state NOT IN ('handed','discarded') AND ($3::timestamptz IS NULL OR i.made_at < $3)
         AND (NOT $4 OR i.state IN ('fetching','reading','staged','applying','rollingBack'))
       ORDER BY i.made_at DESC, i.id LIMIT $5`,
      [listId ?? null, sourceId ?? null, instant(before), open ?? false, limit + 1],
    );
    return { imports: rows.slice(0, limit).map(factsFrom), more: rows.length > limit };
  }),

  handle(applyStaged, async (ctx, input) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const { importId, agreed, gone, dropKept, leaveOut } = input;
    const row = await importOf(ctx, importId);
    if (!row) return ctx.refuse('notFound');
    if (row.state !== 'staged') return ctx.refuse('notStaged', { state: row.state });
    if (await isOvertaken(ctx, importId)) return ctx.refuse('overtaken');
    // Keeping what is gone answers the brake too.
    const asks = isAboutGone(row.held) && gone === 'keep' ? null : row.held;
    if (asks && agreed !== asks) return ctx.refuse('asksFirst', { held: asks });
    const choice = said({ gone, dropKept, leaveOut }) as Choice;
    if (!(await moveImport(ctx, importId, ['staged'], 'applying', choice)))
      return ctx.refuse('notStaged');
    await ctx.query('UPDATE list_import SET made_by = $2 WHERE id = $1', [importId, ctx.accountId]);
    await askForStep(ctx, 'apply', importId);
    ctx.audit({ objectId: row.list_id, fields: ['list'] });
    return { importId };
  }),

  handle(discardImport, async (ctx, { importId }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const row = await importOf(ctx, importId);
    if (!row) return ctx.refuse('notFound');
    if (row.applied_at) return ctx.refuse('alreadyApplied');
    const from = ['handed', 'staged', 'stopped', 'discarded'] as const;
    if (!(await moveImport(ctx, importId, from, 'discarded'))) return ctx.refuse('underWay');
    for (const table of ['part', 'row', 'change'])
      await ctx.query(`DELETE FROM list_import_${table} WHERE import_id = $1`, [importId]);
    ctx.audit({ objectId: importId, fields: ['discard'] });
    return { importId };
  }),

  handle(rollBackImport, async (ctx, { importId, leaveTouched }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const row = await importOf(ctx, importId);
    if (!row) return ctx.refuse('notFound');
    if (row.source_id && (await isSourceRemoved(ctx, row.source_id)))
      return ctx.refuse('sourceRemoved');
    if (row.state !== 'applied') return ctx.refuse('notApplied', { state: row.state });
    const { all, touched } = await touchedSince(ctx, importId);
    if (all === touched) return ctx.refuse('nothingToTakeBack', { touched });
    if (touched > 0 && !leaveTouched) return ctx.refuse('touchedSince', { touched, all });
    await moveImport(ctx, importId, ['applied'], 'rollingBack');
    await askForStep(ctx, 'rollBack', importId, ctx.accountId);
    ctx.audit({ objectId: row.list_id, fields: ['list'] });
    return { importId };
  }),
];

/** An instant as it was told to a screen, or null for anything else. */
function instant(text: string | undefined): string | null {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
