import type { Meeting } from '../meetings/meeting.rules.ts';
import {
  changesWords,
  closureWords,
  ruleWords,
  typesOnWords,
  type WordsLocale,
} from '../meetings/recurrence-in-words.rules.ts';

/** What a calendar says besides the listing's own words. */
export const icalWords = {
  en: {
    calendar: 'Meetings',
    place: 'Online',
    discreet: 'Appointment',
    join: 'Link',
    phone: 'Phone',
    hybrid: 'In person or online.',
    online: 'Online.',
    onlineToday: 'Online only today.',
    byRequest: 'Online; ask the group for the link.',
    closed: 'Closed for now',
    varies: 'The notes speak of particular weeks: ask before you go.',
  },
  es: {
    calendar: 'Reuniones',
    place: 'En línea',
    discreet: 'Cita',
    join: 'Enlace',
    phone: 'Teléfono',
    hybrid: 'En persona o en línea.',
    online: 'En línea.',
    onlineToday: 'Hoy solo en línea.',
    byRequest: 'En línea; pide el enlace al grupo.',
    closed: 'Cerrada por ahora',
    varies: 'Las notas hablan de ciertas semanas: pregunta antes de ir.',
  },
} as const;

/** The names of a fellowship and of its types in the language of the calendar. */
export interface CalendarNames {
  fellowship: string;
  label: (code: string) => string;
}

/** What one should know of a meeting, as the text of its entry; a line for each thing. */
export function descriptionOf(
  meeting: Meeting,
  names: CalendarNames,
  { locale, today }: { locale: WordsLocale; today: string },
): string {
  const words = icalWords[locale];
  const how = { hybrid: words.hybrid, online: words.online, 'by-request': words.byRequest };
  const rule = meeting.recurrence ? `${ruleWords(meeting, locale, today)}.` : '';
  return [
    [names.fellowship, ...meeting.types.map(names.label)].join(' · '),
    meeting.typesOn.length > 0 && `${typesOnWords(meeting.typesOn, locale, names.label)}.`,
    rule,
    ...changesWords(meeting, locale, today).map((change) => `${change}.`),
    closureWords(meeting, locale, today),
    meeting.holidayNotes,
    meeting.mayNotBeWeekly && words.varies,
    how[meeting.attendance as keyof typeof how],
    meeting.link && `${words.join}: ${meeting.link}`,
    meeting.linkNotes,
    meeting.phone && `${words.phone}: ${meeting.phone}`,
    meeting.phoneNotes,
    meeting.place.notes,
    meeting.notes,
    meeting.groupNotes,
  ]
    .filter(Boolean)
    .join('\n');
}
