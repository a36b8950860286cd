import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Gazetteer } from './gazetteer.rules.ts';
import { kmBetween } from './place-label.rules.ts';
import { gazetteerOfBox, placesInBox } from './places-in-box.rules.ts';
import { gazetteer } from './server.ts';
import { placesTyped } from './typed-place.rules.ts';

let places: Gazetteer;
beforeAll(async () => {
  places = await gazetteer();
}, 20_000);

const capital = { south: 42, west: -75, north: 43.5, east: -73 };

describe('places of a region for an offline phone', () => {
  it.each(['Albany', 'albany ny', '12207', 'Schenectady', 'Saratoga Springs', 'Cobleskill', '128'])(
    '%s is found in the pack where the whole finds it',
    (typed) => {
      const packed = JSON.parse(JSON.stringify(placesInBox(places, capital)));
      const [own] = placesTyped(gazetteerOfBox(packed), typed);
      const [whole] = placesTyped(places, typed, { near: { lat: 42.75, lng: -74 } });
      expect(own?.label).toBe(whole?.label);
      expect(own && whole && kmBetween(own.position, whole.position)).toBeLessThan(0.2);
    },
  );

  it('leaves out what lies elsewhere', () => {
    const own = gazetteerOfBox(placesInBox(places, capital));
    expect(placesTyped(own, 'Chicago')).toEqual([]);
    expect(placesTyped(own, '60601')).toEqual([]);
  });

  it('has every town and code inside, and only those', () => {
    const { towns, codes, codeTowns, townLats, townLngs } = placesInBox(places, capital);
    let expected = 0;
    for (let at = 0; at < places.codes.length; at++) {
      const lat = (places.codeLats[at] ?? 0) / 1e5;
      const lng = (places.codeLngs[at] ?? 0) / 1e5;
      if (lat >= 42 && lat <= 43.5 && lng >= -75 && lng <= -73) expected++;
    }
    expect(codes).toHaveLength(expected);
    const served = new Set(codeTowns);
    towns.split('\n').forEach((name, n) => {
      const within = Number(townLats[n]) <= 1500 && Number(townLngs[n]) <= 2000;
      expect(within || served.has(n), name).toBe(true);
    });
  });

  it('crosses the date line', () => {
    const fiji = placesInBox(places, { south: -20, west: 176, north: -15, east: -178 });
    const own = gazetteerOfBox(fiji);
    for (const typed of ['Suva', 'Labasa'])
      expect(placesTyped(own, typed)[0]?.position).toMatchObject({
        lat: expect.closeTo(placesTyped(places, typed)[0]?.position.lat ?? 0, 2),
        lng: expect.closeTo(placesTyped(places, typed)[0]?.position.lng ?? 0, 2),
      });
  });

  it('is small: at most 20 bytes a place over the wire', () => {
    const packed = placesInBox(places, capital);
    const held = packed.townLats.length + packed.codes.length;
    expect(held).toBeGreaterThan(700);
    expect(gzipSync(JSON.stringify(packed)).length / held).toBeLessThan(20);
  });

  it('may be empty', () => {
    const none = placesInBox(places, { south: 0, west: -140, north: 1, east: -139 });
    expect(placesTyped(gazetteerOfBox(none), 'Albany')).toEqual([]);
  });
});
