import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundsOf,
  fitting,
  fromWorld,
  type MapView,
  panned,
  toWindow,
  toWorld,
  zoomed,
} from './map-view.rules.ts';

const size = { width: 360, height: 300 };
const point = fc.record({
  lat: fc.double({ min: -80, max: 80, noNaN: true }),
  lng: fc.double({ min: -179, max: 179, noNaN: true }),
});
const view: fc.Arbitrary<MapView> = fc.record({
  centre: point,
  zoom: fc.double({ min: 4, max: 14, noNaN: true }),
});

describe('the map', () => {
  it('puts a point where it came from', () => {
    fc.assert(
      fc.property(point, (one) => {
        const back = fromWorld(toWorld(one));
        expect(back.lat).toBeCloseTo(one.lat, 6);
        expect(back.lng).toBeCloseTo(one.lng, 6);
      }),
    );
  });

  it('moves by as many pixels as it is pushed', () => {
    fc.assert(
      fc.property(
        view,
        fc.integer({ min: -100, max: 100 }),
        fc.integer({ min: -100, max: 100 }),
        (one, dx, dy) => {
          const [x, y] = toWindow(panned(one, dx, dy), size, one.centre);
          expect(x).toBeCloseTo(size.width / 2 - dx, 2);
          expect(y).toBeCloseTo(size.height / 2 - dy, 2);
        },
      ),
    );
  });

  it('keeps the point under the finger when it comes nearer', () => {
    fc.assert(
      fc.property(
        view,
        fc.integer({ min: -90, max: 90 }),
        fc.integer({ min: -90, max: 90 }),
        (one, x, y) => {
          const under = panned(one, x, y).centre;
          const [nowX, nowY] = toWindow(zoomed(one, 1, x, y), size, under);
          expect(nowX).toBeCloseTo(size.width / 2 + x, 1);
          expect(nowY).toBeCloseTo(size.height / 2 + y, 1);
        },
      ),
    );
  });

  it('shows all that was found', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 20 }), (points) => {
        const flat = new Float32Array(points.flatMap(({ lat, lng }) => [lat, lng]));
        const one = fitting(flat, size);
        if (one.zoom <= 2) return;
        const [west, south, east, north] = boundsOf(one, size);
        for (const { lat, lng } of points) {
          expect(lat).toBeGreaterThanOrEqual(south - 0.01);
          expect(lat).toBeLessThanOrEqual(north + 0.01);
          expect(
            [lng, lng + 360, lng - 360].some((x) => x >= west - 0.01 && x <= east + 0.01),
          ).toBe(true);
        }
      }),
    );
    expect(fitting(new Float32Array([Number.NaN, Number.NaN]), size).zoom).toBe(2);
  });
});
