import type { Nth, Recurrence, Weekday } from './meeting.rules.ts';
import {
  date,
  days,
  fold,
  maySpeakOfWeeks,
  nthDays,
  nths,
  readDate,
  readDays,
  readNths,
  season,
} from './note-words.rules.ts';
import { dayNumber, weekdayOfNumber } from './rule-days.rules.ts';

/**
 * What the notes of a listing say of the weeks it is held in. `recurrence`: certain, with the words
 * it was read from. `doubt`: words about particular weeks that were not understood for certain, so
 * that the listing is shown weekly with a word of doubt. Null: nothing of the kind.
 */
export type RecurrenceInNotes = { recurrence: Recurrence; said: string } | { doubt: string } | null;

const lead =
  '(?:(?:this|the|our|la|el|esta|nuestra) )?(?<before>(?:only|just|monthly|solo|solamente|mensualmente) )?(?:(?:meeting|group|reunion|grupo) |we )?(?:(?:is|are|es|sera) )?(?<verb>(?:held|meets?|meeting|gathers?|happens|takes place|se reune|nos reunimos|se celebra|hay reunion) )?(?<only>(?:only|just|solo|solamente|unicamente) )?(?:on )?';
const end =
  '(?<onlyAfter> (?:only|solo|solamente|unicamente))?(?:,? (?:at |@ ?|a las? )?\\d{1,2}(?::\\d{2})? ?(?:[ap]\\.?m\\.?)?(?: (?:central|eastern|pacific|mountain)(?: time)?| [ecmp][sd]?t)?)?';
const between = `(?:,? (?:starting|beginning|begins|starts|from|since|as of|desde|a partir de?l?|comenzando|empezando)(?: on| el)? (?:${days},? )?(?<from>${date}))?(?:,? (?:until|through|to|hasta)(?: el)? (?<until>${date}))?`;

const monthly = new RegExp(
  `^${lead}(?<every>(?:every|each|cada|todos los) )?(?:(?:the|el|los) )?(?<pairs>${nthDays})(?<month> (?:of|in|del?) (?:(?:the|each|every|cada) )?(?:month|mes)| (?:each|every|cada) (?:month|mes)| monthly)?${between}${end}$`,
);
const count = '(?<n>other|2nd|second|2|two|3|three|4|four|dos|tres|cuatro)';
const everyWeeks = new RegExp(
  `^${lead}(?:(?:bi-?weekly|fortnightly|quincenal(?:mente)?|cada 15 dias|cada quince dias)(?:,? (?:on |el |los )?(?<twice>${days}))?|(?:alternat(?:e|ing)|every ${count}|cada (?<nEs>dos|tres|cuatro|2|3|4)) (?:(?<on>${days})|(?:weeks?|semanas)(?:,? (?:on |el |los )?(?<onWeek>${days}))?))${between}${end}$`,
);
const numbers: Record<string, number> = { '3': 3, three: 3, tres: 3, '4': 4, four: 4, cuatro: 4 };

/** "Starts January 5, 2027", "Last meeting December 18, 2026": weekly, from or until a day. */
const bounded = new RegExp(
  `^(?:(?:the |this )?(?:first |new )?(?:meeting |group )?(?:starts|starting|begins|beginning|comienza|empieza)(?: on| el)? (?:${days},? )?(?<from>${date})|(?:the |this )?(?:last|final) meeting(?: is)?(?: on)?:? (?:${days},? )?(?<until>${date})|ultima reunion:?(?: el)? (?<hasta>${date}))$`,
);
// "1st wk Step" tells what happens in a week, not in which weeks.
const doubtful = new RegExp(
  `\\b(?:every other|alternat(?:e|ing) (?:weeks?|${days})|bi-?weekly|fortnight|every (?:2|two|3|three|4|four|second|third) weeks|monthly|once a month|(?:week|day)s? of (?:the|each|every) month|(?:of|in) (?:the|each|every) month|quincenal|cada (?:dos|tres|cuatro|2|3|4) semanas|cada (?:15|quince) dias|mensual|una vez al mes|(?:del|de cada|cada) mes|semanas? alternas?|${nths} ${days}|(?:meets?|se reune|nos reunimos) (?:only |solo )?(?:on )?(?:the |la )?${nths} (?:weeks?|semanas?)|${nths} (?:weeks?|semanas?) (?:only|solo)|(?:meets?|held|only|solo|se reune)\\b.*${season}|${season} only)`,
);
/** What happens in particular weeks of a meeting that is held in all of them. */
const besides =
  /\b(business|birthdays?|anniversar\w+|chips?|potluck|group conscience|celebrat\w+|cumplea\w+|aniversarios?)\b/;

