import { answeredKeys } from './bmlt-meeting.rules.ts';

/** Numbers to be among, and numbers not to be among; null: does not matter. */
export interface Signed {
  include: ReadonlySet<number> | null;
  exclude: ReadonlySet<number> | null;
}

/** Round which point: at most `width` units (below 0: as far as so many meetings need; null: any distance). */
export interface BmltNear {
  lat: number;
  lng: number;
  unit: 'mi' | 'km';
  width: number | null;
}

/** What GetSearchResults was asked. Times and lengths in minutes. */
export interface BmltQuery {
  /** Whether the answer can be other than empty. */
  possible: boolean;
  ids: Signed;
  /** 1 Sunday … 7 Saturday. */
  weekdays: Signed;
  venues: Signed;
  services: Signed;
  recursive: boolean;
  formats: Signed;
  anyFormat: boolean;
  field: { key: string; values: readonly string[] } | null;
  startsAfter: number | null;
  startsBefore: number | null;
  endsBefore: number | null;
  shortest: number | null;
  longest: number | null;
  near: BmltNear | null;
  byDistance: boolean;
  /** Words; one of them is enough. */
  text: string | null;
  /** Take the text for a place and search round it, `width` as in `near`. */
  address: { typed: string; width: number } | null;
  sortKeys: readonly string[];
  fields: readonly string[] | null;
  page: { size: number; number: number } | null;
  withFormats: boolean;
  formatsOnly: boolean;
  language: string;
}

/** A parameter as PHP reads it: the last one given counts. */
export function parameter(query: URLSearchParams, name: string): string | null {
  return query.getAll(name).at(-1) ?? null;
}

/** Values of a list in either spelling: `a=1,2` and `a[]=1&a[]=2`. */
export function listed(query: URLSearchParams, name: string): string[] {
  const several: string[] = [];
  for (const [key, value] of query)
    if (key.startsWith(`${name}[`) && key.endsWith(']')) several.push(value);
  const values = several.length > 0 ? several : [parameter(query, name) ?? ''];
  return values
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter(Boolean);
}

/** Numbers of a list; negative ones exclude, zero and what is no number are passed over. */
export function signed(query: URLSearchParams, name: string): Signed {
  const numbers = listed(query, name).map((value) => Number.parseInt(value, 10));
  const some = (values: number[]) => (values.length > 0 ? new Set(values) : null);
  return {
    include: some(numbers.filter((n) => n > 0)),
    exclude: some(numbers.filter((n) => n < 0).map((n) => -n)),
  };
}

/** A number, or null where the text is none. */
function numeric(value: string | null): number | null {
  if (value === null || !/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value)) return null;
  return Number(value);
}

/** Minutes from an hour and a minute parameter, each kept within the clock; null: neither is given. */
function clockFrom(query: URLSearchParams, name: string): number | null {
  const hour = parameter(query, `${name}H`);
  const minute = parameter(query, `${name}M`);
  if (hour === null && minute === null) return null;
  const within = (value: string | null, most: number) =>
    Math.min(most, Math.max(0, Number.parseInt(value ?? '0', 10) || 0));
  return within(hour, 23) * 60 + within(minute, 59);
}

const sortAliases: Record<string, string> = {
  weekday:
    'weekday_tinyint,location_municipality,location_city_subsection,start_time,location_neighborhood',
  time: 'weekday_tinyint,start_time,location_municipality,location_city_subsection,location_neighborhood',
  town: 'location_municipality,location_city_subsection,location_neighborhood,weekday_tinyint,start_time',
  state:
    'location_province,location_municipality,location_city_subsection,weekday_tinyint,start_time',
  weekday_state:
    'weekday_tinyint,location_province,location_municipality,start_time,location_city_subsection',
};
/** The order in which meetings come when none is asked for. */
export const defaultOrder = 'weekday_tinyint,start_time,duration_time';

/** Each key of a list once; those that no meeting is answered with are passed over. */
function keysIn(text: string): string[] {
  const named = text.split(',').map((key) => key.trim());
  return [...new Set(named)].filter((key) => answeredKeys.has(key));
}

function sortKeysOf(query: URLSearchParams): string[] {
  const keys =
    parameter(query, 'sort_keys') ||
    sortAliases[parameter(query, 'sort_key') ?? ''] ||
    defaultOrder;
  // Sorting by the same again changes nothing, and by what no meeting has neither.
  return keysIn(keys);
}

