import type ICAL from 'ical.js';
import { clockOf, type DayChange, type Weekday } from '../meetings/meeting.rules.ts';
import { oneLine, severalLines } from '../meetings/plain-text.rules.ts';
import { dayOf, weekdayOfNumber } from '../meetings/rule-days.rules.ts';
import { instantAtDay, wallClock, wallDay } from '../meetings/zone-clock.rules.ts';
import type { BrokenEntry, Calendar, CalendarEntry } from './ics-blocks.server.ts';
import { recurrenceOf } from './ics-recurrence.rules.ts';
import { knownConferenceHost } from './read-link.rules.ts';
import type { Warning } from './row-words.rules.ts';
import type { ListFacts, SourceRow } from './source-row.rules.ts';
import { zoneNamed } from './zone-names.rules.ts';

/** Every count above this is as good as endless: 60 years of weeks. */
const mostCounted = 3000;

/** A wall clock reading: the day's number since 1970, and the minute of the day. */
interface Wall {
  day: number;
  minute: number;
}

const numberOf = (time: ICAL.Time) => Date.UTC(time.year, time.month - 1, time.day) / 86_400_000;
const isUtc = (time: ICAL.Time) => time.zone?.tzid === 'UTC';

/** A moment of the calendar as the clock on the wall shows it in `zone`. */
function wallIn(zone: string, time: ICAL.Time, named: string | null): Wall {
  const day = numberOf(time);
  const minute = time.hour * 60 + time.minute;
  const from = isUtc(time) ? 'UTC' : named && named !== zone ? named : null;
  if (!from || time.isDate || from === zone) return { day, minute };
  const at = instantAtDay(from, day, minute);
  const shown = wallClock(zone, at);
  return { day: wallDay(zone, at), minute: shown.minute };
}

class Refused extends Error {
  readonly refusal: NonNullable<SourceRow['refused']>;
  constructor(refusal: NonNullable<SourceRow['refused']>) {
    super(refusal.refused);
    this.refusal = refusal;
  }
}

type Text = (name: string) => string;

const textIn =
  (event: ICAL.Component): Text =>
  (name) => {
    const value = event.getFirstPropertyValue(name);
    return typeof value === 'string' ? value : (value?.toString() ?? '');
  };

function timeIn(event: ICAL.Component, name: string): ICAL.Time | null {
  const value = event.getFirstPropertyValue(name) as ICAL.Time | null;
  return value?.icalclass === 'icaltime' ? value : null;
}

/** The zone of a property by our name, or what it is called where nobody knows it. */
function zoneOf(property: ICAL.Property | null, calendar: Calendar): string {
  const written = oneLine(property?.getParameter('tzid')?.toString()).replace(/^"|"$/g, '');
  if (!written) return '';
  // "/mozilla.org/20050126_1/America/New_York"
  const tail = /([A-Za-z_]+\/[A-Za-z_]+)$/.exec(written)?.[1];
  const names = [written, calendar.zonesNamed.get(written) ?? '', tail ?? ''];
  for (const name of names) {
    const known = name && zoneNamed(name);
    if (known) return known.zone;
  }
  return written;
}

interface Found {
  zone: string;
  start: Wall;
  rule: { days: Weekday[]; recurrence: NonNullable<SourceRow['given']>['recurrence'] };
  minutes: number;
}

function lengthOf(event: ICAL.Component, start: ICAL.Time): number {
  const end = timeIn(event, 'dtend');
  if (end) {
    const wall = (time: ICAL.Time) => numberOf(time) * 1440 + time.hour * 60 + time.minute;
    return wall(end) - wall(start);
  }
  const duration = event.getFirstPropertyValue('duration') as ICAL.Duration | null;
  return duration?.icalclass === 'icalduration' ? duration.toSeconds() / 60 : 0;
}

function lastDay(rule: ICAL.Recur, start: ICAL.Time, wall: Wall, zone: string): string | null {
  if (rule.count) {
    if (rule.count > mostCounted) return null;
    const floating = start.clone();
    const steps = rule.iterator(floating);
    let last: ICAL.Time | null = null;
    for (let next = steps.next(); next; next = steps.next()) last = next.clone();
    return last && dayOf(numberOf(last));
  }
  if (!rule.until) return null;
  const until = wallIn(zone, rule.until, null);
  // The last day counts only where the meeting begins before the rule ends.
  const early = !rule.until.isDate && until.minute < wall.minute;
  return dayOf(until.day - (early ? 1 : 0));
}

