import { facetMask, isFacet } from './facets.rules.ts';
import { type Attendance, attendances, type Position } from './meeting.rules.ts';
import {
  bandOf,
  cellOf,
  type MeetingIndex,
  noStart,
  recordWords,
  weekMinutes,
} from './search-index.rules.ts';
import { slotsWithWords } from './search-words.rules.ts';
import { untilStart } from './until-start.rules.ts';

/** What to look for; everything left out does not matter. All that is given must hold. */
export interface MeetingQuery {
  /** Within `radiusKm` of a point (great circle, kilometres), or the `nearest` so many of it. */
  near?: Position & { radiusKm?: number; nearest?: number };
  day?: number;
  /** Start not before / before this minute of the day, on the meeting's own clock. */
  after?: number;
  before?: number;
  fellowships?: readonly string[];
  /** Facets (facets.rules.ts); all of them must hold. An unknown one is held by no meeting. */
  types?: readonly string[];
  attendances?: readonly Attendance[];
  text?: string;
  /** Under way at this instant or starting within `withinMinutes` of it (a week if left out),
   * on `day` if that is given. */
  now?: number;
  withinMinutes?: number;
  /** Default: by distance when there is a point, else by time. */
  order?: 'time' | 'distance';
}

/** One meeting found. `startsIn`: milliseconds from `now`, negative when under way. */
export interface Hit {
  id: number;
  distanceKm: number | null;
  startsIn: number | null;
}

/** Which of the hits are wanted; `offset` 0 and all of them if left out. */
export interface Wanted {
  offset?: number;
  limit?: number;
}

/** Some of the hits, and how many there are in all. */
export interface Found {
  total: number;
  hits: Hit[];
}

const earthKm = 6371.0088;
const radian = Math.PI / 180;

/** Great-circle distance in kilometres (haversine on the mean radius, IUGG). */
export function distanceKm(a: Position, b: Position): number {
  const lat = Math.sin(((b.lat - a.lat) * radian) / 2);
  const lng = Math.sin(((b.lng - a.lng) * radian) / 2);
  const h = lat * lat + Math.cos(a.lat * radian) * Math.cos(b.lat * radian) * lng * lng;
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(h)));
}

type Test = (slot: number) => boolean;

/** The tests on a record that a query asks for, as one function of the slot. */
function recordTest(index: MeetingIndex, query: MeetingQuery): Test | null {
  const types = query.types ?? [];
  if (!types.every(isFacet)) return null;
  const [low, high] = facetMask(types);
  const days = query.day === undefined ? 0x7f : 1 << query.day;
  const kinds =
    query.attendances ?? (query.now === undefined ? attendances : attendances.slice(0, -1));
  let attendance = 0;
  for (const kind of kinds) attendance |= 1 << (7 + attendances.indexOf(kind));
  const wanted = query.fellowships && new Set(query.fellowships);
  const fellow = wanted && index.fellowships.map((name) => wanted.has(name));
  const timed =
    query.day !== undefined ||
    query.after !== undefined ||
    query.before !== undefined ||
    query.now !== undefined;
  const after = query.after ?? 0;
  const before = query.before ?? 1440;
  const { records } = index;
  return (slot) => {
    const at = slot * recordWords;
    if (((records[at] as number) & low) >>> 0 !== low) return false;
    if (((records[at + 1] as number) & high) >>> 0 !== high) return false;
    const packed = records[at + 2] as number;
    if ((packed & attendance) === 0) return false;
    if (fellow && !fellow[packed >>> 16]) return false;
    if (!timed) return true;
    const start = (records[at + 3] as number) >>> 16;
    return start !== noStart && (packed & days) !== 0 && start >= after && start < before;
  };
}

/** First place in a sorted list that is not below `key`. */
function firstAtLeast(sorted: Uint32Array, key: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Calls `take` for each slot in the box round a circle, or a little beyond it. */
function slotsRound(index: MeetingIndex, centre: Position, km: number, take: Test): void {
  const { cells } = index;
  const hair = 1e-6;
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

/** Kilometres from a point to each slot; the same as distanceKm, with what is fixed worked out once. */
function kmFrom({ lat, lng }: Position, index: MeetingIndex): (slot: number) => number {
  const cosine = Math.cos(lat * radian);
  return (slot) => {
    const there = index.lat[slot] as number;
    const up = Math.sin(((there - lat) * radian) / 2);
    const along = Math.sin((((index.lng[slot] as number) - lng) * radian) / 2);
    const h = up * up + cosine * Math.cos(there * radian) * along * along;
    return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(h)));
  };
}

function collectNear(index: MeetingIndex, near: Position, km: number, test: Test): number[] {
  const slots: number[] = [];
  const far = kmFrom(near, index);
  slotsRound(index, near, km, (slot) => test(slot) && far(slot) <= km && slots.push(slot) > 0);
  return slots;
}

