import { type Markup, markup } from '../../kit/markup.ts';
import { wrongSection } from '../confirmations/report-form.part.server.ts';
import { getMeeting, type Listing, searchMeetings } from '../meetings/contract.ts';
import { eventMarkup } from '../meetings/event-json-ld.rules.ts';
import { calendarWays } from './calendar-ways.server.ts';
import { askFrom } from './finder-query.rules.ts';
import type { Found } from './finder-results.server.ts';
import { type Locale, words } from './finder-rows.server.ts';
import {
  type Detail,
  expectOf,
  freshWords,
  othersOf,
  whenOf,
  whereOf,
} from './listing-parts.server.ts';

type Ask = (name: string, input: object) => Promise<unknown>;

/** Meetings at the same door, and others near it on the same day about the same time. */
async function aroundOf(meeting: Detail, ask: Ask, locale: Locale): Promise<Markup> {
  const { position, attendance } = meeting;
  if (!position || (attendance !== 'in-person' && attendance !== 'hybrid')) return markup``;
  const near = [position.lat, position.lng];
  const found = async (input: object): Promise<Listing[]> => {
    const answer = (await ask(searchMeetings.name, { near, ...input })) as Found | undefined;
    return (answer?.meetings ?? []).filter(({ id }) => id !== meeting.id);
  };
  const hour = Number((meeting.startsAt ?? '00:00').slice(0, 2));
  const clock = (of: number) =>
    of > 23 ? '23:59' : `${String(Math.max(0, of)).padStart(2, '0')}:00`;
  const [here, nearby] = await Promise.all([
    meeting.approximate ? [] : found({ radiusKm: 0.075, order: 'time', limit: 12 }),
    found({
      day: meeting.days[0],
      after: clock(hour - 2),
      before: clock(hour + 3),
      nearest: 20,
      limit: 20,
    }),
  ]);
  const known = new Set(here.map(({ id }) => id));
  const others = nearby.filter(({ id }) => !known.has(id)).slice(0, 5);
  const now = Date.now();
  return markup`${othersOf(words('samePlace', locale), here, now, locale)}${othersOf(words('nearbyThen', locale), others, now, locale)}`;
}

/** One meeting: when, where, what to expect, how far the listing can be relied on. */
export const listingPage = {
  path: '/meetings/:id',
  async render(request: {
    locale: Locale;
    parameters: Record<string, string>;
    query: URLSearchParams;
    origin: string;
    ask: Ask;
  }) {
    const { locale, parameters, query, origin, ask } = request;
    const meeting = (await ask(getMeeting.name, { id: parameters.id })) as Detail | undefined;
    const back = markup`<p class="p-more"><a href="/meetings?lang=${locale}">${words('back', locale)}</a></p>`;
    if (!meeting) {
      const body = markup`<h1>${words('missing', locale)}</h1><p>${words('missingWhy', locale)}</p>${back}`;
      return { title: words('missing', locale), body: body.text, status: 404 };
    }
    const { zone } = askFrom(query);
    const notes = [meeting.notes, meeting.groupNotes].filter(Boolean);
    const listed = words('listed', locale, { list: meeting.listName });
    const path = `/feeds/meetings.ics?meeting=${meeting.id}&lang=${locale}`;
    const follow = meeting.startsAt && calendarWays(path, { origin, locale, of: 'one' });
    const closed = meeting.schedule.closed?.[locale];
    const body = markup`<article class="p-listing">
<header><h1>${meeting.name}</h1>
<p class="p-lead">${meeting.fellowshipName[locale]}${meeting.group && ` · ${meeting.group}`}</p></header>
${meeting.demo && markup`<p class="p-made-up">${words('demo', locale)}</p>`}
${closed && markup`<p class="p-made-up"><strong>${closed}</strong></p>`}
<section><h2>${words('whenHead', locale)}</h2>${whenOf(meeting, Date.now(), zone, locale)}${follow}</section>
<section><h2>${words('whereHead', locale)}</h2>${whereOf(meeting, locale)}</section>
<section><h2>${words('expectHead', locale)}</h2>${expectOf(meeting, locale)}</section>
${notes.length > 0 && markup`<section><h2>${words('notes', locale)}</h2>${notes.map((note) => markup`<p class="p-notes">${note}</p>`)}</section>`}
<section class="p-age"><p>${listed} · ${freshWords(meeting, locale)}</p>
<p data-share hidden><button class="p-button" type="button">${words('share', locale)}</button></p>
<p data-print hidden><button class="p-button" type="button">${words('print', locale)}</button></p></section>
${wrongSection(meeting, locale)}
${await aroundOf(meeting, ask, locale)}
${back}</article>${eventMarkup(meeting.event)}`;
    return { title: `${meeting.name} · Stepwell`, body: body.text };
  },
};
