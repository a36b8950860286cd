import type { Attendance, Meeting, Position } from './meeting.rules.ts';
import { minutesOfDay } from './meeting.rules.ts';
import { isPlainWeekly, type Timed } from './recurrence.rules.ts';
import type { WordIndex } from './search-words.rules.ts';

/** What searching has to know of one meeting. `start`: minutes since midnight, or null. */
export interface Searchable {
  position: Position | null;
  days: readonly number[];
  start: number | null;
  minutes: number;
  timeZone: string;
  attendance: Attendance;
  fellowship: string;
  facets: readonly string[];
  /** Name, group, place: the words it can be found by, in one text or several. */
  text: string | readonly string[];
  /** More such texts, the same in many meetings: its town. */
  shared?: readonly string[];
  /** General to specific; its words find the meeting too. */
  regions?: readonly string[];
  /** The list that it belongs to. */
  list?: string;
  /** Its rule, where it is not held every week on each of its days. */
  timed?: Timed | null;
}

/** No start in a record: by appointment. */
export const noStart = 0xffff;
/** Words in a record: facets (two), days | attendance | irregular | fellowship, start | minutes. */
export const recordWords = 4;
/** First bit of the attendances in a record's third word. */
export const attendanceBit = 7;
/** Set in a record's third word when the rule has to be asked. */
export const irregular = 1 << 15;

/**
 * The whole directory for searching in memory, about 60 bytes a meeting without its words.
 * Meetings lie in `slot` order: by bands of latitude, within a band from west to east, without a
 * place last. A circle on the map is then a few runs of neighbouring records, which is quicker to
 * walk than a tree; `idOf` gives the caller's own numbering back.
 */
export interface MeetingIndex {
  count: number;
  idOf: Uint32Array;
  lat: Float64Array;
  lng: Float64Array;
  records: Uint32Array;
  zoneOf: Uint16Array;
  zones: string[];
  fellowships: string[];
  listOf: Uint16Array;
  lists: string[];
  /** Which of `regions` each slot is in: a path of names, folded (regionPath). */
  regionOf: Uint32Array;
  regions: string[][];
  /** Band of latitude and longitude of each slot that has a position (cellOf); ascending. */
  cells: Uint32Array;
  /** Length of the longest meeting, minutes. */
  longest: number;
  /** One entry for each meeting and day, sorted by zone, then minute of the week. */
  timeKeys: Uint32Array;
  timeSlots: Uint32Array;
  /** Slots that anybody can take part in from anywhere: online, hybrid, phone, by request. */
  remote: Uint32Array;
  /** Slots whose rule has to be asked, ascending, and the rule. */
  irregular: Uint32Array;
  timedOf(slot: number): Timed;
  words: WordIndex;
}

/** Minutes in a week, the base of `timeKeys`: zone × 10,080 + minute since Sunday 00:00. */
export const weekMinutes = 10_080;

/** Picks what searching needs out of a meeting. */
export function searchableOf(meeting: Meeting, list = ''): Searchable {
  const { name, group, place } = meeting;
  return {
    position: place.position,
    days: meeting.days,
    start: meeting.startsAt === null ? null : minutesOfDay(meeting.startsAt),
    minutes: meeting.minutes,
    timeZone: meeting.timeZone,
    attendance: meeting.attendance,
    fellowship: meeting.fellowship,
    facets: meeting.facets,
    text: [name, group === name ? '' : group, place.name, place.address],
    shared: [place.city],
    regions: place.regions,
    list,
    timed: isPlainWeekly(meeting) ? null : meeting,
  };
}

// About 5.6 km: the circle of a town's search crosses some ten bands.
const bandDegrees = 0.05;
const columns = 2 ** 18;

/** Number of a latitude's band, from the south pole. */
export function bandOf(lat: number): number {
  return Math.floor((lat + 90) / bandDegrees);
}

/** Band and longitude as one number below 2^30; neighbours in a band follow each other. */
export function cellOf(band: number, lng: number): number {
  return band * columns + Math.min(columns - 1, Math.floor(((lng + 180) / 360) * columns));
}
