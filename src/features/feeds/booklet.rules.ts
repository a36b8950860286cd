import { fellowships } from '../../content/fellowships/fellowships.ts';
import { anyDayOn, type Meeting, type Weekday } from '../meetings/meeting.rules.ts';
import { changesWords, closureWords, ruleWords } from '../meetings/recurrence-in-words.rules.ts';
import { typeName } from '../meetings/type-names.rules.ts';
import { streetOf } from './bmlt-meeting.rules.ts';
import { dayThere, isOver, isWeeklyNow } from './feed-source.rules.ts';
import { townOfZone } from './meeting-guide.rules.ts';

/** One meeting in the printed list: lines to be set under one another. */
export interface BookletEntry {
  when: string;
  name: string;
  /** Where, how, of what kind, and what is not as usual. */
  lines: string[];
}

/** The printed list: parts, in them groups, in them meetings by time. */
export interface BookletPart {
  title: string;
  groups: { title: string; held: Meeting[] }[];
}

/** How a list is laid out. `day` or `date` (`YYYY-MM-DD`): of that one only. `now` in milliseconds. */
export interface BookletOrder {
  locale: Locale;
  now: number;
  /** By day and in it by town, or by region and in it by day. */
  by: 'day' | 'region';
  day: Weekday | null;
  date: string | null;
}

/** More is no list for a table at the door. */
export const mostPrinted = 10_000;

/** The words of the printed list. */
export const bookletWords = {
  en: {
    title: 'Meetings',
    made: (day: string, origin: string) => `Made on ${day}. The newest list: ${origin}/meetings`,
    elsewhere: 'Other places',
    remote: 'Online and by telephone',
    demo: 'Made up for the demonstration: nobody meets there.',
    online: 'Online',
    alsoOnline: 'Also online',
    byPhone: 'By telephone',
    byRequest: 'Online; ask the group for the link',
    appointment: 'By appointment',
    inactive: 'Closed for now',
    ask: 'The exact place: ask the group',
    page: (page: number, of: number) => `${page} of ${of}`,
    none: 'No meeting fits, so there is nothing to print. Ask for a larger place, or leave something out.',
    many: (most: number) =>
      `These are more than ${most} meetings, too many to print in one go. Choose a place, a region or a fellowship.`,
    busy: 'Several lists are being made for others just now. Please try again in a minute.',
    back: 'Back to the finder',
  },
  es: {
    title: 'Reuniones',
    made: (day: string, origin: string) =>
      `Hecha el ${day}. La lista más nueva: ${origin}/meetings`,
    elsewhere: 'Otros lugares',
    remote: 'En línea y por teléfono',
    demo: 'Inventado para la demostración: nadie se reúne allí.',
    online: 'En línea',
    alsoOnline: 'También en línea',
    byPhone: 'Por teléfono',
    byRequest: 'En línea; pide el enlace al grupo',
    appointment: 'Con cita',
    inactive: 'Cerrada por ahora',
    ask: 'El lugar exacto: pregunta al grupo',
    page: (page: number, of: number) => `${page} de ${of}`,
    none: 'Ninguna reunión encaja, así que no hay nada que imprimir. Elige un lugar más grande o quita algo.',
    many: (most: number) =>
      `Son más de ${most} reuniones, demasiadas para imprimirlas de una vez. Elige un lugar, una región o una confraternidad.`,
    busy: 'Ahora mismo se están haciendo varias listas. Inténtalo de nuevo en un minuto.',
    back: 'Volver al buscador',
  },
} as const;

type Locale = keyof typeof bookletWords;
const tags = { en: 'en-US', es: 'es-US' } as const;

