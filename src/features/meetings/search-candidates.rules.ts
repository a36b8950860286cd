import { facetMask, isFacet } from './facets.rules.ts';
import { type Attendance, attendances, type Position } from './meeting.rules.ts';
import { folded } from './plain-text.rules.ts';
import {
  attendanceBit,
  bandOf,
  cellOf,
  irregular,
  type MeetingIndex,
  noStart,
  recordWords,
  weekMinutes,
} from './search-index.rules.ts';
import { earthKm, type MeetingQuery, radian } from './search-query.rules.ts';
import { firstAtLeast, slotsSoon, weekdayOf } from './search-time.rules.ts';
import type { FoundSlots } from './search-words.rules.ts';

type Test = (slot: number) => boolean;
type Take = (slot: number) => void;

const remoteKinds: readonly Attendance[] = ['hybrid', 'online', 'phone', 'by-request'];

/** Whether a meeting can be joined from anywhere. */
export function isRemote(attendance: Attendance): boolean {
  return remoteKinds.includes(attendance);
}

/** The numbers of the names that are asked for, as a test; null when all are. */
function oneOf<Name>(names: readonly Name[], wanted: (name: Name) => boolean): boolean[] {
  return names.map(wanted);
}

/** The tests on a record that a query asks for, as one function of the slot; null: nothing fits. */
export function recordTest(index: MeetingIndex, query: MeetingQuery): Test | null {
  const types = query.types ?? [];
  if (!types.every(isFacet)) return null;
  const [low, high] = facetMask(types);
  const { day, onDay, now, after = 0, before = 1440 } = query;
  let days = day === undefined ? 0x7f : 1 << day;
  if (onDay !== undefined) days &= 1 << weekdayOf(onDay);
  const kinds = query.attendances ?? (now === undefined ? attendances : attendances.slice(0, -1));
  let attendance = 0;
  for (const kind of kinds) attendance |= 1 << (attendanceBit + attendances.indexOf(kind));
  const fellows = query.fellowships && new Set(query.fellowships);
  const fellow = fellows && oneOf(index.fellowships, (name) => fellows.has(name));
  const listIds = query.lists && new Set(query.lists);
  const list = listIds && oneOf(index.lists, (id) => listIds.has(id));
  const path = query.region === undefined ? '' : folded(query.region);
  const region = path ? oneOf(index.regions, (paths) => paths.includes(path)) : null;
  const timed =
    day !== undefined ||
    onDay !== undefined ||
    now !== undefined ||
    query.after !== undefined ||
    query.before !== undefined;
  // Of these the rule itself is asked, which knows of days that were moved.
  const askRule = now !== undefined || onDay !== undefined ? irregular : 0;
  const { records } = index;
  return (slot) => {
    const at = slot * recordWords;
    if (((records[at] as number) & low) >>> 0 !== low) return false;
    if (((records[at + 1] as number) & high) >>> 0 !== high) return false;
    const packed = records[at + 2] as number;
    if ((packed & attendance) === 0) return false;
    if (fellow && !fellow[packed >>> 16]) return false;
    if (list && !list[index.listOf[slot] as number]) return false;
    if (region && !region[index.regionOf[slot] as number]) return false;
    if (!timed) return true;
    const start = (records[at + 3] as number) >>> 16;
    if (start === noStart || (packed & 0x7f) === 0) return false;
    if ((packed & askRule) !== 0) return true;
    return (packed & days) !== 0 && start >= after && start < before;
  };
}

/** Kilometres from a point to each slot; the same as distanceKm, with what is fixed worked out once. */
export function kmFrom({ lat, lng }: Position, index: MeetingIndex): (slot: number) => number {
  const cosine = Math.cos(lat * radian);
  return (slot) => {
    const there = index.lat[slot] as number;
    const up = Math.sin(((there - lat) * radian) / 2);
    const along = Math.sin((((index.lng[slot] as number) - lng) * radian) / 2);
    const h = up * up + cosine * Math.cos(there * radian) * along * along;
    return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(h)));
  };
}

