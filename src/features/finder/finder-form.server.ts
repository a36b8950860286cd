import { type Markup, markup } from '../../kit/markup.ts';
import type { OutputOf } from '../../kit/operation.ts';
import type { meetingFilters } from '../meetings/contract.ts';
import { attendances } from '../meetings/meeting.rules.ts';
import { distances, type FinderAsk, nearests } from './finder-query.rules.ts';
import { howLabel, type Locale, reachWords, weekdayName, words } from './finder-rows.server.ts';

/** What there is to filter by, as `meetings.filters` tells it. */
export type Filters = OutputOf<typeof meetingFilters>;

type Option = [value: string, label: string];

function select(name: string, label: string, chosen: string, options: Option[]): Markup {
  const shown = options.map(
    ([value, text]) =>
      markup`<option value="${value}"${value === chosen && ' selected'}>${text}</option>`,
  );
  return markup`<label class="p-choice"><span>${label}</span><select name="${name}">${shown}</select></label>`;
}

/** A group of choices behind its name, which tells how many of it are chosen. */
function ticks(name: string, legend: string, chosen: readonly string[], options: Option[]): Markup {
  if (options.length === 0) return markup``;
  const shown = options.map(
    ([value, text]) =>
      markup`<label class="p-tick"><input type="checkbox" name="${name}" value="${value}"${chosen.includes(value) && ' checked'}><span>${text}</span></label>`,
  );
  const count = options.filter(([value]) => chosen.includes(value)).length;
  return markup`<details class="p-ticks"><summary>${legend}${count > 0 && ` (${count})`}</summary><fieldset><legend>${legend}</legend>${shown}</fieldset></details>`;
}

const parts: [key: 'who' | 'format' | 'access', ids: string[]][] = [
  [
    'format',
    'open closed newcomer speaker discussion step tradition literature meditation'.split(' '),
  ],
  [
    'who',
    'women men young seniors lgbtq people-of-color indigenous secular dual-diagnosis'.split(' '),
  ],
  [
    'access',
    'wheelchair sign-language childcare children-welcome outdoor fragrance-free proof-of-attendance'.split(
      ' ',
    ),
  ],
];

function typeTicks(ask: FinderAsk, filters: Filters, locale: Locale): Markup[] {
  const held = new Map(filters.facets.map((facet) => [facet.id, facet]));
  const option = (id: string): Option[] => {
    const facet = held.get(id);
    return facet || ask.types.includes(id) ? [[id, facet?.[locale] ?? id]] : [];
  };
  const languages = [...held.keys()].filter((id) => id.startsWith('lang-') && id !== 'lang-en');
  return [
    ...parts.map(([key, ids]) => ticks('type', words(key, locale), ask.types, ids.flatMap(option))),
    ticks('type', words('language', locale), ask.types, languages.flatMap(option)),
  ];
}

/** Fellowships with meetings, by what kind they are; none stands before another but by its number. */
function fellowshipTicks(ask: FinderAsk, filters: Filters, locale: Locale): Markup {
  const known = [...filters.fellowships].sort((a, b) => b.count - a.count);
  const options = known.map((one): Option => [one.id, `${one.short} · ${one.name[locale]}`]);
  return ticks('fellowship', words('fellowship', locale), ask.fellowships, options);
}

const principalZones =
  'America/New_York America/Chicago America/Denver America/Phoenix America/Los_Angeles America/Anchorage Pacific/Honolulu America/Halifax America/Mexico_City America/Bogota America/Sao_Paulo America/Argentina/Buenos_Aires Europe/London Europe/Madrid Europe/Berlin Africa/Johannesburg Africa/Nairobi Asia/Dubai Asia/Kolkata Asia/Manila Asia/Tokyo Australia/Perth Australia/Sydney Pacific/Auckland UTC'.split(
    ' ',
  );

