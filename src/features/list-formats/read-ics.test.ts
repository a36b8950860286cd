import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { occurrencesFrom } from '../meetings/recurrence.rules.ts';
import { wallClock } from '../meetings/zone-clock.rules.ts';
import { rowsOfFormat } from './read-format.part.server.ts';
import { ListReading, type RowReport } from './read-list.rules.ts';

const now = Date.parse('2026-11-22T12:00:00Z');

function calendar(events: string[], head = ''): Uint8Array {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//T//EN'];
  const text = [...lines, ...(head ? [head] : []), ...events, 'END:VCALENDAR', ''].join('\r\n');
  return new TextEncoder().encode(text.replace(/\r?\n/g, '\r\n'));
}
const event = (...properties: string[]) =>
  ['BEGIN:VEVENT', ...properties, 'END:VEVENT'].join('\r\n');

async function reports(body: Uint8Array, timeZone: string | null = 'America/New_York') {
  const list = await rowsOfFormat('ics', body, { fellowship: 'aa', timeZone }, now);
  if ('refused' in list) throw new Error(list.refused);
  const reading = new ListReading(list.facts);
  const read: RowReport[] = [];
  for await (const row of list.rows()) read.push(reading.judge(row));
  expect(read).toHaveLength(list.total);
  return read;
}
async function only(properties: string[], head = '', more: string[] = []): Promise<RowReport> {
  const [report] = await reports(
    calendar([event('UID:one', 'SUMMARY:Early Risers', ...properties), ...more], head),
  );
  if (!report) throw new Error('nothing');
  return report;
}
function meetingOf(report: RowReport) {
  if (!report.taken) throw new Error(JSON.stringify(report));
  return report.meeting;
}

const where = 'LOCATION:Grace Church\\, 12 Main St\\, Albany\\, NY 12207\\, USA';
const monday = 'DTSTART;TZID=America/New_York:20240101T063000';

