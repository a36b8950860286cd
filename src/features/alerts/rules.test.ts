import { describe, expect, test } from 'vitest';
import { alertKinds, escalation, isDone, mustAskDirectly, numberIn, tidyPlan } from './rules.ts';

const response = (askedDirectly: boolean) => ({
  at: '2026-11-21T10:00:00Z',
  by: 'Dr Reyes',
  askedDirectly,
  safetyPlanMade: false,
  what: 'called',
});

describe('alerts', () => {
  test.each([
    ['just now', 0, null, 'new'],
    ['14 minutes', 14, null, 'new'],
    ['15 minutes', 15, null, 'waiting'],
    ['59 minutes', 59, null, 'waiting'],
    ['an hour', 60, null, 'late'],
    ['a day, taken', 1440, '2026-11-21T10:00:00Z', 'taken'],
  ])('%s old: %s', (_name, minutes, acknowledgedAt, expected) => {
    const raisedAt = '2026-11-21T10:00:00.000Z';
    const now = new Date(Date.parse(raisedAt) + minutes * 60_000).toISOString();
    expect(escalation(raisedAt, acknowledgedAt, now)).toBe(expected);
  });

  test.each(alertKinds)('%s is done when what it asks for was done', (kind) => {
    expect(isDone(kind, [])).toBe(false);
    expect(isDone(kind, [response(false)])).toBe(!mustAskDirectly(kind));
    expect(isDone(kind, [response(false), response(true)])).toBe(true);
  });
});

test('a plan keeps what was written and drops empty lines and headings', () => {
  expect(tidyPlan({ signs: [' not sleeping ', ''], people: ['  '], places: [] })).toEqual({
    signs: ['not sleeping'],
  });
});

test.each([
  ['My sister, 555 010 4477, also at night', '5550104477'],
  ['988', '988'],
  ['+1 (212) 555-0101', '+12125550101'],
  ['Walk to 5th street', null],
  ['After 3, or at 10', null],
  ['Ray', null],
])('a number in %j is %s', (line, number) => {
  expect(numberIn(line)).toBe(number);
});
