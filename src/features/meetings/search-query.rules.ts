import type { Attendance, Position } from './meeting.rules.ts';

/** What to look for; everything left out does not matter. All that is given must hold. */
export interface MeetingQuery {
  /**
   * Within `radiusKm` (25) of a point (great circle, kilometres), or the `nearest` so many of it, or
   * both: the nearest within the radius.
   */
  near?: Position & { radiusKm?: number; nearest?: number };
  /** With `near`: besides, whatever can be joined from anywhere, after the near ones (isRemote). */
  anywhere?: boolean;
  /** Weekday of the rule: a meeting of every second Monday is one of Mondays. */
  day?: number;
  /** A day (`YYYY-MM-DD`) of the meeting's own calendar on which it really takes place. */
  onDay?: string;
  /** Start not before / before this minute of the day, on the meeting's own clock. */
  after?: number;
  before?: number;
  fellowships?: readonly string[];
  /** Facets (facets.rules.ts); all of them must hold. An unknown one is held by no meeting. */
  types?: readonly string[];
  attendances?: readonly Attendance[];
  /** Each word of it begins a word of name, group, place or regions. */
  text?: string;
  /** A region's name, or names from the general to the specific: "Ohio", "Ohio/Cleveland/West". */
  region?: string;
  /** Ids of lists. */
  lists?: readonly string[];
  /** Under way at this instant or starting within `withinMinutes` of it (a week if left out). */
  now?: number;
  withinMinutes?: number;
  /** With `now`: only what one who leaves now, from `near`, can still take part in (canBeReached). */
  reachable?: boolean;
  /** Default: by distance when there is a point, else by time. */
  order?: 'time' | 'distance';
}

/** One meeting found. `startsIn`: milliseconds from `now`, negative when under way. */
export interface Hit {
  id: number;
  distanceKm: number | null;
  startsIn: number | null;
}

/** Where a page of hits ended: its last hit, by what it was ordered. */
export interface HitPlace {
  id: number;
  km: number;
  when: number;
}

/** Which of the hits are wanted: those after another, from an offset on, so many; default all. */
export interface Wanted {
  after?: HitPlace;
  offset?: number;
  limit?: number;
}

/** Some of the hits, how many there are in all, and where these end if there are more. */
export interface Found {
  total: number;
  hits: Hit[];
  end: HitPlace | null;
}

/** Mean radius of the earth, km (IUGG). */
export const earthKm = 6371.0088;
export const radian = Math.PI / 180;

/** Great-circle distance in kilometres (haversine on the mean radius). */
export function distanceKm(a: Position, b: Position): number {
  const lat = Math.sin(((b.lat - a.lat) * radian) / 2);
  const lng = Math.sin(((b.lng - a.lng) * radian) / 2);
  const h = lat * lat + Math.cos(a.lat * radian) * Math.cos(b.lat * radian) * lng * lng;
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(h)));
}