describe('an entry of a calendar', () => {
  it('is read property by property', async () => {
    const report = await only([
      monday,
      'DTEND;TZID=America/New_York:20240101T074500',
      'RRULE:FREQ=WEEKLY;BYDAY=MO,WE',
      where,
      'GEO:42.65;-73.75',
      'URL:https://example.org/early',
      'CATEGORIES:Open,Discussion',
      'DESCRIPTION:Side door. Join: https://us02web.zoom.us/j/1?pwd=a\\, or call\\nAll ',
      ' welcome',
      'LAST-MODIFIED:20260308T063000Z',
      'ORGANIZER;CN=Ann M.:mailto:ann@example.org',
    ]);
    expect(meetingOf(report)).toMatchObject({
      key: 'one',
      name: 'Early Risers',
      days: [1, 3],
      startsAt: '06:30',
      minutes: 75,
      timeZone: 'America/New_York',
      recurrence: null,
      attendance: 'hybrid',
      types: ['O', 'D'],
      link: 'https://us02web.zoom.us/j/1?pwd=a',
      website: 'https://example.org/early',
      place: { name: 'Grace Church', city: 'Albany', position: { lat: 42.65, lng: -73.75 } },
      updatedAt: '2026-03-08T06:30:00.000Z',
    });
    expect(meetingOf(report).notes).toContain('\nAll welcome');
    expect(report).toMatchObject({ contacts: [{ name: 'Ann M.', email: 'ann@example.org' }] });
  });

  it.each([
    ['TZID=Eastern Standard Time', 'America/New_York'],
    ['TZID="Eastern Standard Time"', 'America/New_York'],
    ['TZID=/mozilla.org/20050126_1/Europe/Paris', 'Europe/Paris'],
    ['TZID=AUS Eastern Standard Time', 'Australia/Sydney'],
    ['TZID=My own', 'Asia/Kathmandu'],
    ['VALUE=DATE-TIME', 'Europe/Madrid'],
  ])('%s is %s', async (parameter, zone) => {
    const head =
      'X-WR-TIMEZONE:Europe/Madrid\r\nBEGIN:VTIMEZONE\r\nTZID:My own\r\nX-LIC-LOCATION:Asia/Kathmandu\r\nEND:VTIMEZONE';
    const report = await only(
      [`DTSTART;${parameter}:20240101T063000`, 'RRULE:FREQ=WEEKLY', where],
      head,
    );
    expect(meetingOf(report)).toMatchObject({ timeZone: zone, startsAt: '06:30', days: [1] });
  });

  it('of UTC stays in UTC and says so; a single one is put into the local day', async () => {
    const weekly = await only(['DTSTART:20240101T033000Z', 'RRULE:FREQ=WEEKLY', where]);
    expect(weekly).toMatchObject({ warnings: [{ code: 'zone-utc' }] });
    expect(meetingOf(weekly)).toMatchObject({ timeZone: 'UTC', days: [1], startsAt: '03:30' });
    const once = await only(['DTSTART:20261201T033000Z', where]);
    expect(meetingOf(once)).toMatchObject({
      days: [1],
      startsAt: '22:30',
      recurrence: { from: '2026-11-30', until: '2026-11-30' },
    });
  });

  it.each([
    ['RRULE:FREQ=YEARLY', 'rule-unsupported'],
    ['RRULE:FREQ=MONTHLY', 'rule-unsupported'],
    ['RRULE:FREQ=MONTHLY;BYMONTHDAY=15', 'rule-unsupported'],
    ['RRULE:FREQ=MONTHLY;BYDAY=1MO,3WE', 'rule-unsupported'],
    ['RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1', 'rule-unsupported'],
    ['RRULE:FREQ=MONTHLY;BYDAY=-2MO', 'rule-unsupported'],
    ['RRULE:FREQ=DAILY;INTERVAL=2', 'rule-unsupported'],
    ['RRULE:FREQ=WEEKLY;BYMONTH=3', 'rule-unsupported'],
    ['RRULE:FREQ=HOURLY', 'rule-unsupported'],
    ['RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU', 'rule-unsupported'],
    ['RRULE:FREQ=WEEKLY\r\nRRULE:FREQ=MONTHLY;BYDAY=1MO', 'rule-unsupported'],
    ['RRULE:FREQ=WEEKLY\r\nEXRULE:FREQ=MONTHLY;BYDAY=1MO', 'rule-unsupported'],
    ['RRULE:FREQ=WEEKLY;UNTIL=20250101T000000Z', 'past-event'],
    ['RRULE:FREQ=WEEKLY;COUNT=10', 'past-event'],
    ['RRULE:FREQ=WHENEVER', 'event-unreadable'],
    ['DESCRIPTION:once', 'past-event'],
    ['RRULE:FREQ=WEEKLY\r\nSTATUS:CANCELLED', 'cancelled-there'],
    ['RRULE:FREQ=WEEKLY\r\nCLASS:PRIVATE', 'private-there'],
  ])('%s is refused with %s', async (properties, refused) => {
    expect(await only([monday, properties, where])).toMatchObject({
      refused,
      raw: { SUMMARY: 'Early Risers' },
    });
  });

  it('of a whole day, or without one, is refused', async () => {
    expect(await only(['DTSTART;VALUE=DATE:20240101', where])).toMatchObject({
      refused: 'all-day',
    });
    expect(await only(['DTSTART:nonsense', where])).toMatchObject({ refused: 'event-unreadable' });
    expect(await only([where])).toMatchObject({ refused: 'event-unreadable', key: 'one' });
  });

  it('keeps what single days say', async () => {
    const change = (...properties: string[]) => event('UID:one', ...properties);
    const at = (day: string) => `RECURRENCE-ID;TZID=America/New_York:${day}T063000`;
    const report = await only(
      [
        monday,
        'RRULE:FREQ=WEEKLY',
        'EXDATE;TZID=America/New_York:20261228T063000,20240108T063000',
        where,
      ],
      '',
      [
        change(
          at('20261207'),
          'DTSTART;TZID=America/New_York:20261208T070000',
          'SUMMARY:Early Risers',
        ),
        change(at('20261214'), 'STATUS:CANCELLED'),
        change(at('20261221'), 'DTSTART;TZID=America/New_York:20261221T063000', 'LOCATION:Zoom'),
        change('RECURRENCE-ID:20270104T113000Z', 'DTSTART:20270104T123000Z', 'SUMMARY:Anniversary'),
      ],
    );
    expect(meetingOf(report).dayChanges).toEqual([
      { day: '2026-12-07', change: 'moved', toDay: '2026-12-08', startsAt: '07:00', note: '' },
      { day: '2026-12-14', change: 'cancelled', toDay: null, startsAt: null, note: '' },
      { day: '2026-12-21', change: 'online', toDay: null, startsAt: null, note: '' },
      { day: '2026-12-28', change: 'cancelled', toDay: null, startsAt: null, note: '' },
      { day: '2027-01-04', change: 'moved', toDay: null, startsAt: '07:30', note: 'Anniversary' },
    ]);
  });

  it('with dates besides its rule, or a rule that changes, is shown with a word of doubt', async () => {
    const extra = await only([
      monday,
      'RRULE:FREQ=WEEKLY',
      'RDATE;TZID=America/New_York:20261225T063000',
      where,
    ]);
    expect(extra).toMatchObject({ warnings: [{ code: 'dates-left-out', detail: '2026-12-25' }] });
    expect(meetingOf(extra)).toMatchObject({ mayNotBeWeekly: true, notes: '+ 2026-12-25' });
    const ahead = await only([monday, 'RRULE:FREQ=WEEKLY', where], '', [
      event(
        'UID:one',
        'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=America/New_York:20270104T063000',
        'DTSTART;TZID=America/New_York:20270104T080000',
      ),
    ]);
    expect(ahead).toMatchObject({
      warnings: [{ code: 'days-ahead-left-out', detail: '2027-01-04' }],
    });
  });
});

