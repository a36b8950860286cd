import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayInZone, daysBetween, isDay, isZone, weekdayOf } from './day.ts';

test.each([
  ['2026-02-28', true],
  ['2026-02-29', false],
  ['2024-02-29', true],
  ['2026-13-01', false],
  ['2026-1-1', false],
  ['', false],
])('isDay(%s) is %s', (text, expected) => {
  expect(isDay(text)).toBe(expected);
});

test('adding days and counting them agree, across summer time and leap days', () => {
  fc.assert(
    fc.property(
      fc.date({
        min: new Date('1970-01-01T00:00:00Z'),
        max: new Date('2100-01-01T00:00:00Z'),
        noInvalidDate: true,
      }),
      fc.integer({ min: -4000, max: 4000 }),
      (date, count) => {
        const day = date.toISOString().slice(0, 10);
        const later = addDays(day, count);
        expect(isDay(later)).toBe(true);
        expect(daysBetween(day, later)).toBe(count);
        expect((((weekdayOf(later) - weekdayOf(day) - count) % 7) + 7) % 7).toBe(0);
      },
    ),
  );
});

test.each([
  ['2026-03-08T04:59:00Z', 'America/New_York', '2026-03-07'],
  ['2026-03-08T05:00:00Z', 'America/New_York', '2026-03-08'],
  ['2026-11-21T18:20:00Z', 'Asia/Kathmandu', '2026-11-22'],
  ['2026-11-21T10:00:00Z', 'Pacific/Kiritimati', '2026-11-22'],
])('%s in %s falls on %s', (instant, zone, day) => {
  expect(dayInZone(instant, zone)).toBe(day);
});

test('a zone that does not exist is told', () => {
  expect(isZone('America/New_York')).toBe(true);
  expect(isZone('Mars/Olympus')).toBe(false);
});

test('remembering quarters of an hour changes no answer', () => {
  const zones = ['Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns', 'Africa/Monrovia'];
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(1971, 0, 1), max: Date.UTC(2050, 0, 1) }),
      fc.constantFrom(...zones),
      (at, timeZone) => {
        const [day] = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
          .format(at)
          .split(' ');
        expect(dayInZone(at, timeZone)).toBe(day);
      },
    ),
    { numRuns: 400 },
  );
});
