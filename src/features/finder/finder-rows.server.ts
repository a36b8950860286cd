import { say } from '../../content/words.ts';
import { type Markup, markup } from '../../kit/markup.ts';
import type { Listing } from '../meetings/contract.ts';
import { facets } from '../meetings/facets.rules.ts';
import { type Attendance, anyDayOn } from '../meetings/meeting.rules.ts';
import { startPhrase } from '../meetings/next-start.rules.ts';
import { wallClock } from '../meetings/zone-clock.rules.ts';
import { finderWords } from './finder-words.server.ts';

/** The two languages of the public pages. */
export type Locale = 'en' | 'es';

const region = { en: 'en-US', es: 'es-US' };
const facetOf = new Map(facets.map((facet) => [facet.id, facet]));

/** A sentence of the finder with its holes filled. */
export function words(
  key: keyof typeof finderWords,
  locale: Locale,
  holes: Record<string, string | number> = {},
): string {
  return say(finderWords[key], locale).replace(/\{(\w+)\}/g, (_, name) =>
    String(holes[name] ?? ''),
  );
}

/** Names of weekdays, Sunday first. */
export function weekdayName(day: number, locale: Locale): string {
  const format = new Intl.DateTimeFormat(region[locale], { weekday: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${anyDayOn(day)}T12:00:00Z`));
}

/** "7:30 PM" of `19:30`. */
export function clockWords(time: string, locale: Locale): string {
  const date = new Date(`2026-01-01T${time}:00Z`);
  const format = { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(region[locale], format).format(date);
}

/** "Friday, December 25"; the year where it is not this one. */
export function dateName(day: string, locale: Locale): string {
  const isThisYear = day.slice(0, 4) === new Date().toISOString().slice(0, 4);
  return new Intl.DateTimeFormat(region[locale], {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
    ...(!isThisYear && { year: 'numeric' }),
  }).format(new Date(`${day}T12:00:00Z`));
}

/** How soon: "in 40 min", "under way since 10 min", "today", or the weekday. */
export function soonWords(listing: Listing, now: number, locale: Locale): string {
  if (!listing.next) return '';
  const startsAt = Date.parse(listing.next.startsAt);
  const phrase = startPhrase({ startsAt, endsAt: Date.parse(listing.next.endsAt) }, now);
  if (phrase.kind === 'under-way') {
    const { minutesAgo } = phrase;
    const hours = Math.floor(minutesAgo / 60);
    return minutesAgo < 120
      ? words('underWay', locale, { minutes: minutesAgo })
      : words('underWayHours', locale, { hours });
  }
  if (phrase.kind === 'starts-in') return words('startsIn', locale, { minutes: phrase.minutes });
  const there = wallClock(listing.timeZone, startsAt);
  const isToday = startsAt - now < 86_400_000 && there.day === wallClock(listing.timeZone, now).day;
  if (isToday) return words('today', locale);
  if (startsAt - now < 6 * 86_400_000) return weekdayName(there.weekday, locale);
  const format = { month: 'short', day: 'numeric', timeZone: listing.timeZone } as const;
  return new Intl.DateTimeFormat(region[locale], format).format(startsAt);
}

const howKeys = {
  'in-person': 'inPerson',
  hybrid: 'hybrid',
  online: 'onlineTag',
  phone: 'phoneTag',
  'by-request': 'requestTag',
  inactive: 'closedTag',
} as const;

/** The name of one way of taking part. */
export function howLabel(kind: Attendance, locale: Locale): string {
  return words(howKeys[kind], locale);
}

/** How one takes part, where that is not simply going there; that it is shut goes before all. */
function howWords({ attendance, closed }: Listing, locale: Locale): string {
  if (closed?.until) return words('closedUntil', locale, { day: dateName(closed.until, locale) });
  if (closed) return words('closedTag', locale);
  return attendance === 'in-person' ? '' : howLabel(attendance, locale);
}

const shownFirst = ['newcomer', 'open', 'closed', 'women', 'men', 'lgbtq', 'secular', 'young'];

/** At most three plain tags, those first that decide whether one may come. */
function tagWords(listing: Listing, locale: Locale): string[] {
  const rank = (id: string) => (shownFirst.indexOf(id) + 1 || shownFirst.length + 1) * 100;
  const ids = listing.facets.filter((id) => id !== 'lang-en');
  ids.sort((a, b) => rank(a) - rank(b));
  return ids.slice(0, 3).flatMap((id) => facetOf.get(id)?.[locale] ?? []);
}

/** Kilometres as people there say them. */
function farWords(km: number, locale: Locale): string {
  const miles = km / 1.609344;
  const number = new Intl.NumberFormat(region[locale], {
    maximumFractionDigits: miles < 10 ? 1 : 0,
  });
  const said = number.format(miles);
  return `${said} ${words(said === '1' ? 'mile' : 'miles', locale)}`;
}

/** How far to look, in whole miles. */
export function reachWords(km: number, locale: Locale): string {
  return `${Math.round(km / 1.609344)} ${words('miles', locale)}`;
}

/** "7:30 PM" of an instant in a zone. */
export function timeIn(zone: string, at: number, locale: Locale): string {
  const format = { hour: 'numeric', minute: '2-digit', timeZone: zone } as const;
  return new Intl.DateTimeFormat(region[locale], format).format(at);
}

/** The clock of a row: of its next occurrence in a chosen zone, else as the group says it. */
function rowClock({ startsAt, next }: Listing, locale: Locale, zone: string): string {
  if (!startsAt) return '–';
  if (!zone || !next) return clockWords(startsAt, locale);
  return timeIn(zone, Date.parse(next.startsAt), locale);
}

/** What a row says of when it is held. */
interface RowTime {
  /** Times are shown in it; empty: in the meeting's own. */
  zone: string;
  /** The days it is held on, where the heading above tells only the first. */
  often: string;
  /** How soon it is next held; not under the heading of another day. */
  soon: boolean;
}

/** One meeting as a row. */
export function rowOf(
  listing: Listing,
  now: number,
  locale: Locale,
  { zone, often, soon }: RowTime = { zone: '', often: '', soon: true },
): Markup {
  const inTown = listing.attendance === 'in-person' || listing.attendance === 'hybrid';
  const place = inTown ? listing.placeName || listing.address : '';
  const how = howWords(listing, locale);
  const line = [listing.fellowshipShort, place, how].filter(Boolean).join(' · ');
  const far = (listing.distanceKm ?? 0) < 0.05 ? '' : farWords(listing.distanceKm ?? 0, locale);
  const tags = tagWords(listing, locale).join(' · ');
  const isStale = (listing.monthsOld ?? 0) >= 12;
  const age = isStale ? words('staleShort', locale, { months: listing.monthsOld ?? 0 }) : '';
  return markup`<li><a href="/meetings/${listing.id}?lang=${locale}"><time>${rowClock(listing, locale, zone)}</time>
<span class="p-what"><strong>${listing.name}</strong><span>${line}</span>${often && markup`<span>${often}</span>`}${tags && markup`<span class="p-tags">${tags}</span>`}${age && markup`<span class="p-tags">${age}</span>`}</span>
<span class="p-until">${soon && soonWords(listing, now, locale)}${far && markup`<span class="p-far-away">${far}</span>`}</span></a></li>`;
}
