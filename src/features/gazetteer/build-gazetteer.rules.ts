import { adminsOf, type Inhabited } from './admins.rules.ts';
import { foldPlace } from './fold-place.rules.ts';
import {
  codeNumber,
  type Gazetteer,
  type PostalCode,
  perDegree,
  type Town,
} from './gazetteer.rules.ts';
import { buildNames, inBytes } from './name-index.rules.ts';
import { otherNames } from './other-names.rules.ts';
import { countryName, regions } from './regions.rules.ts';

/** Further from its town than this, in degrees, a postal code's position is a slip of the list. */
const slip = 1.5;

/** Countries with postal codes, and towns that have other names. */
const lookedUp = new Set(['US', 'CA']);
const named = new Set(otherNames.map(({ town }) => foldPlace(town)));

/** Towns as they come in, and all of one folded name. */
class Towns {
  readonly all: Town[] = [];
  readonly folded: string[] = [];
  readonly #named = new Map<string, number[]>();

  add(town: Town, folded = foldPlace(town.name)): number | null {
    if (!folded) return null;
    const number = this.all.push(town) - 1;
    this.folded.push(folded);
    // Only codes and other names look a town up while this is made.
    if (lookedUp.has(town.region.slice(0, 2)) || named.has(folded)) this.#name(folded, number);
    return number;
  }

  /** Another name of a town, by which postal codes find it. @returns it folded */
  call(name: string, town: number): string {
    const folded = foldPlace(name);
    this.#name(folded, town);
    return folded;
  }

  /** Whether others of the same name are in the same region. */
  isOneOfSeveral(town: number): boolean {
    const region = this.all[town]?.region;
    const same = this.#named.get(this.folded[town] ?? '') ?? [];
    return same.some((other) => other !== town && this.all[other]?.region === region);
  }

  #name(folded: string, town: number): void {
    const same = this.#named.get(folded);
    if (same) same.push(town);
    else this.#named.set(folded, [town]);
  }

  /** The best of a name in a region (`US.NY`) or country (`US`), the one that `badness` is least of. */
  best(folded: string, region: string, badness: (town: Town) => number): number | null {
    let best: number | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const number of this.#named.get(folded) ?? []) {
      const town = this.all[number] as Town;
      if (town.region !== region && town.region.slice(0, 2) !== region) continue;
      const bad = badness(town);
      if (bad >= least) continue;
      best = number;
      least = bad;
    }
    return best;
  }
}

function apart(a: { lat: number; lng: number }, b: { lat: number; lng: number }): number {
  return Math.abs(a.lat - b.lat) + Math.abs(a.lng - b.lng);
}

interface Code {
  number: number;
  place: number;
  lat: number;
  lng: number;
}

/** Gives each code its town: the nearest of that name, else one made of the code itself. */
function codesWithTowns(towns: Towns, codes: Iterable<PostalCode>): Code[] {
  const found: Code[] = [];
  const names = new Map<string, string>();
  for (const code of codes) {
    const known = code.lat !== 0 || code.lng !== 0;
    const folded = names.get(code.town) ?? foldPlace(code.town);
    names.set(code.town, folded);
    let place = towns.best(folded, code.region, (town) => apart(town, code));
    if (place === null && known)
      place = towns.add(
        { name: code.town, region: code.region, people: 0, lat: code.lat, lng: code.lng },
        folded,
      );
    const town = place === null ? null : towns.all[place];
    if (place === null || !town) continue;
    const { lat, lng } = known && apart(town, code) < slip ? code : town;
    found.push({ number: codeNumber(code.code), place, lat, lng });
  }
  return found.sort((a, b) => a.number - b.number);
}

const said: Record<string, string[]> = {
  US: ['USA', 'U.S.A.', 'US', 'U.S.', 'America', 'EEUU', 'EE. UU.'],
  GB: ['UK', 'U.K.', 'Great Britain', 'Britain', 'Gran Bretaña'],
  NL: ['Holland', 'Holanda'],
  NZ: ['NZ'],
  DE: ['Deutschland'],
  CZ: ['Czech Republic', 'República Checa'],
  TR: ['Turkey'],
};

