import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../../kit/id.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import {
  acceptInvitation,
  admitClient,
  assignTherapist,
  inviteClient,
  listClients,
  listTherapists,
  readClient,
} from './contract.ts';

let house: TestHouse;
let programme: string;
let therapist: Person;
let stranger: Person;

beforeAll(async () => {
  house = await testHouse();
  programme = await house.programme('Riverside');
  therapist = await house.member(programme, 'therapist', 'Dr Reyes');
  stranger = await house.member(await house.programme('Elsewhere'), 'therapist');
});
afterAll(() => house.close());

let number = 0;
const admission = (more: Partial<{ displayName: string; recordNumber: string }> = {}) => ({
  displayName: 'Sam',
  recordNumber: `R-${++number}`,
  timeZone: 'America/New_York',
  setting: 'outpatient' as const,
  ...more,
});
const admit = () => therapist.get(admitClient, admission());
const all = { search: '', mine: false, after: null };

describe('admission', () => {
  test('a display name and a record number are enough; whoever admits is responsible', async () => {
    const made = await therapist.get(admitClient, admission({ displayName: '  Blue   Heron ' }));
    expect(made.invitation.code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    const days = (Date.parse(made.invitation.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.99);
    expect(days).toBeLessThanOrEqual(7);
    const client = await therapist.get(readClient, { clientId: made.clientId });
    expect(client).toMatchObject({
      displayName: 'Blue Heron',
      invitation: 'waiting',
      setting: 'outpatient',
      therapist: { membershipId: therapist.membershipId, displayName: 'Dr Reyes' },
      episodes: [{ episodeId: made.episodeId, dischargedOn: null }],
    });
  });

  test('the code is nowhere in the database', async () => {
    const { invitation } = await admit();
    const rows = await house.admin<{ line: string }>('SELECT i::text AS line FROM invitation i');
    const plain = invitation.code.replaceAll('-', '');
    for (const { line } of rows) {
      expect(line).not.toContain(invitation.code);
      expect(line).not.toContain(plain);
      expect(line).not.toContain(Buffer.from(plain).toString('hex'));
    }
  });

  test.each([
    ['the same', (taken: string) => taken],
    ['in other letters', (taken: string) => taken.toLowerCase()],
    ['with spaces', (taken: string) => `  ${taken} `],
  ])('a record number that is taken is refused: %s', async (_name, typed) => {
    const first = admission();
    await therapist.get(admitClient, first);
    const reply = await therapist.ask(
      admitClient,
      admission({ recordNumber: typed(first.recordNumber) }),
    );
    expect([reply.status, reply.body.refusal]).toEqual([422, 'recordNumberTaken']);
  });

  test('the same record number in another programme is somebody else', async () => {
    const first = admission();
    await therapist.get(admitClient, first);
    expect((await stranger.ask(admitClient, first)).status).toBe(200);
  });

  test.each([
    ['nameEmpty', { displayName: '   ' }],
    ['nameEmpty', { recordNumber: ' ' }],
    ['unknownZone', { timeZone: 'Mars/Olympus' }],
  ])('%s: %o', async (refusal, change) => {
    const reply = await therapist.ask(admitClient, { ...admission(), ...change });
    expect(reply.body.refusal).toBe(refusal);
  });

  test('a client, a sponsor and a list servant admit nobody', async () => {
    for (const role of ['client', 'sponsor', 'listServant'] as const) {
      const person = await house.member(programme, role);
      expect((await person.ask(admitClient, admission())).status).toBe(404);
    }
  });
});

describe('invitation', () => {
  test('it is looked at without an account, however it is typed', async () => {
    const { invitation } = await admit();
    const reply = await house.post('/api/invitation.look', {
      code: ` ${invitation.code.toLowerCase().replaceAll('-', ' ')} `,
    });
    expect(reply).toMatchObject({ status: 200, body: { programmeName: 'Riverside' } });
    expect(Object.keys(reply.body as object).sort()).toEqual([
      'country',
      'expiresAt',
      'programmeName',
    ]);
  });

  test('it is accepted once: the session becomes the client’s, in that programme only', async () => {
    const { invitation, clientId } = await admit();
    const person = await house.account();
    const joined = await person.get(acceptInvitation, { code: invitation.code });
    expect(joined).toEqual({ programmeName: 'Riverside', clientId });
    const [session] = await house.admin(
      `SELECT s.programme_id, m.role, m.client_id, m.display_name FROM session s
       JOIN membership m ON m.id = s.membership_id WHERE s.account_id = $1`,
      [person.accountId],
    );
    expect(session).toEqual({
      programme_id: programme,
      role: 'client',
      client_id: clientId,
      display_name: 'Sam',
    });
    const again = await (await house.account()).ask(acceptInvitation, { code: invitation.code });
    expect([again.status, again.body.refusal]).toEqual([422, 'usedCode']);
    expect((await therapist.get(readClient, { clientId })).invitation).toBe('joined');
    const audit = await house.admin(
      "SELECT programme_id, actor_role FROM audit_event WHERE operation = 'invitation.accept' ORDER BY actor_role",
    );
    expect(audit).toContainEqual({ programme_id: programme, actor_role: 'client' });
  });

  test('ten who accept at the same time: one joins', async () => {
    const { invitation, clientId } = await admit();
    const people = await Promise.all(Array.from({ length: 10 }, () => house.account()));
    const replies = await Promise.all(
      people.map((person) => person.ask(acceptInvitation, { code: invitation.code })),
    );
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    expect(replies.filter((reply) => reply.body.refusal === 'usedCode')).toHaveLength(9);
    const members = await house.admin('SELECT FROM membership WHERE client_id = $1', [clientId]);
    expect(members).toHaveLength(1);
  });

  test('wrong, replaced and expired each say so', async () => {
    const person = await house.account();
    const say = async (code: string) => (await person.ask(acceptInvitation, { code })).body.refusal;
    expect(await say('7KQM-2RTA-9XHP-04WD')).toBe('wrongCode');
    expect(await say('not a code at all')).toBe('wrongCode');

    const { invitation, clientId } = await admit();
    const renewed = await therapist.get(inviteClient, { clientId, replaceAccount: false });
    expect(await say(invitation.code)).toBe('replacedCode');
    await house.admin(
      "UPDATE invitation SET expires_at = now() - interval '1 second' WHERE client_id = $1",
      [clientId],
    );
    expect(await say(renewed.code)).toBe('expiredCode');
    expect((await therapist.get(readClient, { clientId })).invitation).toBe('expired');
    const looked = await house.post('/api/invitation.look', { code: renewed.code });
    expect(looked.body).toMatchObject({ refusal: 'expiredCode' });
  });

  test('a refused code changes nothing', async () => {
    const person = await house.account();
    await person.ask(acceptInvitation, { code: '7KQM-2RTA-9XHP-04WD' });
    const rows = await house.admin('SELECT FROM membership WHERE account_id = $1', [
      person.accountId,
    ]);
    expect(rows).toHaveLength(0);
  });

  test('somebody with an account already needs a decision to be invited again', async () => {
    const { invitation, clientId } = await admit();
    const lost = await house.account();
    await lost.get(acceptInvitation, { code: invitation.code });
    const reply = await therapist.ask(inviteClient, { clientId, replaceAccount: false });
    expect(reply.body.refusal).toBe('alreadyJoined');

    const renewed = await therapist.get(inviteClient, { clientId, replaceAccount: true });
    const found = await house.account();
    await found.get(acceptInvitation, { code: renewed.code });
    const members = await house.admin<{ account_id: string }>(
      'SELECT account_id FROM membership WHERE client_id = $1 AND ended_at IS NULL',
      [clientId],
    );
    expect(members).toEqual([{ account_id: found.accountId }]);
  });

  test('a member of one programme accepts into another, and audit and context hold', async () => {
    const { invitation, clientId } = await admit();
    const other = await house.member(stranger.programmeId, 'client');
    expect((await other.get(acceptInvitation, { code: invitation.code })).clientId).toBe(clientId);
  });
});

describe('lists', () => {
  test('search, own clients and pages', async () => {
    const house2 = await house.programme('Paged');
    const admin = await house.member(house2, 'administrator');
    const own = await house.member(house2, 'therapist', 'Dr Own');
    for (let i = 0; i < 103; i++) {
      await house.admin(
        'INSERT INTO client (programme_id, id, display_name, record_number, time_zone) VALUES ($1, $2, $3, $4, $5)',
        [house2, uuidv7(), i % 2 ? 'same' : 'Same', `P-${i}`, 'UTC'],
      );
    }
    const first = await admin.get(listClients, all);
    expect([first.clients.length, first.total, first.more]).toEqual([100, 103, true]);
    const last = first.clients.at(-1);
    const second = await admin.get(listClients, {
      ...all,
      after: last ? { displayName: last.displayName, clientId: last.clientId } : null,
    });
    expect([second.clients.length, second.more]).toEqual([3, false]);
    const ids = [...first.clients, ...second.clients].map((client) => client.clientId);
    expect(new Set(ids).size).toBe(103);
    const found = await admin.get(listClients, { ...all, search: 'p-102' });
    expect(found.clients.map((client) => client.recordNumber)).toEqual(['P-102']);
    expect((await admin.get(listClients, { ...all, search: '%' })).total).toBe(0);
    const clientId = found.clients[0]?.clientId ?? '';
    await admin.get(assignTherapist, { clientId, membershipId: own.membershipId });
    expect((await own.get(listClients, { ...all, mine: true })).clients).toHaveLength(1);
    expect((await admin.get(listTherapists, {})).therapists).toEqual([
      { membershipId: own.membershipId, displayName: 'Dr Own' },
    ]);
  });

  test('another programme’s client cannot be told from nobody', async () => {
    const { clientId } = await admit();
    const absent = uuidv7();
    for (const ask of [
      (id: string) => stranger.ask(readClient, { clientId: id }),
      (id: string) => stranger.ask(inviteClient, { clientId: id, replaceAccount: false }),
      (id: string) => stranger.ask(assignTherapist, { clientId: id, membershipId: null }),
    ]) {
      const [foreign, nobody] = [await ask(clientId), await ask(absent)];
      expect(foreign.status).toBe(404);
      expect(foreign.body).toEqual(nobody.body);
    }
    const other = await stranger.ask(assignTherapist, {
      clientId,
      membershipId: therapist.membershipId,
    });
    expect(other.status).toBe(404);
  });
});
