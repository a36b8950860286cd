import { describe, expect, test } from 'vitest';
import type { Trigger } from '../instruments/rules.ts';
import { alertsFor, dayOfAnswer, flagsFor, intakeParts, medicalFirst, nextPart } from './rules.ts';

const trigger = (kind: string, urgency: Trigger['urgency']): Trigger => ({
  linkId: 'x',
  code: kind,
  kind,
  urgency,
  blocksAbstinenceTasks: false,
  message: '',
});

describe('alerts and flags', () => {
  test.each([
    ['phq-9', [trigger('suicide', 'now')], ['item9'], 0],
    ['safety-first', [trigger('suicide', 'now')], ['suicide'], 0],
    ['safety-first', [trigger('withdrawal', 'now'), trigger('overdose', 'now')], ['safety'], 2],
    ['safety-first', [trigger('withdrawal', 'today')], [], 1],
    [
      'safety-first',
      [trigger('suicide', 'now'), trigger('medical', 'now')],
      ['suicide', 'safety'],
      1,
    ],
    ['phq-9', [], [], 0],
  ])('%s %o', (instrument, triggers, kinds, flags) => {
    expect(alertsFor(instrument, triggers)).toEqual(kinds);
    expect(flagsFor(triggers)).toHaveLength(flags);
  });

  test('medical contact comes first while a flag that blocks is open', () => {
    const at = '2026-11-21T10:00:00Z';
    expect(medicalFirst([])).toBe(false);
    expect(medicalFirst([{ blocksAbstinence: false, clearedAt: null }])).toBe(false);
    expect(medicalFirst([{ blocksAbstinence: true, clearedAt: at }])).toBe(false);
    expect(
      medicalFirst([
        { blocksAbstinence: true, clearedAt: at },
        { blocksAbstinence: true, clearedAt: null },
      ]),
    ).toBe(true);
  });
});

describe('the day of an answer', () => {
  const now = '2026-11-21T03:00:00.000Z';
  test.each([
    ['the person’s own day', '2026-11-20', 'America/New_York', '2026-11-20', false],
    ['an evening that is tomorrow here', '2026-11-21', 'America/New_York', '2026-11-20', true],
    ['a day in the east', '2026-11-21', 'Asia/Tokyo', '2026-11-21', false],
    ['a clock that is years ahead', '2031-01-01', 'UTC', '2026-11-21', true],
    ['an unknown zone', '2026-11-21', 'Mars/Olympus', '2026-11-20', true],
    ['what waited offline for a month', '2026-10-20', 'UTC', '2026-10-20', false],
  ])('%s', (_name, onDay, zone, day, corrected) => {
    expect(dayOfAnswer(onDay, zone, now, 'America/New_York')).toEqual({ onDay: day, corrected });
  });
});

test('the intake goes on with safety as long as it is open', () => {
  const state = (done: string[]) =>
    intakeParts.map((instrument) => ({
      instrument,
      state: done.includes(instrument) ? ('complete' as const) : ('open' as const),
    }));
  expect(intakeParts.slice(0, 2)).toEqual(['what-for', 'safety-first']);
  expect(nextPart(state([]))).toBe('what-for');
  expect(nextPart(state(['what-for', 'audit']))).toBe('safety-first');
  expect(nextPart(state(['what-for', 'safety-first', 'readiness']))).toBe('audit');
  expect(nextPart(state([...intakeParts]))).toBeNull();
});
