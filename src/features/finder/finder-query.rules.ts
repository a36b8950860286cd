import { isDay } from '../../kit/day.ts';
import { facets, isFacet } from '../meetings/facets.rules.ts';
import { type Attendance, attendances } from '../meetings/meeting.rules.ts';
import { isReachTime } from '../meetings/night.rules.ts';

/** When somebody looks for a meeting; a number is a weekday, Sunday 0. */
type When = 'now' | 'soon' | 'tonight' | 'any' | '0' | '1' | '2' | '3' | '4' | '5' | '6';

/** What the address of the finder asks. What is left out does not matter. */
export interface FinderAsk {
  place: string;
  when: When;
  /** A day of the calendar, `YYYY-MM-DD`; goes before `when`. Empty: none. */
  on: string;
  /** Not before, and before: `HH:MM`, or empty. */
  from: string;
  to: string;
  how: Attendance[];
  fellowships: string[];
  /** Facets; all of them must hold. */
  types: string[];
  text: string;
  /** Kilometres; 0 stands for the usual 25. */
  km: number;
  /** So many nearest; 0: all within the distance. */
  nearest: number;
  /** Near a place, besides: whatever can be joined from anywhere. */
  anywhere: boolean;
  /** IANA zone that times are shown in; empty: each meeting's own. */
  zone: string;
  offset: number;
}

/** Distances that are offered, kilometres. */
export const distances: readonly number[] = [5, 10, 25, 50, 100];
/** Numbers of nearest that are offered. */
export const nearests: readonly number[] = [10, 25, 50];

const whens: readonly string[] = 'now soon tonight any 0 1 2 3 4 5 6'.split(' ');
const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A day that the calendar has, of a year that can be meant; else empty. */
function dayIn(text: string): string {
  return isDay(text) && text >= '2020' && text < '2100' ? text : '';
}

function zoneIn(text: string): string {
  if (!/^[A-Za-z_+\-/0-9]{1,64}$/.test(text)) return '';
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return text;
  } catch {
    return '';
  }
}

/** All values of a repeated parameter, those separated by commas too, each once. */
function several(query: URLSearchParams, name: string): string[] {
  const values = query.getAll(name).flatMap((value) => value.slice(0, 600).split(','));
  return [...new Set(values.map((value) => value.trim()).filter(Boolean))].slice(0, 20);
}

/** The first value that says something: forms send empty ones, and addresses may repeat. */
function first(query: URLSearchParams, name: string): string {
  return query.getAll(name).find((value) => value.trim() !== '') ?? '';
}

function numberIn(query: URLSearchParams, name: string, offered: readonly number[]): number {
  const value = Number(first(query, name));
  return offered.includes(value) ? value : 0;
}

/** Reads an address. Nonsense in it is left out: whoever follows a broken link still finds meetings. */
export function askFrom(query: URLSearchParams): FinderAsk {
  const when = first(query, 'when');
  const from = first(query, 'from');
  const to = first(query, 'to');
  const offset = Number(first(query, 'offset'));
  const how = several(query, 'how');
  return {
    place: first(query, 'place').trim().slice(0, 100),
    when: whens.includes(when) ? (when as When) : 'tonight',
    on: dayIn(first(query, 'on')),
    from: clockTime.test(from) ? from : '',
    to: clockTime.test(to) ? to : '',
    how: attendances.filter((kind) => how.includes(kind)),
    fellowships: several(query, 'fellowship').filter((id) => /^[\w-]{1,40}$/.test(id)),
    types: several(query, 'type').filter(isFacet),
    text: first(query, 'text').trim().slice(0, 100),
    km: numberIn(query, 'km', distances),
    nearest: numberIn(query, 'nearest', nearests),
    anywhere: first(query, 'anywhere') === '1',
    zone: zoneIn(first(query, 'zone')),
    offset: Number.isInteger(offset) && offset > 0 && offset < 100_000 ? offset : 0,
  };
}

