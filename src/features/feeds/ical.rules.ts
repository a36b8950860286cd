import type { Published } from '../meetings/directory.rules.ts';
import type { DayChange, Meeting } from '../meetings/meeting.rules.ts';
import type { WordsLocale } from '../meetings/recurrence-in-words.rules.ts';
import { dayOf } from '../meetings/rule-days.rules.ts';
import { wallDay } from '../meetings/zone-clock.rules.ts';
import { icalLine, icalText } from './ical-text.rules.ts';
import { type CalendarTimes, calendarTimes, localStamp, utcStamp } from './ical-times.rules.ts';
import { type CalendarNames, descriptionOf, icalWords } from './ical-words.rules.ts';
import { zoneLines } from './ical-zone.rules.ts';

/** A listing that goes into a calendar. */
export type CalendarListing = Pick<Published, 'id' | 'changedAt' | 'meeting'>;

/** How a calendar is written. `now` in milliseconds; `origin` is our own address. */
export interface CalendarFacts {
  now: number;
  origin: string;
  /** Number of the first day that is told of. What is past is nobody's business. */
  begins: number;
  locale: WordsLocale;
  /** Nothing in it tells what kind of meeting it is. */
  discreet: boolean;
  names: (meeting: Meeting) => CalendarNames;
}

/** SEQUENCE has to grow with each change; seconds since this moment do, and stay small. */
const sequenceBegins = Date.UTC(2024, 0);

const goes = ({ attendance }: Meeting) => attendance === 'in-person' || attendance === 'hybrid';

function placeLines(meeting: Meeting, { locale, discreet }: CalendarFacts): string[] {
  const { attendance, link } = meeting;
  const { name, address, position, approximate } = meeting.place;
  if (!goes(meeting)) {
    if (attendance === 'phone' || attendance === 'inactive' || discreet) return [];
    return [`LOCATION:${icalText([icalWords[locale].place, link].filter(Boolean).join(' '))}`];
  }
  // "Alano Club" would tell as much as the meeting's name.
  const where = [discreet ? '' : name, address].filter(Boolean).join(', ');
  const lines = where ? [`LOCATION:${icalText(where)}`] : [];
  if (position && !approximate) lines.push(`GEO:${position.lat};${position.lng}`);
  return lines;
}

/** What others who may see the calendar see, and what only its owner does. */
function wordLines(listing: CalendarListing, facts: CalendarFacts): string[] {
  const { id, meeting } = listing;
  const { locale, discreet, origin, now } = facts;
  if (discreet) return ['CLASS:PRIVATE', `SUMMARY:${icalText(icalWords[locale].discreet)}`];
  const names = facts.names(meeting);
  const today = dayOf(wallDay(meeting.timeZone, now));
  const types = meeting.types.map((code) => icalText(names.label(code)));
  return [
    `SUMMARY:${icalText(meeting.name)}`,
    `URL:${origin}/meetings/${id}`,
    ...(types.length > 0 ? [`CATEGORIES:${types.join(',')}`] : []),
    `DESCRIPTION:${icalText(descriptionOf(meeting, names, { locale, today }))}`,
  ];
}

/** What all entries of a meeting say alike. */
function commonLines(listing: CalendarListing, facts: CalendarFacts): string[] {
  const { id, changedAt } = listing;
  const changed = Date.parse(changedAt);
  return [
    `UID:${id}@stepwell`,
    `DTSTAMP:${utcStamp(changed)}`,
    `LAST-MODIFIED:${utcStamp(changed)}`,
    `SEQUENCE:${Math.max(0, Math.floor((changed - sequenceBegins) / 1000))}`,
    ...wordLines(listing, facts),
  ];
}

function otherwiseLines(
  change: DayChange,
  meeting: Meeting,
  common: readonly string[],
  facts: CalendarFacts,
): string[] {
  const usual = meeting.startsAt ?? '';
  const zone = `;TZID=${meeting.timeZone}`;
  const { onlineToday } = icalWords[facts.locale];
  const said = [change.change === 'online' ? onlineToday : '', change.note].filter(Boolean);
  const lines = common.map((line) =>
    line.startsWith('DESCRIPTION:') && said.length > 0
      ? line.replace('DESCRIPTION:', () => `DESCRIPTION:${icalText(`${said.join(' ')}\n`)}`)
      : line,
  );
  const asIs = change.change === 'online' ? { ...meeting, attendance: 'online' as const } : meeting;
  return [
    'BEGIN:VEVENT',
    ...lines,
    `RECURRENCE-ID${zone}:${localStamp(change.day, usual)}`,
    `DTSTART${zone}:${localStamp(change.toDay ?? change.day, change.startsAt ?? usual)}`,
    `DURATION:PT${meeting.minutes}M`,
    ...placeLines(asIs, facts),
    'END:VEVENT',
  ];
}

function eventLines(listing: CalendarListing, times: CalendarTimes, facts: CalendarFacts) {
  const { meeting } = listing;
  const { first, rule, without, otherwise } = times;
  const zone = `;TZID=${meeting.timeZone}`;
  const start = meeting.startsAt ?? '';
  const common = commonLines(listing, facts);
  return [
    'BEGIN:VEVENT',
    ...common,
    `DTSTART${zone}:${localStamp(first, start)}`,
    `DURATION:PT${meeting.minutes}M`,
    ...(rule === null ? ['STATUS:CANCELLED'] : [`RRULE:${rule}`]),
    ...without.map((day) => `EXDATE${zone}:${localStamp(day, start)}`),
    ...placeLines(meeting, facts),
    'END:VEVENT',
    ...otherwise.flatMap((change) => otherwiseLines(change, meeting, common, facts)),
  ];
}

/**
 * Listings as one iCalendar file (RFC 5545): an event with its rule for each, days without it, days
 * that are otherwise, and the time zones. A meeting by appointment has no event.
 */
export function calendarOf(listings: readonly CalendarListing[], facts: CalendarFacts): string {
  const zones = new Set<string>();
  const events = listings.flatMap((listing) => {
    const times = calendarTimes(listing.meeting, facts.now, facts.begins);
    if (!times) return [];
    zones.add(listing.meeting.timeZone);
    return eventLines(listing, times, facts);
  });
  const year = Number(dayOf(facts.begins).slice(0, 4));
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Stepwell//Meetings//EN',
    'CALSCALE:GREGORIAN',
    // A name that says nothing to somebody who looks over a shoulder.
    `X-WR-CALNAME:${icalWords[facts.locale].calendar}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT12H',
    'X-PUBLISHED-TTL:PT12H',
    ...[...zones].sort().flatMap((zone) => zoneLines(zone, year)),
    ...events,
    'END:VCALENDAR',
  ]
    .map(icalLine)
    .join('');
}