function ruleOf(
  event: ICAL.Component,
  start: ICAL.Time,
  wall: Wall,
  zone: string,
  today: string,
): Found['rule'] {
  const from = dayOf(wall.day);
  const day = weekdayOfNumber(wall.day) as Weekday;
  const rules = event.getAllProperties('rrule');
  if (rules.length === 0) {
    if (from < today) throw new Refused({ refused: 'past-event', detail: from, column: 'DTSTART' });
    return { days: [day], recurrence: { by: 'weeks', every: 1, from, until: from } };
  }
  const rule = rules[0]?.getFirstValue() as ICAL.Recur;
  const unsupported = () =>
    new Refused({
      refused: 'rule-unsupported',
      detail: rules
        .map((one) => String(one.getFirstValue()))
        .join(' + ')
        .slice(0, 80),
      column: 'RRULE',
    });
  if (rules.length > 1 || event.getFirstProperty('exrule')) throw unsupported();
  const until = lastDay(rule, start, wall, zone);
  if (until !== null && until < today)
    throw new Refused({ refused: 'past-event', detail: until, column: 'RRULE' });
  const parts = (rule as unknown as { parts: Record<string, (string | number)[]> }).parts;
  const found = recurrenceOf(
    {
      freq: rule.freq,
      interval: rule.interval ?? 1,
      weekStart: (((rule.wkst as unknown as number) || 2) - 1) as Weekday,
      parts,
      until,
    },
    from,
    day,
  );
  if (!found) throw unsupported();
  // Begun already, every week, without end: that is a plain weekly meeting.
  const { by, every } = found.recurrence;
  const plain = by === 'weeks' && every === 1 && until === null && from <= today;
  return { days: found.days, recurrence: plain ? null : found.recurrence };
}

