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
    const word = oneLine(value).toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
    const day = wholeDayName.test(word) ? dayNames[word.slice(0, 3)] : undefined;
    if (day === undefined) return null;
    warnings.push({ code: 'day-name', detail: word.slice(0, 80) });
    return day;
  }
  const day = typeof value === 'string' ? Number(value) : value;
  if (day === 7) {
    warnings.push({ code: 'day-7' });
    return 0;
  }
  return Number.isInteger(day) && (day as number) >= 0 && (day as number) < 7
    ? (day as Weekday)
    : null;
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

function lengthOf(startsAt: string, end: unknown, warnings: Warning[]): number {
  const text = oneLine(end);
  if (!text) return 60;
  const read = readTime(text);
  const of = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  // An end before the start is the next day: about one real meeting in a hundred.
  const minutes = read ? (of(read.time) - of(startsAt) + 1440) % 1440 : 0;
  if (minutes === 0) {
    warnings.push({ code: 'end-unreadable', detail: text.slice(0, 80) });
    return 60;
  }
  if (minutes > 480) warnings.push({ code: 'very-long', detail: `${startsAt}–${text}` });
  return minutes;
}

/**
 * Reads `day`, `time` and `end_time` of a row.
 * Adds to `warnings` what was repaired; answers a refusal code when the day or time does not exist.
 */
export function readWhen(
  row: { day?: unknown; time?: unknown; end_time?: unknown },
  warnings: Warning[],
): When | { refused: RowRefusalCode; detail: string } {
  const listed = Array.isArray(row.day) ? row.day : [row.day];
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
    if (days.length === 0) return { refused: 'no-such-day', detail: firstAbsent };
    warnings.push({ code: 'day-dropped', detail: firstAbsent });
  }
  const time = timeText ? readTime(timeText) : null;
  if (timeText && !time) return { refused: 'no-such-time', detail: timeText.slice(0, 80) };
  if (!timeText && row.time !== undefined && row.time !== null && row.time !== '')
    return { refused: 'no-such-time', detail: typeof row.time };
  if (!time || days.length === 0) {
    if (days.length > 0) warnings.push({ code: 'time-missing' });
    if (time) warnings.push({ code: 'day-missing' });
    return { days: [], startsAt: null, minutes: 60 };
  }
  if (time.twelve) warnings.push({ code: 'time-12-hour', detail: timeText });
  if (time.next) warnings.push({ code: 'time-24' });
  return {
    days: days.map((day) => (time.next ? (((day + 1) % 7) as Weekday) : day)).sort(),
    startsAt: time.time,
    minutes: lengthOf(time.time, row.end_time, warnings),
  };
}

// "last Friday", "1st & 3rd Tuesday", "every other week", "once a month", "cada dos semanas" …
const particularWeeks =
  /\b(every other (week|mon|tue|wed|thu|fri|sat|sun)\w*|bi-?weekly|monthly|once a month|(1st|2nd|3rd|4th|5th|first|second|third|fourth|fifth|last)( (and|&|,) \w+)? (sun|mon|tues?|wed|thur?s?|fri|sat)\w*(s\b| of| only)?|(week|day) of (the|each|every) month|of the month|cada dos semanas|una vez al mes|(primer|segund|tercer|cuart|quint|[uú]ltim)[oa]? (lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)|del mes)\b/i;

/** The words in notes or name that say "not every week", or null. */
export function particularWeeksIn(text: string): string | null {
  return particularWeeks.exec(text)?.[0] ?? null;
}