/** "Los Angeles (GMT-8)": a zone by its city and how far it is from Greenwich now. */
function zoneLabel(zone: string, now: number, locale: Locale): string {
  const city = zone.replace(/^.*\//, '').replaceAll('_', ' ');
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'shortOffset' });
  const offset = parts.formatToParts(now).find((part) => part.type === 'timeZoneName')?.value;
  return offset && offset !== city ? `${city} (${offset})` : city;
}

/** The choice of the clock that times are on. */
export function zoneChoice(ask: FinderAsk, now: number, locale: Locale): Markup {
  const zones = ask.zone && !principalZones.includes(ask.zone) ? [ask.zone] : [];
  const options = [...zones, ...principalZones].map(
    (zone): Option => [zone, zoneLabel(zone, now, locale)],
  );
  return select('zone', words('times', locale), ask.zone, [
    ['', words('timesThere', locale)],
    ...options,
  ]);
}

/** The form of the finder: all of what it asks is in the address, and it works without scripts. */
export function finderForm(ask: FinderAsk, filters: Filters, now: number, locale: Locale): Markup {
  const at = (key: Parameters<typeof words>[0]) => words(key, locale);
  const whens: Option[] = [
    ['tonight', at('tonight')],
    ['now', at('now')],
    ['soon', at('soon')],
    ...[1, 2, 3, 4, 5, 6, 0].map((day): Option => [String(day), weekdayName(day, locale)]),
    ['any', at('anyDay')],
  ];
  const clock = (name: string, label: string, value: string) =>
    markup`<label class="p-choice"><span>${label}</span><input type="time" name="${name}" value="${value}"></label>`;
  const reach: Option[] = [
    ['', reachWords(25, locale)],
    ...distances
      .filter((km) => km !== 25)
      .map((km): Option => [String(km), reachWords(km, locale)]),
  ];
  const many: Option[] = [
    ['', at('allWithin')],
    ...nearests.map((n): Option => [String(n), words('nearestOf', locale, { count: n })]),
  ];
  const chosen = ask.how.length + ask.fellowships.length + ask.types.length + (ask.text ? 1 : 0);
  return markup`<form class="p-finder" action="/meetings" method="get" role="search">
<input type="hidden" name="lang" value="${locale}">
<div class="p-where"><label for="place">${at('where')}</label>
<div class="p-field"><input id="place" name="place" type="text" value="${ask.place}" maxlength="100" autocomplete="off" enterkeyhint="search" aria-describedby="place-hint">
<button type="submit">${at('search')}</button></div>
<p id="place-hint" class="p-hint">${at('whereHint')}</p>
<p class="p-position" data-position hidden><a href="/near">${at('position')}</a> <span class="p-hint">${at('positionSafe')}</span></p></div>
<div class="p-choices">${select('when', at('when'), ask.when, whens)}
<label class="p-choice"><span>${at('onDay')}</span><input type="date" name="on" value="${ask.on}" min="2020-01-01" max="2099-12-31"></label>
${clock('from', at('from'), ask.from)}${clock('to', at('to'), ask.to)}</div>
<details class="p-more-choices"><summary>${at('more')}${chosen > 0 && ` (${chosen})`}</summary>
<label class="p-choice"><span>${at('text')}</span><input name="text" type="text" value="${ask.text}" maxlength="100" autocomplete="off"></label>
${ticks(
  'how',
  at('how'),
  ask.how,
  attendances.flatMap((kind): Option[] =>
    kind === 'inactive' ? [] : [[kind, howLabel(kind, locale)]],
  ),
)}
${fellowshipTicks(ask, filters, locale)}
${typeTicks(ask, filters, locale)}
<div class="p-choices">${select('km', at('distance'), ask.km ? String(ask.km) : '', reach)}
${select('nearest', at('howMany'), ask.nearest ? String(ask.nearest) : '', many)}
${zoneChoice(ask, now, locale)}</div>
<label class="p-tick"><input type="checkbox" name="anywhere" value="1"${ask.anywhere && ' checked'}><span>${at('anywhere')}</span></label>
<p><button class="p-button" type="submit">${at('search')}</button></p>
</details></form>`;
}
