import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../kit/day.ts';
import type { AttendedFact, CheckInFact, Facts, PlannedFact, TaskFact } from './facts.rules.ts';
import {
  chooseSentence,
  layOutEvenings,
  layOutMeetings,
  layOutReview,
  layOutTasks,
  soberDays,
} from './rules.ts';

const everythingShared = (['checkIn', 'meetings', 'tasks', 'urges', 'slips'] as const).map(
  (kind) => ({ kind, share: true, changedAt: '2026-11-01T12:00:00Z' }),
);

const facts = (more: Partial<Facts> = {}): Facts => ({
  fromDay: '2026-11-14',
  toDay: '2026-11-21',
  today: '2026-11-21',
  zone: 'America/New_York',
  paper: false,
  choices: everythingShared,
  checkIns: [],
  urges: [],
  slips: [],
  planned: [],
  attended: [],
  tasks: [],
  usedByDay: [],
  ...more,
});

const checkIn = (onDay: string, more: Partial<CheckInFact> = {}): CheckInFact => ({
  onDay,
  madeAt: `${onDay}T23:00:00Z`,
  used: false,
  urge: 2,
  mood: 3,
  halt: [],
  meeting: false,
  sponsorContact: false,
  line: '',
  byStaff: false,
  ...more,
});

const planned = (onDay: string, more: Partial<PlannedFact> = {}): PlannedFact => ({
  id: `plan ${onDay}`,
  name: 'Early Risers',
  place: 'Broad Street',
  fellowship: 'aa',
  onDay,
  startsAt: '19:00:00',
  cancelled: false,
  ...more,
});

const attended = (onDay: string, more: Partial<AttendedFact> = {}): AttendedFact => ({
  id: `there ${onDay}`,
  plannedId: null,
  name: 'Early Risers',
  fellowship: 'aa',
  onDay,
  about: [],
  stirred: '',
  spoke: null,
  numbers: null,
  ...more,
});

const task = (more: Partial<TaskFact> = {}): TaskFact => ({
  id: '0199a000-0000-7000-8000-000000000001',
  kind: 'reading',
  text: 'Read the first chapter',
  agreedOn: '2026-11-14',
  dueOn: null,
  report: null,
  ...more,
});

describe('the evenings', () => {
  it('tells missed from not shared, day by day', () => {
    const choices = [
      { kind: 'checkIn' as const, share: true, changedAt: '2026-11-16T15:00:00Z' },
      { kind: 'checkIn' as const, share: false, changedAt: '2026-11-19T15:00:00Z' },
    ];
    const states = layOutEvenings(facts({ choices, checkIns: [checkIn('2026-11-17')] }));
    expect(states.map(({ day, told }) => [day.slice(8), told])).toEqual([
      ['14', 'notShared'],
      ['15', 'notShared'],
      ['16', 'notShared'],
      ['17', 'told'],
      ['18', 'missed'],
      ['19', 'notShared'],
      ['20', 'notShared'],
      ['21', 'open'],
    ]);
  });

  it('takes the last telling of a day, whatever the order of arrival', () => {
    const early = checkIn('2026-11-15', { madeAt: '2026-11-15T22:00:00Z', urge: 9 });
    const late = checkIn('2026-11-15', { madeAt: '2026-11-15T23:30:00Z', urge: 4 });
    for (const checkIns of [
      [early, late],
      [late, early],
    ])
      expect(layOutEvenings(facts({ checkIns }))[1]?.urge).toBe(4);
  });

  it('takes the strongest urge of the day from wherever it was told', () => {
    const urges = [
      { onDay: '2026-11-15', strength: 8, passed: true, helpedBy: [], line: '' },
      { onDay: '2026-11-15', strength: 5, passed: true, helpedBy: [], line: '' },
    ];
    const [, second] = layOutEvenings(facts({ checkIns: [checkIn('2026-11-15')], urges }));
    expect(second).toMatchObject({ urge: 8, hard: true });
  });

  it('asks a person who writes on paper for no choice', () => {
    const evenings = layOutEvenings(facts({ paper: true, choices: [] }));
    expect(evenings.map((each) => each.told)).not.toContain('notShared');
  });

  it('never calls an evening missed that was not shared the whole day (property)', () => {
    const at = fc
      .integer({ min: 0, max: 20 * 24 })
      .map((hours) => new Date(Date.UTC(2026, 10, 5, hours)).toISOString());
    const change = fc.record({
      kind: fc.constant('checkIn' as const),
      share: fc.boolean(),
      changedAt: at,
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), (choices) => {
        for (const evening of layOutEvenings(facts({ zone: 'UTC', choices }))) {
          if (evening.told !== 'missed') continue;
          // Every change up to the end of that day, in order: on before it, and on within it.
          const until = choices
            .toSorted((a, b) => Date.parse(a.changedAt) - Date.parse(b.changedAt))
            .filter((each) => each.changedAt.slice(0, 10) <= evening.day);
          const before = until.filter((each) => each.changedAt.slice(0, 10) < evening.day);
          expect(before.at(-1)?.share).toBe(true);
          expect(until.slice(before.length).every((each) => each.share)).toBe(true);
        }
      }),
    );
  });
});

