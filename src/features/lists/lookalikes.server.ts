import type { Transaction } from '../../platform/database.ts';
import { clockOf } from '../meetings/meeting.rules.ts';
import { storedListings, writeListings } from './change-listing.server.ts';
import {
  type Compared,
  findLookalikes,
  type Lookalike,
  type Looked,
  quarters,
  type Started,
  sameStart,
  slotsOf,
} from './likeness.rules.ts';

type Asks = Pick<Transaction, 'query'>;

// Each listing is unpacked once: asked for one by one, its fields would unpack it each time.
const slim = `SELECT m.id, coalesce(m.source_id::text, 'hand ' || m.id) AS source,
    to_jsonb(r) || jsonb_build_object('place', r.place - 'notes' - 'name') AS meeting`;
const unpacked = `LATERAL jsonb_to_record(m.listing) AS r(fellowship text, name text, "group" text, days jsonb,
    "startsAt" text, "timeZone" text, attendance text, link text, phone text, facets jsonb, place jsonb)`;

// One look by id each: asked for as a set, a planner that has not seen these rows yet walks them all.
const ofThem = `${slim} FROM unnest($2::uuid[]) wanted(id)
  CROSS JOIN LATERAL (SELECT * FROM meeting m WHERE m.id = wanted.id AND m.service_body_id = $1 LIMIT 1) m, ${unpacked}`;
const startingAt = `${slim} FROM meeting m, ${unpacked}
  WHERE m.service_body_id = $1 AND m.gone_at IS NULL AND NOT m.draft AND r."startsAt" = ANY ($2)`;
const startsOfAll = `SELECT r.days, r."startsAt", r."timeZone", array_agg(m.id::text) AS ids
  FROM meeting m, LATERAL jsonb_to_record(m.listing) AS r(days jsonb, "startsAt" text, "timeZone" text)
  WHERE m.service_body_id = $1 AND m.gone_at IS NULL AND NOT m.draft AND r."startsAt" IS NOT NULL
  GROUP BY 1, 2, 3`;
const startsOfThem = `SELECT DISTINCT listing->>'startsAt' AS time FROM meeting
  WHERE service_body_id = $1 AND id = ANY ($2) AND listing->>'startsAt' IS NOT NULL`;

type SlimRow = { id: string; source: string; meeting: Compared };
type StartRow = Started & { ids: string[] };

const clock = (minute: number) => clockOf(((minute % 1440) + 1440) % 1440);

/** Listings that start about when these do. */
async function around(tx: Asks, bodyId: string, changed: readonly string[]): Promise<Looked[]> {
  const starts = await tx.query<{ time: string }>(startsOfThem, [bodyId, changed]);
  const times = new Set<string>();
  for (const { time } of starts) {
    const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
    for (let by = -sameStart; by <= sameStart; by++) times.add(clock(minute + by));
  }
  return tx.query<SlimRow>(startingAt, [bodyId, [...times]]);
}

/** Ids of a body's listings by the quarter of an hour of the week in which they start. */
async function bySlot(tx: Asks, bodyId: string): Promise<string[][]> {
  const slots: string[][] = Array.from({ length: quarters }, () => []);
  for (const { ids, ...start } of await tx.query<StartRow>(startsOfAll, [bodyId]))
    for (const slot of slotsOf(start)) slots[slot]?.push(...ids);
  return slots;
}

/** So many listings are compared with one another at a time, where one hour has not more of them. */
const atOnce = 1000;

/** All listings of a body in groups of which each holds those that are compared with one another. */
async function* groups(tx: Asks, bodyId: string): AsyncGenerator<Looked[]> {
  const slots = await bySlot(tx, bodyId);
  for (let slot = 0; slot < quarters; ) {
    // A group ends with the quarter with which the next begins: they are compared across it.
    const ids = new Set(slots[slot]);
    do {
      slot++;
      for (const id of slots[slot % quarters] ?? []) ids.add(id);
    } while (slot < quarters && ids.size < atOnce);
    if (ids.size > 1) yield await tx.query<SlimRow>(ofThem, [bodyId, [...ids]]);
  }
}

const keep = `INSERT INTO meeting_likeness AS k (service_body_id, one_id, other_id, reasons, score, found_at)
  SELECT $1, r.one, r.other, r.reasons, r.score, clock_timestamp()
  FROM jsonb_to_recordset($2) AS r(one uuid, other uuid, reasons text[], score real)
  ON CONFLICT (one_id, other_id) DO UPDATE SET reasons = excluded.reasons, score = excluded.score,
    found_at = excluded.found_at WHERE k.verdict IS NULL`;

// What nobody has judged and what is no longer alike is let go. A verdict stays.
const letGo = `DELETE FROM meeting_likeness k WHERE k.service_body_id = $1 AND k.verdict IS NULL
  AND ($2::uuid[] IS NULL OR k.one_id = ANY ($2) OR k.other_id = ANY ($2)) AND k.found_at < $3`;

const foundSince = `SELECT count(*)::int AS n FROM meeting_likeness
  WHERE service_body_id = $1 AND verdict IS NULL AND found_at >= $2`;

/** Of more than so many that are like one listing nobody is helped by further ones. */
const mostOfOne = 5;

