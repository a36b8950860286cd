import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { nextOccurrence, startPhrase } from './next-start.rules.ts';
import { instantAt, offsetAt } from './zone-clock.rules.ts';

const zones = [
  'America/New_York',
  'America/Phoenix',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Africa/Casablanca',
  'Europe/Dublin',
  'Pacific/Chatham',
  'UTC',
];

describe('wall clocks', () => {
  it('agree with Temporal for any date, minute and zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 6000 }),
        fc.integer({ min: 0, max: 1439 }),
        (zone, days, minute) => {
          const date = Temporal.PlainDate.from('2020-01-01').add({ days });
          const time = Temporal.PlainTime.from({
            hour: Math.floor(minute / 60),
            minute: minute % 60,
          });
          const exact = date.toZonedDateTime({ timeZone: zone, plainTime: time });
          expect(instantAt(zone, date, minute)).toBe(exact.epochMilliseconds);
          expect(offsetAt(zone, exact.epochMilliseconds)).toBe(exact.offsetNanoseconds / 6e10);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
const weekly = (days: (0 | 1 | 6)[], startsAt: string, timeZone: string, minutes = 60) => ({
  days,
  startsAt,
  minutes,
  timeZone,
});

describe('next occurrence', () => {
  it.each([
    [
      'before midnight, under way',
      weekly([6], '23:30', 'America/New_York'),
      '2026-11-21T23:45:00-05:00',
      '2026-11-21T23:30:00-05:00',
    ],
    [
      'after midnight, still under way',
      weekly([6], '23:30', 'America/New_York'),
      '2026-11-22T00:15:00-05:00',
      '2026-11-21T23:30:00-05:00',
    ],
    [
      'over, next week',
      weekly([6], '23:30', 'America/New_York'),
      '2026-11-22T00:30:00-05:00',
      '2026-11-28T23:30:00-05:00',
    ],
    [
      'a skipped half hour begins an hour later',
      weekly([0], '02:30', 'America/New_York'),
      '2026-03-08T00:00:00-05:00',
      '2026-03-08T03:30:00-04:00',
    ],
    [
      'other Sundays as written',
      weekly([0], '02:30', 'America/New_York'),
      '2026-03-15T00:00:00-04:00',
      '2026-03-15T02:30:00-04:00',
    ],
    [
      'southern summer',
      weekly([1], '19:00', 'Australia/Sydney'),
      '2026-01-04T00:00:00Z',
      '2026-01-05T19:00:00+11:00',
    ],
    [
      'southern winter',
      weekly([1], '19:00', 'Australia/Sydney'),
      '2026-07-04T00:00:00Z',
      '2026-07-06T19:00:00+10:00',
    ],
    [
      'five hours and three quarters',
      weekly([1], '19:00', 'Asia/Kathmandu'),
      '2026-01-04T00:00:00Z',
      '2026-01-05T19:00:00+05:45',
    ],
    [
      'no summer time',
      weekly([1], '19:00', 'America/Phoenix'),
      '2026-07-04T00:00:00Z',
      '2026-07-06T19:00:00-07:00',
    ],
  ])('%s', (_name, meeting, now, expected) => {
    expect(nextOccurrence(meeting, at(now))?.startsAt).toBe(at(expected));
  });

  it('is nothing for a meeting by appointment', () => {
    expect(
      nextOccurrence({ days: [], startsAt: null, minutes: 60, timeZone: 'UTC' }, 0),
    ).toBeNull();
  });

  it('is said as minutes when it is near', () => {
    const hour = { startsAt: 3_600_000, endsAt: 7_200_000 };
    expect(startPhrase(hour, 3_600_000 - 40 * 60_000)).toEqual({ kind: 'starts-in', minutes: 40 });
    expect(startPhrase(hour, 3_600_000 + 10 * 60_000)).toEqual({
      kind: 'under-way',
      minutesAgo: 10,
    });
    expect(startPhrase(hour, 3_600_000 - 300 * 60_000)).toEqual({ kind: 'later' });
  });
});
