import fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Recurrence } from './meeting.rules.ts';
import { occurrences, type Timed } from './recurrence.rules.ts';
import { meetingOf, momentOf, plan } from './recurrence.test-data.ts';

const rules = process.env.STEPWELL_PROVE ? 10_000 : 600;
const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const horizonDays = 500;

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
