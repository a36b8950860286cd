import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../kit/operation.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { me, sessionsRead } from '../account/contract.ts';
import {
  factorResetApprove,
  factorResetAsk,
  programmeCreate,
  setupCheck,
  staffInvitationAccept,
  staffInvitationOpen,
  staffInvitationWithdraw,
  staffInvite,
  staffRead,
  staffRemove,
} from './contract.ts';
import { offerSetup } from './terminal.server.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const origin = 'http://localhost:3000';
const tokenOf = (link: string | null): string => link?.split('#')[1] ?? '';
const nowhere = 'A'.repeat(43);
const founding = {
  name: 'Harbour House',
  timeZone: 'America/New_York',
  locale: 'en',
  country: 'us',
  part2: true,
  displayName: 'Ada',
} as const;

describe('setting up', () => {
  test('a link from the terminal opens once; the newest replaces the one before', async () => {
    const [first, second] = [
      tokenOf(await offerSetup(house.database, origin)),
      tokenOf(await offerSetup(house.database, origin)),
    ];
    const person = await house.account();
    expect(await person.get(setupCheck, { token: first })).toEqual({ open: false });
    expect(await person.get(setupCheck, { token: second })).toEqual({ open: true });
    for (const token of [first, nowhere]) {
      const reply = await person.ask(programmeCreate, { ...founding, token });
      expect([reply.status, reply.body]).toEqual([422, { refusal: 'linkOver' }]);
    }
    for (const timeZone of ['Mars/Base', 'x', '']) {
      const reply = await person.ask(programmeCreate, { ...founding, token: second, timeZone });
      expect(reply.body).toEqual({ refusal: 'timeZoneUnknown' });
    }
    const made = await person.get(programmeCreate, { ...founding, token: second });
    const { account } = await person.get(me, {});
    expect(account?.membership).toMatchObject({
      ...made,
      role: 'administrator',
      displayName: 'Ada',
    });
    expect(account?.secondFactor).toBe('setUp');
    // Nothing of the programme opens before the second factor is there.
    expect((await person.ask(staffRead, {})).body).toEqual({ refusal: 'secondFactor' });
    const again = await (await house.account()).ask(programmeCreate, {
      ...founding,
      token: second,
    });
    expect(again.body).toEqual({ refusal: 'linkOver' });
    expect(await offerSetup(house.database, origin)).toBeNull();
    const [kept] = await house.admin<{ hash: Buffer }>('SELECT token_hash AS hash FROM setup_link');
    expect(kept?.hash).toEqual(createHash('sha256').update(second).digest());
  });

  test('two who use the link at once: one programme', async () => {
    const token = nowhere.replace(/A$/, 'E');
    await house.admin('INSERT INTO setup_link (token_hash) VALUES ($1)', [
      createHash('sha256').update(token).digest(),
    ]);
    const people = await Promise.all([house.account(), house.account(), house.account()]);
    const replies = await Promise.all(
      people.map((person) => person.ask(programmeCreate, { ...founding, token })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
  });
});

describe('staff', () => {
  let programme: string;
  let [ada, bea]: Person[] = [];
  const admin = (): Person => ada as Person;
  const second = (): Person => bea as Person;
  beforeEach(async () => {
    programme = await house.programme();
    ada = await house.member(programme, 'administrator', 'Ada');
    bea = await house.member(programme, 'administrator', 'Bea');
  });
  const invite = () => admin().get(staffInvite, { role: 'therapist', displayName: 'Dr T' });

  test('join by a one-time link, valid seven days', async () => {
    const { token, expiresAt } = await invite();
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(6.99 * 86_400_000);
    const person = await house.account();
    expect(await person.get(staffInvitationOpen, { token })).toEqual({
      programmeName: 'Test programme',
      role: 'therapist',
      displayName: 'Dr T',
    });
    await person.get(staffInvitationAccept, { token, displayName: 'Dr Tea' });
    expect((await person.get(me, {})).account).toMatchObject({
      membership: { role: 'therapist', displayName: 'Dr Tea' },
      secondFactor: 'setUp',
    });
    const late = await (await house.account()).ask(staffInvitationAccept, {
      token,
      displayName: 'X',
    });
    expect(late.body).toEqual({ refusal: 'linkUsed' });
    const { staff, invitations } = await admin().get(staffRead, {});
    expect(
      staff.map(({ displayName, role, secondFactor, you }) => [
        displayName,
        role,
        secondFactor,
        you,
      ]),
    ).toEqual([
      ['Ada', 'administrator', false, true],
      ['Bea', 'administrator', false, false],
      ['Dr Tea', 'therapist', false, false],
    ]);
    expect(invitations).toEqual([]);
  });

  test.each([
    ['used', 'UPDATE staff_invitation SET used_at = now() WHERE id = $1', 'linkUsed'],
    [
      'expired',
      "UPDATE staff_invitation SET expires_at = now() - interval '1 second' WHERE id = $1",
      'linkExpired',
    ],
    [
      'withdrawn',
      'UPDATE staff_invitation SET withdrawn_at = now() WHERE id = $1',
      'linkWithdrawn',
    ],
  ])('a link that is %s is refused in words', async (_, sql, refusal) => {
    const { id, token } = await invite();
    await house.admin(sql, [id]);
    const person = await house.account();
    expect((await person.ask(staffInvitationOpen, { token })).body).toEqual({ refusal });
    expect((await person.ask(staffInvitationAccept, { token, displayName: 'X' })).body).toEqual({
      refusal,
    });
    expect((await person.ask(staffInvitationOpen, { token: nowhere })).body).toEqual({
      refusal: 'linkUnknown',
    });
  });

  test('a session that is weeks old joins only after its person was recognised again', async () => {
    const { token } = await invite();
    const person = await house.account();
    await house.admin(
      "UPDATE session SET created_at = now() - interval '20 days', proved_at = now() - interval '20 days' WHERE account_id = $1",
      [person.accountId],
    );
    const reply = await person.ask(staffInvitationAccept, { token, displayName: 'X' });
    expect(reply.body).toEqual({ refusal: 'proveAgain' });
    await house.admin('UPDATE session SET proved_at = now() WHERE account_id = $1', [
      person.accountId,
    ]);
    await person.get(staffInvitationAccept, { token, displayName: 'X' });
    expect((await person.get(me, {})).account?.membership?.role).toBe('therapist');
    const [left] = await house.admin<{ hours: number }>(
      'SELECT (extract(epoch FROM expires_at - now()) / 3600)::int AS hours FROM session WHERE account_id = $1',
      [person.accountId],
    );
    expect(left?.hours).toBe(12);
  });

  test('nobody is staff of one programme twice', async () => {
    const { token } = await invite();
    const reply = await second().ask(staffInvitationAccept, { token, displayName: 'Bea' });
    expect(reply.body).toEqual({ refusal: 'memberAlready' });
  });

  test('a withdrawn invitation is gone; that of another programme was never there', async () => {
    const { id } = await invite();
    const stranger = await house.member(await house.programme(), 'administrator');
    for (const [person, which] of [
      [stranger, id],
      [admin(), crypto.randomUUID()],
    ] as const) {
      const reply = await person.ask(staffInvitationWithdraw, { id: which });
      expect([reply.status, reply.body]).toEqual([404, { refusal: 'notFound' }]);
    }
    await admin().get(staffInvitationWithdraw, { id });
    expect((await admin().get(staffRead, {})).invitations).toEqual([]);
  });

  test('who is removed is out at once', async () => {
    const therapist = await house.member(programme, 'therapist', 'Tom');
    expect((await therapist.ask(sessionsRead, {})).status).toBe(200);
    const began = Date.now();
    await admin().get(staffRemove, { membershipId: therapist.membershipId });
    const reply = await therapist.ask(sessionsRead, {});
    expect([reply.status, reply.body]).toEqual([401, { refusal: 'signedOut' }]);
    expect(Date.now() - began).toBeLessThan(5000);
    expect((await admin().ask(staffRemove, { membershipId: therapist.membershipId })).status).toBe(
      404,
    );
    const row = await house.admin(
      "SELECT operation FROM audit_event WHERE programme_id = $1 AND object_id = $2 AND operation = 'programme.removeStaff'",
      [programme, therapist.membershipId],
    );
    expect(row).toHaveLength(1);
  });

  test('the last administrator stays, also when two remove each other at once', async () => {
    const replies = await Promise.all([
      admin().ask(staffRemove, { membershipId: second().membershipId }),
      second().ask(staffRemove, { membershipId: admin().membershipId }),
    ]);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    const left = replies[0]?.status === 200 ? admin() : second();
    const reply = await left.ask(staffRemove, { membershipId: left.membershipId });
    expect(reply.body).toEqual({ refusal: 'lastAdministrator' });
  });

  test('no client, and nobody of another programme, can be removed or reset', async () => {
    const client = await house.member(programme, 'client');
    const stranger = await house.member(await house.programme(), 'therapist');
    for (const { membershipId } of [client, stranger, { membershipId: crypto.randomUUID() }]) {
      for (const operation of [staffRemove, factorResetAsk]) {
        const reply = await admin().ask(operation, { membershipId });
        expect([reply.status, reply.body]).toEqual([404, { refusal: 'notFound' }]);
      }
    }
    expect((await client.ask(sessionsRead, {})).status).toBe(200);
  });

  test.each([
    'client',
    'therapist',
    'supervisor',
    'intake',
    'listServant',
    'sponsor',
  ] satisfies Role[])('a %s sees and changes none of it', async (role) => {
    const person = await house.member(programme, role);
    const input = { membershipId: second().membershipId };
    expect((await person.ask(staffRead, {})).status).toBe(404);
    expect((await person.ask(staffRemove, input)).status).toBe(404);
    expect(
      (await person.ask(staffInvite, { role: 'administrator', displayName: 'Me' })).status,
    ).toBe(404);
  });

  describe('a lost second factor', () => {
    const factors = async (person: Person) =>
      (
        await house.admin<{ totp: boolean; keys: number; sessions: number }>(
          `SELECT totp_secret IS NOT NULL AS totp, (SELECT count(*)::int FROM passkey p WHERE p.account_id = a.account_id) AS keys,
             (SELECT count(*)::int FROM session s WHERE s.account_id = a.account_id) AS sessions
           FROM account a WHERE account_id = $1`,
          [person.accountId],
        )
      )[0];
    async function therapistWithFactors(): Promise<Person> {
      const person = await house.member(programme, 'therapist', 'Tom');
      await house.admin("UPDATE account SET totp_secret = 'ABC' WHERE account_id = $1", [
        person.accountId,
      ]);
      await house.admin(
        "INSERT INTO passkey (credential, account_id, public_key, label) VALUES ($1, $2, '\\x00', 'k')",
        [crypto.randomUUID(), person.accountId],
      );
      return person;
    }

    test('is taken away by two administrators, never by one', async () => {
      const tom = await therapistWithFactors();
      const { id } = await admin().get(factorResetAsk, { membershipId: tom.membershipId });
      expect((await admin().ask(factorResetApprove, { id })).body).toEqual({
        refusal: 'needsAnother',
      });
      expect((await admin().get(staffRead, {})).resets).toMatchObject([{ id, yours: false }]);
      expect((await second().get(staffRead, {})).resets).toMatchObject([{ id, yours: true }]);
      expect(await factors(tom)).toEqual({ totp: true, keys: 1, sessions: 1 });
      await second().get(factorResetApprove, { id });
      expect(await factors(tom)).toEqual({ totp: false, keys: 0, sessions: 0 });
      expect((await second().ask(factorResetApprove, { id })).status).toBe(404);
    });

    test('cannot be taken from oneself, nor agreed to by the person it concerns', async () => {
      const own = await admin().ask(factorResetAsk, { membershipId: admin().membershipId });
      expect(own.body).toEqual({ refusal: 'yourself' });
      const only = await admin().ask(factorResetAsk, { membershipId: second().membershipId });
      expect(only.body).toEqual({ refusal: 'onlyAdministrator' });
      const third = await house.member(programme, 'administrator', 'Cy');
      const { id } = await admin().get(factorResetAsk, { membershipId: second().membershipId });
      expect((await second().ask(factorResetApprove, { id })).body).toEqual({
        refusal: 'needsAnother',
      });
      await third.get(factorResetApprove, { id });
    });
  });

  test('planted fault: with its policy gone, invitations of other programmes would show', async () => {
    await invite();
    const stranger = await house.member(await house.programme(), 'administrator');
    const seen = async () => (await stranger.get(staffRead, {})).invitations.length;
    expect(await seen()).toBe(0);
    await house.admin('ALTER TABLE staff_invitation DISABLE ROW LEVEL SECURITY');
    expect(await seen()).toBeGreaterThan(0);
    await house.admin('ALTER TABLE staff_invitation ENABLE ROW LEVEL SECURITY');
  });
});
