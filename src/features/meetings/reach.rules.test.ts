import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canBeReached, travelMinutes } from './reach.rules.ts';

describe('what can still be reached', () => {
  it.each([
    ['in-person', 40, 1, true],
    ['in-person', 5, 1, true],
    ['in-person', 5, 20, false],
    ['in-person', -10, 0.2, true],
    ['in-person', -20, 0.2, false],
    ['online', -25, null, true],
    ['online', -40, null, false],
    ['hybrid', -20, 50, true],
    ['in-person', -5, null, true],
    ['inactive', 40, 0, false],
  ] as const)('%s in %i min at %s km: %s', (attendance, minutes, km, expected) => {
    expect(canBeReached(attendance, minutes * 60_000, km)).toBe(expected);
  });

  it('a longer way never takes less time', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 300, noNaN: true }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (km, more) => {
          // Where feet change to wheels two minutes may be won.
          expect(travelMinutes(km + more)).toBeGreaterThanOrEqual(travelMinutes(km) - 17);
        },
      ),
    );
  });
});
