import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { uuidv7 } from '../kit/id.ts';
import { command, query } from '../kit/operation.ts';
import { type Person, type TestHouse, testHouse } from '../server/testing.ts';
import { handle } from './handler.ts';
import { outboxHandlers } from './outbox.ts';
import { sealAll } from './pgtest.ts';

const rename = command('trial.rename', {
  who: ['client'],
  input: z.strictObject({ displayName: z.string().min(1).max(80) }),
  output: z.object({ clientId: z.uuid() }),
  refusals: ['tooPlain'],
  offline: true,
  audit: 'chart',
  summary: 'Changes the display name of one’s own record.',
});
const names = query('trial.names', {
  who: ['therapist'],
  input: z.strictObject({}),
  output: z.object({ names: z.array(z.string()) }),
  audit: 'chart',
  summary: 'Every name that the asker may see.',
});
const fault = command('trial.fault', {
  who: ['client'],
  input: z.strictObject({}),
  output: z.object({}),
  audit: 'chart',
  summary: 'Changes something, then breaks.',
});

const own = command('trial.own', {
  who: ['client'],
  input: z.strictObject({ device: z.uuid() }),
  output: z.object({ looked: z.boolean() }),
  offline: true,
  audit: 'chart',
  summary: 'Registers a device, presuming that it is new.',
});

const runs: string[] = [];
const handlers = [
  ...outboxHandlers,
  handle(own, async (ctx, { device }) => {
    runs.push('handler');
    ctx.afterCommit(() => void runs.push('after'));
    const insert = 'INSERT INTO device (id, account_id) VALUES ($1, $2)';
    if (ctx.tx.presume(insert, [device, ctx.accountId])) return { looked: false };
    await ctx.query(`${insert} ON CONFLICT DO NOTHING`, [device, ctx.accountId]);
    return { looked: true };
  }),
  handle(rename, async (ctx, { displayName }) => {
    await ctx.query('UPDATE client SET display_name = $1', [displayName]);
    if (displayName === 'plain') return ctx.refuse('tooPlain');
    ctx.audit({ objectId: ctx.ownClientId, fields: ['displayName'] });
    return { clientId: ctx.ownClientId };
  }),
  handle(names, async (ctx) => {
    const rows = await ctx.query<{ display_name: string }>(
      'SELECT display_name FROM client ORDER BY 1',
    );
    return { names: rows.map((row) => row.display_name) };
  }),
  handle(fault, async (ctx) => {
    await ctx.query('UPDATE client SET display_name = $1', ['half done']);
    throw new Error('a fault with a secret in it');
  }),
];

let house: TestHouse;
let client: Person;
let stranger: Person;
let therapist: Person;

beforeAll(async () => {
  house = await testHouse({ handlers });
  // The trial's clients rename themselves, which the policies leave to staff.
  await house.admin('DROP POLICY staff_changes ON client');
  const [here, there] = [await house.programme('Here'), await house.programme('There')];
  client = await house.member(here, 'client', 'Ana');
  stranger = await house.member(there, 'client', 'Bo');
  therapist = await house.member(here, 'therapist', 'Dr T');
});
afterAll(() => house.close());

const nameOf = async (person: Person) =>
  (
    await house.admin<{ display_name: string }>('SELECT display_name FROM client WHERE id = $1', [
      person.clientId,
    ])
  )[0]?.display_name;

test('an operation changes only what the asker may change, and its audit row commits with it', async () => {
  await client.get(rename, { displayName: 'Anabel' });
  expect(await nameOf(client)).toBe('Anabel');
  expect(await nameOf(stranger)).toBe('Bo');
  const rows = await house.admin(
    "SELECT actor_id, actor_role, client_id, fields FROM audit_event WHERE operation = 'trial.rename'",
  );
  expect(rows).toEqual([
    {
      actor_id: client.membershipId,
      actor_role: 'client',
      client_id: client.clientId,
      fields: ['displayName'],
    },
  ]);
});

