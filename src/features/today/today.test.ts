import { describe, expect, test } from 'vitest';
import { nextPlanned, partOfDay, starting } from './rules.ts';

const zone = 'America/New_York';
const plan = (onDay: string, startsAt: string, attended = false) => ({
  onDay,
  startsAt,
  zone,
  attended,
});
/** 18:20 in New York. */
const now = Date.parse('2026-11-21T23:20:00Z');

test.each([
  [4, 'night'],
  [5, 'morning'],
  [11, 'morning'],
  [12, 'afternoon'],
  [16, 'afternoon'],
  [17, 'evening'],
  [21, 'evening'],
  [22, 'night'],
  [0, 'night'],
])('%s o’clock is %s', (hour, part) => expect(partOfDay(hour)).toBe(part));

describe('what comes next', () => {
  test.each([
    ['the soonest', [plan('2026-11-22', '07:00'), plan('2026-11-21', '19:00')], '19:00'],
    ['one under way', [plan('2026-11-21', '17:30'), plan('2026-11-21', '20:00')], '17:30'],
    ['not one that is over', [plan('2026-11-21', '16:00'), plan('2026-11-21', '20:00')], '20:00'],
    ['not one that was logged', [plan('2026-11-21', '18:00', true)], undefined],
    ['nothing', [], undefined],
  ])('%s', (_name, plans, expected) => {
    expect(nextPlanned(plans, now)?.plan.startsAt).toBe(expected);
  });

  test.each([
    [plan('2026-11-21', '19:00'), { kind: 'minutes', minutes: 40 }],
    [plan('2026-11-21', '18:00'), { kind: 'underWay' }],
    [plan('2026-11-21', '22:00'), { kind: 'today' }],
    [plan('2026-11-22', '07:00'), { kind: 'tomorrow' }],
    [plan('2026-11-24', '19:00'), { kind: 'day', day: '2026-11-24' }],
  ])('%o', (meeting, expected) => {
    expect(starting(meeting, '2026-11-21', now)).toEqual(expected);
  });
});
