import { type Markup, markup } from '../../kit/markup.ts';
import type { OutputOf } from '../../kit/operation.ts';
import { findPlaces, meetingFilters, searchMeetings, tonight } from './contract.ts';
import {
  clockWords,
  farWords,
  type Locale,
  rowOf,
  weekdayName,
  words,
} from './finder-rows.server.ts';
import type { Attendance } from './meeting.rules.ts';

type Found = OutputOf<typeof searchMeetings>;
type Filters = OutputOf<typeof meetingFilters>;
type Ask = (name: string, input: object) => Promise<unknown>;
type Given = Record<string, string>;

const pageSize = 30;
const hours = [
  '06:00',
  '09:00',
  '12:00',
  '15:00',
  '17:00',
  '18:00',
  '19:00',
  '20:00',
  '21:00',
  '22:00',
];
const distances = [5, 10, 25, 50, 100];
const kinds: Record<string, Attendance[]> = {
  'in-person': ['in-person', 'hybrid'],
  online: ['online', 'hybrid', 'phone', 'by-request'],
};

function select(
  name: string,
  label: string,
  chosen: string | undefined,
  options: [value: string, label: string][],
): Markup {
  const shown = options.map(
    ([value, text]) =>
      markup`<option value="${value}"${value === (chosen ?? '') && ' selected'}>${text}</option>`,
  );
  return markup`<label class="p-choice"><span>${label}</span><select name="${name}">${shown}</select></label>`;
}

function form(given: Given, filters: Filters, locale: Locale): Markup {
  const at = (key: Parameters<typeof words>[0]) => words(key, locale);
  const whens: [string, string][] = [
    ['', at('tonight')],
    ['soon', at('soon')],
    ...[0, 1, 2, 3, 4, 5, 6].map((day): [string, string] => [
      String(day),
      weekdayName(day, locale),
    ]),
    ['any', at('anyDay')],
  ];
  const types = filters.facets.map((facet): [string, string] => [facet.id, facet[locale]]);
  const more = ['kind', 'fellowship', 'type', 'also', 'text', 'km'].some((key) => given[key]);
  return markup`<form class="p-finder" action="/meetings" method="get" role="search">
<input type="hidden" name="lang" value="${locale}">
<div class="p-where"><label for="place">${at('where')}</label>
<div class="p-field"><input id="place" name="place" type="text" value="${given.place ?? ''}" autocomplete="off" enterkeyhint="search" aria-describedby="place-hint">
<button type="submit">${at('search')}</button></div>
<p id="place-hint" class="p-hint">${at('whereHint')}</p>
<p class="p-position" data-position hidden><a href="/near">${at('position')}</a> <span class="p-hint">${at('positionSafe')}</span></p></div>
<div class="p-choices">${select('when', at('when'), given.when, whens)}
${select('from', at('from'), given.from, [['', at('anyTime')], ...hours.map((hour): [string, string] => [hour, clockWords(hour, locale)])])}</div>
<details class="p-more-choices"${more && ' open'}><summary>${at('more')}</summary>
<div class="p-choices">${select('kind', at('how'), given.kind, [
    ['', at('anyHow')],
    ['in-person', at('inPerson')],
    ['online', at('online')],
  ])}
${select('fellowship', at('fellowship'), given.fellowship, [
  ['', at('anyFellowship')],
  ...filters.fellowships.map((f): [string, string] => [f.id, f.short]),
])}
${select('type', at('type'), given.type, [['', at('anyType')], ...types])}
${select('also', at('alsoType'), given.also, [['', at('anyType')], ...types])}
${select('km', at('distance'), given.km, [
  ['', farWords(25, locale)],
  ...distances
    .filter((km) => km !== 25)
    .map((km): [string, string] => [String(km), farWords(km, locale)]),
])}
<label class="p-choice"><span>${at('text')}</span><input name="text" type="text" value="${given.text ?? ''}" autocomplete="off"></label></div>
</details></form>`;
}

