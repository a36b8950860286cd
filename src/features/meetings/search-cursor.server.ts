import type { DirectoryView } from './directory.rules.ts';
import type { HitPlace } from './search-query.rules.ts';

/** A page ends somewhere at some time: the pages after it are of that time too. */
export interface Cursor {
  now: number;
  place: HitPlace;
}

/** How long a cursor may be used: the meetings under way then are over. */
const longest = 3_600_000;

/** A cursor as text that means nothing to whoever carries it. */
export function cursorText(view: DirectoryView, { now, place }: Cursor): string {
  const km = place.km === Number.POSITIVE_INFINITY ? null : place.km;
  const parts = JSON.stringify([now, view.idOf(place.id), km, place.when]);
  return Buffer.from(parts, 'latin1').toString('base64url');
}

function partsOf(text: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

/** What `cursorText` wrote; null when it is something else, or older than an hour. */
export function cursorFrom(view: DirectoryView, text: string, at: number): Cursor | null {
  const [now, id, km, when] = partsOf(text);
  if (typeof now !== 'number' || typeof id !== 'string' || typeof when !== 'number') return null;
  if (km !== null && typeof km !== 'number') return null;
  if (!(now <= at + longest && now >= at - longest)) return null;
  // One that is gone meanwhile: those as far away and at the same time may come twice, none is lost.
  const n = view.placeOf(id) ?? -1;
  return { now, place: { id: n, km: km ?? Number.POSITIVE_INFINITY, when } };
}
