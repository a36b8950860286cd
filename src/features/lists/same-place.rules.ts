import type { Meeting, Place, Position } from '../meetings/meeting.rules.ts';
import { folded } from '../meetings/plain-text.rules.ts';

/** So near, in metres, two listings are at one place. */
const sameDoor = 75;

const earth = 6_371_008.8;
const radian = Math.PI / 180;

/** Metres between two points, on a sphere. */
export function metresApart(one: Position, other: Position): number {
  const x = (other.lng - one.lng) * radian * Math.cos(((one.lat + other.lat) / 2) * radian);
  const wrapped = Math.abs(x) > Math.PI ? 2 * Math.PI - Math.abs(x) : x;
  return earth * Math.hypot(wrapped, (other.lat - one.lat) * radian);
}

const short: Record<string, string> = {
  street: 'st',
  avenue: 'ave',
  av: 'ave',
  road: 'rd',
  drive: 'dr',
  boulevard: 'blvd',
  lane: 'ln',
  court: 'ct',
  place: 'pl',
  highway: 'hwy',
  parkway: 'pkwy',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  northeast: 'ne',
  northwest: 'nw',
  southeast: 'se',
  southwest: 'sw',
  saint: 'st',
  first: '1st',
  second: '2nd',
  third: '3rd',
};

/** An address as people mean it: "100 North Main Street, Suite 2" and "100 N. Main St" are one. '' without a number. */
export function addressKey(place: Place): string {
  const words = folded(place.address.split(',')[0] ?? '')
    .split(' ')
    .map((word) => short[word] ?? word);
  if (!/\d/.test(words[0] ?? '')) return '';
  const suite = words.findIndex(
    (word, at) => at > 1 && /^(suite|ste|unit|apt|room|rm)$/.test(word),
  );
  return (suite < 0 ? words : words.slice(0, suite)).join(' ');
}

/** Whether one goes there: online meetings may carry an address and are nowhere. */
export function isSomewhere({ attendance, place }: Pick<Meeting, 'attendance' | 'place'>): boolean {
  const goes = attendance === 'in-person' || attendance === 'hybrid' || attendance === 'inactive';
  return goes && (place.position !== null || place.address !== '');
}

/** Whether two places are one: within 75 m, or the same address in the same town where a point is missing. */
export function isSamePlace(one: Place, other: Place): boolean {
  const isExact = !one.approximate && !other.approximate;
  if (one.position && other.position && isExact)
    return metresApart(one.position, other.position) <= sameDoor;
  const key = addressKey(one);
  return key !== '' && key === addressKey(other) && folded(one.city) === folded(other.city);
}