/** Ends of what is said at a time; not the point of "Jan.", "Mtg." or "p.m.". */
const ends =
  /\n|[;!](?=\s|$)|(?<!\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|ene|abr|ago|dic|mtg|st|wk|sun|mon|tues?|wed|thurs?|fri|sat|[a-z]))\.(?=\s|$)|\s[-–—|]+\s|[()]/i;

/** The stretches of a text that are said at a time. */
export function saidIn(text: string): string[] {
  return text
    .split(ends)
    .map((said) => said.trim())
    .filter(Boolean);
}

const same = <T>(one: readonly T[], other: readonly T[]) =>
  one.length === other.length && one.every((item) => other.includes(item));

/** Days and which of them; null where each weekday has weeks of its own. */
function readPairs(text: string): { on: Weekday[]; nth: Nth[] } | null {
  const pairs = [...text.matchAll(new RegExp(`(${nths}) (${days})`, 'g'))].map(
    ([, which = '', on = '']) => ({ on: readDays(on), nth: readNths(which) }),
  );
  const [first] = pairs;
  if (!first) return null;
  if (pairs.every(({ nth }) => same(nth, first.nth)))
    return { on: [...new Set(pairs.flatMap(({ on }) => on))], nth: first.nth };
  if (pairs.every(({ on }) => same(on, first.on)))
    return { on: first.on, nth: [...new Set(pairs.flatMap(({ nth }) => nth))] };
  return null;
}

type Groups = Record<string, string | undefined>;

/** The dates of "from … until …"; undefined where one cannot be relied on. */
function readBounds({ from, until }: Groups) {
  const bounds = { from: from ? readDate(from) : null, until: until ? readDate(until) : null };
  return (from && !bounds.from) || (until && !bounds.until) ? undefined : bounds;
}

function readMonthly(found: Groups, held: readonly Weekday[], isAll: boolean): Recurrence | null {
  const pairs = readPairs(found.pairs ?? '');
  const bounds = readBounds(found);
  if (!pairs || !bounds || !same(pairs.on, held)) return null;
  // "Every third Tuesday" may be every three weeks; "2nd Saturday" amid others may be anything's.
  const isSaid =
    found.verb || found.only || found.onlyAfter || found.month || /days\b/.test(found.pairs ?? '');
  const [only] = pairs.nth;
  if (found.every && !found.month && pairs.nth.length === 1 && only !== 1 && only !== -1)
    return null;
  if (!isSaid && !found.every && !isAll) return null;
  return { by: 'month', nth: pairs.nth, every: 1, ...bounds };
}

function readEveryWeeks(found: Groups, held: readonly Weekday[]): Recurrence | null {
  const bounds = readBounds(found);
  const named = found.on ?? found.onWeek ?? found.twice;
  // Without a first day nobody knows which weeks are meant.
  if (!bounds?.from || (named && !same(readDays(named), held))) return null;
  if (!held.includes(weekdayOfNumber(dayNumber(bounds.from)) as Weekday)) return null;
  return { by: 'weeks', every: numbers[found.n ?? found.nEs ?? ''] ?? 2, ...bounds };
}

function readBounded({ from, until, hasta }: Groups): Recurrence | null {
  const bounds = readBounds({ from, until: until ?? hasta });
  return bounds ? { by: 'weeks', every: 1, ...bounds } : null;
}

/**
 * Reads what name and notes say of particular weeks, English or Spanish, for a listing held on the
 * weekdays `held`. Only what can mean one thing is a recurrence; everything else is doubt, but for
 * what `isOther` knows to be about something that a meeting has in some of its weeks.
 */
export function recurrenceInNotes(
  texts: readonly string[],
  held: readonly Weekday[],
  isOther: (said: string) => boolean = () => false,
): RecurrenceInNotes {
  let certain: { recurrence: Recurrence; said: string } | null = null;
  let doubt: string | null = null;
  for (const text of texts) {
    if (!maySpeakOfWeeks(text)) continue;
    const spoken = saidIn(text);
    for (const said of spoken) {
      // What is long is about something else, and costs time to look through.
      const folded = fold(said.slice(0, 200));
      const month = monthly.exec(folded)?.groups;
      const weeks = everyWeeks.exec(folded)?.groups;
      const bounds = bounded.exec(folded)?.groups;
      const recurrence = month
        ? readMonthly(month, held, spoken.length === 1)
        : weeks
          ? readEveryWeeks(weeks, held)
          : bounds && readBounded(bounds);
      if (recurrence) {
        if (certain && JSON.stringify(certain.recurrence) !== JSON.stringify(recurrence))
          return { doubt: said.slice(0, 80) };
        certain = { recurrence, said: said.slice(0, 80) };
      } else if (doubtful.test(folded) && !besides.test(folded) && !isOther(said))
        doubt ??= said.slice(0, 80);
    }
  }
  return certain ?? (doubt === null ? null : { doubt });
}
