import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { rowsOfFormat } from '../list-formats/read-format.part.server.ts';
import { ListReading } from '../list-formats/read-list.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { occurrences } from '../meetings/recurrence.rules.ts';
import { meetingOf, plan } from '../meetings/recurrence.test-data.ts';
import { dayNumber, dayOf, nextRuleDay } from '../meetings/rule-days.rules.ts';
import { offsetAt } from '../meetings/zone-clock.rules.ts';
import { calendarOf } from './ical.rules.ts';
import { meetingWith } from './listed.test-data.ts';

const runs = process.env.STEPWELL_PROVE ? 5_000 : 300;
const now = Date.parse('2026-11-22T17:00:00Z');
const id = '0193d4a0-0000-7000-8000-000000000007';
const facts = {
  now,
  begins: dayNumber('2026-10-20'),
  origin: 'https://house.example',
  locale: 'en' as const,
  discreet: false,
  names: () => ({ fellowship: 'Alcoholics Anonymous', label: (code: string) => code }),
};
const calendar = (meeting: Meeting, changes: Partial<typeof facts> = {}) =>
  calendarOf([{ id, changedAt: '2026-03-08T06:30:00.000Z', meeting }], { ...facts, ...changes });

/** When a calendar program that reads the file has the event, from a moment on. */
function startsRead(text: string, from: number, count: number): number[] {
  const root = new ICAL.Component(ICAL.parse(text));
  for (const zone of root.getAllSubcomponents('vtimezone'))
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const events = root.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
  const main = events.find((event) => !event.isRecurrenceException());
  if (!main?.isRecurring()) return [];
  for (const event of events) if (event.isRecurrenceException()) main.relateException(event);
  const starts: number[] = [];
  const steps = main.iterator();
  // One that is moved comes at its old place in the order: some more are read, and sorted.
  for (let next = steps.next(); next && starts.length < count + 25; next = steps.next()) {
    const { startDate, endDate } = main.getOccurrenceDetails(next);
    if (endDate.toUnixTime() * 1000 > from) starts.push(startDate.toUnixTime() * 1000);
  }
  ICAL.TimezoneService.reset();
  return starts.sort((a, b) => a - b).slice(0, count);
}

/** Days of the rule by our own arithmetic, for exceptions that hit. */
function ownDays(meeting: Parameters<typeof nextRuleDay>[0]): string[] {
  const days: string[] = [];
  let day = nextRuleDay(meeting, dayNumber('2026-10-01'));
  while (day !== null && days.length < 13) {
    days.push(dayOf(day));
    day = nextRuleDay(meeting, day + 1);
  }
  return days;
}

/** Whether a file, spoilt or not, has the times of the listing. */
const agrees = (spoil: (text: string) => string) =>
  fc.property(plan, fc.constantFrom(0, 90, 300), (drawn, daysOn) => {
    const meeting = meetingWith(meetingOf(drawn, ownDays) as Partial<Meeting>);
    const from = now + daysOn * 86_400_000;
    const isShut = meeting.closure?.until === null;
    const ours = occurrences(meeting, from, { count: 8 }).map(({ startsAt }) => startsAt);
    const text = calendar(meeting);
    // The other library gives up after 500 days without an event.
    fc.pre((text.match(/EXDATE/g) ?? []).length < 450);
    const read = startsRead(spoil(text), from, 8);
    // Moved out of an endless closure: the calendar shows the event as cancelled instead.
    if (isShut && read.length === 0) return;
    // The other library takes a time that summer time skips by the new offset, RFC 5545 by the old.
    const isSkipped = (at: number, i: number) =>
      at !== ours[i] &&
      offsetAt(meeting.timeZone, at - 7_200_000) !== offsetAt(meeting.timeZone, at + 7_200_000);
    expect(read.map((at, i) => (isSkipped(at, i) ? ours[i] : at))).toEqual(ours);
  });

