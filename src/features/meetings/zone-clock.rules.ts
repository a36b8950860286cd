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
const offsets = new Map<string, number>();
const quarterHour = 900_000;

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

/** Minutes that a zone is ahead of UTC at an instant. Zones change on quarter hours only. */
export function offsetAt(zone: string, at: number): number {
  const quarter = Math.floor(at / quarterHour);
  const key = `${zone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const field: Record<string, number> = {};
  for (const part of formatOf(zone).formatToParts(quarter * quarterHour))
    field[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = field;
  const offset = Date.UTC(year, month - 1, day, hour, minute) / 60_000 - quarter * 15;
  if (offsets.size > 20_000) offsets.clear();
  offsets.set(key, offset);
  return offset;
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
  const local = Date.UTC(date.year, date.month - 1, date.day) + minute * 60_000;
  const before = local - offsetAt(zone, local - 86_400_000) * 60_000;
  const after = local - offsetAt(zone, local + 86_400_000) * 60_000;
  if (before === after) return before;
  const shows = (at: number) => at + offsetAt(zone, at) * 60_000 === local;
  if (shows(before)) return shows(after) ? Math.min(before, after) : before;
  return shows(after) ? after : before;
}