/** Of pairs, the likeliest first, those that are among the likeliest of either side. */
function likeliest(pairs: readonly Lookalike[]): Lookalike[] {
  const times = new Map<string, number>();
  return pairs.filter(({ one, other }) => {
    const [a, b] = [times.get(one) ?? 0, times.get(other) ?? 0];
    times.set(one, a + 1);
    times.set(other, b + 1);
    return Math.min(a, b) < mostOfOne;
  });
}

/**
 * Compares listings of a body across its sources and keeps what may be one meeting for a person to
 * judge; call it in the transaction that changed listings. `changed`: ids of those; null compares all
 * (some seconds for 50,000). Verdicts are never touched. Answers how many pairs wait for one.
 */
export async function lookForLookalikes(
  tx: Asks,
  bodyId: string,
  changed: readonly string[] | null,
): Promise<number> {
  if (changed?.length === 0) return 0;
  const [began] = await tx.query<{ at: string }>('SELECT clock_timestamp()::text AS at');
  const only = changed ? new Set(changed) : undefined;
  const few = changed && changed.length <= 50 ? [await around(tx, bodyId, changed)] : null;
  for await (const group of few ?? groups(tx, bodyId)) {
    const found = likeliest(findLookalikes(group, only));
    for (let at = 0; at < found.length; at += 500)
      await tx.query(keep, [bodyId, JSON.stringify(found.slice(at, at + 500))]);
  }
  await tx.query(letGo, [bodyId, changed, began?.at]);
  const [waiting] = await tx.query<{ n: number }>(foundSince, [bodyId, began?.at]);
  return waiting?.n ?? 0;
}

/** Fields by which listings are compared; those of a place beside. */
const tellingFields = [
  'name',
  'days',
  'startsAt',
  'timeZone',
  'fellowship',
  'attendance',
  'link',
  'phone',
  'group',
];

/**
 * Compares one listing again after a person changed `fields` of it, where that can matter. Verdicts
 * and what waits for one belong to servants of the whole body; for others the next import compares.
 */
export async function lookAgain(
  tx: Asks,
  bodyId: string,
  id: string,
  fields: readonly string[],
): Promise<void> {
  if (!fields.some((field) => tellingFields.includes(field) || field.startsWith('place.'))) return;
  if ((await tx.query('SELECT WHERE app.serves($1)', [bodyId])).length === 0) return;
  await lookForLookalikes(tx, bodyId, [id]);
}

/** What "same" did, as meeting_likeness.merged keeps it. */
export interface Merged {
  keep: string;
  /** Fields of the one that is shown, with their values from before. */
  before: Record<string, unknown>;
  /** The same fields as they were taken over. */
  taken: Record<string, unknown>;
}

const unsettled = `SELECT k.merged->>'keep' AS keep,
    CASE WHEN k.merged->>'keep' = k.one_id::text THEN k.other_id ELSE k.one_id END AS twin,
    s.gone_at IS NULL AS stands
  FROM meeting_likeness k
    JOIN meeting s ON s.id = (k.merged->>'keep')::uuid
    JOIN meeting t ON t.id = CASE WHEN s.id = k.one_id THEN k.other_id ELSE k.one_id END
  WHERE k.service_body_id = $1 AND k.verdict = 'same'
    AND t.twin_of IS DISTINCT FROM CASE WHEN s.gone_at IS NULL THEN s.id END`;

/**
 * A twin is hidden while the other stands. Where the one that was shown is gone from its source, its
 * twin is shown again, so that no meeting is lost; and hidden again once the other is back. Call it
 * after listings have come or gone. Answers how many changed.
 */
export async function settleTwins(tx: Asks, bodyId: string): Promise<number> {
  const found = await tx.query<{ keep: string; twin: string; stands: boolean }>(unsettled, [
    bodyId,
  ]);
  if (found.length === 0) return 0;
  const wanted = new Map(found.map(({ keep, twin, stands }) => [twin, stands ? keep : null]));
  const rows = await storedListings(tx, bodyId, [...wanted.keys()]);
  return writeListings(
    tx,
    rows.map((row) => ({ row, twinOf: wanted.get(row.id) ?? null })),
    'merged',
    null,
  );
}

const severalSources = `SELECT FROM meeting WHERE service_body_id = $1 AND gone_at IS NULL
  HAVING count(DISTINCT coalesce(source_id::text, 'by hand')) > 1`;

const toCompare = `SELECT meeting_id AS id FROM list_import_change
  WHERE import_id = $1 AND (change <> 'changed' OR fields && $2 OR array_to_string(fields, ' ') LIKE '%place.%')`;

/**
 * What an import, or taking one back, means for doubles: what it brought or changed is compared with
 * the other sources of its body, and twins stand in for what is gone. In the transaction that did it.
 */
export async function settleImported(tx: Asks, bodyId: string, importId: string): Promise<void> {
  await settleTwins(tx, bodyId);
  if ((await tx.query(severalSources, [bodyId])).length === 0) return;
  const changed = await tx.query<{ id: string }>(toCompare, [importId, tellingFields]);
  await lookForLookalikes(
    tx,
    bodyId,
    changed.map((row) => row.id),
  );
}
