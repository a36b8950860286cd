import type { Weekday } from '../meetings/meeting.rules.ts';
import { oneLine } from '../meetings/plain-text.rules.ts';
import type { RowRefusalCode, Warning } from './row-words.rules.ts';

interface When {
  days: Weekday[];
  startsAt: string | null;
  minutes: number;
}

const dayNames: Record<string, Weekday> = {
  sun: 0,
  mon: 1,
  tue: 2,
  wed: 3,
  thu: 4,
  fri: 5,
  sat: 6,
  dom: 0,
  lun: 1,
  mar: 2,
  mie: 3,
  jue: 4,
  vie: 5,
  sab: 6,
};
const wholeDayName =
  /^(sun|mon|tues?|wed(nes)?|thu(rs?)?|fri|sat(ur)?)(day)?$|^(dom(ingo)?|lun(es)?|mar(tes)?|mie(rcoles)?|jue(ves)?|vie(rnes)?|sab(ado)?)$/;

function readDay(value: unknown, warnings: Warning[]): Weekday | null {
  if (typeof value === 'string' && !/^\s*-?\d/.test(value)) {
    const word = oneLine(value)
      .toLowerCase()
      .normalize('NFD')
      .replace(/[\p{M}.]/gu, '');
    const day = wholeDayName.test(word) ? dayNames[word.slice(0, 3)] : undefined;
    if (day === undefined) return null;
    warnings.push({ code: 'day-name', detail: word.slice(0, 80), column: 'day' });
    return day;
  }
  const day = typeof value === 'string' ? Number(value) : value;
  if (day === 7) {
    warnings.push({ code: 'day-7', column: 'day' });
    return 0;
  }
  return Number.isInteger(day) && (day as number) >= 0 && (day as number) < 7
    ? (day as Weekday)
    : null;
}

const spans: [RegExp, Weekday[]][] = [
  [/^(daily|every ?day|all days|7 days|diario|diariamente|todos los dias)$/, [0, 1, 2, 3, 4, 5, 6]],
  [/^(week ?days|entre semana)$/, [1, 2, 3, 4, 5]],
  [/^(weekends?|fin(es)? de semana)$/, [0, 6]],
];

/** The days that one text names: "Mon, Wed & Fri", "Monday-Friday", "daily"; else itself. */
function daysIn(value: unknown): unknown[] {
  if (typeof value !== 'string') return [value];
  const text = oneLine(value).toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  for (const [span, days] of spans) if (span.test(text)) return days;
  const range = /^([a-z]+)\.?\s*(?:-|–|to|thru|through|a)\s*([a-z]+)\.?$/.exec(text);
  const first = range?.[1] && wholeDayName.test(range[1]) ? dayNames[range[1].slice(0, 3)] : null;
  const last = range?.[2] && wholeDayName.test(range[2]) ? dayNames[range[2].slice(0, 3)] : null;
  if (first != null && last != null)
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, n) => (first + n) % 7);
  const parts = text.split(/\s*(?:[,;/&+]|\band\b|\by\b)\s*/).filter(Boolean);
  return parts.length > 1 ? parts : [value];
}

/** `HH:MM` from 24-hour or 12-hour writing, with what was unusual; null when it is no time. */
function readTime(text: string): { time: string; twelve: boolean; next: boolean } | null {
  const plain = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text);
  if (plain) {
    const hour = Number(plain[1]);
    const minute = Number(plain[2]);
    if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null;
    return { time: clock(hour % 24, minute), twelve: false, next: hour === 24 };
  }
  if (/^noon$|^mediod[ií]a$/i.test(text)) return { time: '12:00', twelve: true, next: false };
  if (/^midnight$|^medianoche$/i.test(text)) return { time: '00:00', twelve: true, next: true };
  const twelve = /^(\d{1,2})(?::(\d{2}))?(?::\d{2})?\s*([ap])\.?\s*m\.?$/i.exec(text);
  if (!twelve) return null;
  const hour = Number(twelve[1]);
  const minute = Number(twelve[2] ?? 0);
  if (hour < 1 || hour > 12 || minute > 59) return null;
  const late = twelve[3]?.toLowerCase() === 'p';
  return { time: clock((hour % 12) + (late ? 12 : 0), minute), twelve: true, next: false };
}

