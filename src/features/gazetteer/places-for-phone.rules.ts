import { codeText, type Gazetteer, perDegree } from './gazetteer.rules.ts';
import { type PackedPlaces, packPlaces } from './packed-places.rules.ts';
import type { Point } from './place-answer.rules.ts';
import { pointOf } from './place-label.rules.ts';

/** A part of the map in degrees; `west` may be greater than `east`, or below -180, at the date line. */
export interface Box {
  south: number;
  west: number;
  north: number;
  east: number;
}

/** All towns and codes inside a box, for a phone that holds the list of meetings of a region. */
export function placesInBox(gazetteer: Gazetteer, box: Box): PackedPlaces {
  const { lats, lngs, codes, codeLats, codeLngs, firstAdmin } = gazetteer;
  const eastOf = (lng: number) => (lng - box.west + 720) % 360;
  const width = box.east - box.west >= 360 ? 360 : eastOf(box.east);
  const inside = (lat: number, lng: number) =>
    lat >= box.south * perDegree &&
    lat <= box.north * perDegree &&
    eastOf(lng / perDegree) <= width;
  const towns: number[] = [];
  for (let place = 0; place < firstAdmin; place++)
    if (inside(lats[place] as number, lngs[place] as number)) towns.push(place);
  const taken: number[] = [];
  for (let at = 0; at < codes.length; at++)
    if (inside(codeLats[at] as number, codeLngs[at] as number)) taken.push(at);
  return packPlaces(gazetteer, { towns, codes: taken }, box);
}

/** How many the list for choosing a region may hold. */
export interface Most {
  towns: number;
  codes: number;
}

/** Looks at so many places before it lets others have a turn. */
const turn = 2000;
/** Finer than people are counted. */
const bins = 50;
/** How near the meetings are: 2 there, 1 an hour or two away, 0 nowhere near. */
export type Nearness = 0 | 1 | 2;
/** A town nearer to meetings goes before every larger one. */
const step = 10;

/** One code of each of the first three digits, or two signs: enough to find the region by. */
function oneOfEach(codes: Uint32Array, among: readonly number[]): number[] {
  let last = '';
  return among.filter((at) => {
    const code = codeText(codes[at] as number);
    const beginning = code.slice(0, code.length === 5 ? 3 : 2);
    const isFirst = beginning !== last;
    last = beginning;
    return isFirst;
  });
}

/**
 * Places for a phone that holds no region yet: those near a meeting, then those around, then the
 * largest of the world; of codes too many to hold, one of each beginning. Pauses now and then.
 */
export function* placesForPhone(
  gazetteer: Gazetteer,
  nearness: (position: Point) => Nearness,
  most: Most,
): Generator<undefined, PackedPlaces> {
  const { weights, firstAdmin, codes, codePlaces } = gazetteer;
  const ranks = new Uint16Array(firstAdmin);
  const counts = new Uint32Array(bins * 3 * step + 1);
  for (let place = 0; place < firstAdmin; place++) {
    const rank = (weights[place] as number) + step * nearness(pointOf(gazetteer, place));
    const bin = Math.floor(rank * bins);
    ranks[place] = bin;
    counts[bin] = (counts[bin] as number) + 1;
    if (place % turn === 0) yield;
  }
  let least = counts.length;
  for (let held = 0; least > 0; least--) {
    held += counts[least - 1] as number;
    if (held > most.towns) break;
  }
  const towns: number[] = [];
  for (let place = 0; place < firstAdmin; place++)
    if ((ranks[place] as number) >= least) towns.push(place);
  yield;
  const codesAt = (near: Nearness) => {
    const found: number[] = [];
    for (let at = 0; at < codes.length; at++)
      if (Math.floor((ranks[codePlaces[at] as number] as number) / bins / step) === near)
        found.push(at);
    return found;
  };
  const held: number[] = [];
  for (const near of [2, 1] as const) {
    const own = codesAt(near);
    held.push(...(held.length + own.length <= most.codes ? own : oneOfEach(codes, own)));
    yield;
  }
  return packPlaces(gazetteer, { towns, codes: held.sort((a, b) => a - b) });
}