describe('a calendar file', () => {
  it('has the times of the listing, as another library reads it', () => {
    fc.assert(
      agrees((text) => text),
      { numRuns: runs },
    );
  }, 900_000);

  it.each<[string, RegExp, string]>([
    ['no days left out', /EXDATE[^\r]*\r\n/g, ''],
    ['no exceptions', /RECURRENCE-ID/g, 'X-WAS'],
    ['no end', /UNTIL=\w+;?/g, ''],
    ['another week', /INTERVAL=2/g, 'INTERVAL=1'],
    ['another summer time', /TZOFFSETTO:-0400/g, 'TZOFFSETTO:-0500'],
  ])('with %s is told from it', (_name, from, to) => {
    const spoilt = agrees((text) => text.replace(from, to));
    expect(fc.check(spoilt, { numRuns: 3000, endOnFailure: true }).failed).toBe(true);
  });

  it('is read by our own import as the same meeting', async () => {
    const property = fc.asyncProperty(plan, async (drawn) => {
      const meeting = meetingWith(meetingOf(drawn, ownDays) as Partial<Meeting>);
      const file = Buffer.from(calendar(meeting, { begins: dayNumber('2026-11-21') }));
      if (!file.includes('BEGIN:VEVENT')) return;
      const list = await rowsOfFormat('ics', file, { fellowship: 'aa', timeZone: null }, now);
      if ('refused' in list) throw new Error(list.refused);
      const reading = new ListReading(list.facts);
      for await (const row of list.rows()) {
        const report = reading.judge(row);
        // What is cancelled for good and what is over is not taken: that is right.
        if (!report.taken) {
          expect(['cancelled-there', 'event-over']).toContain(report.refused);
          continue;
        }
        const { name, startsAt, minutes, timeZone } = report.meeting;
        expect({ name, startsAt, minutes, timeZone }).toEqual({
          name: meeting.name,
          startsAt: meeting.startsAt,
          minutes: meeting.minutes > 1440 ? expect.anything() : meeting.minutes,
          timeZone: meeting.timeZone,
        });
        const starts = (of: Meeting) =>
          occurrences({ ...of, minutes: 60 }, now, { count: 8 }).map((one) => one.startsAt);
        expect(starts(report.meeting)).toEqual(starts(meeting));
      }
    });
    await fc.assert(property, { numRuns: Math.ceil(runs / 2) });
  }, 900_000);

  it('says the listing and nothing by which its lines could be broken', () => {
    const text = calendar(
      meetingWith({
        name: 'Hope; faith, \\ love\r\nBEGIN:VALARM',
        notes: `Enter “at the side”. ${'Größe 🌱 '.repeat(40)}`,
        place: { ...meetingWith().place, name: 'Grace\nATTACH:https://evil.example' },
      }),
    );
    expect(text).not.toMatch(/^(ATTACH|BEGIN:VALARM)/m);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const event = new ICAL.Event(
      new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent') as ICAL.Component,
    );
    expect(event.uid).toBe(`${id}@stepwell`);
    expect(event.summary).toBe('Hope; faith, \\ love\nBEGIN:VALARM');
    expect(event.description).toContain('Größe 🌱 '.repeat(40).trim());
    expect(event.component.getFirstPropertyValue('url')).toBe(
      `https://house.example/meetings/${id}`,
    );
    expect(event.component.getFirstPropertyValue('geo')).toEqual([42.65, -73.75]);
  });

  it('can keep silent about what it is', () => {
    const text = calendar(
      meetingWith({ attendance: 'hybrid', link: 'https://zoom.us/j/1', notes: 'AA group' }),
      { discreet: true },
    );
    expect(text).toContain('SUMMARY:Appointment');
    expect(text.replace(/\r\n /g, '')).toMatch(/^LOCATION:\d+ /m);
    expect(text).not.toMatch(/Grace Church|Serenity|AA|zoom|Anonymous|house\.example/);
  });

  it('shows a meeting that is shut until further notice as cancelled', () => {
    const closure = { from: null, until: null, note: 'flood' };
    const text = calendar(meetingWith({ closure }));
    expect(text).toContain('STATUS:CANCELLED');
    expect(text).toContain('DTSTART;TZID=America/New_York:20261123T190000');
    expect(text).not.toContain('RRULE:FREQ=WEEKLY');
    expect(text.replace(/\r\n /g, '')).toContain('Closed until further notice: flood');
    expect(calendar(meetingWith({ attendance: 'inactive' }))).toContain('STATUS:CANCELLED');
  });

  it('has no event for a meeting by appointment or one that is over', () => {
    const rule = { by: 'weeks' as const, every: 1, from: null, until: '2020-01-01' };
    expect(calendar(meetingWith({ startsAt: null }))).not.toContain('VEVENT');
    expect(calendar(meetingWith({ recurrence: rule }))).not.toContain('VEVENT');
  });
});
