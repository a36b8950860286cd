import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { DayChange, Recurrence, Weekday } from './meeting.rules.ts';
import type { Timed } from './recurrence.rules.ts';

const zones = [
  'America/New_York',
  'America/Phoenix',
  'America/Santiago',
  'America/St_Johns',
  'Europe/Madrid',
  'Europe/Dublin',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'UTC',
];
const day = fc
  .integer({ min: 0, max: 1460 })
  .map((days) => Temporal.PlainDate.from('2024-06-01').add({ days }).toString());
const time = fc.oneof(
  // Where clocks jump, in all the ways they do.
  fc.constantFrom('00:00', '00:30', '01:30', '02:00', '02:15', '02:30', '02:45', '03:00', '23:30'),
  fc
    .integer({ min: 0, max: 1439 })
    .map((minute) =>
      Temporal.PlainTime.from('00:00').add({ minutes: minute }).toString().slice(0, 5),
    ),
);
const bounds = { from: fc.option(day), until: fc.option(day, { freq: 2 }) };
const recurrence: fc.Arbitrary<Recurrence | null> = fc.oneof(
  fc.constant(null),
  fc.record({
    by: fc.constant('weeks' as const),
    every: fc.integer({ min: 1, max: 5 }),
    ...bounds,
  }),
  fc.record({
    by: fc.constant('month' as const),
    nth: fc.uniqueArray(
      fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 5 as const, -1 as const),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    every: fc.constantFrom(1, 1, 2, 3, 6),
    ...bounds,
  }),
);
/** A meeting with any rule, exceptions and closure, and a moment at which to ask. */
export const plan = fc.record({
  timeZone: fc.constantFrom(...zones),
  days: fc.uniqueArray(
    fc.integer({ min: 0, max: 6 }).map((on) => on as Weekday),
    { minLength: 1, maxLength: 4 },
  ),
  startsAt: time,
  minutes: fc.constantFrom(30, 60, 90, 150, 1500),
  recurrence,
  now: fc.record({ day, minute: fc.integer({ min: 0, max: 1439 }), byChange: fc.boolean() }),
  changes: fc.array(
    fc.record({
      change: fc.constantFrom('cancelled' as const, 'moved' as const, 'online' as const),
      which: fc.integer({ min: 0, max: 12 }),
      later: fc.option(fc.integer({ min: -9, max: 9 })),
      startsAt: fc.option(time),
    }),
    { maxLength: 3 },
  ),
  closure: fc.option(
    fc.record({ from: fc.option(day), until: fc.option(day), note: fc.constant('') }),
    { freq: 4 },
  ),
});
export type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

/** A moment to ask at: whichever, or within a day of the zone's next change of the clocks. */
export function momentOf({ now, timeZone }: Plan): number {
  const at = Temporal.PlainDate.from(now.day).toZonedDateTime({ timeZone });
  const change = now.byChange ? at.getTimeZoneTransition('next') : null;
  return (change ?? at).epochMilliseconds + (now.minute - (change ? 720 : 0)) * 60_000;
}

/** The plan's meeting: a rule whose count has no beginning needs none, so every second week has one. */
export function meetingOf(drawn: Plan, days: (meeting: Timed) => string[]): Timed {
  const { timeZone, startsAt, minutes, closure } = drawn;
  let { recurrence } = drawn;
  if (recurrence && recurrence.every > 1 && recurrence.from === null)
    recurrence = { ...recurrence, from: '2024-02-13' };
  const plain: Timed = { timeZone, startsAt, minutes, days: drawn.days, recurrence };
  const held = days(plain);
  const changes = new Map<string, DayChange>();
  for (const { change, which, later, startsAt } of drawn.changes) {
    const on = held[which];
    if (!on) continue;
    const toDay =
      later === null ? null : Temporal.PlainDate.from(on).add({ days: later }).toString();
    changes.set(on, {
      day: on,
      change,
      toDay: change === 'moved' ? toDay : null,
      startsAt: change === 'moved' ? startsAt : null,
      note: '',
    });
  }
  return { ...plain, dayChanges: [...changes.values()], closure };
}