const hair = 1e-6;

/** Calls `take` for each slot in the box round a circle, or a little beyond it. */
function slotsRound(index: MeetingIndex, centre: Position, km: number, take: Take): void {
  const { cells } = index;
  const height = km / earthKm / radian + hair;
  const south = centre.lat - height;
  const north = centre.lat + height;
  const ratio = Math.sin(km / earthKm) / Math.cos(centre.lat * radian);
  // A circle round a pole has every longitude in it.
  if (south <= -90 || north >= 90 || km >= (earthKm * Math.PI) / 2 || ratio >= 1) {
    for (let slot = 0; slot < cells.length; slot++) take(slot);
    return;
  }
  const width = Math.asin(ratio) / radian + hair;
  const spans = [[Math.max(-180, centre.lng - width), Math.min(180, centre.lng + width)]];
  if (centre.lng - width < -180) spans.push([centre.lng - width + 360, 180]);
  if (centre.lng + width > 180) spans.push([-180, centre.lng + width - 360]);
  for (let band = bandOf(south); band <= bandOf(north); band++) {
    for (const [west = 0, east = 0] of spans) {
      const last = cellOf(band, east);
      let slot = firstAtLeast(cells, cellOf(band, west));
      for (; slot < cells.length && (cells[slot] as number) <= last; slot++) take(slot);
    }
  }
}

/** How many meetings begin on a day between two minutes, over all zones; also calls `take` for each. */
function slotsOfDay(
  index: MeetingIndex,
  { after = 0, before = 1440 }: MeetingQuery,
  day: number,
  take: Take | null,
): number {
  let count = 0;
  for (let zone = 0; zone < index.zones.length; zone++) {
    const base = zone * weekMinutes + day * 1440;
    const from = firstAtLeast(index.timeKeys, base + after);
    const to = firstAtLeast(index.timeKeys, base + before);
    count += Math.max(0, to - from);
    if (take) for (let i = from; i < to; i++) take(index.timeSlots[i] as number);
  }
  return count;
}

/** Below this many meetings in the hours asked for, looking at each is quicker than the map. */
const fewOnDay = 1000;

/** Where to look when a radius is asked for: on the map, or, where that is less, in the hours. */
export function slotsNear(index: MeetingIndex, query: MeetingQuery, km: number, take: Take): void {
  const { near, day } = query;
  if (!near) return;
  const byDay = day !== undefined && query.now === undefined && query.onDay === undefined;
  if (!byDay || slotsOfDay(index, query, day, null) > fewOnDay) {
    slotsRound(index, near, km, take);
    return;
  }
  // Most lie north or south of the circle: the cheapest question first.
  const height = km / earthKm / radian + hair;
  slotsOfDay(index, query, day, (slot) => {
    if (slot >= index.cells.length) return;
    if (Math.abs((index.lat[slot] as number) - near.lat) <= height) take(slot);
  });
}

/** Where to look when the place does not matter. Each slot comes once; `worded` if words were asked. */
export function slotsAnywhere(
  index: MeetingIndex,
  query: MeetingQuery,
  worded: FoundSlots | null,
  take: Take,
): void {
  const { day, onDay, now } = query;
  if (worded) {
    worded.each(take);
    return;
  }
  const regular: Take = (slot) => {
    if (((index.records[slot * recordWords + 2] as number) & irregular) === 0) take(slot);
  };
  if (now !== undefined && onDay === undefined && (query.withinMinutes ?? weekMinutes) <= 2880) {
    slotsSoon(index, now, query.withinMinutes ?? weekMinutes, regular);
    for (const slot of index.irregular) take(slot);
  } else if (onDay !== undefined || (day !== undefined && now !== undefined)) {
    slotsOfDay(index, query, day ?? weekdayOf(onDay as string), regular);
    for (const slot of index.irregular) take(slot);
  } else if (day !== undefined) slotsOfDay(index, query, day, take);
  else for (let slot = 0; slot < index.count; slot++) take(slot);
}
