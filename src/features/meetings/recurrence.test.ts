import fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { DayChange, Recurrence, Weekday } from './meeting.rules.ts';
import { occurrences, type Timed } from './recurrence.rules.ts';

const rules = process.env.STEPWELL_PROVE ? 10_000 : 600;

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
const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const horizonDays = 500;

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
const plan = fc.record({
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
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

/** The instant of a rule's day at a time, as Temporal has it. */
function exact(timeZone: string, on: string, at: string): number {
  return Temporal.PlainDate.from(on).toZonedDateTime({
    timeZone,
    plainTime: Temporal.PlainTime.from(at),
  }).epochMilliseconds;
}

/** Days that the other library says the rule holds on, well before and well after `from`. */
function ruleDays(meeting: Timed, from: Temporal.PlainDate): string[] {
  const { recurrence } = meeting;
  const anchor = recurrence?.from ?? '2024-01-01';
  const days = meeting.days.map((on) => weekdays[on] as string);
  const monthly = recurrence?.by === 'month';
  const byDay = monthly ? recurrence.nth.flatMap((nth) => days.map((on) => `${nth}${on}`)) : days;
  // At noon, where no clock jumps; the time of the day is put in by Temporal.
  const dtstart = Temporal.ZonedDateTime.from(`${anchor}T12:00[UTC]`);
  const rule = new RRuleTemporal({
    freq: monthly ? 'MONTHLY' : 'WEEKLY',
    interval: recurrence?.every ?? 1,
    byDay,
    wkst: 'SU',
    dtstart,
    ...(recurrence?.until && {
      until: Temporal.ZonedDateTime.from(`${recurrence.until}T12:00[UTC]`),
    }),
  });
  const noon = from.toZonedDateTime({
    timeZone: 'UTC',
    plainTime: Temporal.PlainTime.from('12:00'),
  });
  return rule
    .between(noon.subtract({ days: 20 }), noon.add({ days: horizonDays + 20 }), true)
    .map((at) => at.toPlainDate().toString());
}

/** A moment to ask at: any, or within a day of the zone's next change of the clocks. */
function momentOf({ now, timeZone }: Plan): number {
  const at = Temporal.PlainDate.from(now.day).toZonedDateTime({ timeZone });
  const change = now.byChange ? at.getTimeZoneTransition('next') : null;
  return (change ?? at).epochMilliseconds + (now.minute - (change ? 720 : 0)) * 60_000;
}

/** The plan's meeting: a rule whose count has no beginning needs none, so every second week has one. */
function meetingOf(drawn: Plan, days: (meeting: Timed) => string[]): Timed {
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

function expected(meeting: Timed, held: string[], now: number) {
  const end = now + (horizonDays - 20) * 86_400_000;
  return held
    .flatMap((on) => {
      const change = meeting.dayChanges?.find((one) => one.day === on);
      if (change?.change === 'cancelled') return [];
      const actual = change?.toDay ?? on;
      const { closure } = meeting;
      if (closure && (closure.from ?? '') <= actual && actual <= (closure.until ?? '9')) return [];
      const startsAt = exact(
        meeting.timeZone,
        actual,
        change?.startsAt ?? (meeting.startsAt as string),
      );
      return [{ day: on, startsAt, change: change?.change }];
    })
    .filter(({ startsAt }) => startsAt + meeting.minutes * 60_000 > now && startsAt < end)
    .sort((a, b) => a.startsAt - b.startsAt || (a.change === 'moved' ? -1 : 1))
    .slice(0, 10);
}

/** Whether an implementation says what the other library says, for any rule. */
const agrees = (implementation: typeof occurrences) =>
  fc.property(plan, (drawn) => {
    const now = momentOf(drawn);
    const from = Temporal.Instant.fromEpochMilliseconds(now)
      .toZonedDateTimeISO(drawn.timeZone)
      .toPlainDate();
    const meeting = meetingOf(drawn, (plain) => ruleDays(plain, from));
    const until = now + (horizonDays - 20) * 86_400_000;
    const ours = implementation(meeting, now, { until, count: 10 });
    expect(ours.map(({ day, startsAt, change }) => ({ day, startsAt, change }))).toEqual(
      expected(meeting, ruleDays(meeting, from), now),
    );
    for (const { startsAt, endsAt } of ours)
      expect(endsAt - startsAt).toBe(meeting.minutes * 60_000);
  });

/** An implementation that is ours but for a fault in how it sees the meeting. */
const mistaking =
  (fault: (meeting: Timed) => Timed): typeof occurrences =>
  (meeting, from, options) =>
    occurrences(fault(meeting), from, options);
const inRule = (fault: (rule: Recurrence) => Recurrence) =>
  mistaking((meeting) => ({
    ...meeting,
    recurrence: meeting.recurrence ? fault(meeting.recurrence) : null,
  }));

const faults: [string, typeof occurrences][] = [
  ['every week for every second', inRule((rule) => ({ ...rule, every: 1 }))],
  ['no beginning', inRule((rule) => (rule.every > 1 ? rule : { ...rule, from: null }))],
  ['no end', inRule((rule) => ({ ...rule, until: null }))],
  [
    'the fourth for the last',
    inRule((rule) =>
      rule.by === 'month' ? { ...rule, nth: rule.nth.map((nth) => (nth === -1 ? 4 : nth)) } : rule,
    ),
  ],
  [
    'weeks that begin on Monday',
    inRule((rule) =>
      rule.by === 'weeks' && rule.from && Temporal.PlainDate.from(rule.from).dayOfWeek === 7
        ? { ...rule, from: Temporal.PlainDate.from(rule.from).subtract({ days: 1 }).toString() }
        : rule,
    ),
  ],
  ['a closure overlooked', mistaking((meeting) => ({ ...meeting, closure: null }))],
  [
    'a closure that ends a day early',
    mistaking(({ closure, ...meeting }) => ({
      ...meeting,
      closure: closure?.until
        ? {
            ...closure,
            until: Temporal.PlainDate.from(closure.until).subtract({ days: 1 }).toString(),
          }
        : (closure ?? null),
    })),
  ],
  ['exceptions overlooked', mistaking((meeting) => ({ ...meeting, dayChanges: [] }))],
  [
    'the offset after the gap for a skipped time',
    (meeting, from, options) =>
      occurrences(meeting, from, options).map((one) => {
        const shown = Temporal.Instant.fromEpochMilliseconds(one.startsAt)
          .toZonedDateTimeISO(meeting.timeZone)
          .toPlainTime();
        const skipped = one.change !== 'moved' && shown.toString().slice(0, 5) !== meeting.startsAt;
        const hour = skipped ? 3_600_000 : 0;
        return { ...one, startsAt: one.startsAt - hour, endsAt: one.endsAt - hour };
      }),
  ],
  [
    'one under way overlooked',
    (meeting, from, options) =>
      occurrences(meeting, from, options).filter(({ startsAt }) => startsAt >= from),
  ],
  ['the clock of Greenwich', mistaking((meeting) => ({ ...meeting, timeZone: 'Etc/GMT' }))],
];

describe('occurrences', () => {
  it('equal those of an independent RFC 5545 library', () => {
    fc.assert(agrees(occurrences), { numRuns: rules });
  }, 900_000);

  it.each(faults)('are told from those with %s', (_name, faulty) => {
    expect(fc.check(agrees(faulty), { numRuns: 5000, endOnFailure: true }).failed).toBe(true);
  });
});
