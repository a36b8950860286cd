// Wall clocks and instants through Intl alone: the browsers that people carry have no Temporal
// yet and its polyfill would cost the companion 20 kB. Tests compare with the polyfill.

/** A wall clock reading: calendar fields of a zone, `minute` since midnight. */
export interface WallClock {
  year: number;
  month: number;
  day: number;
  /** 0 Sunday … 6 Saturday. */
  weekday: number;
  minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const quarterHour = 900_000;
const msPerDay = 86_400_000;

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

function readOffset(zone: string, at: number): number {
  const field: Record<string, number> = {};
  for (const part of formatOf(zone).formatToParts(at)) field[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = field;
  return (Date.UTC(year, month - 1, day, hour, minute) - at) / 60_000;
}

/** Days of UTC by zone with the offset that holds all day; not a number where it changes. */
const offsetsOfDays = new Map<string, Map<number, number>>();
const offsetsNearChanges = new Map<string, number>();
const mostRemembered = 20_000;

/** Minutes that a zone is ahead of UTC at an instant. Zones change on quarter hours only. */
export function offsetAt(zone: string, at: number): number {
  let days = offsetsOfDays.get(zone);
  if (!days) {
    days = new Map();
    offsetsOfDays.set(zone, days);
  }
  const day = Math.floor(at / msPerDay);
  let offset = days.get(day);
  if (offset === undefined) {
    const first = readOffset(zone, day * msPerDay);
    offset = first === readOffset(zone, (day + 1) * msPerDay) ? first : Number.NaN;
    if (days.size > mostRemembered) days.clear();
    days.set(day, offset);
  }
  if (!Number.isNaN(offset)) return offset;
  const quarter = Math.floor(at / quarterHour);
  const key = `${zone} ${quarter}`;
  const known = offsetsNearChanges.get(key);
  if (known !== undefined) return known;
  const exact = readOffset(zone, quarter * quarterHour);
  if (offsetsNearChanges.size > mostRemembered) offsetsNearChanges.clear();
  offsetsNearChanges.set(key, exact);
  return exact;
}

/** What the clock on the wall shows in a zone at an instant (milliseconds). */
export function wallClock(zone: string, at: number): WallClock {
  const local = new Date(at + offsetAt(zone, at) * 60_000);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: local.getUTCDay(),
    minute: local.getUTCHours() * 60 + local.getUTCMinutes(),
  };
}

/** The day's number (since 1970-01-01) that a zone's calendar shows at an instant. */
export function wallDay(zone: string, at: number): number {
  return Math.floor((at + offsetAt(zone, at) * 60_000) / msPerDay);
}

/**
 * The instant at which a wall clock shows a date and minute.
 * A time that summer time skips comes out as much later (02:30 → 03:30); of one that occurs
 * twice, the first (RFC 5545 and Temporal's "compatible").
 */
export function instantAt(
  zone: string,
  date: { year: number; month: number; day: number },
  minute: number,
): number {
  return instantAtDay(zone, Date.UTC(date.year, date.month - 1, date.day) / msPerDay, minute);
}

/** The same of a day's number (since 1970-01-01). */
export function instantAtDay(zone: string, day: number, minute: number): number {
  const local = day * msPerDay + minute * 60_000;
  const before = local - offsetAt(zone, local - msPerDay) * 60_000;
  const after = local - offsetAt(zone, local + msPerDay) * 60_000;
  if (before === after) return before;
  const shows = (at: number) => at + offsetAt(zone, at) * 60_000 === local;
  if (shows(before)) return shows(after) ? Math.min(before, after) : before;
  return shows(after) ? after : before;
}
