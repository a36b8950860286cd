/**
 * What the published sources say an answer is worth, kept apart from the instruments' own data so
 * that a fault in the data shows. Answers are given by the published words of the choice, never
 * by number, so that a reversed scale shows as well.
 */
import type { Row } from './judge.test-data.ts';
import { AUDIT_WORDS, DIFFICULT, TWO_WEEKS, YEAR } from './judge.test-data.ts';
import { tapsRows } from './oracle-taps.test-data.ts';

const KROENKE = 'Kroenke 2001, J Gen Intern Med 16:606, table of severity';
const SPITZER = 'Spitzer 2006, Arch Intern Med 166:1092, cut-points 5, 10, 15';
const MANUAL = 'WHO/MSD/MSB/01.6a (AUDIT manual, 2001), scoring and box of zones';
const LOINC = 'LOINC 75626-2: women 3, men 4';

function scale(
  id: 'phq-9' | 'gad-7',
  list: (number | null)[],
  total: number | null,
  band: string | null,
  name: string,
  source: string,
): Row {
  const prefix = id === 'phq-9' ? 'phq9-' : 'gad7-';
  const answers: Row['answers'] = {};
  list.forEach((value, i) => {
    if (value !== null) answers[`${prefix}${i + 1}`] = TWO_WEEKS[value] ?? '';
  });
  const risk = id === 'phq-9' && (list[8] ?? 0) > 0;
  return {
    instrument: id,
    name,
    source,
    answers,
    scores: { [`${prefix}total`]: [total, band] },
    triggers: risk ? ['phq9-item-9'] : [],
  };
}

/** A total spread over the items from the first on, 3 at a time. */
function spread(total: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.max(0, Math.min(3, total - 3 * i)));
}

function edges(
  id: 'phq-9' | 'gad-7',
  count: number,
  bands: [number, number, string][],
  source: string,
): Row[] {
  return bands.flatMap(([low, high, code]) =>
    [low, high].map((total) =>
      scale(id, spread(total, count), total, code, `total ${total}`, source),
    ),
  );
}

function singles(id: 'phq-9' | 'gad-7', count: number, source: string): Row[] {
  return Array.from({ length: count }, (_, i) => i).flatMap((at) =>
    [1, 2, 3].map((value) =>
      scale(
        id,
        Array.from({ length: count }, (_, i) => (i === at ? value : 0)),
        value,
        'minimal',
        `item ${at + 1} alone, ${TWO_WEEKS[value]}`,
        source,
      ),
    ),
  );
}

const PHQ: [number, number, string][] = [
  [0, 4, 'minimal'],
  [5, 9, 'mild'],
  [10, 14, 'moderate'],
  [15, 19, 'moderately-severe'],
  [20, 27, 'severe'],
];
const GAD: [number, number, string][] = [
  [0, 4, 'minimal'],
  [5, 9, 'mild'],
  [10, 14, 'moderate'],
  [15, 21, 'severe'],
];

function audit(
  name: string,
  list: (number | null)[],
  scores: (number | null)[],
  bands: (string | null)[],
  source = MANUAL,
): Row {
  const answers: Row['answers'] = {};
  list.forEach((value, i) => {
    if (value !== null) answers[`audit-${i + 1}`] = (AUDIT_WORDS[i + 1] ?? YEAR)[value] ?? '';
  });
  const codes = ['audit-total', 'audit-c', 'audit-dependence', 'audit-harm'];
  return {
    instrument: 'audit',
    name,
    source,
    answers,
    scores: Object.fromEntries(
      codes.map((code, i) => [code, [scores[i] ?? null, bands[i] ?? null]]),
    ),
  };
}

function auditSums(name: string, list: number[], source = MANUAL): Row {
  const sum = (from: number, to: number) => list.slice(from, to).reduce((a, b) => a + b, 0);
  const total = sum(0, 10);
  const zone = total <= 7 ? 'zone-1' : total <= 15 ? 'zone-2' : total <= 19 ? 'zone-3' : 'zone-4';
  const c = sum(0, 3);
  const cBand = c <= 2 ? 'below' : c === 3 ? 'at-women' : 'at-or-above';
  return audit(
    name,
    list,
    [total, c, sum(3, 6), sum(6, 10)],
    [zone, cBand, sum(3, 6) > 0 ? 'present' : 'none', sum(6, 10) > 0 ? 'present' : 'none'],
    source,
  );
}

const auditItems: Row[] = Array.from({ length: 10 }, (_, i) => i).flatMap((at) =>
  (at > 7 ? [2, 4] : [1, 2, 3, 4]).map((value) => {
    const list = [1, at === 1 || at === 2 ? 0 : 1, ...Array.from({ length: 8 }, () => 0)];
    list[at] = value;
    return auditSums(`item ${at + 1} worth ${value}`, list);
  }),
);

const rulers: Row[] = ['importance', 'confidence', 'readiness'].flatMap((id) =>
  [0, 3, 4, 6, 7, 10].map((value) => ({
    instrument: 'readiness' as const,
    name: `${id} at ${value}`,
    source: 'own bands: 0-3, 4-6, 7-10; the value is the score',
    answers: { [`ruler-${id}`]: value },
    scores: Object.fromEntries(
      ['importance', 'confidence', 'readiness'].map(
        (each): [string, [number | null, string | null]] => [
          `${each}-score`,
          each === id ? [value, value <= 3 ? 'low' : value <= 6 ? 'middle' : 'high'] : [null, null],
        ],
      ),
    ),
  })),
);

