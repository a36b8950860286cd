import fc from 'fast-check';
import { facets } from './facets.rules.ts';
import {
  attendances,
  type DayChange,
  type Nth,
  type Recurrence,
  type Weekday,
} from './meeting.rules.ts';
import { dayNumber, dayOf, weekdayOfNumber } from './rule-days.rules.ts';
import type { Searchable } from './search-index.rules.ts';
import type { MeetingQuery } from './search-query.rules.ts';

const facetIds = facets.map((facet) => facet.id);
const words = ['Monday', 'Café', 'step', 'Stepping', 'Grace', 'group', 'Niño'];
const zones = ['America/New_York', 'America/Phoenix', 'Australia/Sydney', 'Asia/Kathmandu'];

const position = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      lat: fc.double({ min: 39, max: 41, noNaN: true }),
      lng: fc.double({ min: -76, max: -74, noNaN: true }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      lat: fc.double({ min: -90, max: 90, noNaN: true }),
      lng: fc.double({ min: -180, max: 180, noNaN: true }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      lat: fc.double({ min: -18, max: -17, noNaN: true }),
      lng: fc.constantFrom(179.95, -179.95),
    }),
  },
);

const listed = fc.record({
  position: fc.option(position),
  days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }),
  start: fc.option(fc.integer({ min: 0, max: 1439 }), { freq: 8 }),
  minutes: fc.constantFrom(30, 60, 90, 300),
  timeZone: fc.constantFrom(...zones),
  attendance: fc.constantFrom(...attendances),
  fellowship: fc.constantFrom('aa', 'na', 'smart'),
  facets: fc.uniqueArray(fc.constantFrom(...facetIds.slice(0, 6), 'lang-uk', 'lang-es'), {
    maxLength: 4,
  }),
  text: fc.array(fc.constantFrom(...words), { maxLength: 3 }).map((list) => list.join(' ')),
  shared: fc.subarray(['Ñuñoa', 'Grace Town'], { maxLength: 1 }),
  regions: fc.subarray(['Ohio', 'West/Side', 'Café'], { maxLength: 3 }),
  list: fc.constantFrom('one', 'other'),
});

const day = fc.integer({ min: dayNumber('2026-01-01'), max: dayNumber('2026-12-31') }).map(dayOf);
const nth = fc.uniqueArray(fc.constantFrom<Nth>(1, 2, 3, 4, 5, -1), { minLength: 1, maxLength: 2 });
const span = { from: fc.option(day), until: fc.option(day, { freq: 2 }) };
const recurrence: fc.Arbitrary<Recurrence> = fc.oneof(
  fc.record({ by: fc.constant('weeks' as const), every: fc.integer({ min: 1, max: 4 }), ...span }),
  fc.record({
    by: fc.constant('month' as const),
    nth,
    every: fc.integer({ min: 1, max: 3 }),
    ...span,
  }),
);
const dayChange: fc.Arbitrary<DayChange> = fc.record({
  day,
  change: fc.constantFrom('cancelled', 'moved', 'online'),
  toDay: fc.option(day),
  startsAt: fc.option(fc.constantFrom('00:30', '12:00', '23:45')),
  note: fc.constant(''),
});

/** Half of them are held by a rule, with exceptions on their own days and a closure. */
export const meeting = fc
  .tuple(
    listed,
    fc.boolean(),
    fc.option(recurrence),
    fc.array(dayChange, { maxLength: 4 }),
    fc.option(fc.record({ ...span, note: fc.constant('') })),
  )
  .map(([one, plain, rule, changes, closure]): Searchable => {
    const hour = String(Math.floor((one.start ?? 0) / 60)).padStart(2, '0');
    const startsAt =
      one.start === null ? null : `${hour}:${String(one.start % 60).padStart(2, '0')}`;
    const { minutes, timeZone } = one;
    const timed = { days: one.days as Weekday[], startsAt, minutes, timeZone };
    if (plain) return { ...one, timed: null };
    // A change of a day that is none of its own says nothing: most are brought to one that is.
    const dayChanges = changes.flatMap((change) => {
      const number = dayNumber(change.day);
      const own = [0, 1, 2, 3, 4, 5, 6].find((n) => one.days.includes(weekdayOfNumber(number + n)));
      return own === undefined ? [] : [{ ...change, day: dayOf(number + own) }];
    });
    const once = dayChanges.filter((a, i) => dayChanges.findIndex((b) => b.day === a.day) === i);
    return { ...one, timed: { ...timed, recurrence: rule, dayChanges: once, closure } };
  });

// Around both changes of the clocks in both hemispheres, and in between.
const instant = fc.oneof(
  fc
    .constantFrom('2026-03-08T06:59:30Z', '2026-11-01T05:30:00Z', '2026-04-04T15:59:59Z')
    .map(Date.parse),
  fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-01-01') }),
);

function optional<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  // Mostly absent: a query that asks for everything at once finds nothing and proves nothing.
  return fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

/** Questions that ask for some of all that can be asked for. */
export const query = fc
  .record({
    near: optional(
      fc.record({
        point: position,
        radiusKm: optional(fc.constantFrom(0, 1, 25, 200, 9000, 20_100)),
        nearest: optional(fc.integer({ min: 1, max: 8 })),
      }),
    ),
    day: optional(fc.integer({ min: 0, max: 6 })),
    after: optional(fc.integer({ min: 0, max: 1439 })),
    before: optional(fc.integer({ min: 0, max: 1440 })),
    fellowships: optional(fc.subarray(['aa', 'na', 'nobody'], { minLength: 1 })),
    types: optional(fc.subarray([...facetIds.slice(0, 4), 'lang-uk'], { maxLength: 2 })),
    attendances: optional(fc.subarray([...attendances], { minLength: 1 })),
    text: optional(fc.constantFrom('step', 'cafe gr', 'nino', 'zzz', 'g', 'nunoa', 'ohio')),
    onDay: optional(day),
    region: optional(fc.constantFrom('Ohio', 'ohio / WEST side', 'west', 'Ohio/West/Side/Cafe')),
    lists: optional(fc.subarray(['one', 'other', 'none'])),
    anywhere: optional(fc.boolean()),
    now: optional(instant),
    withinMinutes: optional(fc.constantFrom(0, 40, 600)),
    reachable: optional(fc.boolean()),
    order: optional(fc.constantFrom('time' as const, 'distance' as const)),
  })
  .map(({ near, ...rest }) => {
    const entries = Object.entries(rest).filter(([, value]) => value !== undefined);
    const plain: MeetingQuery = Object.fromEntries(entries);
    if (near) {
      plain.near = { ...near.point };
      if (near.radiusKm !== undefined) plain.near.radiusKm = near.radiusKm;
      if (near.nearest !== undefined) plain.near.nearest = near.nearest;
    }
    return plain;
  });
