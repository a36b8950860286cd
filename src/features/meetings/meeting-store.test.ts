import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attendances, type Meeting } from './meeting.rules.ts';
import { ByteWriter, SharedTexts, writeMeeting } from './meeting-bytes.server.ts';
import { MeetingStore, type StoredRow } from './meeting-store.server.ts';

const text = fc.oneof(
  fc.constantFrom('', 'Grace Church', 'Niño', 'Āı', 'Ж', '\ud800', '🙂', '\u0000'),
  fc.string({ unit: 'binary' }),
);
const maybe = fc.option(text);
const instant = fc.oneof(
  fc
    .date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.constantFrom('2026-11-22T01:02:03Z', '2026-11-22', '0001-01-01T00:00:00.000Z', ''),
);
const degrees = fc.oneof(
  fc.constantFrom(0, -0, 40.7127753, -73.95, 180, -180),
  fc.double({ min: -180, max: 180, noNaN: true }),
);
const day = fc.constantFrom('2026-01-01', '2027-12-31');

const meeting: fc.Arbitrary<Meeting> = fc.record({
  key: text,
  fellowship: fc.constantFrom('aa', 'na'),
  name: text,
  days: fc.array(fc.constantFrom(0, 1, 2, 3, 4, 5, 6)),
  startsAt: fc.option(fc.constantFrom('00:00', '23:59', '07:05')),
  minutes: fc.integer({ min: 0, max: 5000 }),
  timeZone: fc.constantFrom('America/New_York', 'Europe/Kyiv'),
  recurrence: fc.option(
    fc.record({
      by: fc.constant('weeks' as const),
      every: fc.constant(2),
      from: fc.option(day),
      until: fc.option(day),
    }),
  ),
  dayChanges: fc.array(
    fc.record({
      day,
      change: fc.constant('moved' as const),
      toDay: fc.option(day),
      startsAt: fc.constant(null),
      note: text,
    }),
    { maxLength: 1 },
  ),
  holidayNotes: text,
  attendance: fc.constantFrom(...attendances),
  types: fc.array(fc.constantFrom('O', 'D')),
  typesOn: fc.constantFrom([], [{ nth: [1, -1], types: ['O'] }]) as fc.Arbitrary<
    Meeting['typesOn']
  >,
  facets: fc.array(fc.constantFrom('open', 'discussion')),
  place: fc.record({
    name: text,
    address: text,
    city: text,
    region: text,
    postalCode: text,
    country: text,
    regions: fc.array(text, { maxLength: 3 }),
    notes: text,
    position: fc.option(fc.record({ lat: degrees, lng: degrees })),
    approximate: fc.boolean(),
  }),
  link: maybe,
  linkNotes: text,
  linkHostKnown: fc.boolean(),
  phone: maybe,
  phoneNotes: text,
  website: maybe,
  notes: text,
  group: text,
  groupNotes: text,
  mayNotBeWeekly: fc.boolean(),
  closure: fc.option(fc.record({ from: fc.option(day), until: fc.option(day), note: text })),
  updatedAt: fc.option(instant),
  confirmedAt: fc.option(instant),
  confirmedBy: fc.constantFrom(null, 'group', 'servant'),
});

const row: fc.Arbitrary<StoredRow> = fc.record({
  id: fc.uuid(),
  number: fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(2 ** 31, 2 ** 40)),
  changedAt: instant,
  listing: meeting,
});

const list = { id: 'l', name: 'List', bodyId: 'b', bodyNumber: 7, demo: false };

/** A store with one list, and a place for each row. */
function stored(rows: StoredRow[]): { store: MeetingStore; places: number[] } {
  const store = new MeetingStore(1);
  store.lists.push(list);
  return { store, places: rows.map((one) => store.add(0, one)) };
}

describe('meetings as bytes', () => {
  it('come back as they were, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        const { store, places } = stored(rows);
        for (const [i, n] of places.entries()) {
          const { id, number, changedAt, listing } = rows[i] as StoredRow;
          expect(store.meetingOf(n)).toEqual(listing);
          expect(store.at(n)).toMatchObject({ id, number, changedAt, listId: 'l', bodyNumber: 7 });
        }
      }),
      { numRuns: Number(process.env.STEPWELL_RUNS ?? 150) },
    );
  });

  it('take a few bytes besides their letters', () => {
    fc.assert(
      fc.property(meeting, (one) => {
        const out = new ByteWriter();
        writeMeeting(out, new SharedTexts(), { ...one, name: 'Ж'.repeat(50), closure: null });
        const whole = JSON.stringify(one).length;
        expect(out.size).toBeLessThan(whole);
      }),
    );
  });

  it('come back also when a listing is of an older or a newer make', () => {
    fc.assert(
      fc.property(row, fc.string(), fc.jsonValue(), (one, field, value) => {
        const { key: _, ...rest } = one.listing;
        for (const odd of [rest, { ...one.listing, [`x${field}`]: value }, { ...rest, x: value }]) {
          const { store } = stored([{ ...one, listing: odd as Meeting }]);
          expect(JSON.stringify(store.meetingOf(0))).toEqual(JSON.stringify(odd));
        }
      }),
    );
  });

  it('are found by id and by number, the newest that counts', () => {
    fc.assert(
      fc.property(fc.uniqueArray(row, { maxLength: 40, selector: (one) => one.id }), (rows) => {
        const numbered = rows.map((one, n) => ({ ...one, number: n * 3 + 1 }));
        const { store, places } = stored([...numbered, ...numbered]);
        for (const [i, n] of places.entries()) {
          const counts = (other: number) =>
            i < rows.length ? other < rows.length : other >= rows.length;
          const { id, number } = numbered[i % rows.length] as StoredRow;
          expect(store.byId(id, counts)).toBe(n);
          expect(store.byNumber(number, counts)).toBe(n);
          expect(store.byId(id.toUpperCase(), counts)).toBe(n);
        }
        expect(store.byId('no such id', () => true)).toBeUndefined();
        expect(store.byNumber(2, () => true)).toBeUndefined();
      }),
    );
  });

  it('may be larger than a chunk, between small ones', () => {
    const one = fc.sample(row, 1)[0] as StoredRow;
    const rows = ['', 'x'.repeat(3_000_000), '', 'Ж'.repeat(600_000), ''].map((notes) => ({
      ...one,
      listing: { ...one.listing, notes },
    }));
    const { store, places } = stored(rows);
    expect(places.map((n) => store.meetingOf(n).notes)).toEqual(rows.map((r) => r.listing.notes));
  });
});