function clock(hour: number, minute: number): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** Minutes of "01:30:00", "1:30", "PT1H30M", 90 or "90 min"; null when it is no length. */
function readDuration(text: string): number | null {
  const clockLike = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text);
  const iso = /^PT(?:(\d+)H)?(?:(\d+)M)?$/i.exec(text);
  const plain = /^(\d{1,4})\s*(?:m|min|mins|minutes|minutos)?\.?$/i.exec(text);
  const hours = /^(\d{1,2}(?:\.\d+)?)\s*(?:h|hrs?|hours?|horas?)\.?$/i.exec(text);
  const parts = clockLike ?? iso;
  const minutes = parts
    ? Number(parts[1] ?? 0) * 60 + Number(parts[2] ?? 0)
    : plain
      ? Number(plain[1])
      : hours
        ? Math.round(Number(hours[1]) * 60)
        : null;
  return minutes !== null && minutes <= 1440 ? minutes : null;
}

function lengthOf(
  startsAt: string,
  row: { end_time?: unknown; duration?: unknown },
  warnings: Warning[],
): number {
  const text = oneLine(row.end_time);
  if (!text) {
    const said = oneLine(row.duration);
    const minutes = said ? readDuration(said) : 0;
    if (minutes === null)
      warnings.push({ code: 'length-unreadable', detail: said.slice(0, 80), column: 'duration' });
    // A length of nothing is how databases leave it unsaid.
    return minutes || 60;
  }
  const read = readTime(text);
  const of = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  // An end before the start is the next day: about one real meeting in a hundred.
  const minutes = read ? (of(read.time) - of(startsAt) + 1440) % 1440 : 0;
  if (minutes === 0) {
    warnings.push({ code: 'end-unreadable', detail: text.slice(0, 80), column: 'end_time' });
    return 60;
  }
  if (minutes > 480)
    warnings.push({
      code: 'very-long',
      detail: `${startsAt}–${text}`.slice(0, 80),
      column: 'end_time',
    });
  return minutes;
}

/**
 * Reads `day`, `time` and `end_time` of a row.
 * Adds to `warnings` what was repaired; answers a refusal code when the day or time does not exist.
 */
export function readWhen(
  row: { day?: unknown; time?: unknown; end_time?: unknown; duration?: unknown },
  warnings: Warning[],
): When | { refused: RowRefusalCode; detail: string; column: string } {
  const listed = Array.isArray(row.day) ? row.day : daysIn(row.day);
  const given = listed.filter((day) => day !== undefined && day !== null && day !== '');
  const timeText = oneLine(row.time);
  const days: Weekday[] = [];
  const absent: string[] = [];
  for (const value of given) {
    const day = readDay(value, warnings);
    if (day === null) absent.push(oneLine(value) || typeof value);
    else if (!days.includes(day)) days.push(day);
  }
  const firstAbsent = absent[0]?.slice(0, 80);
  if (firstAbsent !== undefined) {
    if (days.length === 0) return { refused: 'no-such-day', detail: firstAbsent, column: 'day' };
    warnings.push({ code: 'day-dropped', detail: firstAbsent, column: 'day' });
  }
  const time = timeText ? readTime(timeText) : null;
  if (timeText && !time)
    return { refused: 'no-such-time', detail: timeText.slice(0, 80), column: 'time' };
  if (!timeText && row.time !== undefined && row.time !== null && row.time !== '')
    return { refused: 'no-such-time', detail: typeof row.time, column: 'time' };
  if (!time || days.length === 0) {
    if (days.length > 0) warnings.push({ code: 'time-missing', column: 'time' });
    if (time) warnings.push({ code: 'day-missing', column: 'day' });
    return { days: [], startsAt: null, minutes: 60 };
  }
  if (time.twelve)
    warnings.push({ code: 'time-12-hour', detail: timeText.slice(0, 80), column: 'time' });
  if (time.next) warnings.push({ code: 'time-24', column: 'time' });
  return {
    days: days.map((day) => (time.next ? (((day + 1) % 7) as Weekday) : day)).sort(),
    startsAt: time.time,
    minutes: lengthOf(time.time, row, warnings),
  };
}
