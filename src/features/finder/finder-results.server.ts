import { fellowships } from '../../content/fellowships/fellowships.ts';
import { dayInZone, weekdayOf } from '../../kit/day.ts';
import { type Markup, markup } from '../../kit/markup.ts';
import type { OutputOf } from '../../kit/operation.ts';
import { mostEvents } from '../feeds/calendar-query.rules.ts';
import type { Listing, searchMeetings } from '../meetings/contract.ts';
import { facets } from '../meetings/facets.rules.ts';
import type { Attendance } from '../meetings/meeting.rules.ts';
import { calendarWays } from './calendar-ways.server.ts';
import {
  addressOf,
  askFrom,
  type Condition,
  conditionsOf,
  type FinderAsk,
  weeklyOf,
} from './finder-query.rules.ts';
import {
  clockWords,
  dateName,
  howLabel,
  type Locale,
  reachWords,
  rowOf,
  weekdayName,
  words,
} from './finder-rows.server.ts';

/** What `meetings.search` answered. */
export type Found = OutputOf<typeof searchMeetings>;

/** How many rows a page has. */
export const pageSize = 30;

const facetOf = new Map(facets.map((facet) => [facet.id, facet]));

function conditionWords({ name, value }: Condition, locale: Locale): string {
  switch (name) {
    case 'when':
      if (value === 'now' || value === 'soon' || value === 'tonight') return words(value, locale);
      return weekdayName(Number(value), locale);
    case 'on':
      return dateName(value, locale);
    case 'from':
      return `${words('from', locale)} ${clockWords(value, locale)}`;
    case 'to':
      return `${words('to', locale)} ${clockWords(value, locale)}`;
    case 'how':
      return howLabel(value as Attendance, locale);
    case 'fellowship':
      return fellowships.get(value)?.short ?? value;
    case 'type':
      return facetOf.get(value)?.[locale] ?? value;
    case 'km':
      return reachWords(Number(value), locale);
    default:
      return value;
  }
}

/** What was asked as small links, each taking one thing away. */
function chips(ask: FinderAsk, locale: Locale): Markup {
  const shown = conditionsOf(ask).map((condition) => {
    const said = conditionWords(condition, locale);
    const label = words('without', locale, { what: said });
    return markup`<li><a class="p-chip" href="${addressOf(condition.without, locale)}" aria-label="${label}">${said} <span aria-hidden="true">×</span></a></li>`;
  });
  return shown.length > 0 ? markup`<ul class="p-chips">${shown}</ul>` : markup``;
}

/**
 * What a row stands under: on "any day" the search goes through the week, so that is its weekday;
 * else the day of its next time, in the zone that times are shown in.
 */
function headOf(listing: Listing, ask: FinderAsk, locale: Locale): string {
  const { next, days } = listing;
  if (ask.on) return dateName(ask.on, locale);
  if (/^\d$/.test(ask.when)) return weekdayName(Number(ask.when), locale);
  if (!next && listing.closed) return words('closedHead', locale);
  if (!next || days.length === 0) return words('byAppointmentHead', locale);
  if (ask.when === 'any' && days.length === 7) return words('everyDay', locale);
  if (ask.when === 'any') return weekdayName(Math.min(...days), locale);
  return dateName(dayInZone(next.startsAt, ask.zone || listing.timeZone), locale);
}

