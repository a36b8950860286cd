import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readList } from '../list-formats/read-list.rules.ts';
import { buildPlaces, isServed, placesTyped, servedRound } from './place-lookup.rules.ts';

const file = new URL('../../../e2e/feeds/philadelphia-2022.json', import.meta.url);
const read = readList(readFileSync(file), { fellowship: 'aa', timeZone: 'America/New_York' });
const places = buildPlaces(
  (read.ok ? read.rows : []).flatMap((row) => (row.taken ? [row.meeting] : [])),
);

describe('a typed place', () => {
  it.each([
    ['Malvern', 'Malvern, PA'],
    ['malvern pa', 'Malvern, PA'],
    ['  MÁLV ', 'Malvern, PA'],
    ['19355', '19355 Malvern, PA'],
    ['phila', 'Philadelphia, PA'],
    ['west phil', 'West Philadelphia, PA'],
  ])('%s → %s', (typed, label) => {
    expect(placesTyped(places, typed)[0]?.label).toBe(label);
  });

  it('lies where its listings are', () => {
    const [malvern] = placesTyped(places, 'Malvern');
    expect(malvern?.position.lat).toBeCloseTo(40.04, 1);
    expect(malvern?.position.lng).toBeCloseTo(-75.54, 1);
  });

  it('may be a pair of degrees', () => {
    expect(placesTyped(places, '42.65, -73.75')[0]?.position).toEqual({ lat: 42.65, lng: -73.75 });
  });

  it('is served where a listing is near', () => {
    expect(isServed(places, { lat: 40.04, lng: -75.54 })).toBe(true);
    expect(isServed(places, { lat: 52.5, lng: -1.9 })).toBe(false);
    expect(isServed(places, { lat: 41.2, lng: -75.9 })).toBe(false);
    const isAround = servedRound(places);
    expect(isAround({ lat: 41.2, lng: -75.9 })).toBe(true);
    expect(isAround({ lat: 52.5, lng: -1.9 })).toBe(false);
  });

  it('may be nowhere', () => {
    expect(placesTyped(places, 'Atlantis')).toEqual([]);
    expect(placesTyped(places, ' … ')).toEqual([]);
  });
});
