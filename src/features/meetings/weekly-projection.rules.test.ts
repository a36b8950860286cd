import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../kit/day.ts';
import type { Meeting, Weekday } from './meeting.rules.ts';
import { weeklyProjection, whenInNotes } from './weekly-projection.rules.ts';

const today = '2026-11-22';

const day = fc.integer({ min: 0, max: 700 }).map((ahead) => addDays(today, ahead));
const time = fc.constantFrom('06:00', '18:30', '23:59');
const words = fc.constantFrom('', 'the church is closed', 'no key: ask Kim', 'café 2nd floor');
const nth = fc.uniqueArray(fc.constantFrom(...([1, 2, 3, 4, 5, -1] as const)), { minLength: 1 });
const bounds = { from: fc.option(day), until: fc.option(day) };
const every = fc.integer({ min: 1, max: 12 });
const schedule = fc.record({
  days: fc.uniqueArray(
    fc.integer({ min: 0, max: 6 }).map((on) => on as Weekday),
    { minLength: 1 },
  ),
  recurrence: fc.oneof(
    fc.constant(null),
    fc
      .record({ by: fc.constant('weeks' as const), every, ...bounds })
      .filter((rule) => rule.every > 1 || rule.from !== null || rule.until !== null),
    fc.record({ by: fc.constant('month' as const), nth, every, ...bounds }),
  ),
  dayChanges: fc.uniqueArray(
    fc.oneof(
      fc.record({
        day,
        change: fc.constantFrom('cancelled' as const, 'online' as const),
        toDay: fc.constant(null),
        startsAt: fc.constant(null),
        note: words,
      }),
      fc.record({
        day,
        change: fc.constant('moved' as const),
        toDay: day,
        startsAt: fc.option(time),
        note: words,
      }),
      fc.record({
        day,
        change: fc.constant('moved' as const),
        toDay: fc.constant(null),
        startsAt: time,
        note: words,
      }),
    ),
    { maxLength: 3, selector: (change) => change.day },
  ),
  closure: fc.option(fc.record({ from: fc.option(day), until: fc.option(day), note: words })),
  typesOn: fc.array(
    fc.record({
      nth,
      types: fc.uniqueArray(fc.constantFrom('SP', 'LIT', 'ST', 'O', '12x12'), { minLength: 1 }),
    }),
    { maxLength: 2 },
  ),
});
const notes = fc.constantFrom(
  '',
  'Enter at the side.',
  '1st & 3rd Tuesdays',
  'Every other week',
  '1st wk Step/last wk Spkr',
  'Meets only the last Friday of the month.\nRing twice.',
  'Schedule: every 2 weeks on Tuesday from 2026-01-06',
);
const meetingOf = (some: Partial<Meeting>) =>
  ({ name: 'Hope', fellowship: 'aa', ...some }) as Meeting;

/** Whether notes, spoilt or not, are read back to what the listing says. */
const isReadBack = (spoil: (notes: string) => string) =>
  fc.property(schedule, notes, ({ days, ...when }, written) => {
    const meeting = meetingOf({ days, ...when, notes: written });
    for (const row of weeklyProjection(meeting, today)) {
      const on = row.day as Weekday;
      const {
        said: _said,
        doubt: _doubt,
        ...read
      } = whenInNotes('Hope', spoil(row.notes), [on], 'aa');
      const dayChanges = when.dayChanges.filter(
        (change) => new Date(`${change.day}T00:00:00Z`).getUTCDay() === on,
      );
      expect(read).toEqual({ ...when, dayChanges });
      // What is read back and sent on again stays as it is.
      const again = meetingOf({ days: [on], ...read, notes: row.notes });
      expect(weeklyProjection(again, today)).toEqual([row]);
    }
  });

describe('the weekly projection', () => {
  it('is read back to the same rule', () => {
    fc.assert(
      isReadBack((notes) => notes),
      { numRuns: process.env.STEPWELL_PROVE ? 10_000 : 600 },
    );
  });

  it.each<[string, RegExp, string]>([
    ['its end', / until \d{4}-\d{2}-\d{2}/g, ''],
    ['its first day', / from \d{4}-\d{2}-\d{2}/, ''],
    ['a cancelled day', /; not on [^;]*/, ''],
    ['what a group says of a day', / \([^)]*\)/, ''],
    ['a week', /first/g, 'second'],
    ['its line', /^Schedule: .*$/gm, ''],
  ])('without %s is told from it', (_name, from, to) => {
    const spoilt = isReadBack((notes) => notes.replace(from, to));
    expect(fc.check(spoilt, { numRuns: 2000, endOnFailure: true }).failed).toBe(true);
  });

  it('adds nothing where the notes say it already', () => {
    const plain = { dayChanges: [], closure: null, typesOn: [], recurrence: null };
    const monthly = { by: 'month' as const, nth: [-1 as const], every: 1, from: null, until: null };
    const written = 'Meets only the last Friday of the month.\nRing twice.';
    const project = (some: Partial<Meeting>) =>
      weeklyProjection(meetingOf({ ...plain, ...some }), today);
    expect(project({ days: [2, 4], notes: 'Ring twice.' })).toEqual([
      { day: 2, notes: 'Ring twice.' },
      { day: 4, notes: 'Ring twice.' },
    ]);
    expect(project({ days: [5], notes: written, recurrence: monthly })).toEqual([
      { day: 5, notes: written },
    ]);
    expect(project({ days: [5], notes: 'Ring twice.', recurrence: monthly })).toEqual([
      { day: 5, notes: 'Ring twice.\nSchedule: the last Friday of the month' },
    ]);
    expect(project({ days: [5], notes: written })).toEqual([
      { day: 5, notes: `${written}\nSchedule: every week` },
    ]);
    expect(project({ days: [], notes: 'Call first.' })).toEqual([
      { day: null, notes: 'Call first.' },
    ]);
  });

  it('takes no line that nobody wrote so', () => {
    const read = (line: string) => whenInNotes('', line, [2], 'aa');
    expect(read('Schedule: when the moon is full').said).toBeNull();
    expect(read('Schedule: every 2 weeks on Tuesday from 2026-02-30').recurrence).toBeNull();
    expect(read('Schedule: every week; first week: Yoga').said).toBeNull();
    expect(read('Schedule: every week; perhaps not').said).toBeNull();
  });
});
