import { say, type Words } from '../../content/words.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { ruleWords } from '../meetings/recurrence-in-words.rules.ts';

type Locale = 'en' | 'es';

const words = {
  subject: { en: 'Is your meeting still listed right?', es: '¿Está bien publicada tu reunión?' },
  hello: { en: 'Hello,', es: 'Hola:' },
  why: {
    en: 'people look for these meetings in the list of {body}:',
    es: 'hay personas que buscan estas reuniones en la lista de {body}:',
  },
  ask: {
    en: 'Is that still right? One tap is enough, without an account:',
    es: '¿Sigue siendo así? Basta un toque, sin cuenta:',
  },
  end: {
    en: 'The address works for 60 days. On that page you can also say that you do not want to be asked again.',
    es: 'La dirección funciona durante 60 días. En esa página también puedes decir que no quieres que se te vuelva a preguntar.',
  },
} satisfies Record<string, Words>;

/** One listing in a line: "Monday Night, every Monday, 19:00 (New York), Grace Church". */
function listingLine(meeting: Meeting, locale: Locale, today: string): string {
  const zone = meeting.timeZone.replace(/^.*\//, '').replaceAll('_', ' ');
  const rule = ruleWords(meeting, locale, today);
  const when = meeting.startsAt ? `${rule}, ${meeting.startsAt} (${zone})` : '';
  const where = [meeting.place.name, meeting.place.address].filter(Boolean).join(', ');
  return [meeting.name, when, where].filter(Boolean).join(' · ');
}

/** The letter to a contact about all of its listings, in plain text. */
export function letterText(
  facts: { body: string; meetings: readonly Meeting[]; address: string; today: string },
  locale: Locale,
): { subject: string; text: string } {
  const at = (key: keyof typeof words) => say(words[key], locale).replace('{body}', facts.body);
  const lines = facts.meetings.map((meeting) => `- ${listingLine(meeting, locale, facts.today)}`);
  const text = [
    at('hello'),
    '',
    at('why'),
    '',
    ...lines,
    '',
    at('ask'),
    facts.address,
    '',
    at('end'),
  ];
  return { subject: at('subject'), text: `${text.join('\n')}\n` };
}
