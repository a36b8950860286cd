import { fellowships } from '../../content/fellowships/fellowships.ts';
import { anyDayOn, type Meeting, type Weekday } from '../meetings/meeting.rules.ts';
import { changesWords, closureWords, ruleWords } from '../meetings/recurrence-in-words.rules.ts';
import { typeName } from '../meetings/type-names.rules.ts';
import { dayThere, isOver, isWeeklyNow, type Listed } from './feed-source.rules.ts';

/** One meeting in the printed list: lines to be set under one another. */
interface BookletEntry {
  when: string;
  name: string;
  /** Where, how, of what kind, and what is not as usual. */
  lines: string[];
}

/** The printed list: days, in them regions, in them meetings by time. */
export interface BookletDay {
  title: string;
  regions: { title: string; entries: BookletEntry[] }[];
}

/** The words of the printed list. */
export const bookletWords = {
  en: {
    title: 'Meetings',
    made: (day: string, origin: string) => `Made on ${day}. The newest list: ${origin}/meetings`,
    elsewhere: 'Other places',
    online: 'Online',
    byPhone: 'By telephone',
    byRequest: 'Online; ask the group for the link',
    appointment: 'By appointment',
    inactive: 'Closed for now',
    ask: 'The exact place: ask the group',
    none: 'No meetings are listed for this choice.',
    page: (page: number, of: number) => `${page} of ${of}`,
  },
  es: {
    title: 'Reuniones',
    made: (day: string, origin: string) =>
      `Hecha el ${day}. La lista más nueva: ${origin}/meetings`,
    elsewhere: 'Otros lugares',
    online: 'En línea',
    byPhone: 'Por teléfono',
    byRequest: 'En línea; pida el enlace al grupo',
    appointment: 'Con cita',
    inactive: 'Cerrada por ahora',
    ask: 'El lugar exacto: pregunte al grupo',
    none: 'No hay reuniones para esta elección.',
    page: (page: number, of: number) => `${page} de ${of}`,
  },
} as const;

type Locale = keyof typeof bookletWords;
const tags = { en: 'en-US', es: 'es-US' } as const;

/** A calendar day in words with its year. */
export function dayInWords(day: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(tags[locale], { dateStyle: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${day}T12:00:00Z`));
}

function dayTitle(day: Weekday, locale: Locale): string {
  const name = new Intl.DateTimeFormat(tags[locale], { weekday: 'long', timeZone: 'UTC' }).format(
    new Date(`${anyDayOn(day)}T12:00:00Z`),
  );
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function clock(time: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(tags[locale], { timeStyle: 'short', timeZone: 'UTC' });
  return format.format(new Date(`2026-01-01T${time}:00Z`));
}

function whereLine({ attendance, place }: Meeting, locale: Locale): string[] {
  const say = bookletWords[locale];
  const there = [place.name, place.address].filter(Boolean).join(', ');
  if (attendance === 'in-person') return place.approximate ? [there, say.ask] : [there];
  if (attendance === 'hybrid') return [there, say.online];
  if (attendance === 'online') return [say.online];
  if (attendance === 'phone') return [say.byPhone];
  return [attendance === 'by-request' ? say.byRequest : say.inactive];
}

function entryOf(meeting: Meeting, locale: Locale, now: number, several: boolean): BookletEntry {
  const today = dayThere(meeting.timeZone, now);
  const types = meeting.types.map((code) => typeName(meeting.fellowship, code, locale));
  const short = fellowships.get(meeting.fellowship)?.short ?? meeting.fellowship;
  return {
    when: meeting.startsAt === null ? '' : clock(meeting.startsAt, locale),
    name: several ? `${meeting.name} (${short})` : meeting.name,
    lines: [
      ...whereLine(meeting, locale),
      types.join(' · '),
      isWeeklyNow(meeting, now) ? '' : ruleWords(meeting, locale, today),
      ...changesWords(meeting, locale, today),
      closureWords(meeting, locale, today) ?? '',
      meeting.holidayNotes,
    ].filter(Boolean),
  };
}

/**
 * The printed list of some listings: a meeting on several days stands under each of them. Links and
 * numbers for joining are left out: paper is left lying about.
 */
export function bookletDays(
  listings: readonly Pick<Listed, 'meeting'>[],
  locale: Locale,
  now: number,
): BookletDay[] {
  const say = bookletWords[locale];
  const current = listings.map(({ meeting }) => meeting).filter((one) => !isOver(one, now));
  const several = new Set(current.map(({ fellowship }) => fellowship)).size > 1;
  const compare = new Intl.Collator(tags[locale]).compare;
  const onDay = (day: Weekday | null) =>
    current.filter(({ days }) => (day === null ? days.length === 0 : days.includes(day)));
  const regionOf = ({ place }: Meeting) => place.regions[0] || place.city || say.elsewhere;
  return ([1, 2, 3, 4, 5, 6, 0, null] as const).flatMap((day) => {
    const held = onDay(day).sort(
      (a, b) => compare(a.startsAt ?? '', b.startsAt ?? '') || compare(a.name, b.name),
    );
    if (held.length === 0) return [];
    const byRegion = [...Map.groupBy(held, regionOf)].sort(([a], [b]) => compare(a, b));
    return [
      {
        title: day === null ? say.appointment : dayTitle(day, locale),
        regions: byRegion.map(([title, some]) => ({
          title,
          entries: some.map((meeting) => entryOf(meeting, locale, now, several)),
        })),
      },
    ];
  });
}
