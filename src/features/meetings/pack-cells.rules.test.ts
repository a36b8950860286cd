import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxOf, cellAt, circleOf, isIn, marginKm } from './pack-cells.rules.ts';
import { distanceKm } from './search-query.rules.ts';

const point = fc.record({
  lat: fc.double({ min: -85, max: 85, noNaN: true }),
  lng: fc.oneof(
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.constantFrom(-180, 180, 179.99, -179.99, 0),
  ),
});
const near = fc.tuple(
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.double({ min: -1, max: 1, noNaN: true }),
);

function boxAt(cell: string) {
  const box = boxOf(cell);
  if (!box) throw new Error(`No cell ${cell}`);
  return box;
}

describe('regions of the map', () => {
  it('hold whoever asks, and all within sixty kilometres of them', () => {
    fc.assert(
      fc.property(point, near, (here, [up, along]) => {
        const box = boxAt(cellAt(here));
        expect(isIn(box, here)).toBe(true);
        const lng = here.lng + (along * 0.6) / Math.cos((here.lat * Math.PI) / 180);
        const there = { lat: here.lat + up * 0.6, lng: ((lng + 540) % 360) - 180 };
        if (distanceKm(here, there) <= marginKm - 5) expect(isIn(box, there)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('lie within the circle that is searched for them', () => {
    fc.assert(
      fc.property(point, point, (here, there) => {
        const box = boxAt(cellAt(here));
        const { radiusKm, ...centre } = circleOf(box);
        if (isIn(box, there)) expect(distanceKm(centre, there)).toBeLessThanOrEqual(radiusKm);
      }),
      { numRuns: 500 },
    );
    // A random point is seldom in the box: its corners always are.
    fc.assert(
      fc.property(point, (here) => {
        const box = boxAt(cellAt(here));
        const { radiusKm, ...centre } = circleOf(box);
        for (const lat of [box.south, box.north])
          for (const lng of [box.west, box.east])
            expect(distanceKm(centre, { lat, lng })).toBeLessThanOrEqual(radiusKm);
      }),
    );
  });

  it('are coarse: one says no more than a tenth of a small country', () => {
    expect(cellAt({ lat: 42.65, lng: -73.75 })).toBe(cellAt({ lat: 42.1, lng: -72.6 }));
    const { south, north, west, east } = boxAt(cellAt({ lat: 42.65, lng: -73.75 }));
    expect(north - south).toBeGreaterThan(5);
    expect(east - west).toBeGreaterThan(5);
  });

  it('have one address each, and no other is one', () => {
    for (const none of ['', '45-0', '0-90', '-1-3', '07-3', '1-2-3', 'all', '33-26/..', '99999-1'])
      expect(boxOf(none)).toBeNull();
    expect(boxOf('0-0')).not.toBeNull();
    expect(boxOf('44-89')).not.toBeNull();
  });
});
