import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { acceptInvitation, admitClient } from '../clients/contract.ts';
import { me, membershipUse, passkeyAddStart, sessionsRead, totpStart } from './contract.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

/** A code for a client of some other programme: in the demo anybody can have one made. */
async function codeFromElsewhere(): Promise<string> {
  const there = await house.member(await house.programme('Elsewhere'), 'therapist');
  const { invitation } = await there.get(admitClient, {
    displayName: 'Nobody',
    recordNumber: crypto.randomUUID(),
    timeZone: 'America/New_York',
    setting: 'outpatient',
  });
  return invitation.code;
}

/** A therapist with an authenticator app. */
async function therapist(): Promise<Person> {
  const person = await house.member(await house.programme('Here'), 'therapist');
  await house.admin("UPDATE account SET totp_secret = 'JBSWY3DPEHPK3PXP' WHERE account_id = $1", [
    person.accountId,
  ]);
  return person;
}

test('staff who turn into a client for a moment cannot make themselves a new second factor', async () => {
  const person = await therapist();
  await house.admin('UPDATE session SET second_factor = false WHERE account_id = $1', [
    person.accountId,
  ]);
  await person.get(acceptInvitation, { code: await codeFromElsewhere() });
  expect((await person.get(me, {})).account?.membership?.role).toBe('client');
  expect((await person.ask(totpStart, {})).body.refusal).toBe('secondFactor');
  expect((await person.ask(passkeyAddStart, { label: 'x' })).body.refusal).toBe('secondFactor');
  expect((await person.ask(sessionsRead, {})).body.refusal).toBe('secondFactor');
});

test('a client of two programmes is asked for no second factor', async () => {
  const person = await house.member(await house.programme('Here'), 'client');
  await person.get(acceptInvitation, { code: await codeFromElsewhere() });
  expect((await person.ask(totpStart, {})).status).toBe(200);
});

test.each([
  ['locked', 'UPDATE session SET locked = true WHERE account_id = $1'],
  [
    'left alone',
    "UPDATE session SET active_at = now() - interval '16 minutes' WHERE account_id = $1",
  ],
])('a session that was %s takes no invitation, by which it would open', async (_how, sql) => {
  const person = await therapist();
  const code = await codeFromElsewhere();
  await house.admin(sql, [person.accountId]);
  expect((await person.ask(acceptInvitation, { code })).body.refusal).toBe('locked');
  expect((await person.get(me, {})).account).toMatchObject({
    locked: true,
    membership: { role: 'therapist' },
  });
  const back = { programmeId: person.programmeId, membershipId: person.membershipId };
  expect((await person.ask(membershipUse, back)).body.refusal).toBe('locked');
});
