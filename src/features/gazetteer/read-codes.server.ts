import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PostalCode } from './gazetteer.rules.ts';
import { regions } from './regions.rules.ts';

/** One code as the package zipcodes has it. */
interface Listed {
  zip: string;
  latitude: number;
  longitude: number;
  city: string;
  state: string;
  country: string;
}

// The letter that Canada Post gives each province; the list itself has places there by mistake.
const provinces: Record<string, string> = {
  A: 'NL',
  B: 'NS',
  C: 'PE',
  E: 'NB',
  G: 'QC',
  H: 'QC',
  J: 'QC',
  K: 'ON',
  L: 'ON',
  M: 'ON',
  N: 'ON',
  P: 'ON',
  R: 'MB',
  S: 'SK',
  T: 'AB',
  V: 'BC',
  Y: 'YT',
};

function regionOf({ zip, state, country }: Listed): string {
  if (country === 'US') return `US.${state}`;
  if (zip.startsWith('X')) return /^X0[ABC]/.test(zip) ? 'CA.NU' : 'CA.NT';
  return `CA.${provinces[zip.charAt(0)]}`;
}

function fromListed(listed: Listed): PostalCode | null {
  const region = regionOf(listed);
  // Post of the forces has no region and no place.
  if (!regions.has(region)) return null;
  // "Downtown Toronto (cn Tower / King And Spadina)": what is in brackets is many names at once.
  const town = listed.city.replace(/\s*\(.*/, '').trim();
  return { code: listed.zip, town, region, lat: listed.latitude, lng: listed.longitude };
}

/** The listed codes of one file of the package: a line of JSON, given to `exports.codes`. */
function listed(url: string): Listed[] {
  const text = readFileSync(fileURLToPath(url), 'utf8');
  const begin = 'exports.codes = ';
  const end = text.indexOf('};', text.indexOf(begin));
  // Read as data: as a program these five megabytes take three times as long.
  const codes: Record<string, Listed> = JSON.parse(
    text.slice(text.indexOf(begin) + begin.length, end + 1),
  );
  return Object.values(codes);
}

/** US ZIP codes and the areas of Canadian postal codes, from the package zipcodes. */
export function readCodes(): PostalCode[] {
  const all = [
    ...listed(import.meta.resolve('zipcodes/lib/codes.js')),
    ...listed(import.meta.resolve('zipcodes/lib/codesCanada.js')),
  ];
  return all.flatMap((one) => fromListed(one) ?? []);
}
