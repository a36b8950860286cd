import { type Attendance, minutesOfDay, type Position } from '../meetings/meeting.rules.ts';
import { askForReach, isReachTime } from '../meetings/night.rules.ts';
import type { MeetingQuery } from '../meetings/search-query.rules.ts';

/** Ways to take part that one can choose; a meeting that is closed for now is no way. */
export const chosenWays = ['in-person', 'hybrid', 'online', 'phone', 'by-request'] as const;

/** What somebody chose. Never where they are: that stands in where.web.ts and in no address. */
export interface FindFilter {
  /** `0` Sunday … `6` Saturday, or a day `YYYY-MM-DD`. */
  when: string;
  /** `HH:MM` or empty, on the meeting's own clock. */
  after: string;
  before: string;
  /** Any of these; none chosen: all. */
  ways: Attendance[];
  fellowships: string[];
  /** Facets; all of them must hold. */
  types: string[];
  /** Kilometres round the place; 0: the usual. */
  km: number;
  /** That many of the nearest, however far; 0: all within `km`. */
  nearest: number;
  text: string;
  order: 'time' | 'distance';
}

/** Tonight, in every way, soonest first. */
export const plainFilter: FindFilter = {
  when: 'tonight',
  after: '',
  before: '',
  ways: [],
  fellowships: [],
  types: [],
  km: 0,
  nearest: 0,
  text: '',
  order: 'time',
};

/** How far "near" is, in kilometres, where nothing else is said. */
export const usualKm = 40;
/** As far as a region's list is whole. */
export const kmChoices = [2, 5, 10, 20, 40, 60];
export const nearestChoices = [5, 10, 20, 50];

/** How many choices narrow the list: no order, and nothing wider than usual. Typed words are seen anyway. */
export function choicesIn(filter: FindFilter): number {
  const { when, after, before, ways, fellowships, types, km, nearest } = filter;
  const isWhen = when !== plainFilter.when && when !== 'any';
  const isNear = nearest !== 0 || (km !== 0 && km < usualKm);
  const single = [isWhen, after !== '', before !== '', isNear].filter(Boolean).length;
  return single + ways.length + fellowships.length + types.length;
}

const isClock = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
const isWhen = (text: string) =>
  /^(now|soon|tonight|any|[0-6])$/.test(text) ||
  (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)));

/** What stands in an address: only what was chosen, and nothing of a place. */
export type FilterParams = Record<string, string>;

/** The choices for an address; what is as usual is left out. */
export function paramsOf(filter: FindFilter): FilterParams {
  const params: FilterParams = {};
  const put = (name: string, value: string) => {
    if (value) params[name] = value;
  };
  if (filter.when !== plainFilter.when) params.when = filter.when;
  put('after', filter.after);
  put('before', filter.before);
  put('how', filter.ways.join('.'));
  put('who', filter.fellowships.join('.'));
  put('kind', filter.types.join('.'));
  if (filter.km) params.km = String(filter.km);
  if (filter.nearest) params.nearest = String(filter.nearest);
  put('words', filter.text);
  if (filter.order === 'distance') params.order = 'distance';
  return params;
}

function wholeIn(value: string | undefined, most: number): number {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 && number <= most ? number : 0;
}

/** The choices that an address names; what cannot be read is as usual. */
export function filterFrom(given: Readonly<Record<string, unknown>>): FindFilter {
  // The router reads numbers as numbers.
  const text = (name: string) => {
    const value = given[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const list = (name: string) => [
    ...new Set(
      text(name)
        .split('.')
        .filter((one) => /^[a-z0-9-]{1,40}$/.test(one)),
    ),
  ];
  const clock = (name: string) => (isClock(text(name)) ? text(name) : '');
  return {
    when: isWhen(text('when')) ? text('when') : plainFilter.when,
    after: clock('after'),
    before: clock('before'),
    ways: list('how').filter((one): one is Attendance =>
      (chosenWays as readonly string[]).includes(one),
    ),
    fellowships: list('who').slice(0, 40),
    types: list('kind').slice(0, 20),
    km: wholeIn(text('km'), 500),
    nearest: wholeIn(text('nearest'), 200),
    text: text('words').slice(0, 100),
    order: text('order') === 'distance' ? 'distance' : 'time',
  };
}

/** Whether the list is of what can still be reached from here and now. */
export function isReachable({ when }: FindFilter): boolean {
  return isReachTime(when);
}

/** Enough for the rarest rule: next year's only meeting still has a next time. */
const anyTime = 800 * 1440;

/** The question for the search on the device, at `now` (milliseconds) in the device's zone. */
export function queryOf(
  filter: FindFilter,
  near: Position | null,
  now: number,
  zone: string,
): MeetingQuery {
  const query: MeetingQuery = { order: near ? filter.order : 'time' };
  if (near)
    query.near = filter.nearest
      ? { ...near, nearest: filter.nearest }
      : { ...near, radiusKm: filter.km || usualKm };
  if (filter.after) query.after = minutesOfDay(filter.after);
  if (filter.before) query.before = minutesOfDay(filter.before);
  if (filter.fellowships.length > 0) query.fellowships = filter.fellowships;
  if (filter.types.length > 0) query.types = filter.types;
  if (filter.ways.length > 0) query.attendances = filter.ways;
  if (filter.text.trim()) query.text = filter.text;
  if (/^[0-6]$/.test(filter.when)) query.day = Number(filter.when);
  else if (filter.when.length > 8) query.onDay = filter.when;
  else if (isReachTime(filter.when)) return { ...query, ...askForReach(filter.when, zone, now) };
  else return { ...query, now, withinMinutes: anyTime };
  return query;
}