describe('a whole calendar', () => {
  it.each([
    ['', 'list-empty'],
    ['<html>', 'list-is-html'],
    ['BEGIN:VCARD\r\nEND:VCARD', 'list-not-calendar'],
    ['BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:A', 'list-cut-short'],
    ['BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n', 'list-no-rows'],
  ])('%j is refused with %s', async (text, refused) => {
    const bytes = new TextEncoder().encode(text);
    expect(
      await rowsOfFormat('ics', bytes, { fellowship: 'aa', timeZone: null }, now),
    ).toMatchObject({ refused });
  });

  it('takes the others when one entry is a flood, or is broken', async () => {
    const good = event('UID:two', 'SUMMARY:B', monday, 'RRULE:FREQ=WEEKLY', where);
    const flood = event('UID:one', 'SUMMARY:A', `DESCRIPTION:${'x'.repeat(200_000)}`);
    const broken = event('UID:three', 'SUMMARY:C', 'RRULE:FREQ=;;', 'no colon here');
    expect(await reports(calendar([flood, broken, good]))).toMatchObject([
      { refused: 'event-unreadable', raw: { SUMMARY: 'A' } },
      { refused: 'event-unreadable', raw: { SUMMARY: 'C' } },
      { taken: true },
    ]);
  });

  it('is not kept busy by rules without end', async () => {
    const bomb = event('UID:one', 'SUMMARY:A', monday, 'RRULE:FREQ=WEEKLY;COUNT=999999999', where);
    const second = event('UID:two', 'SUMMARY:B', monday, 'RRULE:FREQ=SECONDLY;COUNT=2999', where);
    // Counting out a thousand million weeks would outlast the test's own limit.
    expect(await reports(calendar([bomb, second]))).toHaveLength(2);
  });
});

