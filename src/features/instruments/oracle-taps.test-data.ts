/** Published TAPS rows: the score sheet of NIDA, and what the form skips. */
import type { Row } from './judge.test-data.ts';
import { OFTEN } from './judge.test-data.ts';

const NIDA = 'NIDA TAPS score sheet: 0, 1, 2 or more';

const MODULES: Record<string, [gate: string, ...parts: string[]]> = {
  tobacco: ['taps1-tobacco', 'use', 'ten', 'waking'],
  marijuana: ['taps1-drugs', 'use', 'urge', 'concern'],
  stimulants: ['taps1-drugs', 'use', 'weekly', 'concern'],
  heroin: ['taps1-drugs', 'use', 'failed', 'concern'],
  opioids: ['taps1-prescription', 'use', 'failed', 'concern'],
  sedatives: ['taps1-prescription', 'use', 'urge', 'concern'],
  adhd: ['taps1-prescription', 'use', 'weekly', 'concern'],
  other: ['taps1-drugs', 'use'],
};
const level = (n: number) => (n === 0 ? 'no-use' : n === 1 ? 'problem-use' : 'higher-risk');

const taps: Row[] = Object.entries(MODULES).flatMap(([id, [gate, ...parts]]) => {
  const row = (
    name: string,
    often: string | undefined,
    yes: boolean[],
    value: number | null,
  ): Row => ({
    instrument: 'taps',
    name: `${id}: ${name}`,
    source: NIDA,
    answers: {
      ...(often !== undefined && { [gate]: often }),
      ...Object.fromEntries(yes.map((each, i) => [`taps2-${id}-${parts[i]}`, each])),
    },
    scores: { [`taps-${id}`]: [value, value === null ? null : level(value)] },
  });
  const rest = parts.slice(1);
  return [
    row('never in 12 months', 'Never', [], 0),
    row(
      'never in 12 months, whatever was answered before',
      'Never',
      parts.map(() => true),
      0,
    ),
    row('not asked', undefined, [], null),
    row('the second part not answered', 'Weekly', [], null),
    row(
      'the second part answered, the first not',
      undefined,
      parts.map(() => true),
      null,
    ),
    ...OFTEN.slice(1).map((often) => row(`not in 3 months (${often})`, often, [false], 0)),
    ...OFTEN.slice(1).map((often) =>
      row(
        `all yes (${often})`,
        often,
        parts.map(() => true),
        parts.length,
      ),
    ),
    row('stale answers under a no', 'Weekly', [false, ...rest.map(() => true)], 0),
    ...(rest.length > 0
      ? [
          row('used, nothing else', 'Monthly', [true, false, false], 1),
          row('only the second', 'Monthly', [true, true, false], 2),
          row('only the third', 'Monthly', [true, false, true], 2),
          row('one answer missing', 'Monthly', [true, true], null),
        ]
      : []),
  ];
});

const GATES = ['taps1-tobacco', 'taps1-drugs', 'taps1-prescription'];

/** What TAPS asks after a positive gate: the first question of each part, then the part of one. */
const skipping: Row[] = GATES.flatMap((gate) => {
  const behind = Object.entries(MODULES).filter(([, [each]]) => each === gate);
  const row = (name: string, used: string | null): Row => ({
    instrument: 'taps',
    name: `${gate}: ${name}`,
    source: 'NIDA TAPS: a part is asked after any answer but never, its follow-ups after a yes',
    answers: { [gate]: 'Monthly', ...(used !== null && { [`taps2-${used}-use`]: true }) },
    scores: {},
    asked: [
      ...GATES,
      ...behind.flatMap(([id, [, ...parts]]) => {
        const whole = id === 'other' ? [...parts, 'which'] : parts;
        return (id === used ? whole : parts.slice(0, 1)).map((each) => `taps2-${id}-${each}`);
      }),
    ],
  });
  return [row('nothing used yet', null), ...behind.map(([id]) => row(`used ${id}`, id))];
});

export const tapsRows: Row[] = [...taps, ...skipping];
