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

/**
 * Towns and postal codes for a phone: columns of whole numbers, which compress well. Positions are in
 * thousandths of a degree (110 m), the difference from `south` and `west`.
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
  /** Numbers of codes (`codeNumber`), each as the difference from the one before. */
  codes: number[];
  /** The line of its town. */
  codeTowns: number[];
  codeLats: number[];
  codeLngs: number[];
}

const steps = 1000;

/** What is to be packed: places below `firstAdmin`, and rising places in `codes`. */
export interface Chosen {
  towns: Iterable<number>;
  codes: readonly number[];
}

/** Packs some places of a gazetteer, with the towns that the codes belong to. */
export function packPlaces(
  gazetteer: Gazetteer,
  chosen: Chosen,
  { south, west } = { south: -90, west: -180 },
): PackedPlaces {
  const { lats, lngs, codes, codePlaces, codeLats, codeLngs, people } = gazetteer;
  const north = (lat: number) => Math.round((lat / perDegree - south) * steps);
  const east = (lng: number) => {
    const far = (lng / perDegree - west + 720) % 360;
    return Math.round((far > 270 ? far - 360 : far) * steps);
  };
  const all = new Set(chosen.towns);
  for (const at of chosen.codes) all.add(codePlaces[at] as number);
  const towns = [...all].map((place) => ({ place, name: shownName(gazetteer, place) }));
  towns.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  const lines = new Map(towns.map(({ place }, line) => [place, line]));
  const regions = new Map<string, number>();
  const townRegions = towns.map(({ place }) => {
    const key = regionKey(gazetteer, place);
    const known = regions.get(key) ?? regions.size;
    regions.set(key, known);
    return known;
  });
  const column = (numberOf: (place: number) => number) => towns.map(({ place }) => numberOf(place));
  let last = 0;
  return {
    south,
    west,
    regions: [...regions.keys()],
    towns: towns.map(({ name }) => name).join('\n'),
    townRegions,
    townPeople: column((place) => Math.round(10 * Math.log10((people[place] as number) || 1))),
    townLats: column((place) => north(lats[place] as number)),
    townLngs: column((place) => east(lngs[place] as number)),
    codes: chosen.codes.map((at) => {
      const step = (codes[at] as number) - last;
      last = codes[at] as number;
      return step;
    }),
    codeTowns: chosen.codes.map((at) => lines.get(codePlaces[at] as number) ?? 0),
    codeLats: chosen.codes.map((at) => north(codeLats[at] as number)),
    codeLngs: chosen.codes.map((at) => east(codeLngs[at] as number)),
  };
}

function unpacked(packed: PackedPlaces): { towns: Town[]; codes: PostalCode[] } {
  const point = (lats: readonly number[], lngs: readonly number[], n: number) => ({
    lat: packed.south + (lats[n] ?? 0) / steps,
    lng: ((packed.west + (lngs[n] ?? 0) / steps + 540) % 360) - 180,
  });
  const names = packed.towns ? packed.towns.split('\n') : [];
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
    const { name = '', region = '' } = towns[packed.codeTowns[n] ?? 0] ?? {};
    return {
      code: codeText(number),
      town: name,
      region,
      ...point(packed.codeLats, packed.codeLngs, n),
    };
  });
  return { towns, codes };
}

/** The gazetteer of packed places, as `placesTyped` takes it; what is in several of them, once. */
export function gazetteerOf(packs: readonly PackedPlaces[]): Gazetteer {
  const towns = new Map<string, Town>();
  const codes = new Map<string, PostalCode>();
  for (const packed of packs) {
    const own = unpacked(packed);
    for (const town of own.towns)
      towns.set(`${town.name}|${town.region}|${Math.round(town.lat * 100)}`, town);
    for (const code of own.codes) codes.set(code.code, code);
  }
  return buildGazetteer(towns.values(), codes.values());
}
