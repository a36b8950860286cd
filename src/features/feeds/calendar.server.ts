import { createHash } from 'node:crypto';
import { fellowships } from '../../content/fellowships/fellowships.ts';
import type { OpenAnswer, OpenRequest, OpenRoute } from '../../platform/open-route.ts';
import type { Gazetteer } from '../gazetteer/gazetteer.rules.ts';
import type { DirectorySource, DirectoryView } from '../meetings/directory.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { placesMeant } from '../meetings/place-meant.rules.ts';
import { dayNumber, dayOf } from '../meetings/rule-days.rules.ts';
import { typeName } from '../meetings/type-names.rules.ts';
import { calendarQuery, mostEvents } from './calendar-query.rules.ts';
import { type CalendarListing, calendarOf } from './ical.rules.ts';
import type { CalendarNames } from './ical-words.rules.ts';

const sentences = {
  en: {
    gone: 'This meeting is not listed any more. Please take it out of your calendar.',
    noTime:
      'No time of this meeting is known that could go into a calendar. Its page says how to ask.',
    many: (count: number) =>
      `These are ${count} meetings; a calendar can hold ${mostEvents}. Choose a place, a day or a type.`,
  },
  es: {
    gone: 'Esta reunión ya no figura en la lista. Quítala de tu calendario.',
    noTime:
      'No se conoce una hora de esta reunión que pueda ir a un calendario. Su página dice cómo preguntar.',
    many: (count: number) =>
      `Son ${count} reuniones; en un calendario caben ${mostEvents}. Elige un lugar, un día o un tipo.`,
  },
};

function namesOf({ fellowship }: Meeting, locale: 'en' | 'es'): CalendarNames {
  return {
    fellowship: fellowships.get(fellowship)?.name[locale] ?? fellowship,
    label: (code) => typeName(fellowship, code, locale),
  };
}

function calendar(
  listings: readonly CalendarListing[],
  { now, origin, locale, query }: OpenRequest,
  fileName: string | null,
): OpenAnswer {
  const today = Math.floor(now / 86_400_000);
  // A file is from now on; a subscription begins with the month, so that it does not change daily.
  const begins = fileName ? today - 1 : dayNumber(`${dayOf(today).slice(0, 7)}-01`);
  const body = calendarOf(listings, {
    now,
    begins,
    origin,
    locale,
    discreet: query.get('discreet') === '1',
    names: (meeting) => namesOf(meeting, locale),
  });
  return {
    type: 'text/calendar; charset=utf-8',
    body,
    ...(fileName && { fileName }),
  };
}

/** Changes with the directory, and each day: the words of a description look a day ahead. */
function versionOf(
  { version }: DirectoryView,
  { now, locale, origin, query }: OpenRequest,
): string {
  const told = [version, Math.floor(now / 86_400_000), locale, origin, query.toString()];
  return createHash('sha256').update(told.join(' ')).digest('base64url').slice(0, 22);
}

const refused = (status: number, body: string): OpenAnswer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${body}\n`,
});

/** Meetings as calendars: one as a file, and what a finder's address finds as a subscription. */
export function calendarRoutes(
  directory: DirectorySource,
  gazetteer: () => Promise<Gazetteer>,
): OpenRoute[] {
  return [
    {
      path: '/meetings/:id.ics',
      audience: 'pages',
      async answer(request) {
        const view = await request.read((tx) => directory.current(tx));
        const listing = view.byId(request.parameters.id ?? '');
        if (!listing) return refused(404, sentences[request.locale].gone);
        const file = calendar([listing], request, 'meeting.ics');
        if (!file.body.includes('BEGIN:VEVENT'))
          return refused(404, sentences[request.locale].noTime);
        return file;
      },
    },
    {
      path: '/feeds/meetings.ics',
      audience: 'pages',
      maxAge: 3600,
      version: async (request) =>
        versionOf(await request.read((tx) => directory.current(tx)), request),
      async answer(request) {
        const { locale, query } = request;
        const view = await request.read((tx) => directory.current(tx));
        const version = versionOf(view, request);
        const one = query.get('meeting');
        if (one !== null) {
          // One that is no longer listed leaves the calendars that follow it.
          const listing = view.byId(one);
          return { ...calendar(listing ? [listing] : [], request, null), version };
        }
        // The towns of the world are read at the first use: only where a place is asked for.
        const towns = query.get('place') ? await gazetteer() : null;
        const asked = calendarQuery(query, locale, (typed) => {
          if (!towns) return null;
          const sources = { gazetteer: towns, listed: view.places };
          const [place] = placesMeant(sources, typed, { limit: 1, locale });
          if (!place) return null;
          const { position, radiusKm = 25 } = place;
          return { position, radiusKm: Math.min(Math.max(radiusKm, 25), 500) };
        });
        if ('refused' in asked) return refused(400, asked.refused);
        const { total, hits } = view.find(asked.query, { limit: mostEvents });
        if (total > mostEvents) return refused(400, sentences[locale].many(total));
        // In the order of their numbers, so that the same meetings are the same bytes.
        const listings = hits
          .map(({ id }) => view.at(id))
          .filter(({ meeting }) => meeting.attendance !== 'inactive')
          .sort((a, b) => a.number - b.number);
        return { ...calendar(listings, request, null), version };
      },
    },
  ];
}
