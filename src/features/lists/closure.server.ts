import { isDay } from '../../kit/day.ts';
import { announce } from '../../platform/announcements.ts';
import type { Context } from '../../platform/context.ts';
import { handle } from '../../platform/handler.ts';
import type { Closure, Meeting } from '../meetings/meeting.rules.ts';
import { folded, oneLine } from '../meetings/plain-text.rules.ts';
import {
  corrected,
  type StoredListing,
  storedListing,
  storedListings,
  writeListings,
} from './change-listing.server.ts';
import {
  type closable,
  closeAgain,
  closeTogether,
  closures,
  previewClosure,
  reopen,
} from './closure-contract.ts';
import { asStored } from './json-text.rules.ts';
import { isOnlyLooking } from './only-looking.server.ts';
import { isSamePlace, isSomewhere } from './same-place.rules.ts';

type Asking = Pick<Context, 'query' | 'now'>;
type What = (typeof closable)[number];

interface ClosureRow {
  id: string;
  service_body_id: string;
  what: What;
  title: string;
  meeting_ids: string[];
  from_day: string | null;
  until_day: string | null;
  note: string;
  made_at: string;
  ended_at: string | null;
}

const candidates = `SELECT id, listing FROM meeting
  WHERE service_body_id = $1 AND gone_at IS NULL
    AND ($2::text IS NULL OR lower(listing->>'group') = lower($2))
    AND ($3::float8 IS NULL OR (listing->'place'->'position'->>'lat') IS NULL
      OR abs((listing->'place'->'position'->>'lat')::float8 - $3) < 0.001)
  ORDER BY id`;

/** As one reads a week: the listing it began from, then by day, hour and name. */
function inOrder(rows: StoredListing[], firstId: string): StoredListing[] {
  const sorting = ({ id, listing }: StoredListing) =>
    `${id === firstId ? 0 : 1}${listing.days[0] ?? 7}${listing.startsAt ?? '99'}${listing.name}`;
  return rows.toSorted((one, other) => sorting(one).localeCompare(sorting(other), 'en'));
}

/** Listings of the body at the place, or of the group, of one of them. */
async function together(
  ctx: Asking,
  row: StoredListing,
  what: What,
): Promise<{ id: string; listing: Meeting }[]> {
  const { listing } = row;
  if (what === 'meeting') return [{ id: row.id, listing }];
  const group = what === 'group' ? listing.group : null;
  if (group === '') return [];
  const lat = what === 'place' ? (listing.place.position?.lat ?? null) : null;
  const found = await ctx.query<{ id: string; listing: Meeting }>(candidates, [
    row.service_body_id,
    group,
    lat,
  ]);
  if (group !== null) return found.filter((one) => folded(one.listing.group) === folded(group));
  if (!isSomewhere(listing)) return [];
  return found.filter(
    (one) => isSomewhere(one.listing) && isSamePlace(one.listing.place, listing.place),
  );
}

function titleOf({ name, group, place }: Meeting, what: What): string {
  if (what === 'group') return group;
  if (what === 'meeting') return name;
  return [place.name, place.address || place.city].filter(Boolean).join(', ');
}

/** A day that has passed everywhere on earth: until then a closure with this last day still counts. */
const isPast = (day: string, now: string) =>
  Date.parse(`${day}T00:00:00Z`) + 36 * 3_600_000 < Date.parse(now);

const fromRow = (row: ClosureRow): Closure => ({
  from: row.from_day,
  until: row.until_day,
  note: row.note,
});

const open = `SELECT id, service_body_id, what, title, meeting_ids, from_day, until_day, note, made_at, ended_at
  FROM meeting_closure WHERE service_body_id = $1 AND ended_at IS NULL AND meeting_ids && $2
    AND coalesce(until_day, 'infinity') >= current_date - 1
  ORDER BY made_at DESC`;

/** Gives each listing what holds for it: the newest closure still open, else what its source says. */
async function settle(
  ctx: Asking & Pick<Context, 'accountId' | 'afterCommit'>,
  bodyId: string,
  ids: readonly string[],
): Promise<number> {
  const rows = await storedListings(ctx, bodyId, ids);
  const closing = await ctx.query<ClosureRow & Record<string, unknown>>(open, [bodyId, ids]);
  const writes = rows.flatMap((row) => {
    const newest = closing.find((one) => one.meeting_ids.includes(row.id));
    const closure = newest ? fromRow(newest) : (row.sourced?.closure ?? null);
    if (JSON.stringify(closure) === JSON.stringify(row.listing.closure)) return [];
    return [corrected(row, { closure })];
  });
  await writeListings(ctx, writes, 'closure', ctx.accountId);
  ctx.afterCommit(() => announce('directory'));
  return writes.length;
}

