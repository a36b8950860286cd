import type { ServiceBody } from '../meetings/directory.rules.ts';
import type { Meeting, Place, Weekday } from '../meetings/meeting.rules.ts';
import { type BmltFormat, formatOf, venueFormats } from './bmlt-formats.rules.ts';
import type { Listed } from './feed-source.rules.ts';
import { notesOfFeed } from './notes-of-feed.rules.ts';

/** 1 in person, 2 virtual, 3 hybrid. */
export type VenueType = 1 | 2 | 3;

/** How one takes part, and whether the door is shut at present. */
export function venueOf(meeting: Meeting, shut: boolean): { venue: VenueType; closed: boolean } {
  const { attendance, place } = meeting;
  // Shut altogether: "virtual" with "closed" would read as "held online instead".
  if (shut || attendance === 'inactive') return { venue: 1, closed: true };
  if (attendance === 'in-person') return { venue: 1, closed: false };
  if (attendance === 'hybrid') return { venue: 3, closed: false };
  // An exact address of a meeting that is not held there: online for the time being.
  return { venue: 2, closed: attendance !== 'by-request' && !place.approximate };
}

/** The formats of a meeting: open and closed first, then by id, as the interface orders them. */
export function formatsOfMeeting(meeting: Meeting, shut: boolean): BmltFormat[] {
  const { venue, closed } = venueOf(meeting, shut);
  const formats = meeting.types.flatMap((code) => formatOf(meeting.fellowship, code) ?? []);
  if (venue === 2) formats.push(venueFormats.virtual);
  if (venue === 3) formats.push(venueFormats.hybrid);
  if (closed) formats.push(venueFormats.closed);
  const rank = ({ kind, id }: BmltFormat) => (kind === 'O' ? 0 : 1e10) + id;
  return formats.sort((a, b) => rank(a) - rank(b));
}

/** Far above every number of a listing. */
const daysApart = 1_000_000_000_000;

/** The id of a listing on one of its days: its number; on days after its first with the day in front. */
export function bmltId(number: number, day: Weekday, days: readonly Weekday[]): number {
  return day === days[0] ? number : (day + 1) * daysApart + number;
}

const pad = (n: number) => String(n).padStart(2, '0');

/** `HH:MM:SS` of a length in minutes; at most a day, which the interface allows. */
export function durationText(minutes: number): string {
  const least = Math.min(minutes, 1440);
  return `${pad(Math.floor(least / 60))}:${pad(least % 60)}:00`;
}

/** The part of an address before its town: "12 Main St" of "12 Main St, Albany, NY 12207, USA". */
export function streetOf({ address, city, approximate }: Place): string {
  const parts = address.split(',').map((part) => part.trim());
  const town = city ? parts.lastIndexOf(city) : -1;
  if (town >= 0) return parts.slice(0, town).join(', ');
  return approximate ? '' : (parts[0] ?? '');
}

/** What a row says beside its listing. */
export interface BmltFacts {
  shut: boolean;
  /** Milliseconds. */
  now: number;
  keeper: ServiceBody | undefined;
  root: string;
}

/** The main keys of GetSearchResults, in their order. */
const mainKeys = [
  'id_bigint',
  'worldid_mixed',
  'shared_group_id_bigint',
  'service_body_bigint',
  'service_body_name',
  'weekday_tinyint',
  'venue_type',
  'start_time',
  'duration_time',
  'time_zone',
  'formats',
  'lang_enum',
  'longitude',
  'latitude',
  'distance_in_km',
  'distance_in_miles',
  'email_contact',
  'published',
  'root_server_uri',
  'format_shared_id_list',
] as const;

/**
 * The data keys, in the order of the interface, with what they are called. `private`: of persons,
 * always empty here. The last one is ours: codes of formats mean something only within a fellowship.
 */
