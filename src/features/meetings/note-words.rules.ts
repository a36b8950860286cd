import { isDay } from '../../kit/day.ts';
import type { Nth, Weekday } from './meeting.rules.ts';

// The words in which groups write about days and weeks, English and Spanish, as sources of regular
// expressions over folded text (fold).

/** Lower case, without accents, one space between words: what the expressions below are written for. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

const nth =
  '(?:1st|2nd|3rd|4th|5th|first|second|third|fourth|fifth|last|[123](?:er|ro|do|o|a)|[45](?:to|o|a)|primer[oa]?s?|segund[oa]s?|tercer[oa]?s?|cuart[oa]s?|quint[oa]s?|ultim[oa]s?)\\b';
const day =
  '\\b(?:(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?)(?:days?|s)?|domingos?|lunes|martes|miercoles|jueves|viernes|sabados?)\\b\\.?';
const join = ' ?(?:, ?(?:and |y )?|& ?|\\+ ?|/ ?|\\band |\\by )(?:the |el |los )?';

/** "first and third", "1st & 3rd", "primer y tercer". */
export const nths = `${nth}(?:${join}${nth})*`;
const hint =
  /[1-5](?:st|nd|rd|th|er|ro|do|to|[oaºª])|first|second|third|fou?rth|fifth|last|prim|segund|terc|cuart|quint|[uúÚ]ltim|every|other|altern|week|fortnight|month|mes\b|mensual|quincen|semana|d[ií]as|meets?\b|only|s[oó]lo|solamente|reún|start|begin|final/iu;

/** Whether a text may speak of particular weeks at all; most do not, and this is quick to tell. */
export function maySpeakOfWeeks(text: string): boolean {
  return hint.test(text);
}

/** "Tuesdays and Thursdays". */
export const days = `${day}(?:${join}${day})*`;
/** "first Tuesday and third Thursday". */
export const nthDays = `${nths} ${days}(?:${join}${nths} ${days})*`;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const meses = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'];
const month = `(?:${[...new Set([...months, ...meses])].join('|')})[a-z]*\\.?`;
/** "May through October". */
export const season = `${month} (?:through|thru|to|until|till|-|–|a|hasta) ${month}`;
/** A day with its year. */
export const date = `(?:\\d{4}-\\d{2}-\\d{2}|${month} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}|\\d{1,2}(?:st|nd|rd|th)? (?:of |de )?${month},? (?:del? )?\\d{4}|\\d{1,2}/\\d{1,2}/\\d{4})`;

/** The numbers of the so-many-eth words in a folded text. */
export function readNths(text: string): Nth[] {
  const found = new Set<Nth>();
  for (const [word] of text.matchAll(new RegExp(nth, 'g'))) {
    const place = ['[1fp](?!i?f|ou)', '2|sec|seg', '3|th|te', '4|fo|cu', '5|fif|qu'].findIndex(
      (start) => new RegExp(`^(?:${start})`).test(word),
    );
    found.add(/^(last|ult)/.test(word) ? -1 : ((place + 1) as Nth));
  }
  return [...found];
}

const starts: Record<string, Weekday> = {
  su: 0,
  do: 0,
  mo: 1,
  lu: 1,
  tu: 2,
  we: 3,
  mi: 3,
  th: 4,
  ju: 4,
  fr: 5,
  vi: 5,
  sa: 6,
};

/** The weekdays named in a folded text. */
export function readDays(text: string): Weekday[] {
  const found = new Set<Weekday>();
  for (const [word] of text.matchAll(new RegExp(day, 'g')))
    found.add(word.startsWith('mar') ? 2 : (starts[word.slice(0, 2)] as Weekday));
  return [...found];
}

/** A written date as `YYYY-MM-DD`; null when it does not exist or may be read in two ways. */
export function readDate(text: string): string | null {
  const numbers = (text.match(/\d+/g) ?? []).map(Number);
  const year = text.match(/\d{4}/)?.[0] ?? '';
  let [one = 0, two = 0] = numbers;
  if (/^\d{4}-/.test(text)) return isDay(text) ? text : null;
  if (text.includes('/')) {
    if (one <= 12 && two <= 12 && one !== two) return null;
    if (one > 12) [one, two] = [two, one];
  } else {
    const name = new RegExp(month).exec(text)?.[0].slice(0, 3) ?? '';
    two = one;
    one = Math.max(months.indexOf(name), meses.indexOf(name)) + 1;
  }
  const read = `${year}-${String(one).padStart(2, '0')}-${String(two).padStart(2, '0')}`;
  return isDay(read) ? read : null;
}