/** How many meetings begin on a day between two minutes, over all zones; also calls `take` for each. */
function onDay(index: MeetingIndex, query: MeetingQuery, day: number, take: Test | null): number {
  let count = 0;
  for (let zone = 0; zone < index.zones.length; zone++) {
    const base = zone * weekMinutes + day * 1440;
    const from = firstAtLeast(index.timeKeys, base + (query.after ?? 0));
    const to = firstAtLeast(index.timeKeys, base + (query.before ?? 1440));
    count += Math.max(0, to - from);
    if (take) for (let i = from; i < to; i++) take(index.timeSlots[i] as number);
  }
  return count;
}

function collectDay(index: MeetingIndex, query: MeetingQuery, day: number, test: Test): number[] {
  const slots: number[] = [];
  onDay(index, query, day, (slot) => test(slot) && slots.push(slot) > 0);
  return slots;
}

/** Below this many meetings in the hours asked for, looking at each is quicker than the map. */
const fewOnDay = 1000;

function candidates(index: MeetingIndex, query: MeetingQuery, test: Test): number[] {
  const { near } = query;
  if (near?.nearest !== undefined) {
    const limit = Math.min(near.radiusKm ?? Number.POSITIVE_INFINITY, earthKm * Math.PI);
    for (let km = 4; ; km *= 3) {
      const slots = collectNear(index, near, Math.min(km, limit), test);
      if (slots.length >= near.nearest || km >= limit) return slots;
    }
  }
  const day = query.day;
  if (near) {
    const km = near.radiusKm ?? 25;
    if (day === undefined || onDay(index, query, day, null) > fewOnDay)
      return collectNear(index, near, km, test);
    const far = kmFrom(near, index);
    // Most lie north or south of the circle, or are of another kind: the cheap questions first.
    const height = km / earthKm / radian + 1e-6;
    const close: Test = (slot) =>
      slot < index.cells.length &&
      Math.abs((index.lat[slot] as number) - near.lat) <= height &&
      test(slot) &&
      far(slot) <= km;
    return collectDay(index, query, day, close);
  }
  if (query.text) return Array.from(slotsWithWords(index.words, query.text)).filter(test);
  if (day !== undefined) return collectDay(index, query, day, test);
  const slots: number[] = [];
  for (let slot = 0; slot < index.count; slot++) if (test(slot)) slots.push(slot);
  return slots;
}

/**
 * Finds meetings, all of them, best first. Runs alike on the server and on a phone, where a
 * position given in `near` stays.
 */
export function search(index: MeetingIndex, query: MeetingQuery): Hit[] {
  const onRecord = recordTest(index, query);
  if (!onRecord) return [];
  const { near, now, day } = query;
  const worded = query.text && near ? new Set(slotsWithWords(index.words, query.text)) : null;
  const until =
    now === undefined ? null : untilStart(index, now, day === undefined ? 0x7f : 1 << day);
  const within = (query.withinMinutes ?? weekMinutes) * 60_000;
  const test: Test = (slot) =>
    onRecord(slot) && (!worded || worded.has(slot)) && (!until || until(slot) <= within);
  const far = near ? kmFrom(near, index) : null;
  const hits = candidates(index, query, test).map((slot) => {
    const packed = index.records[slot * recordWords + 2] as number;
    const start = (index.records[slot * recordWords + 3] as number) >>> 16;
    const first = day ?? 31 - Math.clz32(packed & -packed & 0x7f);
    const startsIn = until ? until(slot) : null;
    return {
      id: index.idOf[slot] as number,
      distanceKm: far && slot < index.cells.length ? far(slot) : null,
      startsIn,
      when: startsIn ?? (start === noStart ? weekMinutes : first * 1440 + start),
    };
  });
  const byDistance = (query.order ?? (near ? 'distance' : 'time')) === 'distance';
  const km = (hit: { distanceKm: number | null }) => hit.distanceKm ?? 0;
  hits.sort((a, b) =>
    byDistance
      ? km(a) - km(b) || a.when - b.when || a.id - b.id
      : a.when - b.when || km(a) - km(b) || a.id - b.id,
  );
  const kept = near?.nearest === undefined ? hits : nearestOf(hits, near.nearest);
  return kept.map(({ id, distanceKm, startsIn }) => ({ id, distanceKm, startsIn }));
}

function nearestOf<T extends { id: number; distanceKm: number | null }>(hits: T[], n: number): T[] {
  if (hits.length <= n) return hits;
  const far = (hit: T) => hit.distanceKm ?? 0;
  const ranked = [...hits].sort((a, b) => far(a) - far(b) || a.id - b.id).slice(0, n);
  const kept = new Set(ranked);
  return hits.filter((hit) => kept.has(hit));
}