function rows(found: Found, ask: FinderAsk, locale: Locale): Markup {
  const now = Date.parse(found.now);
  const often = ({ days }: Listing) =>
    ask.when === 'any' && !ask.on && days.length > 1 && days.length < 7
      ? days.map((day) => weekdayName(day, locale)).join(', ')
      : '';
  // "Monday" beside a meeting under the heading Tuesday would be its next time and read as a mistake.
  const soon = ({ next, timeZone }: Listing) => {
    if (!ask.on && !/^\d$/.test(ask.when)) return true;
    const zone = ask.zone || timeZone;
    const today = dayInZone(now, zone);
    const isMeant = ask.on ? ask.on === today : Number(ask.when) === weekdayOf(today);
    return isMeant && next !== undefined && dayInZone(next.startsAt, zone) === today;
  };
  const row = (listing: Listing) =>
    rowOf(listing, now, locale, {
      zone: ask.zone,
      often: often(listing),
      soon: soon(listing),
    });
  // By distance, days would come and go; a heading for each would only be in the way.
  if (ask.nearest && ask.place) return markup`<ol class="p-list">${found.meetings.map(row)}</ol>`;
  const heads = new Map<string, Listing[]>();
  for (const listing of found.meetings) {
    const head = headOf(listing, ask, locale);
    heads.set(head, [...(heads.get(head) ?? []), listing]);
  }
  return markup`${[...heads].map(
    ([head, listings]) =>
      markup`<h3 class="p-day">${head}</h3><ol class="p-list">${listings.map(row)}</ol>`,
  )}`;
}

/** Where leaving one thing out does not help: what there is at all, so that nobody stands there. */
async function lastReliefs(
  ask: FinderAsk,
  locale: Locale,
  countOf: (ask: FinderAsk) => Promise<number>,
): Promise<Markup[]> {
  const plain = askFrom(new URLSearchParams({ place: ask.place, zone: ask.zone, when: 'any' }));
  const online = onlineTonight(ask.zone);
  const ways: [key: 'plainCount' | 'nearestPlain' | 'onlineCount', ask: FinderAsk][] = [
    ['plainCount', plain],
    ...(ask.place
      ? [['nearestPlain', { ...plain, nearest: 10 }] as ['nearestPlain', FinderAsk]]
      : []),
    ['onlineCount', online],
  ];
  const told = ways.map(async ([key, way]) => {
    const count = await countOf(way);
    const said = words(key, locale, { count: key === 'nearestPlain' ? 10 : count });
    return count > 0 ? markup`<li><a href="${addressOf(way, locale)}">${said}</a></li>` : markup``;
  });
  return Promise.all(told);
}

/** Where somebody at a place finds nothing tonight: what can be joined from bed. */
async function onlineRelief(
  ask: FinderAsk,
  locale: Locale,
  countOf: (ask: FinderAsk) => Promise<number>,
): Promise<Markup | false> {
  if (ask.how.length > 0) return false;
  const online = onlineTonight(ask.zone);
  const count = await countOf(online);
  return (
    count > 0 &&
    markup`<li><a href="${addressOf(online, locale)}">${words('onlineCount', locale, { count })}</a></li>`
  );
}

const onlineTonight = (zone: string) =>
  askFrom(new URLSearchParams({ zone, how: 'online,hybrid,phone' }));

const isReach = ({ name, value }: Condition) => name === 'when' && !/^\d$/.test(value);

/** Whoever finds nothing at two in the morning is not left with that. */
export function helpLine(locale: Locale): Markup {
  return markup`<p class="p-cannot-wait">${words('cannotWait', locale)} <a href="/help?lang=${locale}">${words('helpNow', locale)}</a></p>`;
}

/** What to leave out where nothing fits: only what would find something, with how much. */
async function reliefs(
  ask: FinderAsk,
  locale: Locale,
  countOf: (ask: FinderAsk) => Promise<number>,
): Promise<Markup> {
  const tried = await Promise.all(
    conditionsOf(ask).map(async (condition) => ({
      condition,
      count: await countOf(condition.without),
    })),
  );
  const nearest = { ...ask, nearest: 10, km: 0 };
  const isFar = ask.place !== '' && ask.nearest === 0 && (await countOf(nearest)) > 0;
  const further = markup`<li><a href="${addressOf(nearest, locale)}">${words('nearestOf', locale, { count: 10 })}</a></li>`;
  const helpful = tried.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  const links = helpful.slice(0, 6).map(({ condition, count }) => {
    const what = conditionWords(condition, locale);
    const key = isReach(condition) ? 'otherTime' : condition.name === 'place' ? 'anyPlace' : null;
    const said = words(key ?? 'withoutCount', locale, { what, count });
    return markup`<li><a href="${addressOf(condition.without, locale)}">${said}</a></li>`;
  });
  const isHelped = isFar || links.length > 0;
  const last = isHelped ? [] : await lastReliefs(ask, locale, countOf);
  const online = isHelped ? await onlineRelief(ask, locale, countOf) : false;
  return markup`<p class="p-none">${words(isHelped ? 'none' : 'noneAtAll', locale)}</p>
<ul class="p-relief">${isFar && further}${links}${last}${online}</ul>${helpLine(locale)}`;
}

