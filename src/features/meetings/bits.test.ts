import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Bits } from './meeting-store.server.ts';

it('a set and its copies hold what was added to each of them', () => {
  const number = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 70_000 }));
  const step = fc.record({ set: fc.nat(7), add: number, copies: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const sets = [{ bits: new Bits(), model: new Set<number>() }];
      for (const { set, add, copies } of steps) {
        const one = sets[set % sets.length] as (typeof sets)[number];
        if (copies) sets.push({ bits: one.bits.copy(), model: new Set(one.model) });
        one.bits.add(add);
        one.model.add(add);
      }
      for (const { bits, model } of sets)
        for (const { add } of steps) expect(bits.has(add)).toBe(model.has(add));
    }),
  );
});