export const dataKeys: readonly { key: string; description: string; private?: true }[] = [
  { key: 'meeting_name', description: 'Meeting Name' },
  { key: 'location_text', description: 'Location Name' },
  { key: 'location_info', description: 'Additional Location Information' },
  { key: 'location_street', description: 'Street Address' },
  { key: 'location_city_subsection', description: 'Borough' },
  { key: 'location_neighborhood', description: 'Neighborhood' },
  { key: 'location_municipality', description: 'Town' },
  { key: 'location_sub_province', description: 'County' },
  { key: 'location_province', description: 'State' },
  { key: 'location_postal_code_1', description: 'Zip Code' },
  { key: 'location_nation', description: 'Nation' },
  { key: 'comments', description: 'Comments' },
  { key: 'train_lines', description: 'Train Lines' },
  { key: 'bus_lines', description: 'Bus Lines' },
  { key: 'contact_phone_2', description: 'Contact 2 Phone', private: true },
  { key: 'contact_email_2', description: 'Contact 2 Email', private: true },
  { key: 'contact_name_2', description: 'Contact 2 Name', private: true },
  { key: 'contact_phone_1', description: 'Contact 1 Phone', private: true },
  { key: 'contact_email_1', description: 'Contact 1 Email', private: true },
  { key: 'contact_name_1', description: 'Contact 1 Name', private: true },
  { key: 'phone_meeting_number', description: 'Phone Meeting Dial-in Number' },
  { key: 'virtual_meeting_link', description: 'Virtual Meeting Link' },
  { key: 'virtual_meeting_additional_info', description: 'Virtual Meeting Additional Info' },
  { key: 'admin_notes', description: 'Admin Notes', private: true },
  { key: 'fellowship', description: 'Fellowship' },
];

/** What every meeting is answered with; other names mean nothing here. */
export const answeredKeys: ReadonlySet<string> = new Set([
  ...mainKeys,
  ...dataKeys.map(({ key }) => key),
]);

/** A meeting of GetSearchResults: every value is text, keys in the order of the interface. */
export type BmltMeeting = Record<string, string>;

/** A listing on one of its days, as GetSearchResults gives it, without a distance. */
export function bmltMeeting(listed: Listed, day: Weekday, facts: BmltFacts): BmltMeeting {
  const { meeting } = listed;
  const { place } = meeting;
  const { shut, keeper } = facts;
  const formats = formatsOfMeeting(meeting, shut);
  const ids = formats.map(({ id }) => id).sort((a, b) => a - b);
  const join = (...lines: string[]) => lines.filter(Boolean).join('\n');
  const neighborhood = place.regions.at(-1) ?? '';
  return {
    id_bigint: String(bmltId(listed.number, day, meeting.days)),
    worldid_mixed: '',
    shared_group_id_bigint: '',
    service_body_bigint: String(listed.bodyNumber),
    service_body_name: keeper?.name ?? '',
    weekday_tinyint: String(day + 1),
    venue_type: String(venueOf(meeting, shut).venue),
    start_time: `${meeting.startsAt}:00`,
    duration_time: durationText(meeting.minutes),
    time_zone: meeting.timeZone,
    formats: formats.map(({ key }) => key).join(','),
    lang_enum: 'en',
    longitude: place.position ? String(place.position.lng) : '',
    latitude: place.position ? String(place.position.lat) : '',
    distance_in_km: '',
    distance_in_miles: '',
    email_contact: '',
    published: '1',
    root_server_uri: facts.root,
    format_shared_id_list: ids.join(','),
    meeting_name: meeting.name,
    location_text: place.name,
    location_info: place.notes,
    location_street: streetOf(place),
    location_city_subsection: '',
    location_neighborhood: neighborhood === place.city ? '' : neighborhood,
    location_municipality: place.city,
    location_sub_province: '',
    location_province: place.region,
    location_postal_code_1: place.postalCode,
    location_nation: place.country,
    comments: notesOfFeed(meeting, day, facts.now),
    train_lines: '',
    bus_lines: '',
    contact_phone_2: '',
    contact_email_2: '',
    contact_name_2: '',
    contact_phone_1: '',
    contact_email_1: '',
    contact_name_1: '',
    phone_meeting_number: shut ? '' : (meeting.phone ?? ''),
    virtual_meeting_link: shut ? '' : (meeting.link ?? ''),
    virtual_meeting_additional_info: shut ? '' : join(meeting.linkNotes, meeting.phoneNotes),
    admin_notes: '',
    fellowship: meeting.fellowship,
  };
}
