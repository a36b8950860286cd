import { expect, test } from 'vitest';
import type { Listing } from '../meetings/contract.ts';
import { rowOf } from './finder-rows.server.ts';

const listing: Listing = {
  id: '0193d4a0-0000-7000-8000-000000000007',
  name: 'Dawn',
  fellowship: 'aa',
  fellowshipShort: 'AA',
  days: [0],
  startsAt: '07:00',
  minutes: 60,
  timeZone: 'America/New_York',
  attendance: 'in-person',
  facets: ['open'],
  placeName: 'Church',
  address: '12 Main St, Albany, NY 12207, USA',
  mayNotBeWeekly: false,
  demo: false,
};
const row = (more: Partial<Listing>, locale: 'en' | 'es' = 'en') =>
  String(rowOf({ ...listing, ...more }, Date.parse('2026-11-22T10:00:00Z'), locale));

test('nobody is sent to a door that is shut', () => {
  expect(row({})).not.toContain('closed');
  expect(row({ closed: {} })).toContain('AA · Church · closed for now');
  expect(row({ closed: { until: '2026-12-06' } })).toContain('closed until Sunday, December 6');
  expect(row({ closed: {}, attendance: 'hybrid' }, 'es')).toContain('cerrada por ahora');
});
