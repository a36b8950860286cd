import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Meeting, Weekday } from '../meetings/meeting.rules.ts';
import { autoRadii } from './bmlt-distance.rules.ts';
import { type BmltMeeting, bmltMeeting } from './bmlt-meeting.rules.ts';
import { bmltQuery } from './bmlt-query.rules.ts';
import { bmltSearch } from './bmlt-search.rules.ts';
import { BmltTableMaker, dayOfRow } from './bmlt-table.rules.ts';
import { isShutNow } from './feed-source.rules.ts';
import { listedAs, meetingWith, now } from './listed.test-data.ts';

/*
 * Every parameter of GetSearchResults against a second implementation that looks at the answered
 * objects one after the other, as somebody reads the description of the interface.
 */

const time = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const someMeeting = fc
  .record({
    fellowship: fc.constantFrom('aa', 'na'),
    days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 2 }),
    start: fc.constantFrom(0, 390, 720, 1110, 1140, 1439),
    minutes: fc.constantFrom(30, 60, 90, 1440),
    attendance: fc.constantFrom('in-person', 'hybrid', 'online', 'inactive'),
    types: fc.subarray(['O', 'C', 'M', 'W', 'X', 'BT', 'BE']),
    lat: fc.double({ min: 42, max: 43, noNaN: true }),
    lng: fc.double({ min: -74, max: -73, noNaN: true }),
    placed: fc.boolean(),
    city: fc.constantFrom('Albany', 'Troy', '', 'albany'),
    name: fc.constantFrom('Early Risers', 'Serenity', 'Troy Group', '10', '9'),
    body: fc.constantFrom(1, 2, 3),
  })
  .map(({ start, lat, lng, placed, city, body, days, ...rest }) => ({
    body,
    meeting: meetingWith({
      ...rest,
      days: days.sort() as Weekday[],
      startsAt: time(start),
      place: { ...meetingWith().place, city, position: placed ? { lat, lng } : null },
    } as Partial<Meeting>),
  }));

const parents = new Map([
  [2, 1],
  [3, 2],
]);
const below = (body: number): number[] => [
  body,
  ...[...parents].flatMap(([child, parent]) => (parent === body ? below(child) : [])),
];

type Row = BmltMeeting & { degrees?: number };
const list = (query: URLSearchParams, name: string) => {
  const several = query.getAll(`${name}[]`);
  const values = several.length > 0 ? several : (query.get(name) ?? '').split(',');
  return values.map(Number).filter((n) => n !== 0 && !Number.isNaN(n));
};

function angle(a: { lat: number; lng: number }, row: Row): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const [lat, lng] = [Number(row.latitude), Number(row.longitude)];
  const cosine =
    Math.cos(rad(a.lat)) * Math.cos(rad(lat)) * Math.cos(rad(a.lng - lng)) +
    Math.sin(rad(a.lat)) * Math.sin(rad(lat));
  return (Math.acos(Math.min(1, cosine)) * 180) / Math.PI;
}

