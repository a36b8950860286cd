import { handle } from '../../platform/handler.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { meetingHistory, stagedDiff } from './import-contract.ts';
import { importOf } from './import-state.server.ts';
import type { StagedChange } from './import-words.rules.ts';
import { differingFields, valueIn } from './staged-listing.rules.ts';

interface ChangeRow {
  meeting_id: string;
  key: string;
  change: StagedChange;
  before: { listing: Meeting } | null;
  after: { listing: Meeting; kept?: string[]; locked?: string[] } | null;
  fields: string[];
}

function outlineOf({ name, days, startsAt, attendance, place }: Meeting) {
  return { name, days, startsAt, attendance, address: place.address };
}

function fieldByField(names: readonly string[], before: Meeting | null, after: Meeting | null) {
  if (!before || !after) return [];
  return names
    .filter((field) => field !== 'contacts')
    .map((field) => ({
      field,
      before: valueIn(before, field) ?? null,
      after: valueIn(after, field) ?? null,
    }));
}

function changeFrom(row: ChangeRow) {
  const before = row.before?.listing ?? null;
  const after = row.after?.listing ?? null;
  const listing = after ?? before;
  if (!listing) return [];
  const contacts = row.fields.includes('contacts')
    ? [{ field: 'contacts', before: null, after: null }]
    : [];
  return [
    {
      meetingId: row.meeting_id,
      key: row.key,
      change: row.change,
      listing: outlineOf(listing),
      fields: [...fieldByField(row.fields, before, after), ...contacts],
      kept: row.after?.kept ?? [],
      locked: row.after?.locked ?? [],
    },
  ];
}

/** One text for each question, so that each finds its own index and stops when the page is full. */
function changesOf(only: StagedChange | 'kept' | undefined, hasText: boolean): string {
  const kind =
    only === 'kept'
      ? "AND jsonb_array_length(after->'kept') > 0"
      : only
        ? `AND change = '${only}'`
        : '';
  const text = hasText
    ? "AND (key ILIKE $4 OR coalesce(after, before)->'listing'->>'name' ILIKE $4)"
    : '';
  return `SELECT meeting_id, key, change, before, after, fields FROM list_import_change
    WHERE import_id = $1 AND key > $2 ${kind} ${text} ORDER BY key LIMIT $3`;
}

const eventsOf = `SELECT e.number, e.happened_at, e.kind, e.account_id, e.import_id, e.before, e.after, e.fields,
    i.source, s.display_name
  FROM meeting_event e LEFT JOIN list_import i ON i.id = e.import_id
    LEFT JOIN service_body_servant s ON s.service_body_id = e.service_body_id AND s.account_id = e.account_id
  WHERE e.meeting_id = $1 AND ($2::bigint IS NULL OR e.number < $2) ORDER BY e.number DESC LIMIT $3`;

interface EventRow {
  number: number;
  happened_at: string;
  kind: string;
  account_id: string | null;
  import_id: string | null;
  before: Meeting | null;
  after: Meeting | null;
  fields: string[];
  source: string | null;
  display_name: string | null;
}

const pattern = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** What an import would do or has done, and what happened to a listing: to look at. */
export const viewHandlers = [
  handle(stagedDiff, async (ctx, { importId, only, text, after, limit = 50 }) => {
    if (!(await importOf(ctx, importId))) return ctx.refuse('notFound');
    const words = text?.trim();
    const rows = await ctx.query<ChangeRow & Record<string, unknown>>(
      changesOf(only, Boolean(words)),
      [importId, after ?? '', limit + 1, ...(words ? [pattern(words)] : [])],
    );
    const page = rows.slice(0, limit);
    return {
      changes: page.flatMap(changeFrom),
      next: rows.length > limit ? (page.at(-1)?.key ?? null) : null,
    };
  }),

  handle(meetingHistory, async (ctx, { meetingId, before, limit = 30 }) => {
    const [meeting] = await ctx.query<{ name: string }>(
      "SELECT listing->>'name' AS name FROM meeting WHERE id = $1 AND app.helps(service_body_id)",
      [meetingId],
    );
    if (!meeting) return ctx.refuse('notFound');
    const rows = await ctx.query<EventRow & Record<string, unknown>>(eventsOf, [
      meetingId,
      before ?? null,
      limit + 1,
    ]);
    return {
      name: meeting.name,
      events: rows.slice(0, limit).map((row) => ({
        number: row.number,
        at: row.happened_at,
        kind: row.kind,
        by: row.display_name,
        importId: row.import_id,
        source: row.source,
        fields: fieldByField(
          row.before && row.after ? differingFields(row.before, row.after) : [],
          row.before,
          row.after,
        ),
      })),
      more: rows.length > limit,
    };
  }),
];