test('a refusal undoes what the handler did, and leaves no audit row', async () => {
  const before = await nameOf(client);
  const reply = await client.ask(rename, { displayName: 'plain' });
  expect([reply.status, reply.body.refusal]).toEqual([422, 'tooPlain']);
  expect(await nameOf(client)).toBe(before);
});

test('a fault undoes everything, tells a request id and nothing else', async () => {
  const before = await nameOf(client);
  const reply = await client.ask(fault, {});
  expect(reply.status).toBe(500);
  expect(JSON.stringify(reply.body)).not.toContain('secret');
  expect(await nameOf(client)).toBe(before);
});

test.each([
  ['no session', { token: '' }, 401, 'signedOut'],
  ['another role', {}, 404, 'notFound'],
])('who: %s', async (_name, _change, status, refusal) => {
  const reply =
    refusal === 'signedOut'
      ? await house.post('/api/trial.rename', { displayName: 'x' })
      : await therapist.ask(rename, { displayName: 'x' });
  expect([reply.status, (reply.body as { refusal: string }).refusal]).toEqual([status, refusal]);
});

test('staff without a second factor, or idle for 15 minutes, see nothing', async () => {
  const other = await house.member(therapist.programmeId, 'therapist');
  await house.admin('UPDATE session SET second_factor = false WHERE account_id = $1', [
    other.accountId,
  ]);
  expect((await other.ask(names, {})).body.refusal).toBe('secondFactor');
  await house.admin(
    "UPDATE session SET second_factor = true, active_at = now() - interval '15 minutes 1 second' WHERE account_id = $1",
    [other.accountId],
  );
  expect((await other.ask(names, {})).body.refusal).toBe('locked');
  // Activity alone does not unlock: somebody has to prove who they are.
  expect((await other.ask(names, {})).body.refusal).toBe('locked');
});

test('a client who locked the session is told so, also through the outbox', async () => {
  const person = await house.member(client.programmeId, 'client');
  await house.admin('UPDATE session SET locked = true WHERE account_id = $1', [person.accountId]);
  const reply = await person.ask(rename, { displayName: 'x' });
  expect([reply.status, reply.body.refusal]).toEqual([401, 'locked']);
  expect((await person.deliver(rename, { displayName: 'x' })).status).toBe(401);
});

test.each([
  ['a wrong type', { displayName: 7 }],
  ['nothing', {}],
  ['too long', { displayName: 'x'.repeat(81) }],
  ['an unknown field', { displayName: 'x', role: 'administrator' }],
])('bad input is refused with its place: %s', async (_name, input) => {
  const reply = await client.ask(rename, input as { displayName: string });
  expect([reply.status, reply.body.refusal]).toEqual([400, 'invalid']);
});

test.each([
  [{ origin: 'https://evil.example' }],
  [{ 'sec-fetch-site': 'cross-site' }],
  [{ 'x-stepwell': '' }],
])('requests from elsewhere are not answered: %o', async (headers) => {
  const reply = await house.post('/api/trial.rename', { displayName: 'x' }, client.token, headers);
  expect(reply.status).toBe(403);
});

test('outbox: once, in order, with the same answer for a duplicate', async () => {
  const first = await client.deliver(rename, { displayName: 'One' });
  expect(first.body.outcome).toEqual({ ok: { clientId: client.clientId } });
  const gap = await client.deliver(rename, { displayName: 'Three' }, { seq: 3 });
  expect(gap.body).toEqual({ refusal: 'outOfOrder', details: { expected: 2 } });
  expect(await nameOf(client)).toBe('One');
  const other = await client.deliver(rename, { displayName: 'Else' }, { seq: 1 });
  expect(other.status).toBe(409);
  expect(await nameOf(client)).toBe('One');
});

