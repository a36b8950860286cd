import Flatbush from 'flatbush';
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
 * Meetings lie in `slot` order, neighbours on the map side by side, so that the records of one
 * town share cache lines; `idOf` gives the caller's own numbering back.
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
  /** Slots that have a position are the first `placed` ones. */
  placed: number;
  map: Flatbush | null;
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

/** Interleaves the bits of a point so that neighbours get near numbers (Morton order, 30 bits). */
function mapOrder({ lat, lng }: Position): number {
  const spread = (n: number) => {
    let x = n & 0x7fff;
    x = (x | (x << 8)) & 0x00ff00ff;
    x = (x | (x << 4)) & 0x0f0f0f0f;
    x = (x | (x << 2)) & 0x33333333;
    return (x | (x << 1)) & 0x55555555;
  };
  const step = 32_767.99;
  return spread(((lng + 180) / 360) * step) | (spread(((lat + 90) / 180) * step) << 1);
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
    keys[id] = (position ? mapOrder(position) : 2 ** 30) * 2 ** 22 + id;
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
    placed,
    map: placed > 0 ? new Flatbush(placed, 16, Float32Array) : null,
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
      index.map?.add(lng, lat);
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
  index.map?.finish();
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
