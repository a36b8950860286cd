import { foldPlace } from '../gazetteer/fold-place.rules.ts';
import type { Gazetteer } from '../gazetteer/gazetteer.rules.ts';
import type { TypedPlace } from '../gazetteer/place-answer.rules.ts';
import { placesTyped as knownPlaces } from '../gazetteer/typed-place.rules.ts';
import type { Position } from './meeting.rules.ts';
import { isServed, placesTyped as listedPlaces, type PlaceIndex } from './place-lookup.rules.ts';
import { distanceKm } from './search-query.rules.ts';

/** Where places are known from: towns of the world, and what only listings name. */
export interface PlaceSources {
  gazetteer: Gazetteer;
  listed: PlaceIndex;
}

/** A place that what was typed may mean. */
export interface MeantPlace {
  label: string;
  position: Position;
  /** That is its name, typed to the end. */
  exact: boolean;
  /** Nothing has the name that was typed, this is one letter away. */
  guess: boolean;
  /** A region or country: most of it lies within so many km. */
  radiusKm?: number;
}

// A place with meetings near it is meant rather than one a thousand times as large without any.
const servedGain = 3;
/** So near each other, in km, two places of one name are one. */
const samePlaceKm = 15;

/** "19355 Malvern, PA" and "Malvern, PA (near Reading)" by the name alone. */
function nameOf(label: string): string {
  return foldPlace(label.split(',')[0] ?? '');
}

interface Fitting extends MeantPlace {
  /** 0: that is its name; 2: it begins so; 4: a guess; one more where no meeting is near. */
  rank: number;
}

const ranks = { exact: 0, begins: 2, guess: 4 };
/** "Alder" is rather the Alder Falls of the listings than a hamlet 3,000 km away. */
const hamlet = 1000;

function fromGazetteer(
  { label, position, fit, kind, population, radiusKm }: TypedPlace,
  listed: PlaceIndex,
): Fitting {
  const served = kind !== 'town' || isServed(listed, position);
  const small = !served && fit === 'exact' && population < hamlet;
  return {
    label,
    position,
    exact: fit === 'exact',
    guess: fit === 'guess',
    rank: (small ? ranks.begins : ranks[fit]) + (served ? 0 : 1),
    ...(radiusKm !== undefined && { radiusKm }),
  };
}

/**
 * What a typed place may mean, best first: towns, postal codes, regions and pairs of degrees, then
 * neighbourhoods and others that only listings name; exact names before those that begin so, and
 * among them those with meetings near.
 */
export function placesMeant(
  { gazetteer, listed }: PlaceSources,
  typed: string,
  wishes: { limit?: number; locale?: string } = {},
): MeantPlace[] {
  const { limit = 8, locale = 'en' } = wishes;
  const favour = (at: Position) => (isServed(listed, at) ? servedGain : 0);
  const known = knownPlaces(gazetteer, typed, { limit, locale, favour }).map((place) =>
    fromGazetteer(place, listed),
  );
  const wanted = foldPlace(typed);
  const own = listedPlaces(listed, typed, limit).flatMap(({ label, position }): Fitting[] => {
    const name = nameOf(label);
    const twin = known.some(
      (other) => nameOf(other.label) === name && distanceKm(other.position, position) < samePlaceKm,
    );
    const exact = name === wanted || foldPlace(label) === wanted;
    return twin
      ? []
      : [{ label, position, exact, guess: false, rank: exact ? ranks.exact : ranks.begins }];
  });
  const all = [...known, ...own].filter(({ guess }) => !guess || own.length === 0);
  return all
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ rank: _, ...place }) => place);
}
