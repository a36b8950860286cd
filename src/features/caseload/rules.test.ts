import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../kit/day.ts';
import { byUrgency, daysMissed, type Facts, reasonsFor, type ToldDay, urgeTrend } from './rules.ts';

const today = '2026-11-21';
const calm: Facts = {
  today,
  alerts: [],
  openFlags: [],
  lastSlip: null,
  sharesCheckInsSince: '2026-10-01',
  lastCheckInOn: '2026-11-20',
  days: [],
  tasksOverdue: 0,
  nextSessionAt: '2026-11-24T19:00:00Z',
  nextSessionOn: '2026-11-24',
  hasCourse: true,
  hasAccount: true,
};
const id = '01890000-0000-7000-8000-000000000000';
const days = (urges: readonly (number | null)[]): ToldDay[] =>
  urges.map((urge, index) => ({ on: addDays(today, -index), sober: true, urge, meetings: 0 }));

test.each<[string, Partial<Facts>, string[]]>([
  ['nothing waits', {}, ['calm']],
  ['an alert', { alerts: [{ id, kind: 'item9', raisedAt: '2026-11-21T12:00:00Z' }] }, ['alert']],
  ['a flag', { openFlags: [{ id, urgency: 'now' }] }, ['safetyFlag']],
  ['a slip yesterday', { lastSlip: { id, onDay: '2026-11-20' } }, ['slip']],
  ['a slip a week ago has been talked about', { lastSlip: { id, onDay: '2026-11-14' } }, ['calm']],
  ['a session today', { nextSessionOn: today }, ['sessionToday']],
  ['a session that was yesterday', { nextSessionOn: '2026-11-20' }, ['sessionToday']],
  ['two evenings without a word', { lastCheckInOn: '2026-11-18' }, ['calm']],
  ['three evenings without a word', { lastCheckInOn: '2026-11-17' }, ['checkInsMissed']],
  ['not shared is never missed', { lastCheckInOn: null, sharesCheckInsSince: null }, ['calm']],
  [
    'sharing since yesterday, nothing yet',
    { lastCheckInOn: null, sharesCheckInsSince: '2026-11-20' },
    ['calm'],
  ],
  ['urges rising', { days: days([7, 6, 7, 3, 3, 4, 3]) }, ['urgeRising']],
  ['urges steady', { days: days([4, 4, 4, 3, 3, 4, 3]) }, ['calm']],
  ['urges told too seldom', { days: days([9, null, null, 1, 1, 1]) }, ['calm']],
  ['tasks past their day', { tasksOverdue: 2 }, ['tasksUndone']],
  ['no next session', { nextSessionAt: null, nextSessionOn: null }, ['noSessionPlanned']],
  ['no account yet', { hasAccount: false, hasCourse: false }, ['invitationOpen']],
  [
    'several, most urgent first',
    { tasksOverdue: 1, openFlags: [{ id, urgency: 'now' }], lastSlip: { id, onDay: today } },
    ['safetyFlag', 'slip', 'tasksUndone'],
  ],
])('%s', (_name, change, codes) => {
  expect(reasonsFor({ ...calm, ...change }).map((reason) => reason.code)).toEqual(codes);
});

test('who does not share check-ins never misses one, whatever else is true', () => {
  fc.assert(
    fc.property(fc.option(fc.integer({ min: 0, max: 400 })), (age) => {
      const lastCheckInOn = age === null ? null : addDays(today, -age);
      expect(daysMissed({ ...calm, lastCheckInOn, sharesCheckInsSince: null })).toBe(0);
    }),
  );
});

test('the trend needs both weeks', () => {
  expect(urgeTrend(days([5, 5]), today)).toBeNull();
  expect(urgeTrend(days([6, 6, 6, 2, 2, 2]), today)).toEqual({ before: 2, now: 6 });
});

test('order: alerts oldest first, then flags, then names', () => {
  const client = (displayName: string, change: Partial<Facts>) => ({
    displayName,
    reasons: reasonsFor({ ...calm, ...change }),
  });
  const list = [
    client('Bo', {}),
    client('Ana', {}),
    client('Cy', { openFlags: [{ id, urgency: 'now' }] }),
    client('Di', { alerts: [{ id, kind: 'item9', raisedAt: '2026-11-21T12:00:00Z' }] }),
    client('Ed', { alerts: [{ id, kind: 'item9', raisedAt: '2026-11-20T12:00:00Z' }] }),
  ];
  expect(list.sort(byUrgency).map((c) => c.displayName)).toEqual(['Ed', 'Di', 'Cy', 'Ana', 'Bo']);
});
