import { describe, expect, it } from 'vitest';
import type { Closure, DayChange, Recurrence, Weekday } from './meeting.rules.ts';
import {
  changesWords,
  closureWords,
  ruleWords,
  typesOnWords,
} from './recurrence-in-words.rules.ts';

const today = '2026-11-22';
const weeks = (
  every: number,
  from: string | null = null,
  until: string | null = null,
): Recurrence => ({
  by: 'weeks',
  every,
  from,
  until,
});
const month = (
  nth: (1 | 2 | 3 | 4 | 5 | -1)[],
  every = 1,
  from: string | null = null,
): Recurrence => ({
  by: 'month',
  nth,
  every,
  from,
  until: null,
});

describe('a rule in words', () => {
  it.each<[Weekday[], Recurrence | null, string, string]>([
    [[], null, '', ''],
    [[2], null, 'Every Tuesday', 'Cada martes'],
    [[0, 6], null, 'Every Saturday and Sunday', 'Cada sábado y domingo'],
    [[0, 1, 2, 3, 4, 5, 6], null, 'Every day', 'Todos los días'],
    [[5], month([-1]), 'The last Friday of the month', 'El último viernes del mes'],
    [
      [2],
      month([3, 1]),
      'The first and third Tuesday of the month',
      'El primer y tercer martes del mes',
    ],
    [
      [2, 4],
      month([1]),
      'The first Tuesday and first Thursday of the month',
      'El primer martes y el primer jueves del mes',
    ],
    [
      [0],
      month([-1], 3, '2026-01-01'),
      'The last Sunday of every third month, next on January 31, 2027',
      'El último domingo cada tres meses, la próxima el 31 de enero de 2027',
    ],
    [
      [2],
      weeks(2, '2027-01-03'),
      'Every second Tuesday from January 5, 2027',
      'Cada dos semanas, los martes desde el 5 de enero de 2027',
    ],
    [
      [2],
      weeks(2, '2026-01-06'),
      'Every second Tuesday, next on November 24',
      'Cada dos semanas, los martes, la próxima el 24 de noviembre',
    ],
    [
      [2, 4],
      weeks(3, '2026-11-22', '2027-02-01'),
      'Every 3 weeks on Tuesday and Thursday from November 24 until February 1, 2027',
      'Cada tres semanas, los martes y jueves desde el 24 de noviembre hasta el 1 de febrero de 2027',
    ],
    [
      [2],
      weeks(1, null, '2026-11-01'),
      'Every Tuesday; no more are planned',
      'Cada martes; no hay más previstas',
    ],
  ])('%j %j', (days, recurrence, en, es) => {
    expect(ruleWords({ days, recurrence }, 'en', today)).toBe(en);
    expect(ruleWords({ days, recurrence }, 'es', today)).toBe(es);
  });

  it('says the exceptions that are still to come', () => {
    const change = (some: Partial<DayChange>): DayChange => ({
      day: '2026-12-25',
      change: 'cancelled',
      toDay: null,
      startsAt: null,
      note: '',
      ...some,
    });
    const dayChanges = [
      change({ day: '2026-11-01' }),
      change({ note: 'the church is closed' }),
      change({ change: 'online', day: '2026-12-26' }),
      change({ change: 'moved', toDay: '2027-01-02', startsAt: '18:30' }),
      change({ change: 'moved', startsAt: '18:30' }),
    ];
    const said = (locale: 'en' | 'es') =>
      changesWords({ dayChanges }, locale, today).map((words) => words.replace(/\s/g, ' '));
    expect(said('en')).toEqual([
      'Not on December 25: the church is closed',
      'On December 26 online only',
      'Not on December 25 but on January 2, 2027 at 6:30 PM',
      'On December 25 at 6:30 PM',
    ]);
    expect(said('es')).toEqual([
      'No habrá el 25 de diciembre: the church is closed',
      'El 26 de diciembre solo en línea',
      'No el 25 de diciembre sino el 2 de enero de 2027 a las 6:30 p.m.',
      'El 25 de diciembre a las 6:30 p.m.',
    ]);
  });

  it.each<[Closure | null, string | null, string | null]>([
    [null, null, null],
    [{ from: null, until: '2026-11-21', note: '' }, null, null],
    [
      { from: null, until: null, note: '' },
      'Closed until further notice',
      'Cerrada hasta nuevo aviso',
    ],
    [
      { from: '2026-11-01', until: '2027-03-03', note: 'flood' },
      'Closed until March 3, 2027: flood',
      'Cerrada hasta el 3 de marzo de 2027: flood',
    ],
    [
      { from: '2026-12-20', until: '2026-12-31', note: '' },
      'Closed from December 20 until December 31',
      'Cerrada desde el 20 de diciembre hasta el 31 de diciembre',
    ],
  ])('says the closure %j', (closure, en, es) => {
    expect(closureWords({ closure }, 'en', today)).toBe(en);
    expect(closureWords({ closure }, 'es', today)).toBe(es);
  });

  it('says what varies by week', () => {
    const label = (code: string) => ({ SP: 'Speaker', LIT: 'Literature' })[code] ?? code;
    const typesOn = [
      { nth: [1 as const], types: ['SP'] },
      { nth: [-1 as const, 2 as const], types: ['LIT'] },
    ];
    expect(typesOnWords(typesOn, 'en', label)).toBe(
      'First week speaker, second and last literature',
    );
    expect(typesOnWords(typesOn, 'es', label)).toBe(
      'Primera semana speaker, segunda y última literature',
    );
    expect(typesOnWords([], 'en', label)).toBe('');
  });
});
