import { minutesOfDay, type Position } from './meeting.rules.ts';
import type { MeetingQuery } from './search-query.rules.ts';
import { wallClock } from './zone-clock.rules.ts';

/** What somebody chose on the sheet; empty text means all. */
export interface Filter {
  when: 'tonight' | 'soon' | 'any' | '0' | '1' | '2' | '3' | '4' | '5' | '6';
  after: string;
  how: 'any' | 'in-person' | 'online';
  fellowship: string;
  types: string[];
}

/** Tonight, in every way. */
export const plainFilter: Filter = {
  when: 'tonight',
  after: '',
  how: 'any',
  fellowship: '',
  types: [],
};

/** How many choices differ from the plain list. */
export function choicesIn(filter: Filter): number {
  const { when, after, how, fellowship, types } = filter;
  const changed = [when !== 'tonight', after !== '', how !== 'any', fellowship !== ''];
  return changed.filter(Boolean).length + types.length;
}

/** The minutes until four in the morning in a zone, when the night is over. */
export function minutesOfNight(zone: string, now: number): number {
  const { minute } = wallClock(zone, now);
  return (minute < 240 ? 240 : 1680) - minute;
}

const ways = {
  any: undefined,
  'in-person': ['in-person', 'hybrid'],
  online: ['online', 'hybrid', 'phone', 'by-request'],
} as const;

/** How far "near" is, in kilometres, where nothing else is said. */
const nearKm = 40;

/** The question for the search on the device, at `now` (milliseconds) in the device's zone. */
export function queryOf(
  filter: Filter,
  near: Position | null,
  now: number,
  zone: string,
): MeetingQuery {
  const query: MeetingQuery = { order: 'time' };
  if (near) query.near = { ...near, radiusKm: nearKm };
  if (filter.after) query.after = minutesOfDay(filter.after);
  if (filter.fellowship) query.fellowships = [filter.fellowship];
  if (filter.types.length > 0) query.types = filter.types;
  const kinds = ways[filter.how];
  if (kinds) query.attendances = kinds;
  if (filter.when === 'tonight' || filter.when === 'soon') {
    query.now = now;
    query.withinMinutes = filter.when === 'soon' ? 120 : minutesOfNight(zone, now);
  } else if (filter.when !== 'any') query.day = Number(filter.when);
  return query;
}
