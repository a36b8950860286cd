import { oneLine } from '../meetings/plain-text.rules.ts';
import { typeOfWorldId } from './bmlt-formats.rules.ts';
import type { Warning } from './row-words.rules.ts';
import type { SourceRow } from './source-row.rules.ts';

/** The columns of a NAWS file that are understood. */
const known = new Set(
  (
    'Committee CommitteeName AddDate AreaRegion ParentName ComemID ContactID ContactName ' +
    'CompanyName ContactAddrID ContactAddress1 ContactAddress2 ContactCity ContactState ContactZip ' +
    'ContactCountry ContactPhone MeetingID Room Closed WheelChr Day Time Language1 Language2 ' +
    'Language3 LocationId Place Address City LocBorough State Zip Country Directions Institutional ' +
    'Format1 Format2 Format3 Format4 Format5 Delete LastChanged Longitude Latitude ContactGP ' +
    'PhoneMeetingNumber VirtualMeetingLink VirtualMeetingInfo TimeZone bmlt_id unpublished'
  ).split(' '),
);
/** Whether a column is one of a NAWS file. */
export const isNawsColumn = (name: string) => known.has(name);
/** What no other table has: it is how a NAWS file is told from a sheet. */
export const nawsMarks = ['CommitteeName', 'AreaRegion', 'WheelChr'];

const columns = {
  slug: 'Committee',
  name: 'CommitteeName',
  day: 'Day',
  time: 'Time',
  timezone: 'TimeZone',
  types: 'Format1',
  address: 'Address',
  city: 'City',
  state: 'State',
  postal_code: 'Zip',
  country: 'Country',
  location: 'Place',
  location_notes: 'Directions',
  latitude: 'Latitude',
  longitude: 'Longitude',
  conference_url: 'VirtualMeetingLink',
  conference_url_notes: 'VirtualMeetingInfo',
  conference_phone: 'PhoneMeetingNumber',
  updated: 'LastChanged',
  contact_1_name: 'ContactName',
};

const yes = (value: unknown) => /^(true|1|y|yes)$/i.test(oneLine(value));

/** `HHMM` as `HH:MM`; anything else as it is, for the reader of times to judge. */
const timeOf = (text: string) => text.replace(/^(\d{1,2})(\d{2})$/, '$1:$2');

/** One line of a NAWS file (columns of GetNAWSDump), already by its columns. */
export function nawsRow(raw: Record<string, string>, row: number): SourceRow {
  const text = (column: string) => oneLine(raw[column]);
  const formats = [1, 2, 3, 4, 5].map((n) => text(`Format${n}`).toUpperCase()).filter(Boolean);
  const types = formats.map((code) => typeOfWorldId(code) ?? code).filter(Boolean);
  if (/closed/i.test(text('Closed'))) types.push('C');
  else if (/open/i.test(text('Closed'))) types.push('O');
  if (yes(raw.WheelChr)) types.push('X');
  for (const n of [1, 2, 3]) if (text(`Language${n}`)) types.push(text(`Language${n}`));
  const venue = formats.includes('HYBR') ? 'hybrid' : formats.includes('VM') ? 'online' : undefined;
  const warnings: Warning[] = yes(raw.Institutional)
    ? [{ code: 'institution', column: 'Institutional' }]
    : [];
  const gone = text('Delete').toUpperCase() === 'D';
  return {
    raw,
    row,
    columns,
    warnings,
    usual: ['day-name', 'time-12-hour'],
    given: venue === undefined ? {} : { venue },
    fields: {
      slug: text('bmlt_id') || text('Committee'),
      name: raw.CommitteeName,
      day: raw.Day,
      time: timeOf(text('Time')),
      timezone: raw.TimeZone,
      types,
      address: raw.Address,
      city: text('City') || text('LocBorough'),
      state: raw.State,
      postal_code: raw.Zip,
      country: raw.Country,
      regions: [text('ParentName') || text('AreaRegion')].filter(Boolean),
      location: raw.Place,
      location_notes: [raw.Room, raw.Directions].filter(Boolean).join('\n'),
      latitude: raw.Latitude,
      longitude: raw.Longitude,
      conference_url: raw.VirtualMeetingLink,
      conference_url_notes: raw.VirtualMeetingInfo,
      conference_phone: raw.PhoneMeetingNumber,
      updated: raw.LastChanged,
      contact_1_name: raw.ContactName,
      contact_1_phone: raw.ContactPhone,
      ...(venue === 'online' && { approximate: true }),
    },
    ...(gone && { refused: { refused: 'deleted-there', column: 'Delete' } as const }),
    ...(!gone &&
      text('unpublished') === '1' && {
        refused: { refused: 'not-published-there', column: 'unpublished' } as const,
      }),
  };
}
