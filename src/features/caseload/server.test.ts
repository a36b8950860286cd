import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from '../../kit/id.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { sendCheckIn } from '../checkin/contract.ts';
import { chooseSharing } from '../sharing/contract.ts';
import { caseload } from './contract.ts';

let house: TestHouse;
let therapist: Person;
let client: Person;
let programme: string;

beforeAll(async () => {
  house = await testHouse();
  programme = await house.programme();
  therapist = await house.member(programme, 'therapist');
  client = await house.member(programme, 'client', 'Ana');
  await admit(client, therapist);
});
afterAll(() => house.close());

async function admit(person: Person, by: Person): Promise<void> {
  await house.admin(
    'UPDATE client SET therapist_membership_id = $3 WHERE programme_id = $1 AND id = $2',
    [person.programmeId, person.clientId, by.membershipId],
  );
  await house.admin(
    "INSERT INTO episode (programme_id, id, client_id, setting, admitted_on, admitted_by) VALUES ($1, $2, $3, 'outpatient', current_date, $4)",
    [person.programmeId, uuidv7(), person.clientId, by.membershipId],
  );
}

test('an empty caseload is an empty list', async () => {
  const other = await house.member(programme, 'therapist');
  expect(await other.get(caseload, { scope: 'mine' })).toEqual({ clients: [] });
});

test('nothing shared is calm, and what is shared is drawn', async () => {
  const before = await therapist.get(caseload, { scope: 'mine' });
  expect(before.clients.map((c) => [c.displayName, c.reasons[0]?.code, c.sharesCheckIns])).toEqual([
    ['Ana', 'calm', false],
  ]);
  await client.deliver(chooseSharing, { id: uuidv7(), kind: 'checkIn', share: true });
  const onDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(
    new Date(),
  );
  const sent = await client.deliver(sendCheckIn, {
    id: uuidv7(),
    onDay,
    zone: 'America/New_York',
    clockOffsetMs: 0,
    used: false,
    urge: 4,
    mood: 3,
    halt: [],
    meeting: false,
    sponsorContact: true,
  });
  expect(sent.body.outcome.ok).toBeTruthy();
  const [ana] = (await therapist.get(caseload, { scope: 'mine' })).clients;
  expect(ana?.sharesCheckIns).toBe(true);
  expect(ana?.days.at(-1)).toEqual({ on: onDay, sober: true, urge: 4, meetings: 0 });
  expect(ana?.days.filter((day) => day.sober === null)).toHaveLength(13);
});

test('an alert comes first, in the programme view too', async () => {
  const urgent = await house.member(programme, 'client', 'Zoe');
  await admit(urgent, await house.member(programme, 'therapist'));
  await house.admin(
    "INSERT INTO alert (programme_id, id, client_id, kind, source_id) VALUES ($1, $2, $3, 'item9', $2)",
    [programme, uuidv7(), urgent.clientId],
  );
  const all = await therapist.get(caseload, { scope: 'all' });
  expect(all.clients.map((c) => [c.displayName, c.reasons[0]?.code])).toEqual([
    ['Zoe', 'alert'],
    ['Ana', 'calm'],
  ]);
  const mine = await therapist.get(caseload, { scope: 'mine' });
  expect(mine.clients.map((c) => c.displayName)).toEqual(['Ana']);
});

test('another programme, and a client, see nothing of it', async () => {
  const stranger = await house.member(await house.programme(), 'therapist');
  expect(await stranger.get(caseload, { scope: 'all' })).toEqual({ clients: [] });
  expect((await client.ask(caseload, { scope: 'all' })).status).toBe(404);
});