/** The second implementation. */
function expected(all: Row[], query: URLSearchParams): string[] {
  const has = (name: string, of: (row: Row) => string, expand = (n: number) => [n]) => {
    const asked = list(query, name);
    const yes = asked.filter((n) => n > 0).flatMap(expand);
    const no = asked.filter((n) => n < 0).flatMap((n) => expand(-n));
    return (row: Row) =>
      (yes.length === 0 || yes.includes(Number(of(row)))) && !no.includes(Number(of(row)));
  };
  const clock = (name: string) =>
    query.has(`${name}H`) || query.has(`${name}M`)
      ? time(Number(query.get(`${name}H`) ?? 0) * 60 + Number(query.get(`${name}M`) ?? 0))
      : null;
  const minutesOf = (text = '') => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  const [after, before, ends, least, most] = [
    'StartsAfter',
    'StartsBefore',
    'EndsBefore',
    'MinDuration',
    'MaxDuration',
  ].map(clock);
  const formats = list(query, 'formats');
  const key = query.get('meeting_key');
  const values = query.has('meeting_key_value[]')
    ? query.getAll('meeting_key_value[]')
    : [query.get('meeting_key_value') ?? ''];
  const full = (value: string) =>
    key === 'start_time' ? `${value.split(':').slice(0, 2).join(':')}:00` : value;
  let rows = all.filter((row) => {
    const held = (row.format_shared_id_list ?? '').split(',').map(Number);
    const wanted = formats.filter((n) => n > 0);
    const fits =
      query.get('formats_comparison_operator') === 'OR'
        ? wanted.length === 0 || wanted.some((id) => held.includes(id))
        : wanted.every((id) => held.includes(id));
    return (
      has('weekdays', (one) => one.weekday_tinyint as string)(row) &&
      has('venue_types', (one) => one.venue_type as string)(row) &&
      has('meeting_ids', (one) => one.id_bigint as string)(row) &&
      has(
        'services',
        (one) => one.service_body_bigint as string,
        (n) => (query.get('recursive') === '1' ? below(n) : [n]),
      )(row) &&
      fits &&
      !formats.some((n) => n < 0 && held.includes(-n)) &&
      (after == null || (row.start_time as string) > `${after}:00`) &&
      (before == null || (row.start_time as string) < `${before}:00`) &&
      (ends == null ||
        minutesOf(row.start_time) + minutesOf(row.duration_time) <= minutesOf(ends)) &&
      (least == null || minutesOf(row.duration_time) >= minutesOf(least)) &&
      (most == null || minutesOf(row.duration_time) <= minutesOf(most)) &&
      (key == null ||
        values
          .filter(Boolean)
          .map(full)
          .includes(row[key] ?? ''))
    );
  });
  if (query.has('lat_val')) {
    const point = { lat: Number(query.get('lat_val')), lng: Number(query.get('long_val')) };
    const unit = query.has('geo_width') ? 69 : 111.111;
    const width = Number(query.get('geo_width') ?? query.get('geo_width_km'));
    rows = rows.filter((row) => row.latitude);
    for (const row of rows) row.degrees = angle(point, row);
    const inside = (radius: number) => rows.filter((row) => (row.degrees ?? 0) * unit <= radius);
    const enough = (radius: number) => inside(radius).length >= -width;
    rows = inside(width >= 0 ? width : (autoRadii.find(enough) ?? 200));
  }
  const keys = (query.get('sort_keys') ?? 'weekday_tinyint,start_time,duration_time').split(',');
  const numeric = /^-?[\d.]+$/;
  const order = (a = '', b = '') => {
    if ((a === '') !== (b === '')) return a === '' ? 1 : -1;
    if (numeric.test(a) && numeric.test(b)) return Number(a) - Number(b);
    return a === b ? 0 : a < b ? -1 : 1;
  };
  // Stable: what is equal stays in the order of ids.
  if (query.get('sort_results_by_distance') === '1' && query.has('lat_val'))
    rows = [...rows].sort((a, b) => (a.degrees ?? 0) - (b.degrees ?? 0));
  else
    rows = [...rows].sort((a, b) => {
      for (const one of keys) {
        const by = order(a[one], b[one]);
        if (by !== 0) return by;
      }
      return 0;
    });
  if (query.has('page_size')) {
    const size = Number(query.get('page_size'));
    const from = (Number(query.get('page_num') ?? 1) - 1) * size;
    rows = rows.slice(from, from + size);
  }
  return rows.map((row) => row.id_bigint as string);
}

const number = (min: number, max: number) => fc.integer({ min, max }).map(String);
const numbers = (some: fc.Arbitrary<number>) =>
  fc.array(some, { minLength: 1, maxLength: 3 }).map((values) => values.join(','));
const signedOf = (max: number) => numbers(fc.integer({ min: -max, max }).filter((n) => n !== 0));
const anyOf = <T>(...values: T[]) => fc.constantFrom(...values);
/** Often the very start of a meeting: there the border is. */
const clock = fc.oneof(
  anyOf(['0', '0'], ['6', '30'], ['12', '0'], ['18', '30'], ['19', '0'], ['23', '59']),
  fc.tuple(number(0, 23), number(0, 59)),
);

