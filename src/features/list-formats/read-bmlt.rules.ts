import { oneLine } from '../meetings/plain-text.rules.ts';
import { type FormatTable, typesOfFormats } from './bmlt-formats.rules.ts';
import type { Given, SourceRow } from './source-row.rules.ts';

/** What to ask of a BMLT server, given its root or any address below it. */
export interface BmltAddresses {
  /** Every published meeting, with the formats that they use: the list itself. */
  meetings: string;
  formats: string;
  serviceBodies: string;
  server: string;
}

/**
 * The addresses of a server's semantic interface. Takes "https://example.org/main_server",
 * with or without slash, or the address of one of its answers; a search keeps its own conditions.
 * Null: not a web address.
 */
export function bmltAddresses(root: string): BmltAddresses | null {
  let url: URL;
  try {
    url = new URL(root.trim());
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const base =
    url.origin + url.pathname.replace(/\/*client_interface\/.*$/, '').replace(/\/+$/, '');
  const asking = (switcher: string, more = '') =>
    `${base}/client_interface/json/?switcher=${switcher}${more}`;
  const conditions = new URLSearchParams(url.search);
  for (const name of ['switcher', 'get_used_formats', 'callback']) conditions.delete(name);
  // Fewer fields than all would lose some of each listing.
  conditions.delete('data_field_key');
  const more = conditions.size > 0 ? `&${conditions}` : '';
  return {
    meetings: asking('GetSearchResults', `&get_used_formats=1${more}`),
    formats: asking('GetFormats', '&show_all=1'),
    serviceBodies: asking('GetServiceBodies'),
    server: asking('GetServerInfo'),
  };
}

/** The format that an address gives away by itself; '' where only its answer can tell. */
export function formatOfAddress(url: string): 'bmlt' | '' {
  return /\/main_server\b|\/client_interface\//i.test(url) ? 'bmlt' : '';
}

const venues: Record<string, Given['venue']> = { 1: 'in-person', 2: 'online', 3: 'hybrid' };

/** Which of their fields each of ours is read from, for naming the column in a remark. */
const columns = {
  slug: 'id_bigint',
  name: 'meeting_name',
  day: 'weekday_tinyint',
  time: 'start_time',
  duration: 'duration_time',
  timezone: 'time_zone',
  types: 'formats',
  address: 'location_street',
  city: 'location_municipality',
  state: 'location_province',
  postal_code: 'location_postal_code_1',
  country: 'location_nation',
  location: 'location_text',
  location_notes: 'location_info',
  notes: 'comments',
  conference_url: 'virtual_meeting_link',
  conference_url_notes: 'virtual_meeting_additional_info',
  conference_phone: 'phone_meeting_number',
  latitude: 'latitude',
  longitude: 'longitude',
  contact_1_name: 'contact_name_1',
  contact_2_name: 'contact_name_2',
};

/** One meeting of GetSearchResults. Weekday 1 is Sunday there; an empty zone is the list's. */
export function bmltRow(raw: unknown, formats: FormatTable): SourceRow {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return { raw, fields: raw };
  const row = raw as Record<string, unknown>;
  const text = (key: string) => oneLine(row[key]);
  const types = typesOfFormats(text('format_shared_id_list'), text('formats'), formats);
  const keys = text('formats').split(',');
  // Older servers have no venue type and say it by formats.
  const venue =
    venues[text('venue_type')] ??
    (keys.includes('HY') ? 'hybrid' : types.includes('ONL') ? 'online' : undefined);
  const day = Number(text('weekday_tinyint'));
  const fields: Record<string, unknown> = {
    slug: [text('root_server_id'), text('id_bigint')].filter(Boolean).join('-'),
    name: row.meeting_name,
    day: day >= 1 && day <= 7 ? day - 1 : row.weekday_tinyint,
    time: row.start_time,
    duration: row.duration_time,
    timezone: row.time_zone,
    types,
    address: row.location_street,
    city: text('location_municipality') || text('location_city_subsection'),
    state: row.location_province,
    postal_code: row.location_postal_code_1,
    country: row.location_nation,
    regions: [text('service_body_name'), text('location_neighborhood')].filter(Boolean),
    location: row.location_text,
    location_notes: [row.location_info, row.train_lines, row.bus_lines].filter(Boolean).join('\n'),
    latitude: row.latitude,
    longitude: row.longitude,
    notes: row.comments,
    conference_url: row.virtual_meeting_link,
    conference_url_notes: row.virtual_meeting_additional_info,
    conference_phone: row.phone_meeting_number,
    contact_1_name: row.contact_name_1,
    contact_1_email: text('contact_email_1') || text('email_contact'),
    contact_1_phone: row.contact_phone_1,
    contact_2_name: row.contact_name_2,
    contact_2_email: row.contact_email_2,
    contact_2_phone: row.contact_phone_2,
    ...(venue === 'online' && { approximate: true }),
  };
  return {
    raw,
    fields,
    columns,
    given: venue === undefined ? {} : { venue },
    ...(text('published') === '0' && { refused: { refused: 'not-published-there' } as const }),
  };
}
