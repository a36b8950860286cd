import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { freshnessOf } from '../meetings/freshness.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { nextOccurrence } from '../meetings/next-start.rules.ts';
import { search } from '../meetings/search.rules.ts';
import { buildIndex } from '../meetings/search-build.rules.ts';
import { searchableOf } from '../meetings/search-index.rules.ts';
import type { MeetingQuery } from '../meetings/search-query.rules.ts';
import { type RowReport, readList } from './read-list.rules.ts';
import { sentence } from './row-words.rules.ts';

const file = new URL('../../../e2e/feeds/awkward.json', import.meta.url);
const read = readList(readFileSync(file), { fellowship: 'aa', timeZone: 'America/Chicago' });
if (!read.ok) throw new Error(read.refused);
type Taken = Extract<RowReport, { taken: true }>;

const { rows } = read;
const asked = new Set<string>();

/** The row by its name: slugs repeat in the file on purpose. */
function row(name: string): Taken {
  const found = rows.find((r) => (r.raw as { name: string }).name.startsWith(name));
  if (!found?.taken) throw new Error(`${name} was not taken`);
  asked.add((found.raw as { name: string }).name);
  return found;
}
const codes = (name: string) => row(name).warnings.map((warning) => warning.code);
const meeting = (name: string) => row(name).meeting;
const startsAt = (name: string, now: string) => {
  const next = nextOccurrence(meeting(name), Date.parse(now));
  return next && new Date(next.startsAt).toISOString();
};

