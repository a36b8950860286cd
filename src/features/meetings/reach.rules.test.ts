import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Meeting } from './meeting.rules.ts';
import { packed, unpacked } from './pack.rules.ts';
import { canBeReached, travelMinutes } from './reach.rules.ts';

describe('what can still be reached', () => {
  it.each([
    ['in-person', 40, 1, true],
    ['in-person', 5, 1, true],
    ['in-person', 5, 20, false],
    ['in-person', -10, 0.2, true],
    ['in-person', -20, 0.2, false],
    ['online', -25, null, true],
    ['online', -40, null, false],
    ['hybrid', -20, 50, true],
    ['in-person', -5, null, true],
    ['inactive', 40, 0, false],
  ] as const)('%s in %i min at %s km: %s', (attendance, minutes, km, expected) => {
    expect(canBeReached(attendance, minutes * 60_000, km)).toBe(expected);
  });

  it('a longer way never takes less time', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 300, noNaN: true }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (km, more) => {
          // Where feet change to wheels two minutes may be won.
          expect(travelMinutes(km + more)).toBeGreaterThanOrEqual(travelMinutes(km) - 17);
        },
      ),
    );
  });
});

describe('a packed meeting', () => {
  it('comes out as it went in, but for its key', () => {
    const text = fc.constantFrom('', 'x', 'Niño');
    const place = fc.record({
      name: text,
      address: text,
      city: text,
      region: text,
      postalCode: text,
      country: text,
      regions: fc.array(text, { maxLength: 2 }),
      notes: text,
      position: fc.option(
        fc.record({
          lat: fc.double({ noNaN: true, noDefaultInfinity: true }),
          lng: fc.constant(2),
        }),
      ),
      approximate: fc.boolean(),
    });
    const meeting: fc.Arbitrary<Meeting> = fc.record({
      key: fc.constant(''),
      fellowship: text,
      name: text,
      days: fc.subarray([0, 1, 2] as const).map((days) => [...days]),
      startsAt: fc.constantFrom(null, '19:00'),
      minutes: fc.constantFrom(60, 90),
      timeZone: text,
      recurrence: fc.constantFrom(null, { by: 'weeks', every: 2, from: '2026-01-06', until: null }),
      dayChanges: fc.constantFrom(
        [],
        [{ day: '2026-12-25', change: 'cancelled', toDay: null, startsAt: null, note: '' }],
      ),
      holidayNotes: text,
      attendance: fc.constantFrom('in-person', 'online'),
      types: fc.array(text),
      typesOn: fc.constantFrom([], [{ nth: [1, -1], types: ['SP'] }]),
      facets: fc.array(text),
      place,
      link: fc.constantFrom(null, 'https://zoom.us/'),
      linkNotes: text,
      linkHostKnown: fc.boolean(),
      phone: fc.constant(null),
      phoneNotes: text,
      website: fc.constant(null),
      notes: text,
      group: text,
      groupNotes: text,
      mayNotBeWeekly: fc.boolean(),
      closure: fc.constantFrom(null, { from: null, until: '2027-01-01', note: 'Paint' }),
      updatedAt: fc.constantFrom(null, '2026-01-01T00:00:00.000Z'),
      confirmedAt: fc.constantFrom(null, '2026-03-12T00:00:00.000Z'),
      confirmedBy: fc.constantFrom(null, 'group'),
    });
    fc.assert(
      fc.property(meeting, (one) => {
        expect(unpacked(JSON.parse(JSON.stringify(packed(one))))).toEqual(
          JSON.parse(JSON.stringify(one)),
        );
      }),
    );
  });
});
