import type { Place, Position } from '../meetings/meeting.rules.ts';
import { oneLine, severalLines } from '../meetings/plain-text.rules.ts';
import type { Warning } from './row-words.rules.ts';

const canadianProvinces = new Set('AB BC MB NB NL NS NT NU ON PE QC SK YT'.split(' '));
const americanStates = new Set(
  (
    'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM ' +
    'NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR'
  ).split(' '),
);
const countriesOfSeveralZones =
  /^(usa?|u\.s\.a?\.|united states( of america)?|canada|mexico|m[eé]xico|brazil|brasil|australia|russia|indonesia)$/i;

function countryFrom(region: string, postalCode: string): string {
  const letters = region.toUpperCase();
  if (canadianProvinces.has(letters) && !/^\d/.test(postalCode)) return 'Canada';
  if (/^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i.test(postalCode)) return 'Canada';
  if (americanStates.has(letters) && (!postalCode || /^\d{5}(-\d{4})?$/.test(postalCode)))
    return 'USA';
  return '';
}

/** Town, region and postal code in one part, as addresses outside North America have them. */
const townsWithCode = [
  /^(?<city>.+?) (?<region>NSW|VIC|QLD|SA|WA|TAS|ACT|NT) (?<code>\d{4})$/,
  /^(?<city>.+?) (?<code>[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$/,
  /^(?<code>(?:[A-Z]{1,2}-)?\d{4,5}(?: [A-Z]{2})?) (?<city>\D+)$/,
];

/** "5 George St, Sydney NSW 2000, Australia": a street with its number in three parts. */
function shortAddress(formatted: string): Pick<Place, Parts> | null {
  const [street = '', town = '', country = '', ...more] = formatted.split(',').map((p) => p.trim());
  if (more.length > 0 || !country || !/\d/.test(street) || !/\p{L}/u.test(street)) return null;
  // "3800 Vaux St, Philadelphia, PA 19129": only the country is missing.
  const [, state, zip] = /^([A-Z]{2}) (\d{5}(?:-\d{4})?)$/.exec(country) ?? [];
  if (state && zip && americanStates.has(state))
    return { city: town, region: state, postalCode: zip, country: '' };
  for (const shape of townsWithCode) {
    const found = shape.exec(town)?.groups;
    if (found)
      return {
        city: found.city ?? '',
        region: found.region ?? '',
        postalCode: found.code ?? '',
        country,
      };
  }
  return null;
}

type Parts = 'city' | 'region' | 'postalCode' | 'country';

/** City, region and postal code out of "12 Main St, Albany, NY 12207, USA". */
function partsOf(formatted: string): Pick<Place, Parts> {
  const short = shortAddress(formatted);
  if (short) return short;
  const parts = formatted.split(',').map((part) => part.trim());
  const country = parts.length > 1 ? (parts.pop() ?? '') : '';
  const [only = ''] = parts;
  if (parts.length === 1 && country && !/\d/.test(only) && only.length > 2)
    return { city: only, region: '', postalCode: '', country };
  const state = /^(.*?)\s*(\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)?$/i.exec(parts.pop() ?? '');
  const region = state?.[1]?.trim() ?? '';
  const postalCode = state?.[2] ?? '';
  return { city: parts.pop() ?? '', region, postalCode, country };
}

function coordinate(value: unknown): number | null {
  const number = typeof value === 'number' ? value : Number(oneLine(value) || Number.NaN);
  return Number.isFinite(number) ? number : null;
}

interface Found {
  position: Position | null;
  bounds: boolean;
}

function readPosition(row: Record<string, unknown>, warnings: Warning[]): Found {
  const nowhere = { position: null, bounds: false };
  const written = oneLine(row.coordinates);
  const numbers = written ? written.split(',').map((part) => coordinate(part)) : [];
  const [a, b, c, d] = numbers;
  let lat = coordinate(row.latitude);
  let lng = coordinate(row.longitude);
  if (lat === null && a != null && b != null) {
    // Four numbers are the corners of an area: its middle, known only roughly.
    lat = c == null ? a : (a + c) / 2;
    lng = d == null ? b : (b + d) / 2;
  }
  const original = written || [row.latitude, row.longitude].map(oneLine).filter(Boolean).join(', ');
  const column = written ? 'coordinates' : 'latitude';
  const unreadable = (what: string) =>
    warnings.push({ code: 'coordinates-unreadable', detail: what.slice(0, 80), column });
  if (lat === null || lng === null) {
    if (original) unreadable(original);
    return nowhere;
  }
  if (lat === 0 && lng === 0) {
    warnings.push({ code: 'coordinates-missing', column });
    return nowhere;
  }
  if (Math.abs(lat) > 90 || Math.abs(lng) > 180) {
    unreadable(original);
    return nowhere;
  }
  return { position: { lat, lng }, bounds: numbers.length === 4 };
}

function readRegions(row: Record<string, unknown>): string[] {
  const listed = Array.isArray(row.regions)
    ? row.regions
    : typeof row.regions === 'string'
      ? row.regions.split(/>|&gt;/)
      : [row.region, row.sub_region];
  return listed.map(oneLine).filter(Boolean);
}

/** Reads where a row takes place; what it infers it marks as approximate or warns about. */
export function readPlace(row: Record<string, unknown>, warnings: Warning[]): Place {
  const formatted = oneLine(row.formatted_address);
  const street = oneLine(row.address);
  const atomic = {
    city: oneLine(row.city),
    region: oneLine(row.state),
    postalCode: oneLine(row.postal_code),
    country: oneLine(row.country),
  };
  const from = formatted ? partsOf(formatted) : atomic;
  const place = {
    city: atomic.city || from.city,
    region: atomic.region || from.region,
    postalCode: atomic.postalCode || from.postalCode,
    country: atomic.country || from.country,
  };
  place.country ||= countryFrom(place.region, place.postalCode);
  const address =
    formatted ||
    [street, place.city, `${place.region} ${place.postalCode}`.trim(), place.country]
      .filter(Boolean)
      .join(', ');
  const { position, bounds } = readPosition(row, warnings);
  const says = typeof row.approximate === 'boolean' ? row.approximate : oneLine(row.approximate);
  // A street address has at least four parts ("street, city, state, country") or a street field;
  // or three of which one holds town and postal code.
  const isStreet = formatted.split(',').length >= 4 || shortAddress(formatted) !== null;
  const streetless = !street && !(formatted && isStreet);
  const approximate =
    bounds || says === true || /^(yes|true|1)$/i.test(String(says))
      ? true
      : says === false || /^(no|false|0)$/i.test(String(says))
        ? false
        : streetless;
  if (countriesOfSeveralZones.test(address))
    warnings.push({
      code: 'spans-time-zones',
      column: formatted ? 'formatted_address' : 'country',
    });
  return {
    name: oneLine(row.location),
    address,
    ...place,
    regions: readRegions(row),
    notes: severalLines(row.location_notes),
    position,
    approximate,
  };
}
