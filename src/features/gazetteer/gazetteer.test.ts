import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildGazetteer } from './build-gazetteer.rules.ts';
import type { Gazetteer } from './gazetteer.rules.ts';
import { kmBetween, placeLabel, pointOf } from './place-label.rules.ts';
import { gazetteer } from './server.ts';
import { placesTyped } from './typed-place.rules.ts';

let places: Gazetteer;
beforeAll(async () => {
  places = await gazetteer();
}, 20_000);

const firstOf = (typed: string, wishes = {}) => placesTyped(places, typed, wishes)[0];

describe('a typed place', () => {
  it.each([
    ['Springfield, IL', 'Springfield, IL'],
    ['springfield illinois', 'Springfield, IL'],
    ['Springfield, Ill', 'Springfield, IL'],
    ['paris, t', 'Paris, TX'],
    ['Springfield IL USA', 'Springfield, IL'],
    ['Springfield', 'Springfield, MO'],
    ['St Louis', 'St. Louis, MO'],
    ['Saint Louis, Missouri', 'St. Louis, MO'],
    ['st. paul mn', 'Saint Paul, MN'],
    ['Ft. Lauderdale', 'Fort Lauderdale, FL'],
    ['ofallon mo', "O'Fallon, MO"],
    ['Mc Lean, VA', 'McLean, VA'],
    ['phila', 'Philadelphia, PA'],
    ['Washington', 'Washington, DC'],
    ['washington dc', 'Washington, DC'],
    ['New York, NY', 'New York City, NY'],
    ['Nueva York', 'New York City, NY'],
    ['Filadelfia', 'Philadelphia, PA'],
    ['CIUDAD DE MEXICO', 'Mexico City, Ciudad de México, Mexico'],
    ['guadalajara', 'Guadalajara, Jalisco, Mexico'],
    ['Guadalajara, España', 'Guadalajara, Castilla-La Mancha, Spain'],
    ['bogota', 'Bogotá, Colombia'],
    ['são paulo', 'São Paulo, Brazil'],
    ['Londres', 'London, England'],
    ['london ontario', 'London, ON'],
    ['paris tx', 'Paris, TX'],
    ['portland or', 'Portland, OR'],
    ['München', 'Munich, Germany'],
    ['san juan pr', 'San Juan, PR'],
    ['montreal', 'Montréal, QC'],
    ['Cooperstown', 'Cooperstown, NY'],
    ['12207', '12207 Albany, NY'],
    ['12207-1234', '12207 Albany, NY'],
    ['122071234', '12207 Albany, NY'],
    ['Albany NY 12207', '12207 Albany, NY'],
    ['m5v', 'M5V Downtown Toronto, ON'],
    ['M5V 2T6', 'M5V Downtown Toronto, ON'],
    ['Ohio', 'Ohio, United States'],
    ['new mexico', 'New Mexico, United States'],
    ['Canada', 'Canada'],
    ['12 Main St, Springfield, IL', 'Springfield, IL'],
    ['12 main st springfield il', 'Springfield, IL'],
    ['1600 Pennsylvania Ave NW, Washington, DC 20500', '20500 Washington, DC'],
    ['Springfield, Greene County', 'Springfield, MO'],
    ['n. hollywood', 'North Hollywood, CA'],
    ['E Lansing, MI', 'East Lansing, MI'],
    ['W Palm Beach', 'West Palm Beach, FL'],
    ['Milford Township', 'Milford, CT'],
    ['auckland nz', 'Auckland, New Zealand'],
    ['tijuana bc', 'Tijuana, Baja California, Mexico'],
    ['León', 'León de los Aldama, Guanajuato, Mexico'],
    ['ny ny', 'New York City, NY'],
    ['bryn mawr pa', 'Bryn Mawr, PA (near Radnor)'],
    ['42.65,-73.75', '42.65,-73.75'],
  ])('%s → %s', (typed, label) => {
    expect(firstOf(typed)?.label).toBe(label);
    expect(firstOf(typed)?.fit).not.toBe('guess');
  });

  it.each([
    ['Abany', 'Albany, NY'],
    ['Albnay', 'Albany, NY'],
    ['Sprigfield, IL', 'Springfield, IL'],
    ['Philadelphja', 'Philadelphia, PA'],
    ['Guadalahara', 'Guadalajara, Jalisco, Mexico'],
    ['Frnakfurt', 'Frankfurt am Main, Germany'],
    ['san frncisco', 'San Francisco, CA'],
    ['12200', '12201 Albany, NY'],
    ['Xyzzyqwk, Ohio', 'Ohio, United States'],
  ])('%s is one letter from %s', (typed, label) => {
    expect(firstOf(typed)).toMatchObject({ label, fit: 'guess' });
  });

  it.each([
    '',
    '   ',
    '🙂',
    ' … ',
    '%',
    '_',
    "'; DROP TABLE meeting; --",
    '12345678',
    '00000',
    'Q9Q',
    '92, 190',
    'Xyzzyqwk, ZZ',
    '\u0000',
    '\ud800',
    'x'.repeat(100_000),
    'constructor',
    'Main St',
    'near me',
  ])('%j is nowhere', (typed) => {
    expect(placesTyped(places, typed)).toEqual([]);
  });

  it('comes before those that only begin so, and the larger before the smaller', () => {
    const found = placesTyped(places, 'york', { limit: 20 });
    expect(found[0]?.label).toBe('York, England');
    const fits = found.map(({ fit }) => fit);
    expect(fits).toEqual([...fits].sort((a, b) => (a === b ? 0 : a === 'exact' ? -1 : 1)));
    const people = placesTyped(places, 'cambridge').flatMap((place) =>
      place.fit === 'exact' ? [place.population] : [],
    );
    expect(people).toEqual([...people].sort((a, b) => b - a));
  });

  it('is the one near here, of several that fit alike', () => {
    expect(firstOf('london', { near: { lat: 39.96, lng: -83 } })?.label).toBe('London, OH');
    expect(firstOf('springfield', { near: { lat: 42.1, lng: -72.6 } })?.label).toBe(
      'Springfield, MA',
    );
  });

  it('is the one that the asker favours, and only in the country asked for', () => {
    const alabama = ({ lat, lng }: { lat: number; lng: number }) =>
      lat < 35 && lng < -80 && lng > -90 ? 3 : 0;
    expect(firstOf('birmingham')?.label).toBe('Birmingham, England');
    expect(firstOf('birmingham', { favour: alabama })?.label).toBe('Birmingham, AL');
    expect(firstOf('birmingham', { country: 'US' })?.label).toBe('Birmingham, AL');
    expect(placesTyped(places, '12207', { country: 'MX' })).toEqual([]);
  });

  it('says which larger town it is near, where two have one name, and is found by that', () => {
    const both = placesTyped(places, 'montrose pa').filter(({ fit }) => fit === 'exact');
    expect(both.map(({ label }) => label)).toEqual([
      // The one with a postal code first, though it is a little smaller.
      'Montrose, PA (near Binghamton)',
      'Montrose, PA (near Reading)',
    ]);
    for (const place of both) expect(placesTyped(places, place.label)).toEqual([place]);
  });

  it('is written in Spanish for who reads Spanish, and found so', () => {
    expect(firstOf('Munich', { locale: 'es' })?.label).toBe('Munich, Alemania');
    expect(firstOf('Munich, Alemania')?.label).toBe('Munich, Germany');
    expect(firstOf('Carolina del Norte', { locale: 'es' })?.label).toBe(
      'North Carolina, Estados Unidos',
    );
  });

  it('knows how far a region goes', () => {
    const ohio = firstOf('Ohio');
    expect(ohio?.radiusKm).toBeGreaterThan(100);
    expect(ohio?.radiusKm).toBeLessThan(300);
    expect(kmBetween(ohio?.position ?? { lat: 0, lng: 0 }, { lat: 40.2, lng: -82.6 })).toBeLessThan(
      60,
    );
    expect(firstOf('Albany')?.radiusKm).toBeUndefined();
  });
});