function changesOf(
  entry: CalendarEntry,
  found: Found,
  calendar: Calendar,
  today: string,
  warnings: Warning[],
): DayChange[] {
  const { zone, start } = found;
  const changes = new Map<string, DayChange>();
  const put = (change: DayChange) => {
    if (change.day >= today || (change.toDay ?? '') >= today) changes.set(change.day, change);
  };
  const of = (property: ICAL.Property, value: ICAL.Time) =>
    wallIn(zone, value, zoneNamed(zoneOf(property, calendar))?.zone ?? null);
  for (const property of entry.event.getAllProperties('exdate'))
    for (const value of property.getValues() as ICAL.Time[]) {
      const day = dayOf(of(property, value).day);
      put({ day, change: 'cancelled', toDay: null, startsAt: null, note: '' });
    }
  const title = oneLine(textIn(entry.event)('summary'));
  for (const change of entry.changes) {
    const which = change.getFirstProperty('recurrence-id');
    const replaced = timeIn(change, 'recurrence-id');
    const begins = timeIn(change, 'dtstart');
    if (!which || !replaced) continue;
    const day = dayOf(of(which, replaced).day);
    if (which.getParameter('range')) {
      warnings.push({ code: 'days-ahead-left-out', detail: day, column: 'RECURRENCE-ID' });
      continue;
    }
    const text = textIn(change);
    const summary = oneLine(text('summary'));
    const note = summary && summary !== title ? summary : '';
    if (/^cancelled$/i.test(text('status'))) {
      put({ day, change: 'cancelled', toDay: null, startsAt: null, note });
      continue;
    }
    const property = change.getFirstProperty('dtstart');
    if (!begins || !property) continue;
    const wall = of(property, begins);
    const toDay = dayOf(wall.day) === day ? null : dayOf(wall.day);
    const startsAt = wall.minute === start.minute ? null : clockOf(wall.minute);
    const online = saysOnline(text('location')) && !saysOnline(textIn(entry.event)('location'));
    if (toDay || startsAt || note || online)
      put({
        day,
        change: online && !toDay && !startsAt ? 'online' : 'moved',
        toDay,
        startsAt,
        note,
      });
  }
  return [...changes.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

const saysOnline = (location: string) => /\b(online|zoom|virtual|en l[ií]nea)\b/i.test(location);

/** Every web address of an entry that may be where one joins, the likeliest first. */
function conferenceIn(text: Text): string {
  const found = ['x-google-conference', 'conference', 'url', 'location', 'description'].flatMap(
    (name) => text(name).match(/https?:\/\/[^\s<>"]+/gi) ?? [],
  );
  return found.find((link) => URL.canParse(link) && knownConferenceHost(link)) ?? '';
}

/** "Grace Church, 12 Main St, Albany, NY 12207, USA": the name of a place before its number. */
function placeIn(location: string): { location?: string; formatted_address?: string } {
  if (/^(online|zoom|virtual|en l[ií]nea)\b/i.test(location)) return {};
  const [first = '', second = '', ...rest] = location.split(/\s*,\s*|\n+/);
  if (!/\d/.test(first) && /^\d/.test(second))
    return { location: first, formatted_address: [second, ...rest].join(', ') };
  return { formatted_address: [first, second, ...rest].filter(Boolean).join(', ') };
}

function fieldsOf(event: ICAL.Component, found: Found, zone: string): Record<string, unknown> {
  const text = textIn(event);
  const conference = conferenceIn(text);
  const url = text('url');
  const location = oneLine(text('location').replace(/https?:\/\/\S+/g, ' '));
  const online = saysOnline(text('location'));
  const categories = event
    .getAllProperties('categories')
    .flatMap((property) => property.getValues() as unknown[])
    .filter((value): value is string => typeof value === 'string');
  const geo = event.getFirstPropertyValue('geo') as unknown;
  const organizer = event.getFirstProperty('organizer');
  return {
    slug: text('uid'),
    name: text('summary'),
    day: found.rule.days,
    time: clockOf(found.start.minute),
    duration: found.minutes > 0 && found.minutes <= 1440 ? found.minutes : undefined,
    timezone: zone,
    notes: severalLines(text('description')),
    types: [...categories, ...(online || (conference && !location) ? ['ONL'] : [])],
    ...placeIn(location),
    conference_url: conference,
    website: url && url !== conference ? url : '',
    updated: (timeIn(event, 'last-modified')?.toString() ?? '').replace('T', ' ').replace('Z', ''),
    ...(Array.isArray(geo) && { latitude: geo[0], longitude: geo[1] }),
    contact_1_name: organizer?.getParameter('cn'),
    contact_1_email: organizer
      ?.getFirstValue()
      ?.toString()
      .replace(/^mailto:/i, ''),
    contact_2_name: text('contact'),
  };
}

const columns = {
  slug: 'UID',
  name: 'SUMMARY',
  day: 'RRULE',
  time: 'DTSTART',
  end_time: 'DTEND',
  duration: 'DURATION',
  timezone: 'DTSTART',
  notes: 'DESCRIPTION',
  types: 'CATEGORIES',
  formatted_address: 'LOCATION',
  conference_url: 'URL',
  website: 'URL',
  latitude: 'GEO',
  updated: 'LAST-MODIFIED',
  contact_1_name: 'ORGANIZER',
  contact_2_name: 'CONTACT',
};

/**
 * One entry of a calendar as a row. `today` (`YYYY-MM-DD`): entries that are over are refused, and
 * changes of days that are over let go. A rule that the model cannot say exactly is refused.
 */
export function calendarRow(
  entry: CalendarEntry | BrokenEntry,
  calendar: Calendar,
  list: ListFacts,
  today: string,
): SourceRow {
  const { raw } = entry;
  // Its id too: an entry that cannot be read takes nothing out. An alarm within it has one of its own.
  const [slug] = String(raw.UID ?? '').split('\n');
  const fields = { name: raw.SUMMARY, slug };
  if ('broken' in entry)
    return { raw, fields, refused: { refused: 'event-unreadable', detail: entry.broken } };
  const { event } = entry;
  const text = textIn(event);
  const warnings: Warning[] = [];
  try {
    if (/^cancelled$/i.test(text('status')))
      throw new Refused({ refused: 'cancelled-there', column: 'STATUS' });
    if (/^(private|confidential)$/i.test(text('class')))
      throw new Refused({ refused: 'private-there', column: 'CLASS' });
    const starts = timeIn(event, 'dtstart');
    if (!starts)
      throw new Refused({ refused: 'event-unreadable', detail: 'DTSTART', column: 'DTSTART' });
    if (starts.isDate) throw new Refused({ refused: 'all-day', column: 'DTSTART' });
    const written = zoneOf(event.getFirstProperty('dtstart'), calendar);
    const ofCalendar = zoneNamed(calendar.zone)?.zone ?? calendar.zone;
    const repeats = event.getFirstProperty('rrule') !== null;
    let zone = written || ofCalendar;
    if (isUtc(starts) && repeats) {
      // Its clock time changes with summer time everywhere but in UTC itself.
      zone = 'UTC';
      warnings.push({ code: 'zone-utc', column: 'DTSTART' });
    }
    const counting = zoneNamed(zone)?.zone ?? list.timeZone ?? 'UTC';
    const start = wallIn(counting, starts, null);
    const rule = ruleOf(event, starts, start, counting, today);
    const found = { zone: counting, start, rule, minutes: lengthOf(event, starts) };
    const dayChanges = changesOf(entry, found, calendar, today, warnings);
    const extra = event
      .getAllProperties('rdate')
      .flatMap((property) => property.getValues())
      .map((value) => String(value).slice(0, 10));
    const ahead = extra.filter((day) => day >= today);
    if (ahead.length > 0)
      warnings.push({
        code: 'dates-left-out',
        detail: ahead.join(', ').slice(0, 80),
        column: 'RDATE',
      });
    const read = fieldsOf(event, found, zone || (list.timeZone ? '' : zone));
    if (ahead.length > 0) read.notes = `${read.notes}\n+ ${ahead.slice(0, 20).join(', ')}`.trim();
    return {
      raw,
      fields: read,
      columns,
      warnings,
      given: {
        recurrence: rule.recurrence ?? null,
        dayChanges,
        doubtful: warnings.some(({ code }) => code.endsWith('left-out')),
      },
    };
  } catch (error) {
    if (error instanceof Refused) return { raw, fields, refused: error.refusal };
    // The library throws on values that are no dates or rules: theirs, and each said as such.
    const detail = error instanceof Error ? oneLine(error.message).slice(0, 80) : '';
    return { raw, fields, refused: { refused: 'event-unreadable', detail } };
  }
}
