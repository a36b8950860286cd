import type { ServiceBody } from '../meetings/directory.rules.ts';
import { formatLanguages } from './bmlt-formats.rules.ts';
import { dataKeys } from './bmlt-meeting.rules.ts';
import { listed, parameter } from './bmlt-query.rules.ts';

/** The version of the interface that is spoken (bmlt-server of August 2026). */
export const bmltVersion = '4.2.7';

/** GetServiceBodies: `services` (negative: not those), with what is below or above them if asked. */
export function serviceBodies(
  bodies: readonly ServiceBody[],
  query: URLSearchParams,
): Record<string, string>[] {
  const asked = listed(query, 'services').map((value) => Number.parseInt(value, 10) || 0);
  const below = parameter(query, 'recursive') === '1';
  const above = parameter(query, 'parents') === '1';
  const reached = (some: number[]) => {
    const found = new Set(some);
    for (const one of found) {
      for (const { number, parentNumber } of bodies) {
        if (below && parentNumber === one) found.add(number);
        if (above && number === one && parentNumber !== 0) found.add(parentNumber);
      }
    }
    return found;
  };
  const include = asked.filter((number) => number >= 0);
  const exclude = reached(asked.filter((number) => number < 0).map((number) => -number));
  const wanted = reached(include);
  return bodies
    .filter(({ number }) => (include.length === 0 || wanted.has(number)) && !exclude.has(number))
    .map((body) => ({
      id: String(body.number),
      parent_id: String(body.parentNumber),
      name: body.name,
      description: '',
      type: body.kind,
      url: body.website ?? '',
      helpline: body.helpline ?? '',
      world_id: body.worldId ?? '',
    }));
}

const mainDescriptions: [key: string, description: string][] = [
  ['id_bigint', 'ID'],
  ['worldid_mixed', 'World ID'],
  ['service_body_bigint', 'Service Body ID'],
  ['weekday_tinyint', 'Weekday'],
  ['venue_type', 'Venue Type'],
  ['start_time', 'Start Time'],
  ['duration_time', 'Duration'],
  ['time_zone', 'Time Zone'],
  ['formats', 'Formats'],
  ['lang_enum', 'Language'],
  ['longitude', 'Longitude'],
  ['latitude', 'Latitude'],
];

/** GetFieldKeys: the main fields, then the data fields that anyone may see. */
export const fieldKeys: readonly { key: string; description: string }[] = [
  ...mainDescriptions.map(([key, description]) => ({ key, description })),
  ...dataKeys
    .filter((field) => !field.private)
    .map(({ key, description }) => ({ key, description })),
];

/** A row for GetFieldValues: its id, the value asked for, and the ids of its formats. */
export interface ValueRow {
  id: string;
  value: string;
  formats: readonly number[];
}

/** GetFieldValues: each value with the ids of the meetings that have it; "NULL" for none. */
export function fieldValues(
  rows: Iterable<ValueRow>,
  key: string,
  query: URLSearchParams,
): Record<string, string>[] {
  const specific = listed(query, 'specific_formats').map(Number);
  const all = !['', '0'].includes(parameter(query, 'all_formats') ?? '');
  const byValue = new Map<string, string[]>();
  for (const { id, value, formats } of rows) {
    let shown = value;
    if (key === 'formats') {
      const common = formats.filter((format) => specific.includes(format));
      const fits = all ? common.length === new Set(specific).size : common.length > 0;
      if (specific.length > 0 && !fits) continue;
      shown = (specific.length > 0 ? common : [...formats]).sort((a, b) => a - b).join(',');
    }
    const ids = byValue.get(shown);
    if (ids) ids.push(id);
    else byValue.set(shown, [id]);
  }
  return [...byValue].map(([value, ids]) => ({ [key]: value || 'NULL', ids: ids.join(',') }));
}

/** The corners of an area in degrees. */
export interface Corners {
  north: number;
  south: number;
  west: number;
  east: number;
}

/** The corners of everything that has a position; null where nothing has. */
export function cornersOf(lat: Float64Array, lng: Float64Array): Corners | null {
  let corners: Corners | null = null;
  for (const [n, here] of lat.entries()) {
    const along = lng[n] as number;
    if (Number.isNaN(here)) continue;
    corners ??= { north: here, south: here, west: along, east: along };
    corners.north = Math.max(corners.north, here);
    corners.south = Math.min(corners.south, here);
    corners.west = Math.min(corners.west, along);
    corners.east = Math.max(corners.east, along);
  }
  return corners;
}

/** GetCoverageArea: one object of text. */
export function coverageArea(corners: Corners | null): Record<string, string>[] {
  const { north, south, west, east } = corners ?? { north: 0, south: 0, west: 0, east: 0 };
  return [
    {
      nw_corner_longitude: String(west),
      nw_corner_latitude: String(north),
      se_corner_longitude: String(east),
      se_corner_latitude: String(south),
    },
  ];
}

/** GetServerInfo. The key of a map service that real servers publish is empty: none is used. */
export function serverInfo(corners: Corners | null): Record<string, string | boolean>[] {
  const middle = (a: number | undefined, b: number | undefined) =>
    String(((a ?? 0) + (b ?? 0)) / 2);
  const [major = 0, minor = 0, patch = 0] = bmltVersion.split('.').map(Number);
  return [
    {
      version: bmltVersion,
      versionInt: String(major * 1_000_000 + minor * 1000 + patch),
      langs: formatLanguages.join(','),
      nativeLang: 'en',
      centerLongitude: middle(corners?.west, corners?.east),
      centerLatitude: middle(corners?.north, corners?.south),
      centerZoom: '6',
      defaultDuration: '01:00:00',
      regionBias: '',
      charSet: 'UTF-8',
      distanceUnits: 'mi',
      semanticAdmin: '1',
      changesPerMeeting: '0',
      meeting_states_and_provinces: '',
      meeting_counties_and_sub_provinces: '',
      available_keys: [
        ...fieldKeys.map(({ key }) => key),
        'root_server_uri',
        'format_shared_id_list',
      ].join(),
      google_api_key: '',
      dbVersion: '',
      dbPrefix: '',
      phpVersion: '',
      auto_geocoding_enabled: false,
      county_auto_geocoding_enabled: false,
      zip_auto_geocoding_enabled: false,
      commit: '',
      default_closed_status: false,
      aggregator_mode_enabled: false,
    },
  ];
}

/** serverInfo.xml, which old programs look at first. */
export const serverInfoXml = `<?xml version="1.0" encoding="utf-8"?>
<bmltInfo>
  <serverVersion>
    <readableString>${bmltVersion}</readableString>
  </serverVersion>
</bmltInfo>
`;