describe('all places', () => {
  /** Whether what a label finds is there; many places of one name are asked for at once. */
  const foundByLabel = (all: Gazetteer, place: number, locale: string) => {
    const position = pointOf(all, place);
    const label = placeLabel(all, place, locale);
    const found = placesTyped(all, label, { limit: 48, near: position });
    return found.some((other) => kmBetween(other.position, position) < 20);
  };

  it('are found by their own labels', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: places.people.length - 1 }),
        fc.constantFrom('en', 'es'),
        (place, locale) => foundByLabel(places, place, locale),
      ),
      { numRuns: 3000 },
    );
  });

  it('are not, where a name is wrong: the check can fail', () => {
    const albany = { name: 'Albany', region: 'US.NY', people: 9, lat: 42.65, lng: -73.75 };
    const buffalo = { name: 'Buffalo', region: 'US.NY', people: 999, lat: 42.89, lng: -78.88 };
    const right = buildGazetteer([albany, buffalo], []);
    expect(foundByLabel(right, 0, 'en')).toBe(true);
    const wrong = { ...right, shown: new TextEncoder().encode('XlbxnyBuffalo') };
    expect(foundByLabel(wrong, 0, 'en')).toBe(false);
  });

  it('lie where the postal service and the list of towns agree', () => {
    for (let n = 0; n < places.codes.length; n++) {
      const lat = (places.codeLats[n] as number) / 1e5;
      const lng = (places.codeLngs[n] as number) / 1e5;
      const town = pointOf(places, places.codePlaces[n] as number);
      expect(Math.abs(town.lat - lat) + Math.abs(town.lng - lng)).toBeLessThan(1.5);
    }
  });
});

it('nothing that is typed throws, or finds more than was asked for', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.string({ maxLength: 120 }),
        fc
          .array(
            fc.constantFrom('san', 'st', ',', 'NY', '1', '12207', '(near', ')', ' ', 'é', '-'),
            {
              maxLength: 12,
            },
          )
          .map((parts) => parts.join(' ')),
      ),
      fc.integer({ min: 1, max: 12 }),
      (typed, limit) => placesTyped(places, typed, { limit }).length <= limit,
    ),
    { numRuns: 2000 },
  );
});
