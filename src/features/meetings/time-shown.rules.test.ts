import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { nextOccurrence } from './next-start.rules.ts';
import { occurrences, type Timed } from './recurrence.rules.ts';
import { meetingOf, momentOf, plan } from './recurrence.test-data.ts';
import { dayNumber, dayOf, nextRuleDay } from './rule-days.rules.ts';
import { timeShown, weekShown } from './time-shown.rules.ts';

const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
const monday: Timed = {
  days: [1],
  startsAt: '20:00',
  minutes: 90,
  timeZone: 'America/Los_Angeles',
};
const now = at('2026-11-22T12:00:00Z');

describe('one switch between two clocks', () => {
  it('shows the meeting there, and the same moment here', () => {
    const next = nextOccurrence(monday, now);
    if (!next) throw new Error('none');
    expect(timeShown(monday, next, 'theirs', 'Europe/Madrid')).toEqual({
      day: '2026-11-23',
      time: '20:00',
      weekday: 1,
      endDay: '2026-11-23',
      endTime: '21:30',
      zone: 'America/Los_Angeles',
      differs: true,
      daysApart: -1,
    });
    expect(timeShown(monday, next, 'mine', 'Europe/Madrid')).toMatchObject({
      day: '2026-11-24',
      time: '05:00',
      weekday: 2,
      differs: true,
      daysApart: 1,
    });
    expect(timeShown(monday, next, 'mine', 'America/Tijuana')).toMatchObject({
      time: '20:00',
      differs: false,
      daysApart: 0,
    });
  });

  it('keeps apart zones whose summer times begin on other days', () => {
    // Three weeks in March New York is an hour nearer to Madrid.
    const daily: Timed = { ...monday, days: [0, 1, 2, 3, 4, 5, 6], timeZone: 'America/New_York' };
    const shown = (from: string) => {
      const [next] = occurrences(daily, at(from), { count: 1 });
      return next && timeShown(daily, next, 'mine', 'Europe/Madrid').time;
    };
    expect(shown('2026-03-01T12:00:00Z')).toBe('02:00');
    expect(shown('2026-03-15T12:00:00Z')).toBe('01:00');
    expect(shown('2026-04-01T12:00:00Z')).toBe('02:00');
  });

  it('agrees with Temporal, for any meeting and both hemispheres', () => {
    const days = (meeting: Timed) => {
      const first = nextRuleDay(meeting, dayNumber('2026-01-01'));
      return first === null ? [] : [dayOf(first)];
    };
    fc.assert(
      fc.property(
        plan,
        fc.constantFrom('Australia/Sydney', 'America/Santiago', 'Asia/Kathmandu', 'Europe/Dublin'),
        fc.constantFrom('theirs', 'mine'),
        (drawn, zone, whose) => {
          const meeting = meetingOf(drawn, days);
          const next = nextOccurrence(meeting, momentOf(drawn));
          if (!next) return;
          const shown = timeShown(meeting, next, whose, zone);
          const clock = Temporal.Instant.fromEpochMilliseconds(next.startsAt).toZonedDateTimeISO(
            whose === 'mine' ? zone : meeting.timeZone,
          );
          expect([shown.day, shown.time]).toEqual([
            clock.toPlainDate().toString(),
            clock.toPlainTime().toString().slice(0, 5),
          ]);
        },
      ),
    );
  });
});

describe("a traveller's week", () => {
  it('stands in the days of the traveller', () => {
    const listings = [
      { id: 'a', meeting: monday },
      { id: 'b', meeting: { ...monday, timeZone: 'Australia/Sydney', days: [3 as const] } },
    ];
    const week = weekShown(listings, now, 'Europe/Madrid');
    expect(week.map(({ day }) => day)).toEqual([
      '2026-11-22',
      '2026-11-23',
      '2026-11-24',
      '2026-11-25',
      '2026-11-26',
      '2026-11-27',
      '2026-11-28',
    ]);
    const held = week.flatMap(({ day, held }) =>
      held.map(({ listing, occurrence }) => [
        day,
        listing.id,
        timeShown(listing.meeting, occurrence, 'mine', 'Europe/Madrid').time,
      ]),
    );
    expect(held).toEqual([
      ['2026-11-24', 'a', '05:00'],
      ['2026-11-25', 'b', '10:00'],
    ]);
  });

  it('holds each meeting of the week once, on the day it begins', () => {
    const daily: Timed = { ...monday, days: [0, 1, 2, 3, 4, 5, 6], startsAt: '23:30' };
    const week = weekShown([{ meeting: daily }], now, 'America/Los_Angeles');
    expect(week.map(({ held }) => held.length)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    const [late] = week[0]?.held ?? [];
    expect(late && timeShown(daily, late.occurrence, 'theirs', 'UTC')).toMatchObject({
      time: '23:30',
      endTime: '01:00',
    });
  });
});
