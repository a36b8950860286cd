/** A calendar day, `YYYY-MM-DD`; a string from table to screen, never a Date. Fields of it end in `…On`. */
export type Day = string;

const msPerDay = 86_400_000;

/** Whether the text is a day that exists (2026-02-30 does not). */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * msPerDay).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / msPerDay);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

// Making one costs more than a hundred uses of it; zones that exist are few.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

// Every zone's clock has moved by whole quarters of an hour since 1972, and formatting is slow: a
// quarter of an hour lies in one day of a zone.
const quarter = 900_000;
const quartersHold = Date.UTC(1973, 0, 1);
const mostRemembered = 2_000;
const remembered = new Map<string, Day>();

/** The calendar day that an instant (ISO text or ms) falls on in an IANA zone. Throws RangeError for an unknown zone. */
export function dayInZone(instant: string | number, zone: string): Day {
  const at = typeof instant === 'number' ? instant : Date.parse(instant);
  if (!(at >= quartersHold)) return formatterFor(zone).format(new Date(at));
  const key = `${Math.floor(at / quarter)} ${zone}`;
  let day = remembered.get(key);
  if (day === undefined) {
    day = formatterFor(zone).format(new Date(at));
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(key, day);
  }
  return day;
}

/** Whether the runtime knows the IANA zone. */
export function isZone(zone: string): boolean {
  try {
    formatterFor(zone);
    return true;
  } catch {
    return false;
  }
}