/** `meeting_key`: equality of a field; null without it, 'nothing' where no value is given. */
function fieldOf(query: URLSearchParams): BmltQuery['field'] | 'nothing' {
  const key = parameter(query, 'meeting_key');
  if (!key) return null;
  const several = [...query].filter(([name]) => /^meeting_key_value\[.*\]$/.test(name));
  const plain = parameter(query, 'meeting_key_value');
  const given = (several.length > 0 ? several.map(([, value]) => value) : [plain ?? '']).filter(
    (value) => value !== '',
  );
  // These three are never matched by value.
  if (given.length === 0 || /^(formats|latitude|longitude)$/.test(key)) return 'nothing';
  const timed = key === 'start_time' || key === 'duration_time';
  return { key, values: timed ? given.flatMap(asClock) : given };
}

const asClock = (value: string): string[] => {
  const [, hour = '', minute = ''] = /^(\d{1,2}):(\d{1,2})(?::\d{1,2})?$/.exec(value.trim()) ?? [];
  return hour ? [`${hour.padStart(2, '0')}:${minute.padStart(2, '0')}:00`] : [];
};

function nearOf(query: URLSearchParams, fields: readonly string[]): BmltNear | null | 'nothing' {
  const lat = numeric(parameter(query, 'lat_val'));
  const lng = numeric(parameter(query, 'long_val'));
  if (lat === null && lng === null) return null;
  const miles = numeric(parameter(query, 'geo_width'));
  const km = numeric(parameter(query, 'geo_width_km'));
  const distances = fields.includes('distance_in_miles') || fields.includes('distance_in_km');
  if (lat === null || lng === null || (miles === null && km === null && !distances))
    return 'nothing';
  return { lat, lng, unit: miles === null && km !== null ? 'km' : 'mi', width: miles ?? km };
}

/** How many meetings a place that was typed should have round it, where no radius is given. */
const nearTyped = -10;

/**
 * Reads the parameters of GetSearchResults as a BMLT server does: what it does not know it passes
 * over, and what cannot fit anything makes an empty answer, never an error.
 */
export function bmltQuery(query: URLSearchParams): BmltQuery {
  const asked = parameter(query, 'data_field_key');
  const fields = asked === null ? null : keysIn(asked);
  const near = nearOf(query, fields ?? []);
  const field = fieldOf(query);
  const words = parameter(query, 'SearchString')?.trim() ?? '';
  const text = [...words].length > 2 || numeric(words) !== null ? words : null;
  const isAddress = text !== null && parameter(query, 'StringSearchIsAnAddress') === '1';
  const numbers = text?.split(',').map((part) => numeric(part)) ?? [];
  const ids = signed(query, 'meeting_ids');
  // Numbers instead of words are ids of meetings.
  const byNumber = !isAddress && numbers.length > 0 && numbers.every((n) => n !== null);
  if (byNumber) {
    const wanted = new Set(numbers.map((n) => Math.trunc(n ?? 0)));
    const { include } = ids;
    ids.include = include ? new Set([...wanted].filter((id) => include.has(id))) : wanted;
  }
  const size = numeric(parameter(query, 'page_size'));
  const number = numeric(parameter(query, 'page_num'));
  const published = parameter(query, 'advanced_published') ?? '1';
  return {
    // Unpublished ones only: nobody may see those here.
    possible: near !== 'nothing' && field !== 'nothing' && (published === '1' || published === '0'),
    ids,
    weekdays: signed(query, 'weekdays'),
    venues: signed(query, 'venue_types'),
    services: signed(query, 'services'),
    recursive: parameter(query, 'recursive') === '1',
    formats: signed(query, 'formats'),
    anyFormat: (parameter(query, 'formats_comparison_operator') ?? 'AND').toUpperCase() !== 'AND',
    field: field === 'nothing' ? null : field,
    startsAfter: clockFrom(query, 'StartsAfter'),
    startsBefore: clockFrom(query, 'StartsBefore'),
    endsBefore: clockFrom(query, 'EndsBefore'),
    shortest: clockFrom(query, 'MinDuration'),
    longest: clockFrom(query, 'MaxDuration'),
    near: near === 'nothing' ? null : near,
    byDistance: parameter(query, 'sort_results_by_distance') === '1',
    text: isAddress || byNumber ? null : text,
    address: isAddress
      ? { typed: text, width: numeric(parameter(query, 'SearchStringRadius')) ?? nearTyped }
      : null,
    sortKeys: sortKeysOf(query),
    fields,
    page: size === null ? null : { size: Math.trunc(size), number: Math.trunc(number ?? 1) },
    withFormats: query.has('get_used_formats'),
    formatsOnly: query.has('get_formats_only'),
    language: parameter(query, 'lang_enum') ?? 'en',
  };
}
