import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDay } from '../../kit/day.ts';
import type { Recurrence, Weekday } from './meeting.rules.ts';
import { recurrenceInNotes } from './recurrence-in-notes.rules.ts';
import { ruleWords } from './recurrence-in-words.rules.ts';

type N = 1 | 2 | 3 | 4 | 5 | -1;
const month = (...nth: N[]): Recurrence => ({
  by: 'month',
  nth,
  every: 1,
  from: null,
  until: null,
});
const weeks = (every: number, from: string, until: string | null = null): Recurrence => ({
  by: 'weeks',
  every,
  from,
  until,
});

describe('weeks in notes', () => {
  it.each<[string, Weekday[], Recurrence]>([
    ['Meets only the last Friday of the month', [5], month(-1)],
    ['This meeting is held on the first Sunday of each month only.', [0], month(1)],
    ['1st & 3rd Tuesdays', [2], month(1, 3)],
    ['1st, 3rd, and 5th Tues.', [2], month(1, 3, 5)],
    ['Fairfield, IA - 1st and 3rd Mondays 3:30 pm Central - In-Person', [1], month(1, 3)],
    ['Medford, WI - 2nd Wednesdays 7pm Central - In-Person\nMeeting type: Open', [3], month(2)],
    ['Aiken, SC - 2nd and 4th Thursdays 2pm Eastern', [4], month(2, 4)],
    ['2nd Saturday', [6], month(2)],
    ['Meets the first Tuesday and first Thursday of the month. Bring a chair.', [2, 4], month(1)],
    ['Every last Friday at 7:30 PM', [5], month(-1)],
    ['Every third Wednesday of the month', [3], month(3)],
    ['We meet every other Tuesday starting 2026-01-06', [2], weeks(2, '2026-01-06')],
    ['Every other week starting Tuesday, January 6, 2026.', [2], weeks(2, '2026-01-06')],
    [
      'Bi-weekly on Tuesdays from 6 January 2026 until 1/20/2026',
      [2],
      weeks(2, '2026-01-06', '2026-01-20'),
    ],
    ['Meets every three weeks on Tuesday beginning Jan. 6th, 2026', [2], weeks(3, '2026-01-06')],
    ['Solo el último viernes de cada mes', [5], month(-1)],
    ['Se reúne el primer y tercer martes del mes', [2], month(1, 3)],
    ['Los 2º y 4º sábados', [6], month(2, 4)],
    ['Cada dos semanas los martes desde el 6 de enero de 2026', [2], weeks(2, '2026-01-06')],
    ['Only meets on the last Sunday of the month', [0], month(-1)],
    ['Monthly on the 3rd Wednesday', [3], month(3)],
    ['Second & Fourth Sundays only', [0], month(2, 4)],
    ['Held the third Thursday of the month, 7 PM', [4], month(3)],
    ['Último domingo del mes solamente', [0], month(-1)],
    ['El segundo y el cuarto jueves de cada mes a las 7 pm', [4], month(2, 4)],
    ['Starts January 5th, 2027', [2], weeks(1, '2027-01-05')],
    [
      'Last meeting: Friday, December 18, 2026',
      [5],
      { ...weeks(1, ''), from: null, until: '2026-12-18' },
    ],
    ['Quincenalmente a partir del 6 de enero de 2026', [2], weeks(2, '2026-01-06')],
  ])('are read for certain: %s', (notes, days, recurrence) => {
    expect(recurrenceInNotes([notes], days)).toMatchObject({ recurrence });
  });

  it.each<[string, Weekday[]]>([
    ['Every other Tuesday', [2]],
    ['Grand Rapids (MI) EDA every other Sunday 8pm Eastern - In-Person', [0]],
    ['monthly', [2]],
    ['Meets once a month, ask for the date', [2]],
    ['Every third Tuesday', [2]],
    ['1st Tuesdays and 3rd Thursdays', [2, 4]],
    ['1st & 3rd Tuesdays', [4]],
    ['1st & 3rd Tuesdays', [2, 4]],
    ['No meeting on the last Friday of the month', [5]],
    ['Except the fifth Sunday', [0]],
    ['Every other Tuesday starting 2026-01-07', [2]],
    ['Every other Tuesday starting 2/3/2026', [2]],
    ['Every other Tuesday starting February 30, 2026', [2]],
    ['LAST SUNDAY BREAKFAST MEETING (5 Sundays a Year)', [0]],
    ['1st Tuesdays at the church. 3rd Tuesdays in the park.', [2]],
    ['Enter at the side. 2nd Saturday', [6]],
    ['Meets the first week only', [1]],
    ['Meets only May through October', [2]],
    ['June to August only', [2]],
    ['first Tuesday of each month except July', [2]],
    ['Cada dos semanas', [1]],
    ['Una vez al mes', [1]],
  ])('are a doubt: %s', (notes, days) => {
    expect(recurrenceInNotes([notes], days)).toMatchObject({ doubt: expect.any(String) });
  });

  it.each<[string, Weekday[]]>([
    ['First Things First', [1]],
    ['Second floor, first door on the right. LAST HOUSE ON THE BLOCK', [1]],
    ['Business Mtg. last Sunday', [0]],
    ['Birthdays and Chips on the last Sunday of the month.', [0]],
    ['1st wk Step/last wk Spkr', [1]],
    ['Tuesdays and Thursdays', [2, 4]],
    ['', []],
  ])('are not spoken of: %s', (notes, days) => {
    expect(recurrenceInNotes([notes], days)).toBeNull();
  });

  it('are read back as our own pages say them', () => {
    const nths = fc.uniqueArray(fc.constantFrom<N>(1, 2, 3, 4, 5, -1), { minLength: 1 });
    const on = fc.uniqueArray(fc.constantFrom<Weekday>(0, 1, 2, 3, 4, 5, 6), {
      minLength: 1,
      maxLength: 2,
    });
    fc.assert(
      fc.property(nths, on, fc.constantFrom('en', 'es'), (nth, days, locale) => {
        const sorted = [...nth].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
        const rule = month(...sorted);
        const words = ruleWords({ days, recurrence: rule }, locale, '2026-11-22');
        const read = recurrenceInNotes([`${words}.`], days);
        expect(read && 'recurrence' in read && read.recurrence, words).toEqual(rule);
      }),
    );
  });

  it('are looked for in any text without a stumble, and soon', () => {
    const word = fc.constantFrom(
      ...'1st 2nd third last tuesday tues. martes & , and y / of the month only every other two weeks from until 2026-01-06 January 6, 2026 meets ( ) . ; - \n último 3er'.split(
        ' ',
      ),
    );
    const text = fc.oneof(
      fc.array(word, { maxLength: 120 }).map((words) => words.join(' ')),
      fc.string({ unit: 'grapheme', maxLength: 400 }),
    );
    fc.assert(
      fc.property(text, (notes) => {
        const read = recurrenceInNotes([notes], [2]);
        if (!read || !('recurrence' in read)) return;
        const rule = read.recurrence;
        for (const day of [rule.from, rule.until]) expect(day === null || isDay(day)).toBe(true);
        if (rule.by === 'month') expect(rule.nth.length).toBeGreaterThan(0);
      }),
      { numRuns: 400 },
    );
  });

  it('of name and notes are one when they agree', () => {
    expect(recurrenceInNotes(['Workshop (2nd Sat)', '2nd Saturday'], [6])).toEqual({
      recurrence: month(2),
      said: '2nd Saturday',
    });
  });
});
