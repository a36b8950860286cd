import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayInZone } from '../../kit/day.ts';
import { uuidv7 } from '../../kit/id.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { sendSlip } from '../slip/contract.ts';
import { sendUrge } from '../urge/contract.ts';
import { planMeeting, readWeek, sendAttendance, unplanMeeting } from './contract.ts';
import { judgePlan } from './rules.ts';

const zone = 'America/New_York';
const today = dayInZone(Date.now(), zone);
const plan = (change: object = {}) => ({
  id: uuidv7(),
  name: 'Tuesday Night Beginners',
  onDay: addDays(today, 2),
  startsAt: '19:00',
  zone,
  types: ['O', 'BE'],
  ...change,
});
const been = (change: object = {}) => ({
  id: uuidv7(),
  meetingName: 'Tuesday Night Beginners',
  onDay: today,
  zone,
  clockOffsetMs: 0,
  about: ['stepOne'],
  stirred: 'I heard my own story.',
  ...change,
});

let house: TestHouse;
let ana: Person;
let bo: Person;
let therapist: Person;
let elsewhere: Person;

beforeAll(async () => {
  house = await testHouse();
  const [here, there] = [await house.programme(), await house.programme()];
  ana = await house.member(here, 'client', 'Ana');
  bo = await house.member(here, 'client', 'Bo');
  therapist = await house.member(here, 'therapist');
  elsewhere = await house.member(there, 'therapist');
});
afterAll(() => house.close());

test('the therapist puts a meeting in the week; the client logs it; both see it attended', async () => {
  const clientId = ana.clientId ?? '';
  const planned = plan({ contactName: 'Ray', note: 'by the door', onDay: today });
  await therapist.get(planMeeting, { clientId, ...planned });
  await ana.get(sendAttendance, been({ plannedId: planned.id }));
  for (const seen of [
    await ana.get(readWeek, { fromDay: today }),
    await therapist.get(readWeek, { clientId, fromDay: today }),
  ]) {
    expect(seen.planned).toMatchObject([
      { id: planned.id, startsAt: '19:00', contactName: 'Ray', createdBy: 'staff', attended: true },
    ]);
    expect(seen.attended).toMatchObject([{ plannedId: planned.id, about: ['stepOne'] }]);
  }
});

test('a meeting taken out of the week is gone from it and stays in the record', async () => {
  const mine = plan();
  await bo.get(planMeeting, mine);
  await bo.get(unplanMeeting, { id: mine.id });
  expect((await bo.get(readWeek, { fromDay: today })).planned).toEqual([]);
  const rows = await house.admin('SELECT cancelled_at FROM planned_meeting WHERE id = $1', [
    mine.id,
  ]);
  expect(rows[0]?.cancelled_at).not.toBeNull();
});

test('a plan that the chart does not know leaves the link empty', async () => {
  const entry = been({ plannedId: uuidv7() });
  await bo.get(sendAttendance, entry);
  const { attended } = await bo.get(readWeek, { fromDay: today });
  expect(attended).toMatchObject([{ id: entry.id, plannedId: null }]);
});

test('nobody reaches another’s week, and absent looks like foreign', async () => {
  const clientId = ana.clientId ?? '';
  const answers = [
    await bo.ask(readWeek, { clientId, fromDay: today }),
    await elsewhere.ask(readWeek, { clientId, fromDay: today }),
    await elsewhere.ask(readWeek, { clientId: uuidv7(), fromDay: today }),
    await elsewhere.ask(planMeeting, { clientId, ...plan() }),
    await therapist.ask(planMeeting, plan()),
    await elsewhere.ask(unplanMeeting, { id: uuidv7() }),
  ];
  for (const answer of answers)
    expect([answer.status, answer.body]).toEqual([404, { refusal: 'notFound' }]);
});

test.each([
  [{ onDay: '2026-02-30' }, 'dayUnknown'],
  [{ onDay: addDays(today, 1) }, 'dayAhead'],
  [{ onDay: addDays(today, -31) }, 'dayTooOld'],
])('attendance %o is refused: %s', async (change, refusal) => {
  const sent = await ana.deliver(sendAttendance, been(change));
  expect(sent.body.outcome.refusal).toBe(refusal);
});

describe('where a meeting may stand in the week', () => {
  test.each([
    [{ onDay: addDays(today, 7) }, null],
    [{ onDay: addDays(today, -1) }, null],
    [{ onDay: addDays(today, -2) }, 'dayTooOld'],
    [{ onDay: addDays(today, 367) }, 'dayTooFar'],
    [{ onDay: '2026-11-31' }, 'dayUnknown'],
    [{ startsAt: '24:00' }, 'timeUnknown'],
    [{ startsAt: '7:00' }, 'timeUnknown'],
    [{ startsAt: '00:00' }, null],
    [{ startsAt: '23:59' }, null],
    [{ zone: 'Nowhere' }, 'zoneUnknown'],
  ])('%o: %s', (change, expected) => {
    expect(judgePlan(plan(change), today)).toBe(expected);
  });
});

test('an urge and a slip arrive once, as they were told', async () => {
  const time = { onDay: today, zone, clockOffsetMs: -1200 };
  const urge = { id: uuidv7(), ...time, strength: 8, passed: true, helpedBy: ['person' as const] };
  const slip = { id: uuidv7(), ...time, safe: 'yes' as const, helpedBy: ['call' as const] };
  for (let i = 0; i < 2; i += 1) {
    await ana.get(sendUrge, urge);
    await ana.get(sendSlip, slip);
  }
  expect(
    await house.admin('SELECT strength, passed, helped_by, clock_offset_ms FROM urge_event'),
  ).toEqual([{ strength: 8, passed: true, helped_by: ['person'], clock_offset_ms: -1200 }]);
  expect(await house.admin('SELECT safe, helped_by FROM slip_event')).toEqual([
    { safe: 'yes', helped_by: ['call'] },
  ]);
  expect((await bo.ask(sendUrge, urge)).body.refusal).toBe('idTaken');
  expect((await bo.ask(sendSlip, slip)).body.refusal).toBe('idTaken');
});
