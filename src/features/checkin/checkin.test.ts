import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, dayInZone } from '../../kit/day.ts';
import { uuidv7 } from '../../kit/id.ts';
import type { Transaction } from '../../platform/database.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { enterCheckIn, sendCheckIn } from './contract.ts';
import { standing } from './rules.ts';

const zone = 'America/New_York';
const today = () => dayInZone(Date.now(), zone);
const evening = (change: object = {}) => ({
  id: uuidv7(),
  onDay: today(),
  zone,
  clockOffsetMs: 0,
  used: false,
  urge: 3,
  mood: 4,
  halt: ['tired' as const],
  meeting: true,
  sponsorContact: false,
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

const rowsOf = (id: string) => house.admin('SELECT * FROM check_in WHERE id = $1', [id]);

test('a check-in arrives once through the outbox, under the client’s own day', async () => {
  const input = evening({ line: 'Quiet. Rang Ray.' });
  const sent = await ana.deliver(sendCheckIn, input);
  expect(sent.body.outcome).toEqual({ ok: { id: input.id } });
  await ana.deliver(sendCheckIn, input);
  const rows = await rowsOf(input.id);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    client_id: ana.clientId,
    on_day: input.onDay,
    urge: 3,
    halt: ['tired'],
    line: 'Quiet. Rang Ray.',
    entered_by: null,
  });
});

test.each([
  ['tomorrow', 1, 'dayAhead'],
  ['31 days ago', -31, 'dayTooOld'],
])('refused in words: %s', async (_name, shift, refusal) => {
  const reply = await ana.ask(sendCheckIn, evening({ onDay: addDays(today(), shift) }));
  expect([reply.status, reply.body.refusal]).toEqual([422, refusal]);
  expect(reply.body.details).toEqual({ today: today(), earliest: addDays(today(), -30) });
});

test.each([
  ['a day that does not exist', { onDay: '2026-02-30' }, 'dayUnknown'],
  ['a zone that does not exist', { zone: 'Mars/Olympus' }, 'zoneUnknown'],
  ['an urge of 11', { urge: 11 }, 'invalid'],
  ['a mood of 0', { mood: 0 }, 'invalid'],
  ['half an urge', { urge: 2.5 }, 'invalid'],
  ['a HALT that is none', { halt: ['bored'] }, 'invalid'],
  ['a line of 501 characters', { line: 'x'.repeat(501) }, 'invalid'],
  ['a field that is not known', { colour: 'red' }, 'invalid'],
])('refused: %s', async (_name, change, refusal) => {
  const reply = await ana.ask(sendCheckIn, evening(change) as never);
  expect(reply.body.refusal).toBe(refusal);
});

test('what waited offline for 40 days is judged by the day it was made', async () => {
  const madeAt = new Date(Date.now() - 40 * 86_400_000).toISOString();
  const input = evening({ onDay: dayInZone(madeAt, zone) });
  const late = await bo.deliver(sendCheckIn, input, { madeAt });
  expect(late.body.outcome).toEqual({ ok: { id: input.id } });
  const direct = await bo.ask(sendCheckIn, { ...input, id: uuidv7() });
  expect(direct.body.refusal).toBe('dayTooOld');
});

test('a clock that is a year ahead cannot log a day to come', async () => {
  const madeAt = new Date(Date.now() + 365 * 86_400_000).toISOString();
  const ahead = await bo.deliver(sendCheckIn, evening({ onDay: dayInZone(madeAt, zone) }), {
    madeAt,
  });
  expect(ahead.body.outcome.refusal).toBe('dayAhead');
});

test('an id that is another client’s is refused, and changes nothing', async () => {
  const hers = evening();
  await ana.get(sendCheckIn, hers);
  const reply = await bo.ask(sendCheckIn, { ...hers, urge: 9 });
  expect(reply.body.refusal).toBe('idTaken');
  expect(await rowsOf(hers.id)).toMatchObject([{ client_id: ana.clientId, urge: 3 }]);
});

test('the same entry again by another way is answered and changes nothing', async () => {
  const entry = evening();
  const first = await ana.deliver(sendCheckIn, entry);
  const again = await ana.deliver(sendCheckIn, { ...entry, urge: 9 });
  expect([first.body.outcome, again.body.outcome]).toEqual(Array(2).fill({ ok: { id: entry.id } }));
  expect(await rowsOf(entry.id)).toMatchObject([{ client_id: ana.clientId, urge: 3 }]);
});

test('staff enter from paper; a foreign and an absent client are refused alike', async () => {
  const clientId = ana.clientId ?? '';
  const input = { clientId, ...evening() };
  await therapist.get(enterCheckIn, input);
  expect(await rowsOf(input.id)).toMatchObject([{ entered_by: therapist.membershipId }]);
  const foreign = await elsewhere.ask(enterCheckIn, { ...input, id: uuidv7() });
  const absent = await elsewhere.ask(enterCheckIn, { clientId: uuidv7(), ...evening() });
  expect([foreign.status, foreign.body]).toEqual([404, { refusal: 'notFound' }]);
  expect([absent.status, absent.body]).toEqual([foreign.status, foreign.body]);
});

test('at most five round trips through the outbox', async () => {
  const original = house.database.transaction.bind(house.database);
  const seen: Transaction[] = [];
  house.database.transaction = (enter, work, keep) =>
    original(
      enter,
      (tx, entered) => {
        seen.push(tx);
        return work(tx, entered);
      },
      keep,
    );
  await ana.deliver(sendCheckIn, evening());
  house.database.transaction = original;
  expect(seen).toHaveLength(1);
  expect(seen[0]?.roundTrips).toBeLessThanOrEqual(5);
});

test('of several for one day the one made last counts', () => {
  const entry = (onDay: string, madeAt: string) => ({ onDay, madeAt });
  expect(
    standing([
      entry('2026-11-20', '2026-11-21T09:00:00Z'),
      entry('2026-11-21', '2026-11-21T22:00:00Z'),
      entry('2026-11-20', '2026-11-20T22:00:00Z'),
    ]).map((kept) => kept.madeAt),
  ).toEqual(['2026-11-21T09:00:00Z', '2026-11-21T22:00:00Z']);
});