export const oracle: Row[] = [
  ...edges('phq-9', 9, PHQ, KROENKE),
  ...singles('phq-9', 9, KROENKE),
  scale(
    'phq-9',
    [3, 3, 3, 3, 3, 3, 3, 3, 3],
    27,
    'severe',
    'worked example',
    'MII IG PROMs, PHQ-9 response example: all LA6571-9, total 27',
  ),
  scale(
    'phq-9',
    [2, 2, 2, 2, 2, 2, 2, null, null],
    18,
    'moderately-severe',
    'two unanswered: mean of the rest',
    'PHQ authors: mean of answered items for up to 2 missing',
  ),
  scale(
    'phq-9',
    [1, 0, 0, 0, 0, 0, 0, null, 0],
    1,
    'minimal',
    'one unanswered: 9/8 rounds to 1',
    'PHQ authors: mean of answered items for up to 2 missing',
  ),
  scale(
    'phq-9',
    [3, 1, 1, 1, 1, 1, 1, null, 1],
    11,
    'moderate',
    'one unanswered: 10 × 9/8 rounds to 11',
    'PHQ authors: mean of answered items for up to 2 missing',
  ),
  scale(
    'phq-9',
    [3, 3, 3, 3, 3, 3, null, null, null],
    null,
    null,
    'three unanswered: no total',
    'PHQ authors: no total with more than 2 missing',
  ),
  scale(
    'phq-9',
    [null, null, null, null, null, null, null, null, 1],
    null,
    null,
    'only item 9: no total, but the trigger',
    'clinical reference 5.4: item 9 above 0',
  ),
  {
    ...scale(
      'phq-9',
      [1, 1, 0, 0, 0, 0, 0, 0, 0],
      2,
      'minimal',
      'difficulty adds nothing',
      KROENKE,
    ),
    answers: {
      'phq9-difficulty': DIFFICULT[2] ?? '',
      ...scale('phq-9', [1, 1, 0, 0, 0, 0, 0, 0, 0], 2, 'minimal', '', '').answers,
    },
  },
  ...edges('gad-7', 7, GAD, SPITZER),
  ...singles('gad-7', 7, SPITZER),
  scale(
    'gad-7',
    [1, 1, 1, 2, 2, 0, 0],
    7,
    'mild',
    'worked example',
    'MII IG PROMs, GAD-7 response example, total 7',
  ),
  scale(
    'gad-7',
    [1, 1, 1, 1, 0, 1, 2],
    7,
    'mild',
    'worked example',
    'PACIO sample data BSJ1, GAD-7 October 2025: 7, mild anxiety',
  ),
  scale(
    'gad-7',
    [3, 3, 3, 3, 3, 3, null],
    null,
    null,
    'one unanswered: no total',
    'no published rule, so not scored',
  ),
  scale('gad-7', [], null, null, 'nothing answered', 'no published rule, so not scored'),
  ...auditItems,
  auditSums('total 7', [3, 2, 1, 1, 0, 0, 0, 0, 0, 0]),
  auditSums('total 8', [3, 2, 1, 1, 1, 0, 0, 0, 0, 0]),
  auditSums('total 15', [4, 2, 2, 1, 1, 1, 1, 1, 2, 0]),
  auditSums('total 16', [4, 2, 2, 1, 1, 1, 1, 0, 2, 2]),
  auditSums('total 19', [4, 3, 2, 1, 1, 1, 1, 2, 2, 2]),
  auditSums('total 20', [4, 3, 3, 1, 1, 1, 1, 2, 2, 2]),
  auditSums('total 40', [4, 4, 4, 4, 4, 4, 4, 4, 4, 4]),
  auditSums('AUDIT-C 2', [1, 1, 0, 0, 0, 0, 0, 0, 0, 0], LOINC),
  auditSums('AUDIT-C 3', [2, 1, 0, 0, 0, 0, 0, 0, 0, 0], LOINC),
  auditSums('AUDIT-C 4', [3, 1, 0, 0, 0, 0, 0, 0, 0, 0], LOINC),
  audit(
    'question 1 never: to 9 and 10',
    [0, null, null, null, null, null, null, null, 2, 4],
    [6, 0, 0, 6],
    ['zone-1', 'below', 'none', 'present'],
  ),
  audit(
    'question 1 never, with old answers behind',
    [0, 4, 4, 4, 4, 4, 4, 4, 0, 0],
    [0, 0, 0, 0],
    ['zone-1', 'below', 'none', 'none'],
    'US Core AUDIT-C response example: never, total 0',
  ),
  audit(
    'questions 2 and 3 at 0: to 9 and 10',
    [4, 0, 0, null, null, null, null, null, 0, 4],
    [8, 4, 0, 4],
    ['zone-2', 'at-or-above', 'none', 'present'],
  ),
  audit(
    'questions 2 and 3 at 0, with old answers behind',
    [4, 0, 0, 4, 4, 4, 4, 4, 0, 0],
    [4, 4, 0, 0],
    ['zone-1', 'at-or-above', 'none', 'none'],
  ),
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((gone) => {
    const list: (number | null)[] = [2, 1, 1, 1, 1, 1, 1, 1, 2, 2];
    list[gone] = null;
    const part = (from: number, to: number, sum: number) =>
      gone >= from && gone < to ? null : sum;
    // Without question 1 nothing on drinking is asked; without 2 or 3 the other still opens 4-8.
    const c = part(0, 3, 4);
    const dependence = gone === 0 ? null : part(3, 6, 3);
    const harm = gone === 0 ? null : part(6, 10, 6);
    return audit(
      `question ${gone + 1} unanswered`,
      list,
      [null, c, dependence, harm],
      [
        null,
        c === null ? null : 'at-or-above',
        dependence === null ? null : 'present',
        harm === null ? null : 'present',
      ],
    );
  }),
  audit('only question 1', [2], [null, null, null, null], []),
  ...tapsRows,
  ...rulers,
];