/** One or more parameters that belong together. */
const parameters: Record<string, fc.Arbitrary<[string, string][]>> = {
  meeting_ids: signedOf(12).map((value) => [['meeting_ids', value]]),
  'meeting_ids[]': fc
    .array(number(1, 12), { minLength: 1 })
    .map((values) => values.map((value) => ['meeting_ids[]', value])),
  weekdays: signedOf(7).map((value) => [['weekdays', value]]),
  venue_types: signedOf(3).map((value) => [['venue_types', value]]),
  services: fc.tuple(signedOf(3), anyOf('0', '1')).map(([value, recursive]) => [
    ['services', value],
    ['recursive', recursive],
  ]),
  formats: fc
    .tuple(numbers(anyOf(4, 17, -4, -17, 901, 903, -902)), anyOf('AND', 'OR'))
    .map(([value, operator]) => [
      ['formats', value],
      ['formats_comparison_operator', operator],
    ]),
  meeting_key: anyOf<[string, string][]>(
    [
      ['meeting_key', 'location_municipality'],
      ['meeting_key_value', 'Albany'],
    ],
    [
      ['meeting_key', 'weekday_tinyint'],
      ['meeting_key_value[]', '2'],
      ['meeting_key_value[]', '3'],
    ],
    [
      ['meeting_key', 'start_time'],
      ['meeting_key_value', '19:00'],
    ],
    [
      ['meeting_key', 'location_municipality'],
      ['meeting_key_value', ''],
    ],
  ),
  StartsAfter: clock.map(([h = '', m = '']) => [
    ['StartsAfterH', h],
    ['StartsAfterM', m],
  ]),
  StartsBefore: clock.map(([h = '', m = '']) => [
    ['StartsBeforeH', h],
    ['StartsBeforeM', m],
  ]),
  EndsBefore: fc.tuple(number(0, 23), number(0, 59)).map(([h, m]) => [
    ['EndsBeforeH', h],
    ['EndsBeforeM', m],
  ]),
  MinDuration: fc.tuple(number(0, 2), anyOf('0', '30')).map(([h, m]) => [
    ['MinDurationH', h],
    ['MinDurationM', m],
  ]),
  MaxDuration: fc.tuple(number(0, 2), anyOf('0', '30')).map(([h, m]) => [
    ['MaxDurationH', h],
    ['MaxDurationM', m],
  ]),
  near: fc
    .tuple(
      fc.double({ min: 41.9, max: 43.1, noNaN: true }),
      fc.double({ min: -74.1, max: -72.9, noNaN: true }),
      anyOf('geo_width', 'geo_width_km'),
      anyOf('5', '20', '0.5', '-1', '-3', '-50'),
      anyOf('0', '1'),
    )
    .map(([lat, lng, unit, width, sort]) => [
      ['lat_val', String(lat)],
      ['long_val', String(lng)],
      [unit, width],
      ['sort_results_by_distance', sort],
    ]),
  sort_keys: anyOf(
    'meeting_name',
    'location_municipality,start_time',
    'start_time,weekday_tinyint',
    'longitude',
    'nothing_known',
  ).map((value) => [['sort_keys', value]]),
  page: fc.tuple(number(1, 4), number(1, 4)).map(([size, page]) => [
    ['page_size', size],
    ['page_num', page],
  ]),
};

function house(meetings: { body: number; meeting: Meeting }[]) {
  const maker = new BmltTableMaker();
  const listings = meetings.map(({ body, meeting }, n) => ({
    ...listedAs(meeting, n + 1),
    bodyNumber: body,
  }));
  // In any order: the directory gives them as they lie.
  for (const [place, listed] of [...listings.entries()].reverse())
    maker.add(listed, place, isShutNow(listed.meeting, now));
  const table = maker.done();
  const rows = Array.from({ length: table.rows }, (_, row) =>
    bmltMeeting(
      listings[table.place[row] as number] as (typeof listings)[number],
      dayOfRow(table, row),
      { shut: false, now, keeper: undefined, root: '' },
    ),
  );
  return { table, rows };
}