/** The question that the address asks; nonsense in it is left out rather than refused. */
function inputFrom(given: Given): { name: string; input: Record<string, unknown> } {
  const input: Record<string, unknown> = { limit: pageSize };
  if (given.place?.trim()) input.place = given.place.slice(0, 100);
  const km = Number(given.km);
  if (distances.includes(km)) input.radiusKm = km;
  const types = [given.type, given.also].filter((type) => type && /^[\w-]{1,40}$/.test(type));
  if (types.length > 0) input.types = [...new Set(types)];
  if (given.fellowship) input.fellowships = [given.fellowship.slice(0, 40)];
  if (given.kind && kinds[given.kind]) input.attendances = kinds[given.kind];
  if (given.text?.trim()) input.text = given.text.slice(0, 100);
  if (given.from && hours.includes(given.from)) input.after = given.from;
  const offset = Number(given.offset);
  if (Number.isInteger(offset) && offset > 0 && offset < 100_000) input.offset = offset;
  if (given.when === 'any') input.order = 'time';
  else if (given.when === 'soon') Object.assign(input, { withinMinutes: 120, order: 'time' });
  else if (given.when && /^[0-6]$/.test(given.when))
    Object.assign(input, { day: Number(given.when), order: 'time' });
  else {
    const plain = Object.keys(input).every((key) => ['limit', 'place', 'radiusKm'].includes(key));
    if (plain) return { name: tonight.name, input };
    Object.assign(input, { withinMinutes: 720, order: 'time' });
  }
  return { name: searchMeetings.name, input };
}

/** The address of the same question with something changed. */
function addressWith(given: Given, changes: Given): string {
  const kept = Object.entries({ ...given, ...changes }).filter(([, value]) => value);
  return `/meetings?${new URLSearchParams(kept)}`;
}

function results(found: Found, given: Given, locale: Locale): Markup {
  const now = Date.parse(found.now);
  const offset = Number(given.offset) || 0;
  const count =
    found.total === 1 ? words('countOne', locale) : words('count', locale, { count: found.total });
  const others = found.otherPlaces
    .slice(0, 4)
    .map(
      ({ label }) =>
        markup`<a href="${addressWith(given, { place: label, offset: '' })}">${label}</a> `,
    );
  const last = offset + found.meetings.length;
  return markup`<section class="p-results" aria-labelledby="results">
<h2 id="results">${count}</h2>
${others.length > 0 && markup`<p class="p-hint">${words('meant', locale)} ${others}</p>`}
${found.total === 0 && markup`<p class="p-none">${words('none', locale)}</p>`}
<ol class="p-list">${found.meetings.map((listing) => rowOf(listing, now, locale))}</ol>
<p class="p-more">${offset > 0 && markup`<a href="${addressWith(given, { offset: '' })}">${words('earlier', locale)}</a> `}
${last < found.total && markup`<a href="${addressWith(given, { offset: String(last) })}">${words('next', locale)}</a>`}</p>
<p class="p-silent">${words('silent', locale)}</p>
</section>`;
}

async function unknown(given: Given, ask: Ask, locale: Locale): Promise<Markup> {
  const typed = (given.place ?? '').trim().slice(0, 3);
  const near = (await ask(findPlaces.name, { typed })) as OutputOf<typeof findPlaces> | undefined;
  const links = (near?.places ?? [])
    .slice(0, 5)
    .map(
      ({ label }) =>
        markup`<li><a href="${addressWith(given, { place: label })}">${label}</a></li>`,
    );
  return markup`<section class="p-results"><h2>${words('unknownPlace', locale)}</h2>
${links.length > 0 && markup`<ul>${links}</ul>`}</section>`;
}

/** The finder: a form and its answer, both in the address. Whole without scripts, nothing kept. */
export const finderPage = {
  path: '/meetings',
  async render({
    locale,
    parameters: given,
    ask,
  }: {
    locale: Locale;
    parameters: Given;
    ask: Ask;
  }) {
    const filters = ((await ask(meetingFilters.name, {})) ?? {
      fellowships: [],
      facets: [],
    }) as Filters;
    const { name, input } = inputFrom(given);
    const found = (await ask(name, input)) as Found | undefined;
    const title = found?.place
      ? words('titleNear', locale, { place: found.place.label })
      : words('title', locale);
    const answer = found ? results(found, given, locale) : await unknown(given, ask, locale);
    const body = markup`<div class="p-find"><div><h1>${title}</h1>${form(given, filters, locale)}</div>${answer}</div>`;
    return { title: `${words('title', locale)} · Stepwell`, body: body.text };
  },
};
