import { offsetAt } from '../meetings/zone-clock.rules.ts';

// VTIMEZONE from the zone data that the clock on the page uses too (Intl), so that the calendar
// file and the listing never disagree. Ready-made collections got ten zones wrong (decision 11).

const msPerDay = 86_400_000;
const years = 12;
const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** A change of the clocks: minutes from UTC before and after, and when it came, on the old clock. */
interface Change {
  from: number;
  to: number;
  local: number;
}

function changesOf(zone: string, start: number, end: number): Change[] {
  const changes: Change[] = [];
  let before = offsetAt(zone, start);
  // No zone changes its clocks twice in a week.
  for (let at = start; at < end; at += 7 * msPerDay) {
    const after = offsetAt(zone, at + 7 * msPerDay);
    if (after === before) continue;
    let low = at;
    let high = at + 7 * msPerDay;
    while (high - low > 60_000) {
      const middle = Math.floor((low + high) / 120_000) * 60_000;
      if (offsetAt(zone, middle) === before) low = middle;
      else high = middle;
    }
    changes.push({ from: before, to: after, local: high + before * 60_000 });
    before = after;
  }
  return changes;
}

function offsetText(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

/** "20260308T020000" of milliseconds on the wall. */
function localText(local: number): string {
  return new Date(local).toISOString().slice(0, 19).replace(/[-:]/g, '');
}

/** How a change comes back each year: its month, weekday, and which of them; -1 the last. */
function yearly(changes: readonly Change[]): string | null {
  if (changes.length < years - 1) return null;
  const places = changes.map(({ local }) => {
    const date = new Date(local);
    const day = date.getUTCDate();
    const length = new Date(
      Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0),
    ).getUTCDate();
    return {
      year: date.getUTCFullYear(),
      on: `${date.getUTCMonth() + 1} ${date.getUTCDay()} ${local % msPerDay}`,
      nth: Math.ceil(day / 7),
      last: day + 7 > length,
    };
  });
  const [first] = places;
  if (!first) return null;
  const isEachYear = places.every(({ year, on }, i) => year === first.year + i && on === first.on);
  const which = places.every(({ nth }) => nth === first.nth)
    ? first.nth
    : places.every(({ last }) => last)
      ? -1
      : null;
  if (!isEachYear || which === null) return null;
  const [month, day] = first.on.split(' ');
  return `FREQ=YEARLY;BYMONTH=${month};BYDAY=${which}${weekdays[Number(day)]}`;
}

/** One kind of change: by its yearly rule, else day by day. */
function observance(changes: readonly Change[], usual: number): string[] {
  const [first] = changes;
  if (!first) return [];
  const kind = first.to > usual ? 'DAYLIGHT' : 'STANDARD';
  const rule = yearly(changes);
  // Some programs take DTSTART to be one of the days, some do not: it is named again.
  const days = changes.length > 1 ? changes.map(({ local }) => `RDATE:${localText(local)}`) : [];
  return [
    `BEGIN:${kind}`,
    `DTSTART:${localText(first.local)}`,
    `TZOFFSETFROM:${offsetText(first.from)}`,
    `TZOFFSETTO:${offsetText(first.to)}`,
    ...(rule ? [`RRULE:${rule}`] : days),
    `END:${kind}`,
  ];
}

const known = new Map<string, readonly string[]>();

/** As madeLines; kept, for there are only some hundred zones. */
export function zoneLines(zone: string, year: number): readonly string[] {
  const key = `${zone} ${year}`;
  let lines = known.get(key);
  if (!lines) {
    lines = madeLines(zone, year);
    if (known.size > 1000) known.clear();
    known.set(key, lines);
  }
  return lines;
}

/** The VTIMEZONE of an IANA zone as content lines, right from the beginning of `year` for twelve years. */
function madeLines(zone: string, year: number): string[] {
  const start = Date.UTC(year - 1, 0);
  const changes = changesOf(zone, start, Date.UTC(year - 1 + years, 0));
  const kinds = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.from} ${change.to}`;
    kinds.set(key, [...(kinds.get(key) ?? []), change]);
  }
  const offset = offsetAt(zone, start);
  const usual = Math.min(offset, ...changes.map(({ to }) => to));
  // What held before the first change, so that no time is without an offset.
  const begin = { from: offset, to: offset, local: Date.UTC(1970, 0) };
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    ...observance([begin], offset),
    ...[...kinds.values()].flatMap((some) => observance(some, usual)),
    'END:VTIMEZONE',
  ];
}
