import { facetMask } from './facets.rules.ts';
import {
  type Attendance,
  attendances,
  type Meeting,
  minutesOfDay,
  type Position,
} from './meeting.rules.ts';
import { indexWords, type WordIndex } from './search-words.rules.ts';

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
  /** Name, group, place: the words it can be found by. */
  text: string;
}

/** No start in a record: by appointment. */
export const noStart = 0xffff;
/** Words in a record: facets (two), days | attendance | fellowship, start | minutes. */
export const recordWords = 4;

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
  /** Band of latitude and longitude of each slot that has a position (cellOf); ascending. */
  cells: Uint32Array;
  /** One entry for each meeting and day, sorted by zone, then minute of the week. */
  timeKeys: Uint32Array;
  timeSlots: Uint32Array;
  words: WordIndex;
}

/** Minutes in a week, the base of `timeKeys`: zone × 10,080 + minute since Sunday 00:00. */
export const weekMinutes = 10_080;

/** Picks what searching needs out of a meeting. */
export function searchableOf(meeting: Meeting): Searchable {
  const { place } = meeting;
  return {
    position: place.position,
    days: meeting.days,
    start: meeting.startsAt === null ? null : minutesOfDay(meeting.startsAt),
    minutes: meeting.minutes,
    timeZone: meeting.timeZone,
    attendance: meeting.attendance,
    fellowship: meeting.fellowship,
    facets: meeting.facets,
    text: [meeting.name, meeting.group, place.name, place.address, ...place.regions].join(' '),
  };
}

// About 5.6 km: the circle of a town's search crosses some ten bands.
const bandDegrees = 0.05;
const columns = 2 ** 18;

/** Number of a latitude's band, from the south pole. */
export function bandOf(lat: number): number {
  return Math.floor((lat + 90) / bandDegrees);
}

/** Band and longitude as one number; neighbours in a band follow each other. */
export function cellOf(band: number, lng: number): number {
  return band * columns + Math.min(columns - 1, Math.floor(((lng + 180) / 360) * columns));
}

/**
 * Builds the index over `count` meetings; `at(id)` describes the one with that number.
 * A million takes one to two seconds.
 */
export function buildIndex(count: number, at: (id: number) => Searchable): MeetingIndex {
  // Sort key and id in one double: 30 bits of place above 22 bits of id, no place last.
  const keys = new Float64Array(count);
  let placed = 0;
  let entries = 0;
  for (let id = 0; id < count; id++) {
    const { position, days, start } = at(id);
    if (position) placed++;
    if (start !== null) entries += days.length;
    const cell = position ? cellOf(bandOf(position.lat), position.lng) : 2 ** 30;
    keys[id] = cell * 2 ** 22 + id;
  }
  keys.sort();
  const index: MeetingIndex = {
    count,
    idOf: Uint32Array.from(keys, (key) => key % 2 ** 22),
    lat: new Float64Array(count),
    lng: new Float64Array(count),
    records: new Uint32Array(count * recordWords),
    zoneOf: new Uint16Array(count),
    zones: [],
    fellowships: [],
    cells: Uint32Array.from(keys.subarray(0, placed), (key) => key / 2 ** 22),
    timeKeys: new Uint32Array(entries),
    timeSlots: new Uint32Array(entries),
    words: { words: [], starts: new Uint32Array(1), slots: new Uint32Array() },
  };
  const zoneNumber = numbering(index.zones);
  const fellowshipNumber = numbering(index.fellowships);
  const times = new Float64Array(entries);
  let entry = 0;
  for (let slot = 0; slot < count; slot++) {
    const meeting = at(index.idOf[slot] as number);
    if (meeting.position) {
      const { lat, lng } = meeting.position;
      index.lat[slot] = lat;
      index.lng[slot] = lng;
    }
    const zone = zoneNumber(meeting.timeZone);
    index.zoneOf[slot] = zone;
    let days = 0;
    for (const day of meeting.days) {
      days |= 1 << day;
      if (meeting.start !== null)
        times[entry++] = (zone * weekMinutes + day * 1440 + meeting.start) * 2 ** 22 + slot;
    }
    const [low, high] = facetMask(meeting.facets);
    const record = slot * recordWords;
    index.records[record] = low;
    index.records[record + 1] = high;
    index.records[record + 2] =
      days |
      (1 << (7 + attendances.indexOf(meeting.attendance))) |
      (fellowshipNumber(meeting.fellowship) << 16);
    index.records[record + 3] =
      ((meeting.start ?? noStart) << 16) | Math.min(meeting.minutes, 0xffff);
  }
  times.sort();
  for (let i = 0; i < entries; i++) {
    index.timeKeys[i] = Math.floor((times[i] as number) / 2 ** 22);
    index.timeSlots[i] = (times[i] as number) % 2 ** 22;
  }
  index.words = indexWords(count, (slot) => at(index.idOf[slot] as number).text);
  return index;
}

function numbering(names: string[]): (name: string) => number {
  const numbers = new Map<string, number>();
  return (name) => {
    let number = numbers.get(name);
    if (number === undefined) {
      number = names.push(name) - 1;
      numbers.set(name, number);
    }
    return number;
  };
}
