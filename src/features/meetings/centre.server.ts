import type { OutputOf } from '../../kit/operation.ts';
import type { Gazetteer } from '../gazetteer/gazetteer.rules.ts';
import type { findPlaces } from './contract.ts';
import type { DirectoryView } from './directory.rules.ts';
import type { Position } from './meeting.rules.ts';
import { type MeantPlace, placesMeant } from './place-meant.rules.ts';
import { distanceKm } from './search-query.rules.ts';

/** Towns of the world by name; the first time it takes a second. */
export type Towns = () => Promise<Gazetteer>;

type AnsweredPlace = OutputOf<typeof findPlaces>['places'][number];

/** Where to search round, and which other places the words may have meant. */
export interface Centre {
  point: Position | null;
  place: AnsweredPlace | null;
  others: AnsweredPlace[];
  /** As far as a region or country goes that was typed, in km. */
  reachKm: number | null;
}

const nowhere: Centre = { point: null, place: null, others: [], reachKm: null };
/** As far as the search may be asked to look, in km. */
const furthestKm = 500;

function answered({ label, position, guess }: MeantPlace): AnsweredPlace {
  return { label, lat: position.lat, lng: position.lng, ...(guess && { guess }) };
}

/** Places that what was typed may mean, best first. */
export async function placesFor(
  typed: string,
  view: DirectoryView,
  towns: Towns,
  locale = 'en',
): Promise<AnsweredPlace[]> {
  const sources = { gazetteer: await towns(), listed: view.places };
  return placesMeant(sources, typed, { locale }).map(answered);
}

/** Where to search round: the point given, else the typed place; null when the place is unknown. */
export async function centreOf(
  {
    near,
    place,
    lang: locale = 'en',
  }: { near?: number[] | undefined; place?: string | undefined; lang?: string | undefined },
  view: DirectoryView,
  towns: Towns,
): Promise<Centre | null> {
  const [lat, lng] = near ?? [];
  if (lat !== undefined && lng !== undefined) return { ...nowhere, point: { lat, lng } };
  if (!place?.trim()) return nowhere;
  const sources = { gazetteer: await towns(), listed: view.places };
  const [best, ...others] = placesMeant(sources, place, { limit: 6, locale });
  if (!best) return null;
  // A postal code of the same town is no other place, and who typed Albany does not mean Albanyville.
  const elsewhere = others.filter(
    ({ exact, position }) => exact >= best.exact && distanceKm(position, best.position) > 5,
  );
  return {
    point: best.position,
    place: answered(best),
    others: elsewhere.map(answered),
    reachKm: best.radiusKm === undefined ? null : Math.min(best.radiusKm, furthestKm),
  };
}
