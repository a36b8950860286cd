import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Gazetteer } from './gazetteer.rules.ts';
import { gazetteerOf, type PackedPlaces } from './packed-places.rules.ts';
import type { Point } from './place-answer.rules.ts';
import { kmBetween } from './place-label.rules.ts';
import { type Most, type Nearness, placesForPhone, placesInBox } from './places-for-phone.rules.ts';
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
      const [own] = placesTyped(gazetteerOf([packed]), typed);
      const [whole] = placesTyped(places, typed, { near: { lat: 42.75, lng: -74 } });
      expect(own?.label).toBe(whole?.label);
      expect(own && whole && kmBetween(own.position, whole.position)).toBeLessThan(0.2);
    },
  );

  it('leaves out what lies elsewhere', () => {
    const own = gazetteerOf([placesInBox(places, capital)]);
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
    const own = gazetteerOf([fiji]);
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
    expect(placesTyped(gazetteerOf([none]), 'Albany')).toEqual([]);
  });
});

describe('places for a phone that holds no region yet', () => {
  const choose = (nearness: (at: Point) => Nearness, most: Most): PackedPlaces => {
    const work = placesForPhone(places, nearness, most);
    for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
  };
  const nearAlbany = ({ lat, lng }: Point) =>
    lat > 42 && lat < 43.5 && lng > -75 && lng < -73 ? 2 : 0;

  it('are those near a meeting and the largest of the world', () => {
    const packed = choose(nearAlbany, { towns: 3000, codes: 2000 });
    expect(packed.townLats.length).toBeGreaterThan(2500);
    expect(packed.townLats.length).toBeLessThanOrEqual(3000);
    const own = gazetteerOf([packed]);
    const labels = (typed: string) => placesTyped(own, typed).map(({ label }) => label);
    expect(labels('Cobleskill')).toEqual(['Cobleskill, NY']);
    expect(labels('12043')).toEqual(['12043 Cobleskill, NY']);
    expect(labels('guadalajara')[0]).toBe('Guadalajara, Jalisco, Mexico');
    expect(labels('Malvern, PA')).toEqual(['Pennsylvania, United States']);
  });

  it('have one code of each beginning where all would be too many', () => {
    const packed = choose(({ lng }) => (lng < -66 ? 2 : 0), { towns: 5000, codes: 3000 });
    expect(packed.codes.length).toBeGreaterThan(800);
    expect(packed.codes.length).toBeLessThan(1200);
    const [guess] = placesTyped(gazetteerOf([packed]), '12207');
    expect(guess).toMatchObject({ label: '12201 Albany, NY', fit: 'guess' });
    expect(gzipSync(JSON.stringify(packed)).length).toBeLessThan(120_000);
  });

  it('have all codes where the meetings are, and some of those around', () => {
    const packed = choose((at) => (nearAlbany(at) ? 2 : at.lng < -66 ? 1 : 0), {
      towns: 5000,
      codes: 3000,
    });
    const own = gazetteerOf([packed]);
    expect(placesTyped(own, '12207')[0]).toMatchObject({ fit: 'exact' });
    expect(placesTyped(own, '60625')[0]).toMatchObject({ fit: 'guess' });
    expect(packed.codes.length).toBeLessThan(3000);
  });

  it('go together with those of a region, each once', () => {
    const wide = choose(nearAlbany, { towns: 3000, codes: 2000 });
    const own = gazetteerOf([wide, placesInBox(places, capital)]);
    expect(placesTyped(own, 'albany').filter(({ label }) => label === 'Albany, NY')).toHaveLength(
      1,
    );
    expect(placesTyped(own, '12207')).toHaveLength(1);
  });

  it('are chosen in short turns', () => {
    const work = placesForPhone(places, nearAlbany, { towns: 12_000, codes: 8000 });
    let turns = 0;
    for (let step = work.next(); !step.done; step = work.next()) turns++;
    expect(turns).toBeGreaterThan(70);
  });
});
