import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../kit/day.ts';
import { milestone, type SoberStart, soberDays } from './rules.ts';

const start = (since: string, more: Partial<SoberStart> = {}): SoberStart => ({
  since,
  earlierEndedOn: null,
  earlierDays: 0,
  ...more,
});

describe('sober days', () => {
  test.each([
    ['no date chosen', [], [], '2026-11-21', null],
    ['the first day', [start('2026-11-21')], [], '2026-11-21', { run: 0, total: 0 }],
    ['the day after', [start('2026-11-20')], [], '2026-11-21', { run: 1, total: 1 }],
    ['41 days', [start('2026-10-11')], [], '2026-11-21', { run: 41, total: 41 }],
    ['day 4,000', [start('2015-12-09')], [], '2026-11-21', { run: 4000, total: 4000 }],
    [
      'a slip today takes nothing away',
      [start('2026-10-11')],
      ['2026-11-21'],
      '2026-11-21',
      { run: 41, total: 41 },
    ],
    [
      'and tomorrow that one day is not in the total',
      [start('2026-10-11')],
      ['2026-11-21', '2026-11-21'],
      '2026-11-22',
      { run: 42, total: 41 },
    ],
    [
      'a new run after a slip: the total goes on from where it was',
      [start('2026-10-11'), start('2026-11-21', { earlierEndedOn: '2026-11-20' })],
      [],
      '2026-11-22',
      { run: 1, total: 42 },
    ],
    [
      'a new run after three weeks of use',
      [start('2026-05-01'), start('2026-10-11', { earlierEndedOn: '2026-09-19' })],
      ['2026-09-20'],
      '2026-11-21',
      { run: 41, total: 142 + 41 },
    ],
    [
      'days from before this app',
      [start('2026-10-11', { earlierDays: 171 })],
      [],
      '2026-11-21',
      { run: 41, total: 212 },
    ],
    ['a date to come', [start('2026-12-24')], [], '2026-11-21', { run: 0, total: 0 }],
    [
      'use before the date does not matter',
      [start('2026-10-11')],
      ['2026-10-10', '2026-01-01'],
      '2026-11-21',
      { run: 41, total: 41 },
    ],
  ] as const)('%s', (_name, starts, used, today, expected) => {
    const counted = soberDays([...starts], [...used], today);
    expect(counted && { run: counted.run, total: counted.total }).toEqual(expected);
  });

  test('telling about use today never lowers a number today; a day later the total is what it was', () => {
    const days = fc.integer({ min: 0, max: 5000 });
    fc.assert(
      fc.property(days, days, (ago, lapse) => {
        const today = '2026-11-21';
        const starts = [start(addDays(today, -ago))];
        const earlier = [addDays(today, -lapse)].filter((day) => day < today);
        const before = soberDays(starts, earlier, today);
        const after = soberDays(starts, [...earlier, today], today);
        const next = soberDays(starts, [...earlier, today], addDays(today, 1));
        expect(after).toEqual(before);
        expect(next?.total).toBe(before?.total);
      }),
    );
  });

  test('a new run never lowers the total', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 0, max: 60 }),
        (ago, gap) => {
          const today = '2026-11-21';
          const since = addDays(today, -ago);
          const ended = addDays(today, -Math.min(gap, ago) - 1);
          const old = [start(since)];
          const renewed = [...old, start(today, { earlierEndedOn: ended })];
          const before = soberDays(old, [], addDays(ended, 1));
          expect(soberDays(renewed, [], today)?.total).toBe(Math.max(0, before?.total ?? 0));
        },
      ),
    );
  });
});

test.each([
  ['2026-11-20', '2026-11-21', { days: 1 }],
  ['2026-10-22', '2026-11-21', { days: 30 }],
  ['2026-10-11', '2026-11-21', null],
  ['2025-11-21', '2026-11-21', { years: 1 }],
  ['2016-11-21', '2026-11-21', { years: 10 }],
  ['2024-02-29', '2025-03-01', { years: 1 }],
  ['2024-02-29', '2028-02-29', { years: 4 }],
  ['2024-02-29', '2028-03-01', null],
])('from %s, %s is a moment: %o', (since, today, expected) => {
  expect(milestone(since, today)).toEqual(expected);
});