async function closureById(ctx: Asking, id: string): Promise<ClosureRow | null> {
  const rows = await ctx.query<ClosureRow & Record<string, unknown>>(
    `SELECT id, service_body_id, what, title, meeting_ids, from_day, until_day, note, made_at, ended_at
     FROM meeting_closure WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return rows[0] ?? null;
}

function stateOf(row: ClosureRow, today: string): 'coming' | 'now' | 'over' | 'ended' {
  if (row.ended_at) return 'ended';
  if (row.until_day && row.until_day < today) return 'over';
  return row.from_day && row.from_day > today ? 'coming' : 'now';
}

export const closureHandlers = [
  handle(previewClosure, async (ctx, { meetingId, what }) => {
    const row = await storedListing(ctx, meetingId);
    if (!row) return ctx.refuse('notFound');
    const found = await together(ctx, row, what);
    const mine = await storedListings(
      ctx,
      row.service_body_id,
      found.map((one) => one.id),
      false,
    );
    return {
      title: titleOf(row.listing, what),
      outside: found.length - mine.length,
      meetings: inOrder(mine, meetingId).map(({ id, listing }) => ({
        id,
        name: listing.name,
        days: listing.days,
        startsAt: listing.startsAt,
        group: listing.group,
        where: titleOf(listing, 'place'),
        attendance: listing.attendance,
        isClosed: listing.closure !== null,
      })),
    };
  }),

  handle(closeTogether, async (ctx, input) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const { id, meetingId, what, fromDay, untilDay, leaveOut } = input;
    const row = await storedListing(ctx, meetingId, true);
    if (!row) return ctx.refuse('notFound');
    for (const day of [fromDay, untilDay])
      if (day && !isDay(day)) return ctx.refuse('noSuchDay', { day });
    if (fromDay && untilDay && untilDay < fromDay) return ctx.refuse('untilBeforeFrom');
    if (untilDay && isPast(untilDay, ctx.now)) return ctx.refuse('untilIsPast');
    const found = (await together(ctx, row, what)).map((one) => one.id);
    const mine = await storedListings(ctx, row.service_body_id, found);
    const ids = mine.map((one) => one.id).filter((one) => !leaveOut.includes(one));
    if (ids.length === 0) return ctx.refuse('nothingToClose');
    const made = await ctx.query(
      `INSERT INTO meeting_closure
         (id, service_body_id, what, title, meeting_ids, from_day, until_day, note, made_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id`,
      [
        id,
        row.service_body_id,
        what,
        titleOf(row.listing, what).slice(0, 300) || row.listing.name.slice(0, 300),
        ids,
        fromDay,
        untilDay,
        asStored(oneLine(input.note)),
        ctx.accountId,
      ],
    );
    if (made.length === 0) return ctx.refuse('notFound');
    const meetings = await settle(ctx, row.service_body_id, ids);
    ctx.audit({ objectId: id, fields: ['closure'] });
    return { id, meetings };
  }),

  handle(closures, async (ctx, { ended }) => {
    const rows = await ctx.query<
      ClosureRow & {
        body_name: string;
        today: string;
        names: { id: string; name: string }[];
      } & Record<string, unknown>
    >(
      `SELECT c.*, b.name AS body_name, to_char(now(), 'YYYY-MM-DD') AS today,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', m.listing->>'name')
            ORDER BY m.listing->>'name'), '[]')
          FROM (SELECT id, listing FROM meeting WHERE id = ANY (c.meeting_ids) LIMIT 50) m) AS names
       FROM meeting_closure c JOIN service_body b ON b.id = c.service_body_id
       WHERE (c.ended_at IS NOT NULL OR coalesce(c.until_day, 'infinity') < current_date - 1) = $1
       ORDER BY c.made_at DESC LIMIT 200`,
      [ended ?? false],
    );
    return {
      closures: rows.map((row) => ({
        id: row.id,
        bodyName: row.body_name,
        what: row.what,
        title: row.title,
        meetings: row.meeting_ids.length,
        fromDay: row.from_day,
        untilDay: row.until_day,
        note: row.note,
        madeAt: row.made_at,
        endedAt: row.ended_at,
        state: stateOf(row, row.today),
        names: row.names,
      })),
    };
  }),

  handle(reopen, async (ctx, { id }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const row = await closureById(ctx, id);
    if (!row) return ctx.refuse('notFound');
    if (row.ended_at) return ctx.refuse('openAlready');
    await ctx.query('UPDATE meeting_closure SET ended_at = now() WHERE id = $1', [id]);
    const meetings = await settle(ctx, row.service_body_id, row.meeting_ids);
    ctx.audit({ objectId: id, fields: ['closure'] });
    return { meetings };
  }),

  handle(closeAgain, async (ctx, { id }) => {
    if (await isOnlyLooking(ctx)) return ctx.refuse('notFound');
    const row = await closureById(ctx, id);
    if (!row) return ctx.refuse('notFound');
    if (!row.ended_at) return ctx.refuse('closedAlready');
    if (row.until_day && isPast(row.until_day, ctx.now)) return ctx.refuse('untilIsPast');
    await ctx.query('UPDATE meeting_closure SET ended_at = NULL WHERE id = $1', [id]);
    const meetings = await settle(ctx, row.service_body_id, row.meeting_ids);
    ctx.audit({ objectId: id, fields: ['closure'] });
    return { meetings };
  }),
];
