import { say, type Words } from '../../content/words.ts';
import { type Markup, markup } from '../../kit/markup.ts';
import { type WeekOfMeetings, weekOfMeetings } from '../meetings/week-contract.ts';
import { calendarWays } from './calendar-ways.server.ts';
import { zoneChoice } from './finder-form.server.ts';
import { addressOf, askFrom, type FinderAsk, weeklyOf } from './finder-query.rules.ts';
import {
  clockWords,
  dateName,
  howLabel,
  type Locale,
  weekdayName,
  words,
} from './finder-rows.server.ts';

const texts = {
  title: { en: 'A week of meetings', es: 'Una semana de reuniones' },
  titleNear: {
    en: 'A week of meetings near {place}',
    es: 'Una semana de reuniones cerca de {place}',
  },
  mine: {
    en: 'Days and times are those of {zone}. Where a meeting has another time at its own place, that stands beside it.',
    es: 'Los días y las horas son los de {zone}. Si en su lugar la reunión tiene otra hora, va al lado.',
  },
  theirs: {
    en: 'Each time is the one on the wall at the meeting.',
    es: 'Cada hora es la del reloj de la propia reunión.',
  },
  there: { en: '{time} there', es: '{time} allí' },
  thereOn: { en: '{day} {time} there', es: '{day} {time} allí' },
  here: { en: '{time} for you', es: '{time} para ti' },
  moved: { en: 'not at its usual time', es: 'no a la hora de siempre' },
  online: { en: 'online only that day', es: 'ese día solo en línea' },
  empty: { en: 'No meeting that fits.', es: 'Ninguna reunión que encaje.' },
  more: { en: 'See all {count} of this day', es: 'Ver las {count} de este día' },
  show: { en: 'Show', es: 'Mostrar' },
  back: { en: 'Back to the list', es: 'Volver a la lista' },
  unknown: {
    en: 'We know no place of that name, or too many meetings are near it for one page. Try another town, or choose a type or a fellowship.',
    es: 'No conocemos un lugar con ese nombre, o hay demasiadas reuniones cerca para una página. Prueba otra ciudad, o elige un tipo o una confraternidad.',
  },
  tooMany: {
    en: 'These are too many meetings for a week on one page. Choose a place, a type or a fellowship.',
    es: 'Son demasiadas reuniones para una semana en una página. Elige un lugar, un tipo o una confraternidad.',
  },
} as const satisfies Record<string, Words>;

function text(
  key: keyof typeof texts,
  locale: Locale,
  holes: Record<string, string | number> = {},
) {
  return say(texts[key], locale).replace(/\{(\w+)\}/g, (_, name) => String(holes[name] ?? ''));
}

type Day = WeekOfMeetings['days'][number];

function rowOf(held: Day['held'][number], day: string, isMine: boolean, locale: Locale): Markup {
  const { otherTime, otherWeekday } = held;
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  const time = otherTime === undefined ? '' : clockWords(otherTime, locale);
  const isOtherDay = otherWeekday !== undefined && otherWeekday !== weekday;
  const there = isOtherDay
    ? text('thereOn', locale, { day: weekdayName(otherWeekday, locale), time })
    : text('there', locale, { time });
  const beside = time && (isMine ? there : text('here', locale, { time }));
  const how = held.attendance === 'in-person' ? '' : howLabel(held.attendance, locale);
  const change = held.change ? text(held.change, locale) : '';
  const line = [held.fellowshipShort, held.placeName, how].filter(Boolean).join(' · ');
  const more = [change, held.note ?? ''].filter(Boolean).join(': ');
  return markup`<li><a href="/meetings/${held.id}?lang=${locale}"><time datetime="${held.startsAt}">${clockWords(held.time, locale)}</time>
<span class="p-what"><strong>${held.name}</strong><span>${line}</span>${more && markup`<span class="p-tags">${more}</span>`}</span>
<span class="p-until">${beside}</span></a></li>`;
}

