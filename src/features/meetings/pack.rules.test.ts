import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attendances, type Meeting, type Nth, type Weekday } from './meeting.rules.ts';
import { type PackedListing, perDegree } from './pack-format.rules.ts';
import { isDelta, Pack, readDelta, UnknownPackError } from './pack-read.rules.ts';
import { writeDelta, writePack } from './pack-write.rules.ts';

// Any text that PostgreSQL keeps as JSON: well formed, without the zero character.
const text = fc.oneof(
  fc.constantFrom('', 'Grace', 'Grace', 'Niño 🌙', 'a\nb', '"', '='),
  fc.string({ unit: 'grapheme', maxLength: 30 }).map((some) => some.replaceAll('\0', '')),
);
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const instant = fc.oneof(
  fc.constantFrom('2026-03-12T10:00:00+02:00', '1969-01-01T00:00:00.000Z'),
  fc
    .date({ min: new Date(0), noInvalidDate: true, max: new Date('2100-01-01') })
    .map((date) => date.toISOString()),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 3 });
const nth = fc.uniqueArray(fc.constantFrom<Nth>(1, 2, 3, 4, 5, -1), { minLength: 1 });
const ends = { from: maybe(day), until: maybe(day) };
const degrees = (most: number) =>
  fc
    .integer({ min: -most * perDegree, max: most * perDegree })
    .map((whole) => whole / perDegree + 0);

const meeting: fc.Arbitrary<Meeting> = fc.record({
  key: fc.constant(''),
  fellowship: fc.constantFrom('aa', 'na', 'something-new'),
  name: text,
  days: fc
    .uniqueArray(fc.constantFrom<Weekday>(0, 1, 2, 3, 4, 5, 6))
    .map((days) => [...days].sort()),
  startsAt: maybe(clock),
  minutes: fc.integer({ min: 0, max: 5000 }),
  timeZone: fc.constantFrom('America/New_York', 'Asia/Kathmandu'),
  recurrence: fc.oneof(
    fc.constant(null),
    fc.record({
      by: fc.constant('weeks' as const),
      every: fc.integer({ min: 1, max: 9 }),
      ...ends,
    }),
    fc.record({ by: fc.constant('month' as const), nth, every: fc.constantFrom(1, 3), ...ends }),
  ),
  dayChanges: fc.array(
    fc.record({
      day,
      change: fc.constantFrom('cancelled' as const, 'moved' as const, 'online' as const),
      toDay: maybe(day),
      startsAt: maybe(clock),
      note: text,
    }),
    { maxLength: 2 },
  ),
  holidayNotes: text,
  attendance: fc.constantFrom(...attendances),
  types: fc.array(fc.constantFrom('O', 'C', 'ASL', '12x12'), { maxLength: 3 }),
  typesOn: fc.array(fc.record({ nth, types: fc.array(text, { maxLength: 2 }) }), { maxLength: 2 }),
  facets: fc.array(fc.constantFrom('open', 'lang-es', 'never-heard-of'), { maxLength: 3 }),
  place: fc.record({
    name: text,
    address: text,
    city: text,
    region: text,
    postalCode: text,
    country: text,
    regions: fc.array(text, { maxLength: 3 }),
    notes: text,
    position: maybe(fc.record({ lat: degrees(90), lng: degrees(180) })),
    approximate: fc.boolean(),
  }),
  link: maybe(text),
  linkNotes: text,
  linkHostKnown: fc.boolean(),
  phone: maybe(text),
  phoneNotes: text,
  website: maybe(text),
  notes: text,
  group: text,
  groupNotes: text,
  mayNotBeWeekly: fc.boolean(),
  closure: maybe(fc.record({ ...ends, note: text })),
  updatedAt: maybe(instant),
  confirmedAt: maybe(instant),
  confirmedBy: fc.constantFrom('group' as const, 'servant' as const, null),
});
const listing: fc.Arbitrary<PackedListing> = fc.record({
  id: fc.uuid(),
  demo: fc.boolean(),
  meeting,
});
const listings = fc.uniqueArray(listing, { maxLength: 12, selector: ({ id }) => id });
const head = {
  fellowships: [{ id: 'aa', short: 'AA', name: { en: 'A', es: 'A' }, types: {} }],
};

function byId(all: readonly PackedListing[]): Map<string, PackedListing> {
  return new Map(all.map((one) => [one.id, one]));
}

function readAll(pack: Pack): PackedListing[] {
  return Array.from({ length: pack.count }, (_, n) => pack.listing(n));
}

describe('a list for a phone', () => {
  it('gives back every meeting as it was, whatever it is', () => {
    fc.assert(
      fc.property(listings, (some) => {
        const pack = new Pack(writePack(some, head));
        expect(byId(readAll(pack))).toEqual(byId(some));
        expect(pack.head).toEqual(head);
        for (const [id, n] of pack.numbered()) {
          const { place, facets, fellowship } = pack.listing(n).meeting;
          expect(pack.id(n)).toBe(id);
          expect({ ...pack.located(n), ...pack.words(n) }).toMatchObject({
            position: place.position,
            facets,
            fellowship,
          });
        }
      }),
    );
  });

  it('keeps a position to about a metre', () => {
    const [some] = fc.sample(listing, 1);
    if (!some) throw new Error('Nothing was made.');
    some.meeting.place.position = { lat: 42.687134999, lng: -73.830214 };
    const { position } = new Pack(writePack([some], head)).place(0);
    expect(position).toEqual({ lat: 42.68713, lng: -73.83021 });
  });

  it('is the same bytes in whatever order the meetings come', () => {
    fc.assert(
      fc.property(listings, (some) => {
        expect(writePack([...some].reverse(), head)).toEqual(writePack(some, head));
      }),
      { numRuns: 30 },
    );
  });

  it('is refused when it is cut short, of another format or no list at all', () => {
    const bytes = writePack(fc.sample(listing, { numRuns: 5, seed: 3 }), head);
    for (let length = 0; length < bytes.length; length += 7)
      expect(() => new Pack(bytes.slice(0, length))).toThrow(UnknownPackError);
    const later = bytes.slice();
    later[3] = 2;
    expect(() => new Pack(later)).toThrow(UnknownPackError);
    expect(() => new Pack(new TextEncoder().encode('<!doctype html>'))).toThrow(UnknownPackError);
  });

  it('with broken bytes says so or reads something, and nothing else happens', () => {
    const bytes = writePack(fc.sample(listing, { numRuns: 8, seed: 4 }), head);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const broken = bytes.slice();
        broken[at] = byte;
        try {
          const pack = new Pack(broken);
          expect(pack.count).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect(error).toBeInstanceOf(UnknownPackError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('tells a difference: what to forget and what is new', () => {
    fc.assert(
      fc.property(listings, fc.array(fc.uuid(), { maxLength: 4 }), (some, forgotten) => {
        const bytes = writeDelta('v 7', forgotten, writePack(some, head));
        expect(isDelta(bytes)).toBe(true);
        const delta = readDelta(bytes);
        expect(delta.from).toBe('v 7');
        expect(delta.forgotten).toEqual(forgotten);
        expect(byId(readAll(new Pack(delta.pack)))).toEqual(byId(some));
        expect(() => readDelta(bytes.slice(0, -1))).toThrow(UnknownPackError);
        expect(isDelta(writePack(some, head))).toBe(false);
      }),
    );
  });
});
