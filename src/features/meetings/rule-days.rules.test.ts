import { describe, expect, it } from 'vitest';
import type { Recurrence, Weekday } from './meeting.rules.ts';
import { nextOccurrence } from './next-start.rules.ts';
import { isPlainWeekly, occurrences, occurrenceTypes, type Timed } from './recurrence.rules.ts';
import { dayNumber, dayOf, holdsOn, isNth, nextRuleDay } from './rule-days.rules.ts';

const ruleOf = (days: number[], recurrence: Recurrence | null) => ({
  days: days as Weekday[],
  recurrence,
});
const daysFrom = (rule: ReturnType<typeof ruleOf>, from: string, count = 4) => {
  const days: string[] = [];
  let day = nextRuleDay(rule, dayNumber(from));
  while (day !== null && days.length < count) {
    days.push(dayOf(day));
    day = nextRuleDay(rule, day + 1);
  }
  return days;
};
const weeks = (every: number, from: string | null, until: string | null = null): Recurrence => ({
  by: 'weeks',
  every,
  from,
  until,
});

describe('days of a rule', () => {
  it.each<[string, number[], Recurrence | null, string, string[]]>([
    [
      'every week',
      [2],
      null,
      '2026-11-22',
      ['2026-11-24', '2026-12-01', '2026-12-08', '2026-12-15'],
    ],
    [
      'every second week, counted from the week of its beginning',
      [1, 3],
      weeks(2, '2026-11-18'),
      '2026-11-01',
      ['2026-11-18', '2026-11-30', '2026-12-02', '2026-12-14'],
    ],
    [
      'first and last Friday',
      [5],
      { by: 'month', nth: [1, -1], every: 1, from: null, until: null },
      '2026-11-22',
      ['2026-11-27', '2026-12-04', '2026-12-25', '2027-01-01'],
    ],
    [
      'the fifth Sunday, only in some months',
      [0],
      { by: 'month', nth: [5], every: 1, from: null, until: null },
      '2026-11-22',
      ['2026-11-29', '2027-01-31', '2027-05-30', '2027-08-29'],
    ],
    [
      'the fifth Sunday of February, years apart',
      [0],
      { by: 'month', nth: [5], every: 12, from: '2026-02-01', until: null },
      '2026-11-22',
      ['2032-02-29', '2060-02-29', '2088-02-29', '2128-02-29'],
    ],
    [
      'until the last day',
      [2],
      weeks(1, null, '2026-12-01'),
      '2026-11-22',
      ['2026-11-24', '2026-12-01'],
    ],
    [
      'before 1970',
      [4],
      weeks(2, '1969-12-25'),
      '1969-12-01',
      ['1969-12-25', '1970-01-08', '1970-01-22', '1970-02-05'],
    ],
  ])('%s', (_name, days, recurrence, from, expected) => {
    expect(daysFrom(ruleOf(days, recurrence), from)).toEqual(expected);
    for (const day of expected) expect(holdsOn(ruleOf(days, recurrence), day)).toBe(true);
  });

  it('of what is no rule are none, at once', () => {
    const odd = { by: 'month', nth: [], every: 1, from: null, until: null } as const;
    expect(daysFrom(ruleOf([7], null), '2026-11-22')).toEqual([]);
    expect(daysFrom(ruleOf([2], weeks(0, null)), '2026-11-22')).toEqual([]);
    expect(daysFrom(ruleOf([2], weeks(Number.NaN, null)), '2026-11-22')).toEqual([]);
    expect(daysFrom(ruleOf([2], weeks(2, 'soon')), '2026-11-22')).toEqual([]);
    expect(daysFrom(ruleOf([2], { ...odd, nth: [] }), '2026-11-22')).toEqual([]);
  });
});

const friday: Timed = { days: [5], startsAt: '19:00', minutes: 60, timeZone: 'Europe/Madrid' };
const now = Date.parse('2026-11-22T12:00:00Z');
const held = (meeting: Timed, count = 3) =>
  occurrences(meeting, now, { count }).map(({ startsAt, day, change, note }) =>
    [
      new Date(startsAt).toISOString().slice(0, 16),
      day === new Date(startsAt).toISOString().slice(0, 10) ? '' : day,
      change ?? '',
      note ?? '',
    ]
      .filter(Boolean)
      .join(' '),
  );

describe('times of a meeting', () => {
  it('with days that are cancelled, moved and online', () => {
    const dayChanges = [
      {
        day: '2026-11-27',
        change: 'moved',
        toDay: '2026-12-05',
        startsAt: '10:00',
        note: 'at the lake',
      },
      { day: '2026-12-04', change: 'cancelled', toDay: null, startsAt: null, note: '' },
      { day: '2026-12-11', change: 'online', toDay: null, startsAt: null, note: '' },
      {
        day: '2026-12-12',
        change: 'moved',
        toDay: '2026-12-13',
        startsAt: null,
        note: 'no day of the rule',
      },
    ] as const;
    expect(held({ ...friday, dayChanges: [...dayChanges] })).toEqual([
      '2026-12-05T09:00 2026-11-27 moved at the lake',
      '2026-12-11T18:00 online',
      '2026-12-18T18:00',
    ]);
  });

  it('with closures, on both ends of them', () => {
    const closed = (from: string | null, until: string | null) => ({
      ...friday,
      closure: { from, until, note: '' },
    });
    expect(held(closed('2026-11-27', '2026-12-04'), 1)).toEqual(['2026-12-11T18:00']);
    expect(held(closed('2026-11-28', '2026-12-03'), 2)).toEqual([
      '2026-11-27T18:00',
      '2026-12-04T18:00',
    ]);
    expect(held(closed(null, '2026-12-31'), 1)).toEqual(['2027-01-01T18:00']);
    expect(nextOccurrence(closed(null, null), now)).toBeNull();
    expect(held(closed('2026-12-01', null))).toEqual(['2026-11-27T18:00']);
  });

  it('are asked for until a moment, and no more than wanted', () => {
    const until = Date.parse('2026-12-11T18:00:00Z');
    expect(occurrences(friday, now, { until })).toHaveLength(2);
    expect(occurrences(friday, now, { until: until + 1 })).toHaveLength(3);
    expect(occurrences(friday, now, { count: 0 })).toEqual([]);
    expect(occurrences({ ...friday, startsAt: null }, now)).toEqual([]);
  });

  it('are plain only without rule, exception and closure', () => {
    expect(isPlainWeekly(friday)).toBe(true);
    expect(isPlainWeekly({ ...friday, recurrence: null, dayChanges: [], closure: null })).toBe(
      true,
    );
    expect(isPlainWeekly({ ...friday, recurrence: weeks(1, null) })).toBe(false);
    expect(isPlainWeekly({ ...friday, closure: { from: null, until: null, note: '' } })).toBe(
      false,
    );
  });

  it('have the types of their week', () => {
    const meeting = {
      types: ['O'],
      typesOn: [
        { nth: [1 as const], types: ['SP', 'O'] },
        { nth: [-1 as const, 2 as const], types: ['LIT'] },
      ],
    };
    const types = (day: string) => occurrenceTypes(meeting, day);
    expect(types('2026-12-04')).toEqual(['O', 'SP']);
    expect(types('2026-12-11')).toEqual(['O', 'LIT']);
    expect(types('2026-12-18')).toEqual(['O']);
    expect(types('2026-12-25')).toEqual(['O', 'LIT']);
    expect(isNth(dayNumber('2026-12-25'), [4])).toBe(true);
    expect(isNth(dayNumber('2026-12-25'), [5])).toBe(false);
  });
});
