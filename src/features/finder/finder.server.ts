import { type Markup, markup } from '../../kit/markup.ts';
import type { OutputOf } from '../../kit/operation.ts';
import { findPlaces, meetingFilters, searchMeetings, tonight } from '../meetings/contract.ts';
import { type Filters, finderForm } from './finder-form.server.ts';
import {
  addressOf,
  askFrom,
  asksForReach,
  type FinderAsk,
  searchInputOf,
} from './finder-query.rules.ts';
import { type Found, finderResults, helpLine, pageSize } from './finder-results.server.ts';
import { type Locale, words } from './finder-rows.server.ts';

type Ask = (name: string, input: object) => Promise<unknown>;

async function answerTo(
  asked: FinderAsk,
  limit: number,
  ask: Ask,
  lang: Locale,
): Promise<Found | undefined> {
  const { name } = asksForReach(asked) ? tonight : searchMeetings;
  return (await ask(name, { ...searchInputOf(asked, limit), lang })) as Found | undefined;
}

async function unknown(asked: FinderAsk, ask: Ask, locale: Locale): Promise<Markup> {
  const typed = asked.place.slice(0, 3);
  const near = (await ask(findPlaces.name, { typed, lang: locale })) as
    | OutputOf<typeof findPlaces>
    | undefined;
  const links = (near?.places ?? []).slice(0, 5).map(({ label }) => {
    const link = addressOf({ ...asked, place: label, offset: 0 }, locale);
    return markup`<li><a href="${link}">${label}</a></li>`;
  });
  const everywhere = addressOf({ ...asked, place: '', km: 0, nearest: 0 }, locale);
  return markup`<section class="p-results"><h2>${words('unknownPlace', locale)}</h2>
<ul class="p-relief">${links}<li><a href="${everywhere}">${words('everywhere', locale)}</a></li></ul>${helpLine(locale)}</section>`;
}

const noFilters: Filters = {
  meetings: 0,
  fellowships: [],
  facets: [],
  notAffiliated: { en: '', es: '' },
};

/** The finder: a form and its answer, both in the address. Whole without scripts, nothing kept. */
export const finderPage = {
  path: '/meetings',
  async render(request: { locale: Locale; query: URLSearchParams; origin: string; ask: Ask }) {
    const { locale, query, origin, ask } = request;
    const asked = askFrom(query);
    const [filters, found] = await Promise.all([
      ask(meetingFilters.name, {}),
      answerTo(asked, pageSize, ask, locale),
    ]);
    const now = found ? Date.parse(found.now) : Date.now();
    const title = found?.place
      ? words('titleNear', locale, { place: found.place.label })
      : words('title', locale);
    const countOf = async (other: FinderAsk) => (await answerTo(other, 1, ask, locale))?.total ?? 0;
    const answer = found
      ? await finderResults(found, asked, { locale, origin, countOf })
      : await unknown(asked, ask, locale);
    const form = finderForm(asked, (filters as Filters | undefined) ?? noFilters, now, locale);
    const body = markup`<div class="p-find"><div><h1>${title}</h1>${form}</div>${answer}</div>`;
    return { title: `${words('title', locale)} · Stepwell`, body: body.text };
  },
};
