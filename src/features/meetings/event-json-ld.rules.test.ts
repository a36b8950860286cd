import { describe, expect, it } from 'vitest';
import { meetingWith } from '../feeds/listed.test-data.ts';
import { eventJsonLd, eventMarkup, withOffset } from './event-json-ld.rules.ts';
import type { Meeting } from './meeting.rules.ts';

const facts = {
  url: 'https://house.example/meetings/1',
  now: Date.parse('2026-11-22T17:00:00Z'),
  description: 'Alcoholics Anonymous · Open · Discussion',
};
const event = (fields: Partial<Meeting>) => eventJsonLd(meetingWith(fields), facts);

describe('a listing for search engines', () => {
  it('says when and where, and that it costs nothing', () => {
    expect(JSON.parse(JSON.stringify(event({})))).toEqual({
      '@context': 'https://schema.org',
      '@type': 'Event',
      name: 'Serenity',
      description: facts.description,
      url: facts.url,
      startDate: '2026-11-23T19:00:00-05:00',
      endDate: '2026-11-23T20:00:00-05:00',
      eventStatus: 'https://schema.org/EventScheduled',
      eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
      isAccessibleForFree: true,
      location: {
        '@type': 'Place',
        name: 'Grace Church',
        address: {
          '@type': 'PostalAddress',
          streetAddress: '12 Main St, Albany, NY 12207, USA',
          addressLocality: 'Albany',
          addressRegion: 'NY',
          postalCode: '12207',
          addressCountry: 'USA',
        },
        geo: { '@type': 'GeoCoordinates', latitude: 42.65, longitude: -73.75 },
      },
      eventSchedule: {
        '@type': 'Schedule',
        repeatFrequency: 'P1W',
        byDay: ['https://schema.org/Monday'],
        startTime: '19:00:00',
        duration: 'PT60M',
        scheduleTimezone: 'America/New_York',
        exceptDate: [],
      },
    });
  });

  it('says what is not as usual', () => {
    const change = { day: '2026-11-23', toDay: null, startsAt: null, note: '' };
    expect(event({ dayChanges: [{ ...change, change: 'online' }] })).toMatchObject({
      eventStatus: 'https://schema.org/EventMovedOnline',
      eventAttendanceMode: 'https://schema.org/OnlineEventAttendanceMode',
      location: { '@type': 'VirtualLocation', url: facts.url },
    });
    expect(
      event({ dayChanges: [{ ...change, change: 'moved', toDay: '2026-11-24' }] }),
    ).toMatchObject({
      eventStatus: 'https://schema.org/EventRescheduled',
      startDate: '2026-11-24T19:00:00-05:00',
      previousStartDate: '2026-11-23',
    });
    expect(event({ closure: { from: null, until: null, note: '' } })).toMatchObject({
      eventStatus: 'https://schema.org/EventPostponed',
      startDate: undefined,
    });
    expect(
      event({
        days: [5],
        attendance: 'hybrid',
        link: 'https://zoom.us/j/123?pwd=secret',
        recurrence: { by: 'month', nth: [-1], every: 1, from: null, until: '2027-06-30' },
      }),
    ).toMatchObject({
      startDate: '2026-11-27T19:00:00-05:00',
      eventAttendanceMode: 'https://schema.org/MixedEventAttendanceMode',
      eventSchedule: { repeatFrequency: 'P1M', byDay: ['-1FR'], endDate: '2027-06-30' },
    });
  });

  it('is left out where there is no time, and tells neither link nor person', () => {
    expect(event({ startsAt: null })).toBeNull();
    const text = eventMarkup(
      event({
        attendance: 'online',
        link: 'https://zoom.us/j/1?pwd=secret',
        phone: '+15185550100',
      }),
    ).text;
    expect(text).not.toMatch(/zoom|555|organizer|performer/);
  });

  it('cannot be ended by what a group wrote', () => {
    const { text } = eventMarkup(event({ name: '</script><script>alert(1)</script>&amp;' }));
    expect(text.match(/<\/?script/g)).toEqual(['<script', '</script']);
    const inside = text.slice(text.indexOf('>') + 1, text.lastIndexOf('<'));
    expect(JSON.parse(inside).name).toBe('</script><script>alert(1)</script>&amp;');
  });

  it.each([
    ['America/St_Johns', '2026-07-01T12:00:00Z', '2026-07-01T09:30:00-02:30'],
    ['Asia/Kathmandu', '2026-07-01T12:00:00Z', '2026-07-01T17:45:00+05:45'],
    ['UTC', '2026-07-01T12:00:00Z', '2026-07-01T12:00:00+00:00'],
  ])('writes the offset of %s', (zone, at, text) => {
    expect(withOffset(zone, Date.parse(at))).toBe(text);
  });
});
