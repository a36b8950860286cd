import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, linePath, lonePoints, pointAt } from './chart.ts';

const box: Box = { width: 100, height: 50, low: 0, high: 10, pad: 0 };

describe('chart', () => {
  it.each([
    ['two days', [0, 10], 'M0 50L100 0', []],
    [
      'a gap is a gap',
      [0, null, 10],
      'M0 50M100 0',
      [
        [0, 50],
        [100, 0],
      ],
    ],
    ['nothing known', [null, null], '', []],
    ['one day', [5], 'M50 25', [[50, 25]]],
  ] as const)('%s', (_, values, path, alone) => {
    expect(linePath(values, box)).toBe(path);
    expect(lonePoints(values, box)).toEqual(alone);
  });

  it('stays inside its box, and never joins across a gap', () => {
    const value = fc.option(fc.integer({ min: 0, max: 10 }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), (values) => {
        values.forEach((known, index) => {
          if (known === null) return;
          const [x, y] = pointAt(index, known, values.length, box);
          expect(x >= 0 && x <= 100 && y >= 0 && y <= 50).toBe(true);
        });
        const runs = values.filter((v, i) => v !== null && (values[i - 1] ?? null) === null).length;
        expect(linePath(values, box).split('M').length - 1).toBe(runs);
      }),
    );
  });
});
