import { Markup } from '../../kit/markup.ts';
import type { Meeting, Place } from './meeting.rules.ts';
import { nextOccurrence } from './next-start.rules.ts';
import { isClosedOn, type Occurrence } from './recurrence.rules.ts';
import { dayOf } from './rule-days.rules.ts';
import { offsetAt, wallDay } from './zone-clock.rules.ts';

// What a search engine reads of a listing: https://schema.org/Event and https://schema.org/Schedule.

/** Facts beside the listing; `now` in milliseconds, `url` the address of the listing's own page. */
export interface EventFacts {
  url: string;
  now: number;
  /** What it is, in a sentence: fellowship and types. */
  description: string;
}

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const dayLetters = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const schema = (name: string) => `https://schema.org/${name}`;
const two = (n: number) => String(n).padStart(2, '0');

/** "2026-11-23T19:00:00-05:00" of an instant in a zone. */
export function withOffset(zone: string, at: number): string {
  const offset = offsetAt(zone, at);
  const size = Math.abs(offset);
  const local = new Date(at + offset * 60_000).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function placeOf({
  name,
  address,
  city,
  region,
  postalCode,
  country,
  position,
  approximate,
}: Place) {
  return {
    '@type': 'Place',
    name: name || address || city,
    address: {
      '@type': 'PostalAddress',
      streetAddress: address || undefined,
      addressLocality: city || undefined,
      addressRegion: region || undefined,
      postalCode: postalCode || undefined,
      addressCountry: country || undefined,
    },
    geo:
      position && !approximate
        ? { '@type': 'GeoCoordinates', latitude: position.lat, longitude: position.lng }
        : undefined,
  };
}

/** Where it is. The link of an online meeting is not told to search engines, only our page. */
function locationOf({ attendance, place }: Meeting, url: string, online: boolean) {
  const there = { '@type': 'VirtualLocation', url };
  if (attendance === 'in-person' && !online) return placeOf(place);
  return attendance === 'hybrid' && !online ? [placeOf(place), there] : there;
}

function scheduleOf({ days, startsAt, minutes, timeZone, recurrence, dayChanges }: Meeting) {
  const monthly = recurrence?.by === 'month' ? recurrence : null;
  const every = recurrence?.every ?? 1;
  return {
    '@type': 'Schedule',
    repeatFrequency: `P${every}${monthly ? 'M' : 'W'}`,
    byDay: monthly
      ? monthly.nth.flatMap((nth) => days.map((day) => `${nth}${dayLetters[day]}`))
      : days.map((day) => schema(dayNames[day] ?? '')),
    startTime: `${startsAt}:00`,
    duration: `PT${minutes}M`,
    scheduleTimezone: timeZone,
    startDate: recurrence?.from ?? undefined,
    endDate: recurrence?.until ?? undefined,
    exceptDate: dayChanges.filter(({ change }) => change !== 'online').map(({ day }) => day),
  };
}

function statusOf(meeting: Meeting, next: Occurrence | null, now: number): string {
  const isShut = isClosedOn(meeting, dayOf(wallDay(meeting.timeZone, now)));
  if (isShut || !next) return 'EventPostponed';
  if (next.change === 'moved') return 'EventRescheduled';
  return next.change === 'online' ? 'EventMovedOnline' : 'EventScheduled';
}

/**
 * A listing as schema.org has it, with the next time it is held; null for one by appointment or
 * one that is over. It names no person.
 */
export function eventJsonLd(meeting: Meeting, facts: EventFacts): Record<string, unknown> | null {
  const next = nextOccurrence(meeting, facts.now);
  if (!meeting.startsAt || (!next && !meeting.closure)) return null;
  const online = next?.change === 'online';
  const inPerson = meeting.attendance === 'in-person' && !online;
  const hybrid = meeting.attendance === 'hybrid' && !online;
  const mode = inPerson ? 'Offline' : hybrid ? 'Mixed' : 'Online';
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: meeting.name,
    description: facts.description,
    url: facts.url,
    startDate: next ? withOffset(meeting.timeZone, next.startsAt) : undefined,
    endDate: next ? withOffset(meeting.timeZone, next.endsAt) : undefined,
    eventStatus: schema(statusOf(meeting, next, facts.now)),
    previousStartDate: next?.change === 'moved' ? next.day : undefined,
    eventAttendanceMode: schema(`${mode}EventAttendanceMode`),
    isAccessibleForFree: true,
    location: locationOf(meeting, facts.url, online),
    eventSchedule: scheduleOf(meeting),
  };
}

/**
 * An event as a block of data for a page; nothing for null. It is no script: the content security policy allows it
 * and no browser runs it; `<` is written so that nothing in it can end the block.
 */
export function eventMarkup(event: Record<string, unknown> | null): Markup {
  if (!event) return new Markup('');
  const text = JSON.stringify(event).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return new Markup(`<script type="application/ld+json">${text}</script>`);
}
