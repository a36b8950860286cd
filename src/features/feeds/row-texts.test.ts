import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distanceText, RowTexts } from './row-texts.server.ts';

it('a distance is ten characters, and right to the last of them', () => {
  const distance = fc.oneof(
    fc.double({ min: 0, max: 21_000, noNaN: true }),
    fc.constantFrom(
      0,
      1e-9,
      9.999999999,
      9.99999999,
      99.99999999,
      999.9999999,
      9999.99999,
      20015.1,
    ),
  );
  fc.assert(
    fc.property(distance, (value) => {
      const text = distanceText(value);
      expect(text).toMatch(/^\d{1,5}\.\d{4,8}$/);
      expect(text).toHaveLength(10);
      expect(text).not.toMatch(/^0\d/);
      const step = 10 ** -(text.length - 1 - text.indexOf('.'));
      expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(step / 2 + 1e-9);
    }),
    { numRuns: 2000 },
  );
});

it('rows come as they were made, once made or many times, with their distances', () => {
  let made = 0;
  const texts = new RowTexts(5, (row) => {
    made++;
    return [`{"n":"é${row}",`, ',"z":"日"}'];
  });
  const joined = (rows: number[], degrees: number[] | null) =>
    JSON.parse(texts.joined(rows, degrees, '[', ']').toString());
  expect(joined([], null)).toEqual([]);
  expect(joined([3, 1, 3], null).map((row: { n: string }) => row.n)).toEqual(['é3', 'é1', 'é3']);
  const [near, nowhere] = joined([0, 4], [1, Number.NaN]);
  expect(near).toEqual({
    n: 'é0',
    distance_in_km: '111.111000',
    distance_in_miles: '69.0000000',
    z: '日',
  });
  expect(nowhere).toMatchObject({ n: 'é4', distance_in_km: '', distance_in_miles: '' });
  expect(made).toBe(4);
});