describe('the meetings', () => {
  it.each([
    [
      'attended, by its plan',
      [planned('2026-11-16')],
      [attended('2026-11-16', { plannedId: 'plan 2026-11-16' })],
      ['attended'],
    ],
    ['attended, by name and day', [planned('2026-11-16')], [attended('2026-11-16')], ['attended']],
    [
      'another meeting that day',
      [planned('2026-11-16')],
      [attended('2026-11-16', { name: 'Nooners' })],
      ['noWord', 'attendedUnplanned'],
    ],
    ['still to come', [planned('2026-11-21')], [], ['toCome']],
    ['taken out of the week', [planned('2026-11-16', { cancelled: true })], [], ['cancelled']],
    ['shared, and no word', [planned('2026-11-16')], [], ['noWord']],
    [
      'one log answers one plan',
      [planned('2026-11-16'), planned('2026-11-16', { id: 'second', startsAt: '21:00:00' })],
      [attended('2026-11-16')],
      ['attended', 'noWord'],
    ],
  ])('%s', (_name, plans, logs, states) => {
    const meetings = layOutMeetings(facts({ planned: plans, attended: logs }));
    expect(meetings.map((each) => each.state)).toEqual(states);
  });

  it('says not shared where the client keeps meetings to themselves', () => {
    const [meeting] = layOutMeetings(facts({ choices: [], planned: [planned('2026-11-16')] }));
    expect(meeting?.state).toBe('notShared');
  });
});

describe('the tasks', () => {
  it.each([
    [
      'told as done',
      task({ report: { outcome: 'done', why: '', onDay: '2026-11-18' } }),
      {},
      'done',
    ],
    [
      'told as not this time',
      task({ report: { outcome: 'notDone', why: 'No bus', onDay: '2026-11-18' } }),
      {},
      'notDone',
    ],
    ['shared, and no word', task({ dueOn: '2026-11-18' }), {}, 'noWord'],
    ['not shared', task({ dueOn: '2026-11-18' }), { choices: [] }, 'notShared'],
    ['still within its time', task({ dueOn: '2026-11-23' }), { choices: [] }, 'toCome'],
    ['on paper', task({ dueOn: '2026-11-18' }), { choices: [], paper: true }, 'noWord'],
  ])('%s', (_name, each, more, state) => {
    expect(layOutTasks(facts({ tasks: [each], ...more }))[0]?.state).toBe(state);
  });
});

describe('sober days', () => {
  const days = (text: string) =>
    [...text].flatMap((letter, index) =>
      letter === '.' ? [] : [{ onDay: addDays('2026-11-01', index), used: letter === 'x' }],
    );
  it.each([
    ['nothing told', '', { run: 0, runUntold: 0, total: 0 }],
    ['five in a row', 'sssss', { run: 5, runUntold: 0, total: 5 }],
    ['a slip keeps the total', 'sssxss', { run: 2, runUntold: 0, total: 5 }],
    [
      'a day of which nothing was told breaks nothing and counts for nothing',
      'ss.ss',
      { run: 4, runUntold: 1, total: 4 },
    ],
    ['used on the last day told', 'sssx', { run: 0, runUntold: 0, total: 3 }],
    ['untold days at the end are not claimed', 'sss...', { run: 3, runUntold: 0, total: 3 }],
  ])('%s', (_name, told, expected) => {
    expect(soberDays(days(told))).toMatchObject(expected);
  });

  it('never loses a day of the total to a slip (property)', () => {
    const day = fc.constantFrom('s', 'x', '.');
    fc.assert(
      fc.property(fc.array(day, { maxLength: 60 }), (letters) => {
        const text = letters.join('');
        const before = soberDays(days(text)).total;
        expect(soberDays(days(`${text}x`)).total).toBe(before);
        expect(soberDays(days(`${text}s`)).total).toBe(before + 1);
      }),
    );
  });
});

describe('the client’s own sentence', () => {
  const choose = (more: Partial<Facts>) => {
    const all = facts(more);
    return chooseSentence(all, layOutEvenings(all));
  };
  it.each([
    ['nothing written', {}, null],
    [
      'the hard night before the latest',
      {
        checkIns: [
          checkIn('2026-11-16', { line: 'I sat in the car for an hour.', urge: 8 }),
          checkIn('2026-11-19', { line: 'Quiet.' }),
        ],
      },
      'I sat in the car for an hour.',
    ],
    [
      'the latest where none was hard',
      {
        checkIns: [
          checkIn('2026-11-16', { line: 'One' }),
          checkIn('2026-11-19', { line: ' Two ' }),
        ],
      },
      'Two',
    ],
    [
      'a meeting where no evening says anything',
      { attended: [attended('2026-11-16', { stirred: 'I stayed to the end.' })] },
      'I stayed to the end.',
    ],
    [
      'a task last',
      {
        tasks: [
          task({
            report: { outcome: 'notDone' as const, why: 'No bus on Sunday.', onDay: '2026-11-18' },
          }),
        ],
      },
      'No bus on Sunday.',
    ],
  ])('%s', (_name, more, text) => {
    expect(choose(more)?.text ?? null).toBe(text);
  });
});

describe('the whole review', () => {
  it('opens on the week of the brief', () => {
    const nights = ['14', '15', '16', '17', '19'].map((day) =>
      checkIn(`2026-11-${day}`, { urge: day === '19' ? 8 : 2 }),
    );
    const review = layOutReview(
      facts({
        checkIns: nights,
        planned: [planned('2026-11-15'), planned('2026-11-17'), planned('2026-11-20')],
        attended: [attended('2026-11-15'), attended('2026-11-17')],
      }),
      'en',
    );
    expect(review.line).toBe(
      'Five of seven evenings told, two meetings of three planned, one hard night on Thursday.',
    );
    expect(review.notShared).toEqual([]);
  });

  it('says what is not shared, and claims nothing about it', () => {
    const review = layOutReview(facts({ choices: [], planned: [planned('2026-11-15')] }), 'en');
    expect(review.line).toBe('Evenings not shared, meetings not shared.');
    expect(JSON.stringify(review)).not.toContain('missed');
    expect(review.notShared).toHaveLength(5);
  });
});