/** What people call a region or country, in English and Spanish. */
function calledNames(key: string): string[] {
  const region = regions.get(key);
  if (!region) return [countryName(key, 'en'), countryName(key, 'es'), ...(said[key] ?? [])];
  return [region.name, ...region.also, ...(region.short ? [region.short] : [])];
}

/** A country or state is rather meant than a hamlet, a town rather than the state of its name. */
function weightOfAdmin(people: number): number {
  return Math.log10(Math.max(people / 20, 1e5));
}

/** Of two of one name in one state, the one that letters are sent to is rather meant. */
const mailGain = 0.3;

function weightOfTown(people: number, hasMail: boolean): number {
  return Math.log10(people + 10) + (hasMail ? mailGain : 0);
}

/** Towns from so many people on are known to those who live round them. */
const largeFrom = 15_000;

type Numbers = Int32Array | Uint32Array | Uint16Array | Float32Array;

/** Fills an array by place; `from` with a function would first make another array of everything. */
function filled<A extends Numbers>(array: A, valueAt: (n: number) => number): A {
  for (let n = 0; n < array.length; n++) array[n] = valueAt(n);
  return array;
}

function degrees(list: readonly { lat: number; lng: number }[], side: 'lat' | 'lng'): Int32Array {
  return filled(new Int32Array(list.length), (n) => Math.round((list[n]?.[side] ?? 0) * perDegree));
}

/** A gazetteer of towns and postal codes; regions and countries come from the towns. */
export function buildGazetteer(given: Iterable<Town>, codes: Iterable<PostalCode>): Gazetteer {
  const towns = new Towns();
  for (const town of given) towns.add(town);
  const others = otherNames.flatMap(({ name, town, region }) => {
    const place = towns.best(foldPlace(town), region, ({ people }) => -people);
    return place === null ? [] : [{ folded: towns.call(name, place), place }];
  });
  const posts = codesWithTowns(towns, codes);
  const admins = adminsOf(towns.all);
  const firstAdmin = towns.all.length;
  const north = (n: number) => towns.all[n]?.lat ?? 0;
  const large = [...towns.all.keys()]
    .filter((n) => (towns.all[n]?.people ?? 0) >= largeFrom)
    .sort((a, b) => north(a) - north(b));
  const names = towns.folded.slice();
  const owners = Array.from(names.keys());
  const called = new Map<string, string[]>();
  const also = (folded: string, place: number) => {
    names.push(folded);
    owners.push(place);
  };
  for (const { folded, place } of others) also(folded, place);
  admins.forEach(({ region: key }, n) => {
    for (const folded of new Set(calledNames(key).map(foldPlace))) {
      also(folded, firstAdmin + n);
      called.set(folded, [...(called.get(folded) ?? []), key]);
    }
  });
  const keys = admins.map(({ region }) => region);
  const numbers = new Map(keys.map((key, n) => [key, n]));
  const places: Inhabited[] = [...towns.all, ...admins];
  const mailed = new Set(
    posts.flatMap(({ place }) => (towns.isOneOfSeveral(place) ? [place] : [])),
  );
  const people = (n: number) => places[n]?.people ?? 0;
  const shown = inBytes([...towns.all.map(({ name }) => name), ...admins.map(() => '')]);
  return {
    shown: shown.bytes,
    shownEnds: shown.ends,
    lats: degrees(places, 'lat'),
    lngs: degrees(places, 'lng'),
    people: filled(new Uint32Array(places.length), people),
    weights: filled(new Float32Array(places.length), (n) =>
      n < firstAdmin ? weightOfTown(people(n), mailed.has(n)) : weightOfAdmin(people(n)),
    ),
    large: Uint32Array.from(large),
    region: filled(
      new Uint16Array(places.length),
      (n) => numbers.get(places[n]?.region ?? '') ?? 0,
    ),
    regions: keys,
    firstAdmin,
    reaches: Uint16Array.from(admins, ({ reach }) => reach),
    names: buildNames(names),
    owners: Uint32Array.from(owners),
    codes: filled(new Uint32Array(posts.length), (n) => posts[n]?.number ?? 0),
    codePlaces: filled(new Uint32Array(posts.length), (n) => posts[n]?.place ?? 0),
    codeLats: degrees(posts, 'lat'),
    codeLngs: degrees(posts, 'lng'),
    qualifiers: called,
  };
}
