import { typeNamesOf } from '../meetings/type-names.rules.ts';
import type { GuideRow } from './meeting-guide.rules.ts';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const text = (value: GuideRow[string]) =>
  Array.isArray(value) ? value.join(' > ') : String(value ?? '');

/** "6:00 PM" of "18:00"; empty for none. */
function twelveHours(time: string): string {
  if (!time) return '';
  const hour = Number(time.slice(0, 2));
  return `${hour % 12 || 12}${time.slice(2)} ${hour < 12 ? 'AM' : 'PM'}`;
}

function typeText({ types, fellowship }: GuideRow): string {
  const { label } = typeNamesOf(text(fellowship));
  const said = (Array.isArray(types) ? types : []).map((code) => {
    const name = code === 'TC' ? 'Location Temporarily Closed' : label(code);
    // The comma parts the types from one another.
    return name.includes(',') ? code : name;
  });
  return said.join(', ');
}

/** The street: what stands before the town in the address. */
function streetText({ formatted_address, city }: GuideRow): string {
  const parts = text(formatted_address).split(', ');
  const town = city ? parts.lastIndexOf(text(city)) : -1;
  return town >= 0 ? parts.slice(0, town).join(', ') : (parts[0] ?? '');
}

/**
 * Columns of the CSV: the English headings of the site plugin of AA's intergroups, then what its
 * list cannot say otherwise (a full address, a position, a fellowship).
 */
const columns: readonly [heading: string, cell: (row: GuideRow) => string][] = [
  ['Name', ({ name }) => name],
  ['Day', ({ day }) => (day === undefined ? '' : (weekdays[Number(day)] ?? ''))],
  ['Time', ({ time }) => twelveHours(text(time))],
  ['End Time', ({ end_time }) => twelveHours(text(end_time))],
  ['Types', typeText],
  ['Notes', ({ notes }) => text(notes)],
  ['Conference URL', ({ conference_url }) => text(conference_url)],
  ['Conference URL Notes', ({ conference_url_notes }) => text(conference_url_notes)],
  ['Conference Phone', ({ conference_phone }) => text(conference_phone)],
  ['Conference Phone Notes', ({ conference_phone_notes }) => text(conference_phone_notes)],
  ['Location', ({ location }) => text(location)],
  ['Address', streetText],
  ['City', ({ city }) => text(city)],
  ['State', ({ state }) => text(state)],
  ['Postal Code', ({ postal_code }) => text(postal_code)],
  ['Country', ({ country }) => text(country)],
  ['Formatted Address', ({ formatted_address }) => text(formatted_address)],
  ['Regions', ({ regions }) => text(regions)],
  ['Region', ({ region }) => text(region)],
  ['Sub Region', ({ sub_region }) => text(sub_region)],
  ['Location Notes', ({ location_notes }) => text(location_notes)],
  ['Latitude', ({ latitude }) => text(latitude)],
  ['Longitude', ({ longitude }) => text(longitude)],
  ['Approximate', ({ approximate }) => text(approximate)],
  ['Timezone', ({ timezone }) => text(timezone)],
  ['Group', ({ group }) => text(group)],
  ['Group Notes', ({ group_notes }) => text(group_notes)],
  ['Website', ({ website }) => text(website)],
  ['Fellowship', ({ fellowship }) => text(fellowship)],
  ['Updated', ({ updated }) => text(updated)],
  ['Slug', ({ slug }) => slug],
];

/** The headings, in order. */
export const csvHeadings: readonly string[] = columns.map(([heading]) => heading);

/** One object of a Meeting Guide feed as a line below those headings. */
export function csvCells(row: GuideRow): string[] {
  return columns.map(([, cell]) => cell(row));
}
