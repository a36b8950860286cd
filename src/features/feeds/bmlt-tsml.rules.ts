import type { Weekday } from '../meetings/meeting.rules.ts';
import { type BmltMeeting, bmltId, streetOf } from './bmlt-meeting.rules.ts';
import type { Listed } from './feed-source.rules.ts';
import { clockAfter, typesWithAttendance, utcText } from './meeting-guide.rules.ts';

const remote = new Set(['online', 'phone', 'by-request']);

/** Lower case letters and digits with hyphens between, as web addresses have them. */
function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

/**
 * A meeting as the `tsml` format of a BMLT server gives it. Beyond that server it says the zone, the
 * true time of the last change, and that a meeting is virtual.
 */
export function tsmlMeeting(
  { number, meeting }: Pick<Listed, 'number' | 'meeting'>,
  day: Weekday,
  row: BmltMeeting,
  shut: boolean,
): Record<string, unknown> {
  const { place, startsAt } = meeting;
  const isRemote = remote.has(meeting.attendance);
  const types = typesWithAttendance(meeting, shut);
  return {
    day,
    time: startsAt,
    end_time: startsAt && clockAfter(startsAt, meeting.minutes),
    timezone: meeting.timeZone,
    name: meeting.name,
    location: place.name || (isRemote ? 'Online Meeting' : ''),
    formatted_address: place.address,
    address: streetOf(place),
    city: place.city,
    state: place.region,
    postal_code: place.postalCode,
    country: place.country,
    approximate: place.approximate ? 'yes' : 'no',
    types: isRemote && !shut && !types.includes('ONL') ? [...types, 'ONL'] : types,
    location_notes: place.notes,
    notes: row.comments,
    coordinates: isRemote || !place.position ? null : `${place.position.lat},${place.position.lng}`,
    slug: `${slugOf(meeting.name)}-${bmltId(number, day, meeting.days)}`,
    updated: meeting.updatedAt ? utcText(meeting.updatedAt) : null,
    region: row.service_body_name,
    regions: [row.service_body_name],
    conference_url: row.virtual_meeting_link || null,
    conference_url_notes: row.virtual_meeting_additional_info || null,
    conference_phone: row.phone_meeting_number || null,
    conference_phone_notes: meeting.phoneNotes || null,
  };
}