/** The address of a question, the same whichever way it came about. */
export function addressOf(ask: FinderAsk, locale: string): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string | number, usual: string | number = '') => {
    if (value !== usual) query.append(name, String(value));
  };
  put('place', ask.place);
  put('when', ask.when, 'tonight');
  put('on', ask.on);
  put('from', ask.from);
  put('to', ask.to);
  for (const how of ask.how) put('how', how);
  for (const fellowship of ask.fellowships) put('fellowship', fellowship);
  for (const type of ask.types) put('type', type);
  put('text', ask.text);
  put('km', ask.km, 0);
  put('nearest', ask.nearest, 0);
  if (ask.anywhere) put('anywhere', 1);
  put('zone', ask.zone);
  put('offset', ask.offset, 0);
  put('lang', locale);
  return `/meetings?${query}`;
}

/** The same asked of every week: on a weekday where one was chosen, and nothing about now or a date. */
export function weeklyOf(ask: FinderAsk): FinderAsk {
  const when = /^\d$/.test(ask.when) ? ask.when : 'any';
  return { ...ask, when, on: '', zone: '', offset: 0 };
}

/** Whether it asks for what can still be reached. */
export function asksForReach(ask: FinderAsk): boolean {
  return isReachTime(ask.when) && !ask.on;
}

/** The input of `meetings.search` (or `meetings.tonight` where asksForReach) for a question. */
export function searchInputOf(ask: FinderAsk, limit: number): Record<string, unknown> {
  const input: Record<string, unknown> = { limit };
  if (ask.place) input.place = ask.place;
  if (ask.km) input.radiusKm = ask.km;
  if (ask.offset) input.offset = ask.offset;
  if (ask.nearest && ask.place) input.nearest = ask.nearest;
  if (ask.anywhere && ask.place) input.anywhere = true;
  if (ask.types.length > 0) input.types = ask.types;
  if (ask.fellowships.length > 0) input.fellowships = ask.fellowships;
  if (ask.how.length > 0) input.attendances = ask.how;
  if (ask.text) input.text = ask.text;
  if (ask.from) input.after = ask.from;
  if (ask.to) input.before = ask.to;
  if (asksForReach(ask)) {
    if (ask.when !== 'tonight') input.when = ask.when;
    return input;
  }
  input.order = ask.nearest && ask.place ? 'distance' : 'time';
  if (ask.on) input.onDay = ask.on;
  else if (ask.when !== 'any') input.day = Number(ask.when);
  return input;
}

/** One thing that was asked for, and the question without it. */
export interface Condition {
  name: 'place' | 'when' | 'on' | 'from' | 'to' | 'how' | 'fellowship' | 'type' | 'text' | 'km';
  value: string;
  without: FinderAsk;
}

/** What narrows a question, in the order of the form, each with the question that leaves it out. */
export function conditionsOf(asked: FinderAsk): Condition[] {
  const ask = { ...asked, offset: 0 };
  const found: Condition[] = [];
  const add = (name: Condition['name'], value: string, without: Partial<FinderAsk>) =>
    found.push({ name, value, without: { ...ask, ...without } });
  if (ask.place) add('place', ask.place, { place: '', km: 0, nearest: 0, anywhere: false });
  if (ask.on) add('on', ask.on, { on: '' });
  else if (ask.when !== 'any') add('when', ask.when, { when: 'any' });
  if (ask.from) add('from', ask.from, { from: '' });
  if (ask.to) add('to', ask.to, { to: '' });
  for (const how of ask.how) add('how', how, { how: ask.how.filter((one) => one !== how) });
  for (const id of ask.fellowships)
    add('fellowship', id, { fellowships: ask.fellowships.filter((one) => one !== id) });
  for (const { id } of facets)
    if (ask.types.includes(id)) add('type', id, { types: ask.types.filter((one) => one !== id) });
  if (ask.text) add('text', ask.text, { text: '' });
  if (ask.km && ask.place) add('km', String(ask.km), { km: 0 });
  return found;
}
