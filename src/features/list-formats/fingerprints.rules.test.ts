import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Fingerprints, fingerprint } from './fingerprints.rules.ts';

test('numbers under fingerprints are those of a map', () => {
  const entries = fc.array(fc.tuple(fc.nat({ max: 2 ** 52 - 1 }), fc.nat(1e6)), { maxLength: 300 });
  fc.assert(
    fc.property(entries, fc.array(fc.nat(500)), (all, others) => {
      const map = new Map(all);
      const kept = new Fingerprints();
      for (const [mark, value] of all) kept.set(mark, value);
      expect(kept.size).toBe(map.size);
      for (const mark of [...map.keys(), ...others, 0]) expect(kept.get(mark)).toBe(map.get(mark));
    }),
  );
});

test('ids of long lists have fingerprints of their own', () => {
  const kept = new Fingerprints();
  const ids = (n: number) => [`m${n}`, `made-${n}`, String(n), `monday-night-group-${n}`];
  for (let n = 0; n < 50_000; n++)
    for (const id of ids(n)) {
      expect(kept.has(fingerprint(id))).toBe(false);
      kept.set(fingerprint(id), n);
    }
  expect(kept.size).toBe(200_000);
});
