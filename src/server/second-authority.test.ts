import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../kit/operation.ts';
import { tokenHash } from '../platform/link.ts';
import { type Person, type TestHouse, testHouse } from './testing.ts';

let house: TestHouse;
let people: Record<'client' | 'therapist' | 'administrator' | 'sponsor', Person>;
beforeAll(async () => {
  house = await testHouse();
  const programme = await house.programme();
  const one = (role: Role) => house.member(programme, role);
  people = {
    client: await one('client'),
    therapist: await one('therapist'),
    administrator: await one('administrator'),
    sponsor: await one('sponsor'),
  };
});
afterAll(() => house.close());

/** Rows that a statement touches as this person, by SQL and behind every operation; 0 when refused. */
async function touched(role: keyof typeof people, sql: string): Promise<number> {
  const { client } = people;
  const text = sql
    .replaceAll(':programme', `'${client.programmeId}'`)
    .replaceAll(':client', `'${client.clientId}'`)
    .replaceAll(':account', `'${people[role].accountId}'`)
    .replaceAll(':staff', `'${people.therapist.membershipId}'`);
  return house.database
    .transaction(
      (tx) => tx.query('SELECT FROM app.enter($1)', [tokenHash(people[role].token)]),
      async (tx) => (await tx.run(text)).rowCount ?? 0,
      () => false,
    )
    .catch((error: { code?: string }) => {
      if (error.code === '42501') return 0;
      throw error;
    });
}

const checkIn = (entered: string) => `INSERT INTO check_in (programme_id, id, client_id, on_day,
    made_at, zone, used, urge, mood, meeting, sponsor_contact, entered_by)
  VALUES (:programme, gen_random_uuid(), :client, current_date, now(), 'UTC', false, 1, 3, false, false, ${entered})`;
const planned = (by: string) => `INSERT INTO planned_meeting (programme_id, id, client_id, name,
    on_day, starts_at, zone, created_by, made_at)
  VALUES (:programme, gen_random_uuid(), :client, 'M', current_date, '19:00', 'UTC', '${by}', now())`;
const ownRole = `INSERT INTO membership (programme_id, id, account_id, role, display_name)
  VALUES (:programme, gen_random_uuid(), :account, 'administrator', 'Me')`;

test.each([
  ['client', "UPDATE client SET record_number = 'mine'"],
  ['client', 'DELETE FROM client'],
  ['client', 'DELETE FROM programme'],
  ['client', "UPDATE programme SET name = 'mine'"],
  ['client', ownRole],
  ['client', checkIn(':staff')],
  ['client', planned('staff')],
  ['sponsor', 'DELETE FROM programme'],
  ['sponsor', checkIn('NULL')],
  ['therapist', ownRole],
  ['therapist', "UPDATE membership SET role = 'administrator'"],
  ['therapist', 'DELETE FROM client'],
  ['administrator', 'DELETE FROM programme'],
] as const)('a %s cannot, even behind the operations: %s', async (role, sql) => {
  expect(await touched(role, sql)).toBe(0);
});

test.each([
  ['client', checkIn('NULL')],
  ['client', planned('client')],
  ['therapist', checkIn(':staff')],
  ['therapist', "UPDATE client SET record_number = 'new'"],
] as const)('a %s still can: %s', async (role, sql) => {
  expect(await touched(role, sql)).toBe(1);
});
