import { fellowships } from '../../content/fellowships/fellowships.ts';
import { isFacet } from '../meetings/facets.rules.ts';
import { type Attendance, minutesOfDay, type Position } from '../meetings/meeting.rules.ts';
import type { MeetingQuery } from '../meetings/search-query.rules.ts';

/** More is no calendar of a person; a phone would be busy with it for minutes. */
export const mostEvents = 500;

// The same address as the finder's, public page or companion, asked for as a calendar.

const ways: Record<string, Attendance[]> = {
  'in-person': ['in-person', 'hybrid'],
  online: ['online', 'hybrid', 'phone', 'by-request'],
};
const single = new Set<string>(['in-person', 'hybrid', 'online', 'phone', 'by-request']);
/** Choices of the finder about now, which say nothing about a week. */
const anyDay = new Set(['', 'any', 'now', 'soon', 'tonight']);

const refusals = {
  en: {
    fellowship: (given: string) => `There is no fellowship “${given}” here.`,
    type: (given: string) => `There is no type of meeting “${given}”.`,
    day: (given: string) => `“${given}” is no day of the week; 0 is Sunday, 6 Saturday.`,
    time: (given: string) => `“${given}” is no time; write 18:30.`,
    distance: (given: string) => `“${given}” is no distance in kilometres up to 500.`,
    place: (given: string) => `The place “${given}” is not known. Try the next larger town.`,
  },
  es: {
    fellowship: (given: string) => `Aquí no hay confraternidad «${given}».`,
    type: (given: string) => `No hay tipo de reunión «${given}».`,
    day: (given: string) => `«${given}» no es un día; 0 es domingo y 6 sábado.`,
    time: (given: string) => `«${given}» no es una hora; escribe 18:30.`,
    distance: (given: string) => `«${given}» no es una distancia en kilómetros hasta 500.`,
    place: (given: string) => `No se conoce el lugar «${given}». Prueba la ciudad más cercana.`,
  },
};

/** What is asked for, or a sentence that says what is not understood. */
export type CalendarQuery = { query: MeetingQuery } | { refused: string };

/**
 * Reads a finder's address: `place`, `km`, `nearest`, `anywhere`, `when` or `day`, `from`/`after`,
 * `to`/`before`, `fellowship`/`who`, `type`/`also`/`kind`, `how`/`kind`, `text`/`words`, `region`.
 * `placeOf` finds a typed place, with how far a region reaches. What is chosen about now (tonight, soon) is all week here.
 */
export function calendarQuery(
  given: URLSearchParams,
  locale: 'en' | 'es',
  placeOf: (typed: string) => { position: Position; radiusKm?: number } | null,
): CalendarQuery {
  const asked = (...names: string[]) =>
    names
      .flatMap((name) => given.getAll(name))
      .map((value) => value.trim().slice(0, 100))
      .filter(Boolean);
  const list = (...names: string[]) =>
    asked(...names)
      .flatMap((value) => value.split(/[.,]/))
      .filter(Boolean);
  const say = refusals[locale];
  const query: MeetingQuery = { order: 'time' };

  const kinds = list('kind', 'how');
  const chosen = kinds.filter((kind) => single.has(kind));
  if (chosen.length > 0)
    // One word of the public page stands for all who can come so.
    query.attendances = given.has('how')
      ? (chosen as Attendance[])
      : chosen.flatMap((kind) => ways[kind] ?? [kind as Attendance]);
  const types = [...list('type', 'also'), ...kinds.filter((kind) => !single.has(kind))];
  const strange = types.find((type) => !isFacet(type));
  if (strange !== undefined) return { refused: say.type(strange) };
  if (types.length > 0) query.types = [...new Set(types)];

  const who = list('fellowship', 'who');
  const unknown = who.find((id) => !fellowships.has(id));
  if (unknown !== undefined) return { refused: say.fellowship(unknown) };
  if (who.length > 0) query.fellowships = who;

  const [day = ''] = asked('when', 'day');
  if (/^[0-6]$/.test(day)) query.day = Number(day);
  else if (!anyDay.has(day)) return { refused: say.day(day) };
  for (const [name, at] of [
    ['after', asked('from', 'after')[0]],
    ['before', asked('to', 'before')[0]],
  ] as const) {
    if (at === undefined) continue;
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(at)) return { refused: say.time(at) };
    query[name] = minutesOfDay(at);
  }
  const [text] = asked('text', 'words');
  if (text) query.text = text;
  const [region] = asked('region');
  if (region) query.region = region;

  const [typed] = asked('place');
  if (typed === undefined) return { query };
  const place = placeOf(typed);
  if (!place) return { refused: say.place(typed) };
  const [km = String(place.radiusKm ?? 25)] = asked('km');
  const radiusKm = Number(km);
  if (!(radiusKm > 0 && radiusKm <= 500)) return { refused: say.distance(km) };
  const nearest = Number(asked('nearest')[0]);
  query.near = { ...place.position, radiusKm };
  if (asked('anywhere')[0] === '1') query.anywhere = true;
  if (Number.isInteger(nearest) && nearest > 0 && nearest <= 200) query.near.nearest = nearest;
  return { query };
}
