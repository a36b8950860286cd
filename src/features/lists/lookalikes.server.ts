import type { Transaction } from '../../platform/database.ts';
import { clockOf } from '../meetings/meeting.rules.ts';
import { storedListings, writeListings } from './change-listing.server.ts';
import { type Compared, findLookalikes, type Looked, sameStart } from './likeness.rules.ts';

type Asks = Pick<Transaction, 'query'>;

const slim = `SELECT m.id, coalesce(m.source_id::text, 'hand ' || m.id) AS source,
    jsonb_build_object('fellowship', m.listing->'fellowship', 'name', m.listing->'name',
      'group', m.listing->'group', 'days', m.listing->'days', 'startsAt', m.listing->'startsAt',
      'timeZone', m.listing->'timeZone', 'attendance', m.listing->'attendance',
      'link', m.listing->'link', 'phone', m.listing->'phone', 'facets', m.listing->'facets',
      'place', (m.listing->'place') - 'notes' - 'name') AS meeting
  FROM meeting m WHERE m.service_body_id = $1 AND m.gone_at IS NULL AND NOT m.draft`;

const allOf = `${slim} AND m.id > $2 ORDER BY m.id LIMIT 5000`;
const around = `${slim} AND m.listing->>'startsAt' = ANY ($2)`;
const startsOfThem = `SELECT DISTINCT listing->>'startsAt' AS time FROM meeting
  WHERE service_body_id = $1 AND id = ANY ($2) AND listing->>'startsAt' IS NOT NULL`;

type SlimRow = { id: string; source: string; meeting: Compared };

const clock = (minute: number) => clockOf(((minute % 1440) + 1440) % 1440);

/** Listings to compare with: all of a body, or for a few changed ones those that start about then. */
async function lookedAt(
  tx: Asks,
  bodyId: string,
  changed: readonly string[] | null,
): Promise<Looked[]> {
  if (changed && changed.length <= 50) {
    const starts = await tx.query<{ time: string }>(startsOfThem, [bodyId, changed]);
    const times = new Set<string>();
    for (const { time } of starts) {
      const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
      for (let by = -sameStart; by <= sameStart; by++) times.add(clock(minute + by));
    }
    return tx.query<SlimRow>(around, [bodyId, [...times]]);
  }
  const all: Looked[] = [];
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const page = await tx.query<SlimRow>(allOf, [bodyId, after]);
    all.push(...page);
    const last = page.at(-1);
    if (!last || page.length < 5000) return all;
    after = last.id;
  }
}

const keep = `INSERT INTO meeting_likeness AS k (service_body_id, one_id, other_id, reasons, score)
  SELECT $1, r.one, r.other, r.reasons, r.score
  FROM jsonb_to_recordset($2) AS r(one uuid, other uuid, reasons text[], score real)
  ON CONFLICT (one_id, other_id) DO UPDATE SET reasons = excluded.reasons, score = excluded.score
    WHERE k.verdict IS NULL`;

// What nobody has judged and what is no longer alike is let go. A verdict stays.
const letGo = `DELETE FROM meeting_likeness k WHERE k.service_body_id = $1 AND k.verdict IS NULL
  AND ($2::uuid[] IS NULL OR k.one_id = ANY ($2) OR k.other_id = ANY ($2))
  AND NOT (k.one_id::text || k.other_id::text) = ANY ($3)`;

/**
 * Compares listings of a body across its sources and keeps what may be one meeting for a person to
 * judge; call it in the transaction that changed listings. `changed`: ids of those; null compares all
 * (some seconds for 50,000). Answers how many pairs were found among them. Verdicts are never touched.
 */
export async function lookForLookalikes(
  tx: Asks,
  bodyId: string,
  changed: readonly string[] | null,
): Promise<number> {
  if (changed?.length === 0) return 0;
  const looked = await lookedAt(tx, bodyId, changed);
  const found = findLookalikes(looked, changed ? new Set(changed) : undefined);
  await tx.query(letGo, [bodyId, changed, found.map(({ one, other }) => one + other)]);
  for (let at = 0; at < found.length; at += 1000)
    await tx.query(keep, [bodyId, JSON.stringify(found.slice(at, at + 1000))]);
  return found.length;
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