describe('every row of the awkward list', () => {
  it('is taken, each with what was repaired', () => {
    expect(read).toMatchObject({ taken: 42, refused: 0, needs: [] });
  });

  it('time', () => {
    expect(meeting('crosses midnight')).toMatchObject({
      days: [6],
      startsAt: '23:30',
      minutes: 60,
    });
    // Saturday 23:45 and Sunday 00:15 in New York: under way on both sides of midnight.
    for (const now of ['2026-11-22T04:45:00Z', '2026-11-22T05:15:00Z'])
      expect(startsAt('crosses midnight', now)).toBe('2026-11-22T04:30:00.000Z');
    expect(meeting('time 24:00')).toMatchObject({ days: [2], startsAt: '00:00' });
    expect(codes('time 24:00')).toEqual(['time-24']);
    expect(meeting('12-hour time').startsAt).toBe('19:00');
    expect(codes('12-hour time')).toEqual(['time-12-hour']);
    expect(startsAt('DST gap', '2026-03-08T05:00:00Z')).toBe('2026-03-08T07:30:00.000Z');
    expect(startsAt('DST gap', '2026-03-15T05:00:00Z')).toBe('2026-03-15T06:30:00.000Z');
    expect(startsAt('southern DST', '2026-01-04T00:00:00Z')).toBe('2026-01-05T08:00:00.000Z');
    expect(startsAt('southern DST', '2026-07-05T00:00:00Z')).toBe('2026-07-06T09:00:00.000Z');
    expect(startsAt('45-minute zone', '2026-07-05T00:00:00Z')).toBe('2026-07-06T13:15:00.000Z');
    expect(startsAt('no DST zone', '2026-07-05T00:00:00Z')).toBe('2026-07-07T02:00:00.000Z');
    expect(meeting('timezone alias').timeZone).toBe('America/New_York');
    expect(codes('timezone alias')).toEqual(['zone-alias']);
    expect(meeting('no timezone').timeZone).toBe('America/Chicago');
    expect(meeting('5 hour workshop').minutes).toBe(300);
    expect(codes('5 hour workshop')).toEqual([]);
  });

  it('days', () => {
    expect(meeting('days array 2').days).toEqual([0]);
    expect(meeting('day as string number').days).toEqual([2]);
    expect(meeting('day 7').days).toEqual([0]);
    expect(codes('day 7')).toEqual(['day-7']);
  });

  it('ids and names', () => {
    expect(meeting('crosses midnight').key).toBe('awk-01');
    expect(meeting('duplicate slug').key).toBe('awk-01~2');
    expect(codes('duplicate slug')).toEqual(['slug-repeated']);
    expect(meeting('numeric slug').key).toBe('12345');
    expect(codes('slug over 64')).toEqual(['slug-long']);
    expect(codes('name of 300')).toEqual(['name-long']);
    expect(meeting('name of 300').name.length).toBeGreaterThan(255);
    expect(meeting('HTML entity name').name).toBe('HTML entity name – Tom’s');
    expect(meeting('emoji').name).toBe('emoji 🙂 and ZWJ 👩‍👧');
    expect(meeting('CRLF').name).toBe('CRLF in name');
  });

  it('types', () => {
    expect(meeting('unknown type').types).toEqual(['O']);
    expect(row('unknown type').warnings).toEqual([
      { code: 'type-unknown', detail: 'ZZZ', column: 'types' },
    ]);
    expect(row('unknown type').raw).toMatchObject({ types: ['O', 'ZZZ'] });
    expect(meeting('types as string').types).toEqual(['O', 'D', 'X']);
    expect(meeting('open and closed')).toMatchObject({ types: ['C'], facets: ['closed'] });
    expect(codes('open and closed')).toEqual(['open-and-closed']);
  });

  it('how to take part', () => {
    expect(meeting('temp closed in person').attendance).toBe('inactive');
    expect(meeting('ONL without URL or phone').attendance).toBe('by-request');
    expect(meeting('unknown provider URL')).toMatchObject({
      attendance: 'online',
      linkHostKnown: false,
      link: 'https://recovery.example.org/room/5',
    });
    expect(meeting('javascript URL')).toMatchObject({
      attendance: 'in-person',
      link: null,
      website: null,
    });
    expect(codes('javascript URL')).toEqual(['link-dropped', 'link-dropped']);
    expect(meeting('http Zoom')).toMatchObject({
      link: 'http://zoom.us/j/1',
      linkNotes: 'Passcode: 1234',
      linkHostKnown: true,
    });
    expect(meeting('one-tap phone')).toMatchObject({
      phone: '+12025550100,,123456789#,,,,*0000#',
      attendance: 'phone',
    });
  });

  it('place', () => {
    expect(meeting('country only').place.approximate).toBe(true);
    expect(codes('country only')).toEqual(['spans-time-zones']);
    expect(meeting('atomic address').place).toMatchObject({
      country: 'Canada',
      approximate: false,
      address: '1 Elm St, Toronto, ON M5V 2T6, Canada',
    });
    expect(meeting('0,0 coordinates').place.position).toBeNull();
    expect(codes('0,0 coordinates')).toEqual(['coordinates-missing']);
    expect(meeting('string coordinates').place.position).toEqual({ lat: 42.652, lng: -73.756 });
    expect(meeting('4-part coordinates').place.approximate).toBe(true);
    expect(meeting('4-part coordinates').place.position?.lat).toBeCloseTo(42.65);
    expect(meeting('same coordinates').place.position).toEqual({ lat: 42.652, lng: -73.756 });
    expect(meeting('regions as string').place.regions).toEqual([
      'New York',
      'Albany',
      'Center Square',
    ]);
  });

  it('notes about particular weeks become the rule of its days', () => {
    expect(meeting('monthly in notes')).toMatchObject({
      mayNotBeWeekly: false,
      recurrence: { by: 'month', nth: [-1], every: 1 },
      notes: 'Meets only the last Friday of the month',
    });
    expect(startsAt('monthly in notes', '2026-11-22T00:00:00Z')).toBe('2026-11-28T00:00:00.000Z');
    expect(meeting('every second week')).toMatchObject({
      mayNotBeWeekly: false,
      recurrence: { by: 'weeks', every: 2, from: '2026-01-06' },
      notes: 'Every other Tuesday starting 2026-01-06',
    });
    expect(startsAt('every second week', '2026-01-08T00:00:00Z')).toBe('2026-01-21T00:00:00.000Z');
    for (const name of ['monthly in notes', 'every second week'])
      expect(codes(name)).toEqual(['recurrence-read']);
  });

  it('freshness, extra fields, contacts', () => {
    expect(meeting('updated UTC').updatedAt).toBe('2026-03-08T06:30:00.000Z');
    expect(freshnessOf(meeting('very stale').updatedAt, Date.parse('2026-11-21')).freshness).toBe(
      'not-confirmed-lately',
    );
    expect(row('extra unknown fields').raw).toMatchObject({
      foo: { bar: 1 },
      attendance_option: 'hybrid',
    });
    expect(meeting('extra unknown fields').attendance).toBe('in-person');
    expect(codes('full name in contact')).toEqual(['last-name']);
    expect(JSON.stringify(meeting('full name in contact'))).not.toContain('Smith');
  });

  it('what can be found, and when', () => {
    const meetings = rows.flatMap((report) => (report.taken ? [report.meeting] : []));
    const index = buildIndex(meetings.length, (id) => searchableOf(meetings[id] as Meeting));
    const found = (query: MeetingQuery) =>
      search(index, query).map(({ id, distanceKm }) => ({ name: meetings[id]?.name, distanceKm }));
    const names = (query: MeetingQuery) => found(query).map(({ name }) => name);
    // Its place is closed for now: not among what one can go to at this moment, yet there by name.
    const now = Date.parse('2026-11-23T23:30:00Z');
    expect(names({ now, withinMinutes: 120 })).toContain('open and closed');
    expect(names({ now, withinMinutes: 120 })).not.toContain('temp closed in person');
    expect(names({ text: 'temp closed' })).toEqual(['temp closed in person']);
    // Somebody who stands at the door is nought away, and finds it.
    expect(found({ near: { lat: 42.652, lng: -73.756, radiusKm: 1 } })).toContainEqual({
      name: 'same coordinates as the search point',
      distanceKm: 0,
    });
  });

  it('keeps every field as it came', () => {
    for (const report of rows) expect(report.raw).toHaveProperty('x_expect');
  });

  it('every remark has its sentence in both languages', () => {
    for (const report of rows) {
      for (const { code, detail } of report.taken ? report.warnings : []) {
        for (const language of ['en', 'es'] as const)
          expect(sentence(code, detail, language)).toMatch(/^[\p{L}\d«].*\.$/u);
      }
    }
  });

  it('was asked about here, row by row', () => {
    const names = rows.map(({ raw }) => (raw as { name: string }).name);
    expect(names.filter((name) => !asked.has(name))).toEqual([]);
  });
});