test.each(['ask', 'deliver'] as const)(
  'what was presumed wrongly runs once more, and counts once: %s',
  async (way) => {
    const person = await house.member(client.programmeId, 'client');
    const device = uuidv7();
    const recorded = () =>
      house.admin('SELECT FROM audit_event WHERE client_id = $1', [person.clientId]);
    for (const [looked, order] of [
      [false, ['handler', 'after']],
      [true, ['handler', 'handler', 'after']],
    ]) {
      runs.length = 0;
      const before = (await recorded()).length;
      const { body } = (await person[way](own, { device })) as {
        body: { looked?: boolean; outcome?: { ok: unknown } };
      };
      expect(body.outcome?.ok ?? body).toEqual({ looked });
      expect(runs).toEqual(order);
      expect((await recorded()).length).toBe(before + 1);
    }
  },
);

test('outbox: concurrent duplicates have one effect and one audit row', async () => {
  const person = await house.member(client.programmeId, 'client');
  const madeAt = new Date().toISOString();
  await house.post('/api/outbox.position', { device: person.device }, person.token);
  await house.admin('INSERT INTO device (id, account_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    person.device,
    person.accountId,
  ]);
  const replies = await Promise.all(
    Array.from({ length: 8 }, () =>
      person.deliver(rename, { displayName: 'Same' }, { seq: 1, madeAt }),
    ),
  );
  expect(new Set(replies.map((reply) => JSON.stringify(reply.body))).size).toBe(1);
  const [row] = await house.admin<{ n: string }>(
    'SELECT count(*) AS n FROM audit_event WHERE client_id = $1',
    [person.clientId],
  );
  expect(Number(row?.n)).toBe(1);
});

test('outbox: a refused entry keeps its number and its answer, and does not block the next', async () => {
  const person = await house.member(client.programmeId, 'client');
  await house.admin('INSERT INTO device (id, account_id) VALUES ($1, $2)', [
    person.device,
    person.accountId,
  ]);
  const refused = await person.deliver(rename, { displayName: 'plain' });
  expect(refused.body.outcome).toEqual({ refusal: 'tooPlain' });
  const next = await person.deliver(rename, { displayName: 'Next' });
  expect(next.body.outcome.ok).toBeTruthy();
});

test('outbox: what was written for another programme never reaches this one', async () => {
  const person = await house.member(client.programmeId, 'client', 'Before');
  const membership = uuidv7();
  const other = await person.deliver(rename, { displayName: 'Leaked' }, { membership });
  expect(other.body.outcome).toEqual({ refusal: 'anotherProgramme' });
  expect(await nameOf(person)).toBe('Before');
  // It keeps its number as a lasting answer, and what is written for this one goes on.
  const own = await person.deliver(
    rename,
    { displayName: 'After' },
    { membership: person.membershipId },
  );
  expect(own.body.outcome.ok).toBeTruthy();
  expect(await nameOf(person)).toBe('After');
});

test('a device belongs to one account', async () => {
  const person = await house.account();
  const reply = await house.post('/api/outbox.position', { device: client.device }, person.token);
  expect(reply.status).not.toBe(200);
});

test('the sealer chains settled rows of each programme, and a change breaks the chain', async () => {
  await sealAll((text) => house.admin(text));
  expect((await house.admin('SELECT FROM audit_seal')).length).toBeGreaterThan(0);
  const check = `SELECT count(*)::int AS broken FROM audit_seal s
    JOIN audit_event e USING (programme_id, tx, seq)
    WHERE s.hash <> sha256(s.previous_hash || convert_to(app.audit_canonical(e), 'UTF8'))`;
  expect(await house.admin(check)).toEqual([{ broken: 0 }]);
  await house.admin(
    "UPDATE audit_event SET operation = 'trial.nothing' WHERE seq = (SELECT min(seq) FROM audit_event)",
  );
  expect(await house.admin(check)).toEqual([{ broken: 1 }]);
});

test('ids are random enough and ordered', () => {
  const ids = Array.from({ length: 1000 }, (_, i) => uuidv7(1_700_000_000_000 + i));
  expect([...ids].sort()).toEqual(ids);
});
