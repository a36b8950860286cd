import { fellowships } from '../../content/fellowships/fellowships.ts';
import { isDay } from '../../kit/day.ts';
import type { OpenRequest } from '../../platform/open-route.ts';
import type { Gazetteer } from '../gazetteer/gazetteer.rules.ts';
import type { DirectoryView } from '../meetings/directory.rules.ts';
import type { Weekday } from '../meetings/meeting.rules.ts';
import { placesMeant } from '../meetings/place-meant.rules.ts';
import { type BookletOrder, bookletWords, dayInWords, mostPrinted } from './booklet.rules.ts';
import { calendarQuery } from './calendar-query.rules.ts';
import type { Listed, Pause } from './feed-source.rules.ts';
import { belongs, choiceOf } from './meeting-guide.server.ts';

/** What is to be printed, and how. `find` gives the listings; it is no part of what tells two apart. */
export interface BookletAsked extends Omit<BookletOrder, 'now'> {
  large: boolean;
  paper: 'LETTER' | 'A4';
  title: string;
}

/** With the listings, which are looked for when they are needed. */
interface BookletFound extends BookletAsked {
  /** What was asked, as it was understood: tells lists apart. */
  of: string;
  find(pause: Pause): Promise<Listed[]>;
}

/** What a place is called that was typed, and how far it reaches. */
async function placeFor(
  typed: string,
  locale: 'en' | 'es',
  directory: DirectoryView,
  gazetteer: () => Promise<Gazetteer>,
) {
  const sources = { gazetteer: await gazetteer(), listed: directory.places };
  const [place] = placesMeant(sources, typed, { limit: 1, locale });
  if (!place) return null;
  const radiusKm = Math.min(Math.max(place.radiusKm ?? 25, 25), 500);
  return { label: place.label, position: place.position, radiusKm };
}

/**
 * Reads the address of a printed list: a finder's (place, distance, fellowships, types, a weekday, a
 * date) and a feed's (region, entity) alike, with `by`, `large` and `paper`.
 */
export async function bookletAsked(
  { query, locale }: Pick<OpenRequest, 'query' | 'locale'>,
  directory: DirectoryView,
  gazetteer: () => Promise<Gazetteer>,
): Promise<BookletFound | { status: number; refused: string }> {
  // Regions are those of the feeds here: any level, a town or a state too.
  const plain = new URLSearchParams(query);
  plain.delete('region');
  const typed = (plain.get('place') ?? '').trim();
  const place = typed ? await placeFor(typed, locale, directory, gazetteer) : null;
  const asked = calendarQuery(plain, locale, () => place);
  if ('refused' in asked) return { status: 400, refused: asked.refused };
  const choice = choiceOf({ query, parameters: { fellowship: '', nonweekly: '' } }, directory);
  if ('refused' in choice) return { status: 404, refused: choice.refused };
  const on = (query.get('on') ?? '').trim();
  const date = isDay(on) ? on : null;
  const meeting = { ...asked.query };
  if (date !== null) {
    meeting.onDay = date;
    delete meeting.day;
  }
  const [only, another] = meeting.fellowships ?? [];
  const who = only !== undefined && another === undefined ? fellowships.get(only)?.short : '';
  const region = (query.get('region') ?? '').trim().slice(0, 60);
  const isNarrow = choice.region !== null || choice.bodyNumber !== null;
  return {
    of: JSON.stringify([meeting, choice]),
    locale,
    by: query.get('by') === 'region' ? 'region' : 'day',
    day: (meeting.day ?? null) as Weekday | null,
    date,
    large: query.get('large') === '1',
    paper: query.get('paper')?.toLowerCase() === 'a4' ? 'A4' : 'LETTER',
    title: [
      who,
      place?.label ?? region,
      bookletWords[locale].title,
      date !== null && dayInWords(date, locale),
    ]
      .filter(Boolean)
      .join(' · '),
    async find(pause) {
      const hits = directory.search(meeting);
      // Without more to choose by, one too many says enough.
      const looked = isNarrow ? hits : hits.slice(0, mostPrinted + 1);
      const found: Listed[] = [];
      for (const { id } of looked) {
        const listed = directory.at(id);
        if (belongs(choice, listed)) found.push(listed);
        const waiting = pause();
        if (waiting) await waiting;
      }
      return found;
    },
  };
}
