import type { Inhabited } from './admins.rules.ts';
import type { NameIndex } from './name-index.rules.ts';

/** A town as a list of towns gives it. */
export interface Town extends Inhabited {
  name: string;
}

/** A postal code (five digits, or the three signs of a Canadian area) with the town it serves. */
export interface PostalCode {
  code: string;
  town: string;
  /** `US.NY`, `CA.ON`. */
  region: string;
  /** Degrees; 0, 0 where it is not known: then the town's are taken. */
  lat: number;
  lng: number;
}

/**
 * Places by name, without an object a place: typed arrays that go from thread to thread without
 * being copied. Degrees are kept in 1/100,000.
 */
export interface Gazetteer {
  /** Shown names in UTF-8; place p's ends at `shownEnds[p]`. Towns first, then countries' parts. */
  shown: Uint8Array;
  shownEnds: Uint32Array;
  lats: Int32Array;
  lngs: Int32Array;
  people: Uint32Array;
  /** How likely a place is meant: powers of ten of its people. */
  weights: Float32Array;
  /** Towns so large that others are said to be near them, from south to north. */
  large: Uint32Array;
  /** Index in `regions`. */
  region: Uint16Array;
  regions: string[];
  /** Places from here on are regions and countries; `reaches` says how far each goes, in km. */
  firstAdmin: number;
  reaches: Uint16Array;
  /** Folded names, other names among them; name n is of place `owners[n]`. */
  names: NameIndex;
  owners: Uint32Array;
  /** Postal codes as numbers (`codeNumber`), rising, each with its town and position. */
  codes: Uint32Array;
  codePlaces: Uint32Array;
  codeLats: Int32Array;
  codeLngs: Int32Array;
  /** Folded names of regions and countries: `ny` → `US.NY`. */
  qualifiers: Map<string, string[]>;
}

/** A code as a number that keeps the order: ZIP codes as they are, Canadian areas behind them. */
export function codeNumber(code: string): number {
  return /^\d/.test(code) ? Number(code) : 100_000 + Number.parseInt(code, 36);
}

/** The code of a number. */
export function codeText(number: number): string {
  return number < 100_000
    ? String(number).padStart(5, '0')
    : (number - 100_000).toString(36).toUpperCase().padStart(3, '0');
}

/** Degrees are kept as whole numbers of this share of a degree. */
export const perDegree = 1e5;

const decoder = new TextDecoder();

/** The name of a place as its list writes it. */
export function shownName(gazetteer: Gazetteer, place: number): string {
  const { shown, shownEnds } = gazetteer;
  return decoder.decode(shown.subarray(place ? shownEnds[place - 1] : 0, shownEnds[place]));
}

/** `US.NY` or `DE`: where a place lies. */
export function regionKey(gazetteer: Gazetteer, place: number): string {
  return gazetteer.regions[gazetteer.region[place] ?? 0] ?? '';
}