function dayOf({ day, total, held }: Day, ask: FinderAsk, isMine: boolean, locale: Locale): Markup {
  const all = addressOf({ ...ask, on: day }, locale);
  return markup`<h2 class="p-day">${dateName(day, locale)}</h2>
${held.length === 0 ? markup`<p class="p-hint">${text('empty', locale)}</p>` : markup`<ol class="p-list">${held.map((one) => rowOf(one, day, isMine, locale))}</ol>`}
${total > held.length && markup`<p><a href="${all}">${text('more', locale, { count: total })}</a></p>`}`;
}

/** The choices that are no clock, kept while another clock is chosen. */
function clockForm(ask: FinderAsk, now: number, locale: Locale): Markup {
  const kept = [
    ...new URL(addressOf({ ...ask, zone: '' }, locale), 'https://x.invalid').searchParams,
  ];
  const hidden = kept.map(
    ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`,
  );
  return markup`<form action="/meetings/week" method="get">${hidden}
<div class="p-choices">${zoneChoice(ask, now, locale)}</div>
<p><button class="p-button" type="submit">${text('show', locale)}</button></p></form>`;
}

function inputOf(ask: FinderAsk): Record<string, unknown> {
  return {
    ...(ask.place && { place: ask.place }),
    ...(ask.km && { radiusKm: ask.km }),
    ...(ask.nearest && ask.place && { nearest: ask.nearest }),
    ...(ask.anywhere && ask.place && { anywhere: true }),
    ...(ask.from && { after: ask.from }),
    ...(ask.to && { before: ask.to }),
    ...(ask.fellowships.length > 0 && { fellowships: ask.fellowships }),
    ...(ask.types.length > 0 && { types: ask.types }),
    ...(ask.how.length > 0 && { attendances: ask.how }),
    ...(ask.text && { text: ask.text }),
    ...(ask.zone && { zone: ask.zone, whose: 'mine' }),
  };
}

/**
 * Seven days of the meetings that a finder's address asks for, on the clock of the one who reads:
 * for who travels or joins from elsewhere, to print, and to follow in a calendar.
 */
export const weekPage = {
  path: '/meetings/week',
  async render(request: {
    locale: Locale;
    query: URLSearchParams;
    origin: string;
    ask: (name: string, input: object) => Promise<unknown>;
  }) {
    const { locale, query } = request;
    const asked = askFrom(query);
    const week = (await request.ask(weekOfMeetings.name, inputOf(asked))) as
      | WeekOfMeetings
      | undefined;
    const list = addressOf(asked, locale);
    const back = markup`<p class="p-more"><a href="${list}">${text('back', locale)}</a></p>`;
    const weekly = addressOf(weeklyOf(asked), locale);
    const path = weekly.replace(/^\/meetings/, '/feeds/meetings.ics');
    const waysOn = markup`${calendarWays(path, { origin: request.origin, locale, of: 'many' })}
<p class="p-more"><a href="${weekly.replace(/^\/meetings/, '/meetings/print')}">${words('printList', locale)}</a></p>`;
    const title = week?.place
      ? text('titleNear', locale, { place: week.place })
      : text('title', locale);
    const isMine = asked.zone !== '';
    const zone = asked.zone.replace(/^.*\//, '').replaceAll('_', ' ');
    const body = markup`<div class="p-results p-week"><h1>${title}</h1>
<p class="p-hint">${isMine ? text('mine', locale, { zone }) : text('theirs', locale)}</p>
${clockForm(asked, week ? Date.parse(week.now) : Date.now(), locale)}
${!week && markup`<p class="p-none" role="status">${text(asked.place ? 'unknown' : 'tooMany', locale)}</p>`}
${week && waysOn}
${week?.days.map((day) => dayOf(day, asked, isMine, locale))}
${back}</div>`;
    return { title: `${title} · Stepwell`, body: body.text };
  },
};