const rules = fc.oneof(
  fc
    .record({
      days: fc.subarray(['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']),
      every: fc.integer({ min: 1, max: 4 }),
      weekStart: fc.constantFrom('', ';WKST=SU', ';WKST=MO', ';WKST=WE'),
    })
    .map(
      ({ days, every, weekStart }) =>
        `FREQ=WEEKLY;INTERVAL=${every}${days.length > 0 ? `;BYDAY=${days}` : ''}${weekStart}`,
    ),
  fc
    .record({
      day: fc.constantFrom('SU', 'MO', 'TU', 'FR'),
      nth: fc.subarray([1, 2, 3, 4, 5, -1], { minLength: 1 }),
      every: fc.integer({ min: 1, max: 3 }),
      setpos: fc.boolean(),
    })
    .map(
      ({ day, nth, every, setpos }) =>
        `FREQ=MONTHLY;INTERVAL=${every};BYDAY=${setpos ? `${day};BYSETPOS=${nth}` : nth.map((n) => `${n}${day}`)}`,
    ),
  fc.constantFrom(
    'FREQ=DAILY',
    'FREQ=DAILY;INTERVAL=14',
    'FREQ=DAILY;BYDAY=MO,FR',
    'FREQ=MONTHLY;BYDAY=TU',
    'FREQ=MONTHLY;BYDAY=TU;BYMONTHDAY=8,9,10,11,12,13,14',
    'FREQ=MONTHLY;BYDAY=2TU,2TH',
  ),
);

/** Occurrences of a rule from a day on, by the library that read it, in wall clock time. */
function expanded(rule: string, start: string, from: string, skipped: string[]): string[] {
  const first = ICAL.Time.fromDateTimeString(`${start}T19:00:00`);
  // A day as the end counts whole, as calendars that write it mean it.
  const whole = rule.replace(/(UNTIL=\d{8})$/, '$1T235959');
  const steps = ICAL.Recur.fromString(whole).iterator(first);
  const found: string[] = [];
  for (let next = steps.next(); next && found.length < 40; next = steps.next()) {
    const day = next.toString().slice(0, 10);
    if (day >= from && !skipped.includes(day)) found.push(`${day} 19:00`);
    if (day > '2034') break;
  }
  return found;
}

describe('rules of calendars', () => {
  it('that are taken hold on exactly the days that the library counts', async () => {
    await fc.assert(
      fc.asyncProperty(
        rules,
        fc.integer({ min: 0, max: 500 }),
        fc.constantFrom('', ';COUNT=30', ';UNTIL=20270301T000000Z', ';UNTIL=20270301'),
        fc.constantFrom('America/New_York', 'Europe/Madrid', 'Australia/Sydney', 'Asia/Kathmandu'),
        fc.nat(5),
        async (bare, later, end, zone, skip) => {
          // Begins on a day of its own rule: RFC 5545 leaves everything else undefined.
          const about = new Date(Date.UTC(2026, 0, 1 + later)).toISOString().slice(0, 10);
          const [, first = ''] = expanded(bare, about, about, []);
          const start = first.slice(0, 10);
          const rule = bare + end;
          const all = expanded(rule, start, '2026-11-23', []);
          const skipped = all.slice(skip, skip + 1).map((day) => day.slice(0, 10));
          const compact = start.replaceAll('-', '');
          const report = await only([
            `DTSTART;TZID=${zone}:${compact}T190000`,
            `RRULE:${rule}`,
            ...skipped.map((day) => `EXDATE;TZID=${zone}:${day.replaceAll('-', '')}T190000`),
            where,
          ]);
          if (!report.taken) {
            expect(['rule-unsupported', 'past-event']).toContain(report.refused);
            return;
          }
          const expected = expanded(rule, start, '2026-11-23', skipped);
          const found: string[] = [];
          for (const { startsAt } of occurrencesFrom(
            report.meeting,
            Date.parse('2026-11-23T00:00:00Z') - 3_600_000,
          )) {
            const { year, month, day, minute } = wallClock(zone, startsAt);
            const date = new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
            if (date >= '2026-11-23') found.push(`${date} ${minute / 60}:00`);
            if (found.length >= 40 || date > '2034') break;
          }
          const until = (days: string[]) => days.filter((day) => day < '2034').slice(0, 40);
          expect(until(found)).toEqual(until(expected));
        },
      ),
      { numRuns: process.env.STEPWELL_PROVE ? 3000 : 300 },
    );
  });
});
