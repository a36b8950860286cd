import { buildGazetteer } from './build-gazetteer.rules.ts';
import {
  codeText,
  type Gazetteer,
  type PostalCode,
  perDegree,
  regionKey,
  shownName,
  type Town,
} from './gazetteer.rules.ts';

/** A part of the map in degrees; `west` is greater than `east` where it crosses the date line. */
export interface Box {
  south: number;
  west: number;
  north: number;
  east: number;
}

/**
 * Towns and postal codes of a region for a phone that is offline: columns of small whole numbers,
 * which compress well. Positions are in thousandths of a degree (110 m) from the box's corner.
 */
export interface PackedPlaces {
  south: number;
  west: number;
  /** `US.NY`. */
  regions: string[];
  /** Names by the alphabet, one a line. */
  towns: string;
  townRegions: number[];
  /** People as tenths of powers of ten: 40 for 10,000; 0 where nobody counted. */
  townPeople: number[];
  townLats: number[];
  townLngs: number[];
  /** `codeNumber` of each, as the difference from the one before. */
  codes: number[];
  /** The line of its town. */
  codeTowns: number[];
  codeLats: number[];
  codeLngs: number[];
}

const steps = 1000;

function eastOf(lng: number, west: number): number {
  return (lng - west + 720) % 360;
}

/** Towns and codes inside a box, with the towns outside that codes inside belong to. */
export function placesInBox(gazetteer: Gazetteer, box: Box): PackedPlaces {
  const { lats, lngs, codes, codePlaces, codeLats, codeLngs, people, firstAdmin } = gazetteer;
  const width = box.east === box.west + 360 ? 360 : eastOf(box.east, box.west);
  const inside = (lat: number, lng: number) =>
    lat >= box.south * perDegree &&
    lat <= box.north * perDegree &&
    eastOf(lng / perDegree, box.west) <= width;
  const north = (lat: number) => Math.round((lat / perDegree - box.south) * steps);
  const east = (lng: number) => {
    const far = eastOf(lng / perDegree, box.west);
    return Math.round((far > width && far > 180 ? far - 360 : far) * steps);
  };
  const found = new Set<number>();
  for (let place = 0; place < firstAdmin; place++)
    if (inside(lats[place] as number, lngs[place] as number)) found.add(place);
  const taken: number[] = [];
  codes.forEach((_, at) => {
    if (!inside(codeLats[at] as number, codeLngs[at] as number)) return;
    taken.push(at);
    found.add(codePlaces[at] as number);
  });
  const towns = [...found].map((place) => ({ place, name: shownName(gazetteer, place) }));
  towns.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  const lines = new Map(towns.map(({ place }, line) => [place, line]));
  const keys = [...new Set(towns.map(({ place }) => regionKey(gazetteer, place)))];
  const column = (numberOf: (place: number) => number) => towns.map(({ place }) => numberOf(place));
  return {
    south: box.south,
    west: box.west,
    regions: keys,
    towns: towns.map(({ name }) => name).join('\n'),
    townRegions: column((place) => keys.indexOf(regionKey(gazetteer, place))),
    townPeople: column((place) => Math.round(10 * Math.log10((people[place] as number) || 1))),
    townLats: column((place) => north(lats[place] as number)),
    townLngs: column((place) => east(lngs[place] as number)),
    codes: taken.map((at, n) => (codes[at] as number) - (codes[taken[n - 1] ?? -1] ?? 0)),
    codeTowns: taken.map((at) => lines.get(codePlaces[at] as number) ?? 0),
    codeLats: taken.map((at) => north(codeLats[at] as number)),
    codeLngs: taken.map((at) => east(codeLngs[at] as number)),
  };
}

/** The gazetteer of a box, as `placesTyped` takes it; its towns are to within 110 m. */
export function gazetteerOfBox(packed: PackedPlaces): Gazetteer {
  const names = packed.towns ? packed.towns.split('\n') : [];
  const point = (lats: readonly number[], lngs: readonly number[], n: number) => ({
    lat: packed.south + (lats[n] ?? 0) / steps,
    lng: ((packed.west + (lngs[n] ?? 0) / steps + 540) % 360) - 180,
  });
  const towns = names.map(
    (name, n): Town => ({
      name,
      region: packed.regions[packed.townRegions[n] ?? 0] ?? '',
      people: packed.townPeople[n] ? Math.round(10 ** ((packed.townPeople[n] ?? 0) / 10)) : 0,
      ...point(packed.townLats, packed.townLngs, n),
    }),
  );
  let number = 0;
  const codes = packed.codes.map((step, n): PostalCode => {
    number += step;
    const town = towns[packed.codeTowns[n] ?? 0];
    return {
      code: codeText(number),
      town: town?.name ?? '',
      region: town?.region ?? '',
      ...point(packed.codeLats, packed.codeLngs, n),
    };
  });
  return buildGazetteer(towns, codes);
}