async function answered(meetings: { body: number; meeting: Meeting }[], query: URLSearchParams) {
  const { table, rows } = house(meetings);
  const found = await bmltSearch(table, bmltQuery(query), {
    withWords: () => new Set(),
    below,
    value: (row, key) => rows[row]?.[key] ?? '',
    fellowship: null,
    pause: () => undefined,
  });
  return {
    ids: found.rows.map((row) => rows[row]?.id_bigint as string),
    expected: expected(rows, query),
  };
}

describe('GetSearchResults equals looking at every meeting', () => {
  it.each(Object.keys(parameters))('%s', async (name) => {
    const one = parameters[name] as fc.Arbitrary<[string, string][]>;
    let fewer = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(someMeeting, { maxLength: 12 }), one, async (meetings, asked) => {
        const got = await answered(meetings, new URLSearchParams(asked));
        expect(got.ids).toEqual(got.expected);
        if (got.ids.length < meetings.length) fewer++;
      }),
      { numRuns: 150 },
    );
    // A parameter that never leaves anything out was not tried.
    if (name !== 'sort_keys') expect(fewer).toBeGreaterThan(5);
  });

  it('any of them together', async () => {
    const some = fc
      .subarray(Object.keys(parameters), { minLength: 2, maxLength: 4 })
      .filter((names) => !(names.includes('meeting_ids') && names.includes('meeting_ids[]')))
      .chain((names) =>
        fc.tuple(...names.map((name) => parameters[name] as fc.Arbitrary<[string, string][]>)),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(someMeeting, { maxLength: 16 }), some, async (meetings, asked) => {
        const got = await answered(meetings, new URLSearchParams(asked.flat()));
        expect(got.ids).toEqual(got.expected);
      }),
      { numRuns: 800 },
    );
  });
});

describe('what no meeting can fit', () => {
  it.each([
    'lat_val=42',
    'long_val=-73&geo_width=5',
    'lat_val=42&long_val=-73',
    'lat_val=x&long_val=-73&geo_width=5',
    'meeting_key=formats&meeting_key_value=17',
    'meeting_key=latitude&meeting_key_value=42',
    'meeting_key=meeting_name',
  ])('%s', (query) => {
    expect(bmltQuery(new URLSearchParams(query)).possible).toBe(false);
  });
});

describe('readings of parameters', () => {
  const read = (text: string) => bmltQuery(new URLSearchParams(text));
  it.each([
    ['weekdays=1,2,-3', { weekdays: { include: new Set([1, 2]), exclude: new Set([3]) } }],
    ['weekdays[]=1&weekdays[]=-3', { weekdays: { include: new Set([1]), exclude: new Set([3]) } }],
    ['weekdays[0]=1&weekdays[1]=2', { weekdays: { include: new Set([1, 2]), exclude: null } }],
    ['weekdays=0,x', { weekdays: { include: null, exclude: null } }],
    ['StartsAfterH=99&StartsAfterM=99', { startsAfter: 23 * 60 + 59 }],
    ['MinDurationM=30', { shortest: 30 }],
    ['SearchString=ab', { text: null }],
    ['SearchString=abc', { text: 'abc' }],
    ['SearchString=7', { text: null, ids: { include: new Set([7]), exclude: null } }],
    ['SearchString=7,8', { ids: { include: new Set([7, 8]), exclude: null } }],
    ['SearchString=Albany&StringSearchIsAnAddress=1', { address: { typed: 'Albany', width: -10 } }],
    ['sort_key=town', { sortKeys: expect.arrayContaining(['location_municipality']) }],
    // A key named a thousand times is one key: each costs a look at every meeting.
    ['sort_keys=comments,nonsense,comments,town', { sortKeys: ['comments'] }],
    ['data_field_key=comments,nonsense,comments', { fields: ['comments'] }],
    ['get_used_formats', { withFormats: true }],
    ['lat_val=1&long_val=2&geo_width_km=-5', { near: { lat: 1, lng: 2, unit: 'km', width: -5 } }],
    ['page_size=5', { page: { size: 5, number: 1 } }],
    ['lang_enum=es&lang_enum=de', { language: 'de' }],
  ])('%s', (query, expectation) => {
    expect(read(query)).toMatchObject(expectation);
  });
});
