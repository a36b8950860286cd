import { addDays, isDay } from '../../kit/day.ts';
import type { OpenRequest } from '../../platform/open-route.ts';
import { changeObject, type PublicChange } from './bmlt-changes.rules.ts';
import type { BmltHouse } from './bmlt-house.server.ts';
import { parameter } from './bmlt-query.rules.ts';
import type { Scope, Told } from './bmlt-results.server.ts';
import { Pieces, pauseEvery } from './slices.server.ts';

const changes = `SELECT number, happened_at AS "happenedAt", kind, meeting_id AS "meetingId",
    meeting_number AS "meetingNumber", shown, listing, body_number AS "bodyNumber",
    body_name AS "bodyName", before, after
  FROM app.public_changes($1, $2, $3, $4)`;

/** A day as `YYYY-MM-DD` that exists, as an instant so many days later; null: not given. */
function dayAsked(query: URLSearchParams, name: string, later: number): string | null | undefined {
  const text = parameter(query, name);
  if (text === null || text === '') return null;
  return isDay(text) ? `${addDays(text, later)}T00:00:00.000Z` : undefined;
}

function numberAsked(query: URLSearchParams, name: string): number | null | undefined {
  const text = parameter(query, name);
  if (text === null || text === '') return null;
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** GetChanges: the newest 2,000 that fit, newest first; days are days of UTC, both inclusive. */
export async function bmltChanges(
  house: BmltHouse,
  { query, read }: OpenRequest,
  { fellowship }: Scope,
): Promise<Told> {
  const from = dayAsked(query, 'start_date', 0);
  const until = dayAsked(query, 'end_date', 1);
  const meeting = numberAsked(query, 'meeting_id');
  const body = numberAsked(query, 'service_body_id');
  if (from === undefined || until === undefined)
    return {
      status: 422,
      message: 'start_date and end_date have to be days written as 2026-11-22.',
    };
  if (meeting === undefined || body === undefined)
    return { status: 422, message: 'meeting_id and service_body_id have to be numbers.' };
  const rows = await read((tx) =>
    tx.query<PublicChange & Record<string, unknown>>(changes, [
      from,
      until,
      // A day of a listing has the day in front of its number.
      meeting === null ? null : meeting % 1_000_000_000_000,
      body === null ? null : house.below(body),
    ]),
  );
  const pieces = new Pieces();
  const pause = pauseEvery();
  let told = 0;
  pieces.add('[');
  for (const row of rows) {
    if (fellowship !== null && row.listing.fellowship !== fellowship) continue;
    pieces.add(`${told++ > 0 ? ',' : ''}${JSON.stringify(changeObject(row))}`);
    const waiting = pause();
    if (waiting) await waiting;
  }
  pieces.add(']');
  return { parts: pieces.parts() };
}
