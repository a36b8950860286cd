import { expect, test } from 'vitest';
import { readPlace } from './read-place.rules.ts';

test.each([
  ['5 George St, Sydney NSW 2000, Australia', 'Sydney', 'NSW', '2000', 'Australia'],
  ['125 Charing Cross Rd, London WC2H 0EW, UK', 'London', '', 'WC2H 0EW', 'UK'],
  ['Fehrbelliner Str. 92, 10119 Berlin, Germany', 'Berlin', '', '10119', 'Germany'],
  ['Pastoriestraat 147, 5612 EK Eindhoven, Netherlands', 'Eindhoven', '', '5612 EK', 'Netherlands'],
  ['3800 Vaux St, Philadelphia, PA 19129', 'Philadelphia', 'PA', '19129', 'USA'],
])('%s is a door that one can go to', (address, city, region, postalCode, country) => {
  expect(readPlace({ formatted_address: address }, [])).toMatchObject({
    city,
    region,
    postalCode,
    country,
    approximate: false,
  });
});

test.each([
  'Philadelphia, PA, USA',
  'Kathmandu, Nepal',
  '1010 Wien, Vienna, Austria',
  '75011 Paris, Île-de-France, France',
  'London SW1A 1AA, England, UK',
  'Bern, 3011 Bern, Switzerland',
])('%s is only a town', (address) => {
  expect(readPlace({ formatted_address: address }, []).approximate).toBe(true);
});
