import { foldPlace } from '../gazetteer/fold-place.rules.ts';
import { buildNames, type NameIndex, narrowed, wholeRun } from '../gazetteer/name-index.rules.ts';
import { typedPosition } from '../gazetteer/typed-position.rules.ts';
import type { Meeting, Position } from './meeting.rules.ts';

/** A place that somebody may type: a town, a part of it or a postal code of the directory. */
export interface KnownPlace {
  /** As shown: "Malvern, PA". */
  label: string;
  position: Position;
  /** How many listings are there; the larger place is offered first. */
  meetings: number;
}

interface Entry extends KnownPlace {
  words: string;
}

/** Places of the directory itself, made from its listings; nobody else is asked. */
export interface PlaceIndex {
  /** The place with most listings first. */
  entries: Entry[];
  /** The words of each entry. */
  names: NameIndex;
  /** Squares of the map (`squareOf`) with a listing. */
  squares: ReadonlySet<number>;
}

const squaresPerDegree = 4;
const squaresRound = 360 * squaresPerDegree;

function squareOf(lat: number, lng: number): number {
  const north = Math.floor((lat + 90) * squaresPerDegree);
  return north * squaresRound + (Math.floor((lng + 540) * squaresPerDegree) % squaresRound);
}

/** Whether a listing is near a point: in its square of the map or one beside it, some 20 to 50 km. */
export function isServed({ squares }: PlaceIndex, { lat, lng }: Position): boolean {
  const step = 1 / squaresPerDegree;
  return [-step, 0, step].some((north) =>
    [-step, 0, step].some((east) => squares.has(squareOf(lat + north, lng + east))),
  );
}

function middle(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] as number;
}

/** Whether a listing is in the same square of one degree as a point or in one beside it. */
export function servedRound({ squares }: PlaceIndex): (position: Position) => boolean {
  const whole = new Set<number>();
  for (const square of squares) {
    const north = Math.floor(square / squaresRound / squaresPerDegree);
    whole.add(north * 360 + Math.floor((square % squaresRound) / squaresPerDegree));
  }
  const steps = [-1, 0, 1];
  return ({ lat, lng }) => {
    const north = Math.floor(lat + 90);
    const east = Math.floor(lng + 540);
    return steps.some((up) =>
      steps.some((on) => whole.has((north + up) * 360 + ((east + on) % 360))),
    );
  };
}

interface Gathered {
  label: string;
  words: string;
  lats: number[];
  lngs: number[];
}

function labelsOf({ city, region, regions, postalCode }: Meeting['place']): Set<string> {
  const state = region ? `, ${region}` : '';
  const labels = new Set<string>();
  if (city) labels.add(city + state);
  if (postalCode) labels.add(`${postalCode.slice(0, 5)}${city ? ` ${city}` : ''}${state}`);
  const part = regions.at(-1);
  if (part && foldPlace(part) !== foldPlace(city)) labels.add(part + state);
  return labels;
}

/**
 * Collects towns, neighbourhoods and postal codes from listings with a position.
 * A place lies at the median of its listings, so that one wrong coordinate does not move it.
 */
export function buildPlaces(meetings: Iterable<Pick<Meeting, 'place'>>): PlaceIndex {
  const found = new Map<string, Gathered>();
  // Labels come again and again: each is folded once.
  const byLabel = new Map<string, Gathered>();
  const squares = new Set<number>();
  const gathered = (label: string): Gathered => {
    const known = byLabel.get(label);
    if (known) return known;
    const words = foldPlace(label);
    const same = found.get(words) ?? { label, words, lats: [], lngs: [] };
    found.set(words, same);
    byLabel.set(label, same);
    return same;
  };
  for (const { place } of meetings) {
    if (!place.position) continue;
    const { lat, lng } = place.position;
    squares.add(squareOf(lat, lng));
    for (const label of labelsOf(place)) {
      const { lats, lngs } = gathered(label);
      lats.push(lat);
      lngs.push(lng);
    }
  }
  const entries = [...found.values()].map(({ label, words, lats, lngs }) => ({
    label,
    words,
    meetings: lats.length,
    position: { lat: middle(lats), lng: middle(lngs) },
  }));
  entries.sort((a, b) => b.meetings - a.meetings || (a.words < b.words ? -1 : 1));
  return { entries, names: buildNames(entries.map(({ words }) => words)), squares };
}

const encoder = new TextEncoder();
const mostWords = 12;

/**
 * What a typed place may mean, best first: a pair of degrees, else places whose words begin with
 * what was typed (accents and case do not matter); a place that begins with it comes first.
 */
export function placesTyped(index: PlaceIndex, typed: string, limit = 8): KnownPlace[] {
  const position = typedPosition(typed);
  if (position) return [{ label: typed.trim(), position, meetings: 0 }];
  const wanted = foldPlace(typed);
  if (!wanted) return [];
  const words = wanted.split(' ').slice(0, mostWords);
  const { names } = index;
  // The word that the fewest places have says which to look at.
  const runs = words.map((word) => narrowed(names, wholeRun(names), 0, encoder.encode(word)));
  const least = runs.reduce((a, b) => (b.to - b.from < a.to - a.from ? b : a));
  const matching = [...new Set(names.wordNames.subarray(least.from, least.to))].flatMap((n) => {
    const entry = index.entries[n];
    return entry && words.every((word) => ` ${entry.words}`.includes(` ${word}`)) ? [entry] : [];
  });
  const rank = ({ words: own }: Entry) => (own === wanted ? 0 : own.startsWith(wanted) ? 1 : 2);
  return matching
    .sort((a, b) => rank(a) - rank(b) || b.meetings - a.meetings)
    .slice(0, limit)
    .map(({ label, position: at, meetings }) => ({ label, position: at, meetings }));
}
