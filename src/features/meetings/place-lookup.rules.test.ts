import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readList } from '../lists/read-list.rules.ts';
import { buildPlaces, placesTyped, typedPosition } from './place-lookup.rules.ts';

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
    expect(typedPosition('42.65, -73.75')).toEqual({ lat: 42.65, lng: -73.75 });
    expect(typedPosition('42.65 -73.75')).toEqual({ lat: 42.65, lng: -73.75 });
    expect(typedPosition('92, 10')).toBeNull();
    expect(typedPosition('19355')).toBeNull();
  });

  it('may be nowhere', () => {
    expect(placesTyped(places, 'Atlantis')).toEqual([]);
    expect(placesTyped(places, ' … ')).toEqual([]);
  });
});
