import { describe, expect, it } from 'vitest';
import { type LineFacts, weekLine } from './words.rules.ts';

const base: LineFacts = {
  evenings: { told: 5, of: 7 },
  meetings: { went: 2, planned: 3, more: 0 },
  slipsOn: [],
  hardOn: ['2026-11-19'],
  long: false,
};

const cases: [string, Partial<LineFacts>, string, string][] = [
  [
    'the week of the brief',
    {},
    'Five of seven evenings told, two meetings of three planned, one hard night on Thursday.',
    'Cinco de siete noches contadas, dos reuniones de tres previstas, una noche difícil el jueves.',
  ],
  [
    'everything told, nothing hard',
    { evenings: { told: 7, of: 7 }, hardOn: [] },
    'All seven evenings told, two meetings of three planned, no hard night.',
    'Las siete noches contadas, dos reuniones de tres previstas, ninguna noche difícil.',
  ],
  [
    'nothing shared is said once and without blame',
    { evenings: 'notShared', meetings: 'notShared', hardOn: null },
    'Evenings not shared, meetings not shared.',
    'Noches sin compartir, reuniones sin compartir.',
  ],
  [
    'two hard nights and a slip',
    { slipsOn: ['2026-11-20'], hardOn: ['2026-11-17', '2026-11-20'] },
    'Five of seven evenings told, two meetings of three planned, one slip on Friday, hard nights on Tuesday and Friday.',
    'Cinco de siete noches contadas, dos reuniones de tres previstas, un desliz el viernes, noches difíciles el martes y el viernes.',
  ],
  [
    'meetings beyond the plan',
    { meetings: { went: 1, planned: 1, more: 2 }, hardOn: null },
    'Five of seven evenings told, one meeting of one planned and two more.',
    'Cinco de siete noches contadas, una reunión de una prevista y dos más.',
  ],
  [
    'a meeting that nobody had planned',
    { meetings: { went: 0, planned: 0, more: 1 }, hardOn: null },
    'Five of seven evenings told, one meeting.',
    'Cinco de siete noches contadas, una reunión.',
  ],
  [
    'planned and no word of it',
    { meetings: { went: 0, planned: 2, more: 0 }, hardOn: null },
    'Five of seven evenings told, no meetings of two planned.',
    'Cinco de siete noches contadas, ninguna reunión de dos previstas.',
  ],
  [
    'a long period names dates and counts nights',
    { long: true, hardOn: ['2026-11-02', '2026-11-09', '2026-11-19'], slipsOn: ['2026-11-02'] },
    'Five of seven evenings told, two meetings of three planned, one slip on November 2, three hard nights.',
    'Cinco de siete noches contadas, dos reuniones de tres previstas, un desliz el 2 de noviembre, tres noches difíciles.',
  ],
  [
    'more than twelve in figures',
    { evenings: { told: 13, of: 30 }, meetings: null, hardOn: null },
    '13 of 30 evenings told.',
    '13 de 30 noches contadas.',
  ],
  [
    'the first day',
    { evenings: 'nothingYet', meetings: null, hardOn: null },
    'Nothing told yet.',
    'Aún no hay nada contado.',
  ],
  [
    'one evening',
    { evenings: { told: 0, of: 1 }, meetings: null, hardOn: null },
    'No evening told.',
    'Ninguna noche contada.',
  ],
];

describe('the week in one human line', () => {
  it.each(cases)('%s', (_name, change, english, spanish) => {
    expect(weekLine({ ...base, ...change }, 'en')).toBe(english);
    expect(weekLine({ ...base, ...change }, 'es')).toBe(spanish);
  });
});