/** The same question as a week on one's own clock, on paper, and as a calendar to follow. */
async function waysOn(ask: FinderAsk, { locale, origin, countOf }: Answering): Promise<Markup> {
  const weekly = weeklyOf(ask);
  const at = (path: string, of: FinderAsk) =>
    addressOf({ ...of, offset: 0 }, locale).replace(/^\/meetings/, path);
  const week = at('/meetings/week', { ...weekly, when: 'any', zone: ask.zone });
  const print = at('/meetings/print', { ...weekly, on: ask.on });
  const count = await countOf(weekly);
  const calendar =
    count > mostEvents
      ? markup`<p class="p-hint">${words('calendarFull', locale, { count, most: mostEvents })}</p>`
      : calendarWays(at('/feeds/meetings.ics', weekly), { origin, locale, of: 'many' });
  return markup`<p class="p-more"><a href="${week}">${words('asWeek', locale)}</a> <a href="${print}">${words('printList', locale)}</a></p>${count > 0 && calendar}`;
}

/** What an answer is made with. */
interface Answering {
  locale: Locale;
  /** Our own address. */
  origin: string;
  /** How many another question would find. */
  countOf: (ask: FinderAsk) => Promise<number>;
}

/** The answer to a question: how many, what was asked, the rows by day, and the ways on. */
export async function finderResults(
  found: Found,
  ask: FinderAsk,
  answering: Answering,
): Promise<Markup> {
  const { locale, countOf } = answering;
  const { total, meetings } = found;
  const count = total === 1 ? words('countOne', locale) : words('count', locale, { count: total });
  const others = found.otherPlaces.slice(0, 4).map(({ label }, n) => {
    const link = addressOf({ ...ask, place: label, offset: 0 }, locale);
    return markup`${n > 0 && ' · '}<a href="${link}">${label}</a>`;
  });
  const guess = found.place?.guess ? found.place.label : '';
  const last = ask.offset + meetings.length;
  const page = (offset: number) => addressOf({ ...ask, offset }, locale);
  return markup`<section class="p-results" aria-labelledby="results">
<h2 id="results">${count}</h2>
${chips(ask, locale)}
${guess && markup`<p class="p-none">${words('guessed', locale, { typed: ask.place, place: guess })}</p>`}
${others.length > 0 && markup`<p class="p-hint">${words(guess ? 'orMeant' : 'meant', locale)} ${others}</p>`}
${total === 0 && (await reliefs(ask, locale, countOf))}
${rows(found, ask, locale)}
<p class="p-more">${ask.offset > 0 && markup`<a href="${page(Math.max(0, ask.offset - pageSize))}">${words('earlier', locale)}</a> `}
${last < total && markup`<a rel="next" href="${page(last)}">${words('next', locale)}</a> `}
${total > pageSize && markup`<span class="p-hint">${words('shown', locale, { from: ask.offset + 1, to: last, count: total })}</span>`}</p>
${total > 0 && (await waysOn(ask, answering))}
<p class="p-silent">${words('silent', locale)} <a href="/first-meeting?lang=${locale}">${words('firstMeeting', locale)}</a></p>
</section>`;
}
