import type { ServiceBody } from '../meetings/directory.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { type BmltMeeting, formatsOfMeeting } from './bmlt-meeting.rules.ts';

/** Columns of the dump for NA World Services, in their order. */
export const nawsColumns = (
  'Committee CommitteeName AddDate AreaRegion ParentName ComemID ContactID ContactName CompanyName ' +
  'ContactAddrID ContactAddress1 ContactAddress2 ContactCity ContactState ContactZip ContactCountry ' +
  'ContactPhone MeetingID Room Closed WheelChr Day Time Language1 Language2 Language3 LocationId Place ' +
  'Address City LocBorough State Zip Country Directions Institutional Format1 Format2 Format3 Format4 ' +
  'Format5 Delete LastChanged Longitude Latitude ContactGP PhoneMeetingNumber VirtualMeetingLink ' +
  'VirtualMeetingInfo TimeZone bmlt_id unpublished'
).split(' ');

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const ownColumns = new Set(['OPEN', 'CLOSED', 'WCHR', 'LANG']);
// Only five formats find room; these must be among them.
const first = ['VM', 'TC', 'HYBR', 'W', 'M', 'GL'];

/** `n/j/y`, as "11/22/26", of an instant; empty for none. */
function lastChanged(instant: string | null): string {
  if (instant === null) return '';
  const [year = '', month, day] = instant.slice(0, 10).split('-');
  return `${Number(month)}/${Number(day)}/${year.slice(2)}`;
}

/** A meeting as a line of the dump, in the order of `nawsColumns`. Contacts stay empty. */
export function nawsCells(
  meeting: Meeting,
  row: BmltMeeting,
  shut: boolean,
  keeper: ServiceBody | undefined,
): string[] {
  const formats = formatsOfMeeting(meeting, shut);
  const worlds = [...new Set(formats.map(({ world }) => world))].filter(Boolean);
  const shown = [
    ...first.filter((world) => worlds.includes(world)),
    ...worlds.filter((world) => !first.includes(world) && !ownColumns.has(world)),
  ];
  const cells: Record<string, string | undefined> = {
    CommitteeName: row.meeting_name,
    AreaRegion: keeper?.worldId || 'WORLD_ID_MISSING',
    ParentName: keeper?.name,
    Room: formats
      .filter(({ world }) => !world)
      .map(({ en }) => en)
      .join(', '),
    Closed: meeting.facets.includes('closed') ? 'CLOSED' : 'OPEN',
    WheelChr: worlds.includes('WCHR') ? 'TRUE' : 'FALSE',
    Day: weekdays[Number(row.weekday_tinyint) - 1],
    Time: meeting.startsAt?.replace(':', ''),
    Language1: formats.find(({ world }) => world === 'LANG')?.key.toUpperCase(),
    Place: row.location_text,
    Address: row.location_street,
    City: row.location_municipality || row.location_neighborhood,
    LocBorough: row.location_neighborhood,
    State: row.location_province,
    Zip: row.location_postal_code_1,
    Country: row.location_nation,
    Directions: [row.location_info, row.comments].filter(Boolean).join(', '),
    Institutional: 'FALSE',
    Format1: shown[0],
    Format2: shown[1],
    Format3: shown[2],
    Format4: shown[3],
    Format5: shown[4],
    LastChanged: lastChanged(meeting.updatedAt),
    Longitude: row.longitude,
    Latitude: row.latitude,
    PhoneMeetingNumber: row.phone_meeting_number,
    VirtualMeetingLink: row.virtual_meeting_link,
    VirtualMeetingInfo: row.virtual_meeting_additional_info,
    TimeZone: row.time_zone,
    bmlt_id: row.id_bigint,
  };
  return nawsColumns.map((column) => cells[column] ?? '');
}

/** `BMLT_<WORLDID>_<name>_<Y_m_d_H_i_s>.csv` of a service body at an instant (milliseconds). */
export function nawsFileName({ worldId, name }: ServiceBody, now: number): string {
  const plain = (text: string) => text.replace(/\W/g, '_').replace(/^_+$/, '');
  const at = new Date(now).toISOString().slice(0, 19).replace(/\D/g, '_');
  return `BMLT_${plain((worldId || 'WORLD_ID_MISSING').toUpperCase())}_${plain(name.toLowerCase())}_${at}.csv`;
}
