import { anyDayOn, type DayChange, type Meeting, type Nth, type TypesOn } from './meeting.rules.ts';
import { dayNumber, dayOf, nextRuleDay } from './rule-days.rules.ts';

// Plain functions with a locale, for pages that are made on the server and for the companion alike.

/** Languages that recurrences are said in. */
export type WordsLocale = 'en' | 'es';

const region = { en: 'en-US', es: 'es-US' } as const;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: WordsLocale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${Object.keys(options)}`;
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(region[locale], { ...options, timeZone: 'UTC' });
    formats.set(key, known);
  }
  return known;
}

/** "March 3", with the year where it is not that of `today`. */
function dayWords(day: string, locale: WordsLocale, today: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  if (day.slice(0, 4) === today.slice(0, 4))
    return format(locale, { month: 'long', day: 'numeric' }).format(date);
  return format(locale, { month: 'long', day: 'numeric', year: 'numeric' }).format(date);
}

/** "at 6:30 PM", "a la 1:30 p. m.", "a las 6:30 p. m." */
function atClock(time: string, locale: WordsLocale): string {
  const article = /^(01|13)/.test(time) ? 'a la' : 'a las';
  const clock = format(locale, { hour: 'numeric', minute: '2-digit' }).format(
    new Date(`2026-01-01T${time}:00Z`),
  );
  return `${locale === 'en' ? 'at' : article} ${clock}`;
}

function weekday(day: number, locale: WordsLocale): string {
  return format(locale, { weekday: 'long' }).format(new Date(`${anyDayOn(day)}T12:00:00Z`));
}

const lists = {
  en: new Intl.ListFormat(region.en, { type: 'conjunction' }),
  es: new Intl.ListFormat(region.es, { type: 'conjunction' }),
};
const and = (parts: string[], locale: WordsLocale) => lists[locale].format(parts);

const nthWords: Record<WordsLocale, Record<Nth, string>> = {
  en: { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth', [-1]: 'last' },
  es: { 1: 'primer', 2: 'segundo', 3: 'tercer', 4: 'cuarto', 5: 'quinto', [-1]: 'último' },
};
const cardinal = ['', '', 'dos', 'tres', 'cuatro', 'cinco', 'seis'];
const everyNth = ['', '', 'second', 'third', 'fourth', 'fifth', 'sixth'];
/** First to fifth, the last at the end. */
const inOrder = (nth: readonly Nth[]) => [...nth].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function everyWeeks(names: string[], every: number, locale: WordsLocale): string {
  const listed = and(names, locale);
  if (locale === 'en') {
    if (every === 1) return names.length === 7 ? 'Every day' : `Every ${listed}`;
    if (names.length === 1) return `Every ${everyNth[every] ?? `${every}th`} ${listed}`;
    return `Every ${every} weeks on ${listed}`;
  }
  if (every === 1) return names.length === 7 ? 'Todos los días' : `Cada ${listed}`;
  const plural = names.map((name) => (name.endsWith('s') ? name : `${name}s`));
  return `Cada ${cardinal[every] ?? every} semanas, los ${and(plural, locale)}`;
}

function everyMonths(names: string[], nth: readonly Nth[], every: number, locale: WordsLocale) {
  const which = and(
    inOrder(nth).map((one) => nthWords[locale][one]),
    locale,
  );
  if (locale === 'en') {
    const days = and(
      names.map((name) => `${which} ${name}`),
      locale,
    );
    const months = every === 1 ? 'the month' : `every ${everyNth[every] ?? `${every}th`} month`;
    return `The ${days} of ${months}`;
  }
  const days = and(
    names.map((name) => `el ${which} ${name}`),
    locale,
  );
  return `${upper(days)} ${every === 1 ? 'del mes' : `cada ${cardinal[every] ?? every} meses`}`;
}

/**
 * The rule of a meeting as a sentence without its full stop, as of `today` (`YYYY-MM-DD` of the
 * meeting's zone): "The last Friday of the month", "Every second Tuesday, next on January 6".
 * Empty for a meeting by appointment.
 */
export function ruleWords(
  meeting: Pick<Meeting, 'days' | 'recurrence'>,
  locale: WordsLocale,
  today: string,
): string {
  const { days, recurrence: rule } = meeting;
  if (days.length === 0) return '';
  // A week begins on Sunday in the rule, on Monday in the order of reading.
  const names = [...days]
    .sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7))
    .map((day) => weekday(day, locale));
  if (!rule) return everyWeeks(names, 1, locale);
  let words =
    rule.by === 'weeks'
      ? everyWeeks(names, rule.every, locale)
      : everyMonths(names, rule.nth, rule.every, locale);
  const next = nextRuleDay(meeting, dayNumber(today));
  if (next === null)
    return locale === 'en' ? `${words}; no more are planned` : `${words}; no hay más previstas`;
  const begins = rule.from !== null && nextRuleDay(meeting, dayNumber(rule.from)) === next;
  if (begins && dayOf(next) > today)
    words += ` ${locale === 'en' ? 'from' : 'desde el'} ${dayWords(dayOf(next), locale, today)}`;
  else if (rule.every > 1)
    words += `, ${locale === 'en' ? 'next on' : 'la próxima el'} ${dayWords(dayOf(next), locale, today)}`;
  if (rule.until)
    words += ` ${locale === 'en' ? 'until' : 'hasta el'} ${dayWords(rule.until, locale, today)}`;
  return words;
}

function changeWords(change: DayChange, locale: WordsLocale, today: string): string {
  const day = dayWords(change.day, locale, today);
  const at = change.startsAt && atClock(change.startsAt, locale);
  const toDay = change.toDay && dayWords(change.toDay, locale, today);
  const note = change.note && `: ${change.note}`;
  if (locale === 'en') {
    if (change.change === 'cancelled') return `Not on ${day}${note}`;
    if (change.change === 'online') return `On ${day} online only${note}`;
    if (!toDay) return `On ${day} ${at}${note}`;
    return `Not on ${day} but on ${toDay}${at ? ` ${at}` : ''}${note}`;
  }
  if (change.change === 'cancelled') return `No habrá el ${day}${note}`;
  if (change.change === 'online') return `El ${day} solo en línea${note}`;
  if (!toDay) return `El ${day} ${at}${note}`;
  return `No el ${day} sino el ${toDay}${at ? ` ${at}` : ''}${note}`;
}

/** Exceptions still to come, one sentence each: "Not on December 25: the church is closed". */
export function changesWords(
  meeting: Pick<Meeting, 'dayChanges'>,
  locale: WordsLocale,
  today: string,
): string[] {
  return meeting.dayChanges
    .filter(({ day, toDay }) => day >= today || (toDay ?? '') >= today)
    .map((change) => changeWords(change, locale, today));
}

/** "Closed until March 3", "Closed from December 20 until January 3, 2027"; null when it is not. */
export function closureWords(
  { closure }: Pick<Meeting, 'closure'>,
  locale: WordsLocale,
  today: string,
): string | null {
  if (!closure || (closure.until !== null && closure.until < today)) return null;
  const from = closure.from && closure.from > today ? dayWords(closure.from, locale, today) : '';
  const until = closure.until && dayWords(closure.until, locale, today);
  const note = closure.note && `: ${closure.note}`;
  if (locale === 'en')
    return `Closed${from && ` from ${from}`}${until ? ` until ${until}` : from ? '' : ' until further notice'}${note}`;
  return `Cerrada${from && ` desde el ${from}`}${until ? ` hasta el ${until}` : from ? '' : ' hasta nuevo aviso'}${note}`;
}

/**
 * What varies by week: "First week speaker, second literature". `label` names a code in the
 * fellowship's own words.
 */
export function typesOnWords(
  typesOn: readonly TypesOn[],
  locale: WordsLocale,
  label: (code: string) => string,
): string {
  const feminine = (word: string) =>
    word === 'primer' ? 'primera' : word === 'tercer' ? 'tercera' : word.replace(/o$/, 'a');
  const parts = typesOn.map(({ nth, types }, index) => {
    const which = and(
      inOrder(nth).map((one) => (locale === 'en' ? nthWords.en[one] : feminine(nthWords.es[one]))),
      locale,
    );
    const week = index > 0 ? '' : locale === 'en' ? ' week' : ' semana';
    return `${which}${week} ${and(
      types.map((type) => label(type).toLocaleLowerCase(locale)),
      locale,
    )}`;
  });
  return upper(parts.join(', '));
}