/** A calendar day in words with its year. */
export function dayInWords(day: string, locale: Locale, withWeekday = false): string {
  const format = new Intl.DateTimeFormat(tags[locale], {
    dateStyle: withWeekday ? 'full' : 'long',
    timeZone: 'UTC',
  });
  return capital(format.format(new Date(`${day}T12:00:00Z`)));
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const utc = { timeZone: 'UTC' } as const;
const formats = {
  en: {
    weekday: new Intl.DateTimeFormat(tags.en, { weekday: 'long', ...utc }),
    clock: new Intl.DateTimeFormat(tags.en, { timeStyle: 'short', ...utc }),
  },
  es: {
    weekday: new Intl.DateTimeFormat(tags.es, { weekday: 'long', ...utc }),
    clock: new Intl.DateTimeFormat(tags.es, { timeStyle: 'short', ...utc }),
  },
};

function dayTitle(day: Weekday, locale: Locale): string {
  return capital(formats[locale].weekday.format(new Date(`${anyDayOn(day)}T12:00:00Z`)));
}

/** The address without what stands above it: under its town the street, else with the town. */
function addressIn({ place }: Meeting, by: BookletOrder['by']): string {
  const street = streetOf(place);
  if (!street || !place.city) return place.address;
  return by === 'day' ? street : `${street}, ${place.city}`;
}

/** Where one goes; empty where one does not. */
function whereLine(meeting: Meeting, by: BookletOrder['by']): string {
  if (meeting.attendance !== 'in-person' && meeting.attendance !== 'hybrid') return '';
  return [meeting.place.name, addressIn(meeting, by)].filter(Boolean).join(', ');
}

/** How one takes part, where that is not simply going there. */
function howWords({ attendance, place }: Meeting, locale: Locale): string {
  const say = bookletWords[locale];
  if (attendance === 'in-person') return place.approximate ? say.ask : '';
  if (attendance === 'hybrid') return say.alsoOnline;
  if (attendance === 'online') return say.online;
  if (attendance === 'phone') return say.byPhone;
  return attendance === 'by-request' ? say.byRequest : say.inactive;
}

/** What is said of each meeting of a list beside the meeting itself. */
export interface BookletManner {
  locale: Locale;
  now: number;
  by: BookletOrder['by'];
  /** There are several fellowships, so each entry names its own. */
  several: boolean;
  /** The zone of most of them; others are named beside the time. */
  zone: string;
}

/** How a list of these meetings says what it says of each. */
export function mannerOf(
  meetings: readonly Meeting[],
  { locale, now, by }: Pick<BookletOrder, 'locale' | 'now' | 'by'>,
): BookletManner {
  const several = new Set(meetings.map(({ fellowship }) => fellowship)).size > 1;
  const zones = new Map<string, number>();
  for (const { timeZone } of meetings) zones.set(timeZone, (zones.get(timeZone) ?? 0) + 1);
  const [zone = 'UTC'] = [...zones].sort((a, b) => b[1] - a[1])[0] ?? [];
  return { locale, now, by, several, zone };
}

function whenOf({ startsAt, timeZone }: Meeting, { locale, zone }: BookletManner): string {
  if (startsAt === null) return '';
  const time = formats[locale].clock.format(new Date(`2026-01-01T${startsAt}:00Z`));
  return timeZone === zone ? time : `${time} (${townOfZone(timeZone)})`;
}

/** One meeting as it is printed. */
export function bookletEntry(meeting: Meeting, manner: BookletManner): BookletEntry {
  const { locale, now, several } = manner;
  const today = dayThere(meeting.timeZone, now);
  const types = meeting.types.map((code) => typeName(meeting.fellowship, code, locale));
  const short = fellowships.get(meeting.fellowship)?.short ?? meeting.fellowship;
  return {
    when: whenOf(meeting, manner),
    name: several ? `${meeting.name} (${short})` : meeting.name,
    lines: [
      whereLine(meeting, manner.by),
      // Of what is shut one need not know more.
      [howWords(meeting, locale), ...(meeting.attendance === 'inactive' ? [] : types)]
        .filter(Boolean)
        .join(' · '),
      isWeeklyNow(meeting, now) ? '' : ruleWords(meeting, locale, today),
      ...changesWords(meeting, locale, today),
      closureWords(meeting, locale, today) ?? '',
      meeting.holidayNotes,
    ].filter(Boolean),
  };
}

const remote = new Set<Meeting['attendance']>(['online', 'phone', 'by-request']);
const isThere = ({ attendance }: Meeting) => !remote.has(attendance);

/**
 * The printed list of some meetings: one on several days stands under each of them. Links and
 * numbers for joining are left out: paper is left lying about.
 */
export function bookletParts(
  meetings: readonly Meeting[],
  { locale, now, by, day, date }: BookletOrder,
): BookletPart[] {
  const say = bookletWords[locale];
  const current = meetings.filter((one) => !isOver(one, now));
  const compare = new Intl.Collator(tags[locale]).compare;
  const townOf = (one: Meeting) =>
    isThere(one) ? one.place.city || one.place.regions.at(-1) || say.elsewhere : say.remote;
  const regionOf = (one: Meeting) =>
    isThere(one) ? one.place.regions[0] || one.place.city || say.elsewhere : say.remote;
  /** By name; what is nowhere comes last. */
  const named = (some: readonly Meeting[], nameOf: (one: Meeting) => string) => {
    const rank = (name: string) => (name === say.remote ? 2 : name === say.elsewhere ? 1 : 0);
    return [...Map.groupBy(some, nameOf)].sort(([a], [b]) => rank(a) - rank(b) || compare(a, b));
  };
  const onDays = (some: readonly Meeting[]): [title: string, held: Meeting[]][] => {
    const byTime = (held: Meeting[]) =>
      held.sort((a, b) => compare(a.startsAt ?? '', b.startsAt ?? '') || compare(a.name, b.name));
    // Of a date it is known already who meets, also on a day that is not their usual one.
    if (date !== null) return [[dayInWords(date, locale, true), byTime([...some])]];
    const days = day === null ? ([1, 2, 3, 4, 5, 6, 0, null] as const) : [day];
    return days.flatMap((one): [string, Meeting[]][] => {
      const held = some.filter(({ days }) =>
        one === null ? days.length === 0 : days.includes(one),
      );
      const title = one === null ? say.appointment : dayTitle(one, locale);
      return held.length > 0 ? [[title, byTime(held)]] : [];
    });
  };
  const groups = (found: [title: string, held: Meeting[]][]) =>
    found.map(([title, held]) => ({ title, held }));
  if (by === 'day')
    return onDays(current).map(([title, held]) => ({
      title,
      groups: groups(named(held, townOf)),
    }));
  return named(current, regionOf)
    .map(([title, some]) => ({ title, groups: groups(onDays(some)) }))
    .filter((part) => part.groups.length > 0);
}
