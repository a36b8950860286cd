import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv4 } from '../../kit/id.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { listPrivate, putPrivate } from './contract.ts';

let house: TestHouse;
let ana: Person;
let bo: Person;

beforeAll(async () => {
  house = await testHouse();
  ana = await house.account();
  bo = await house.account();
  await house.admin('UPDATE account SET recovery_confirmed_at = now()');
});
afterAll(() => house.close());

const sealed = (obj = uuidv4(), ver = 1, size = 1052) => ({
  obj,
  ver,
  suite: 1,
  prev: '',
  c: randomBytes(32).toString('base64url'),
  body: randomBytes(size).toString('base64url'),
  epoch: 1,
  self: randomBytes(60).toString('base64url'),
});

test('what one device backs up, another device of the account reads back byte for byte', async () => {
  const items = [sealed(), sealed(uuidv4(), 1, 4124), sealed(uuidv4(), 1, 65_564)];
  for (const item of items) {
    const reply = await ana.deliver(putPrivate, item);
    expect(reply.body.outcome.ok).toMatchObject({ conflict: false });
  }
  const { items: read, more } = await ana.get(listPrivate, {});
  expect(read.map(({ n: _, ...item }) => item)).toEqual(items);
  expect(more).toBe(false);
  expect((await bo.get(listPrivate, {})).items).toEqual([]);
});

test('the list goes on from where it stopped, and starts again on a restored server', async () => {
  const first = await ana.get(listPrivate, {});
  const item = sealed();
  await ana.get(putPrivate, item);
  const rest = await ana.get(listPrivate, { after: first.next });
  expect(rest.items.map((found) => found.obj)).toEqual([item.obj]);
  const before = (await ana.get(listPrivate, {})).items.length;
  await house.admin('UPDATE server_state SET epoch = gen_random_uuid()');
  const again = await ana.get(listPrivate, { after: rest.next });
  expect(again.items.length).toBe(before);
});

test('the same version from two devices: both are kept; the same bytes twice are one', async () => {
  const obj = uuidv4();
  const [one, two] = [sealed(obj, 2), sealed(obj, 2)];
  expect(await ana.get(putPrivate, one)).toMatchObject({ conflict: false });
  expect(await ana.get(putPrivate, two)).toMatchObject({ conflict: true });
  const again = await ana.get(putPrivate, two);
  expect(again).toMatchObject({ conflict: true });
  const { items } = await ana.get(listPrivate, {});
  const hashes = items.filter((item) => item.obj === obj).map((item) => item.body);
  expect(hashes).toEqual([one.body, two.body]);
});

test.each([
  ['a body of another length', { body: randomBytes(1000).toString('base64url') }, 422, 'notSealed'],
  ['a predecessor of another length', { prev: 'AAAA' }, 422, 'notSealed'],
  ['a short key', { self: 'AAAA' }, 400, 'invalid'],
  ['text that is not base64url', { body: 'a b' }, 400, 'invalid'],
  ['version 0', { ver: 0 }, 400, 'invalid'],
])('refused: %s', async (_name, change, status, refusal) => {
  const reply = await ana.ask(putPrivate, { ...sealed(), ...change });
  expect([reply.status, reply.body.refusal]).toEqual([status, refusal]);
});

test('nothing private is taken in before the recovery code was confirmed', async () => {
  const fresh = await house.account();
  const reply = await fresh.ask(putPrivate, sealed());
  expect(reply.body.refusal).toBe('recoveryNotConfirmed');
});

test('the stored time is rounded to the hour, and the body hash is the body’s', async () => {
  const item = sealed();
  await ana.get(putPrivate, item);
  const [row] = await house.admin<{ exact: boolean; bh: Buffer }>(
    "SELECT hour = date_trunc('hour', hour, 'UTC') AS exact, bh FROM private_object WHERE obj = $1",
    [item.obj],
  );
  expect(row?.exact).toBe(true);
  const expected = createHash('sha256').update(Buffer.from(item.body, 'base64url')).digest();
  expect(row?.bh.equals(expected)).toBe(true);
});

test('two devices at once leave no gap and no double in the feed', async () => {
  const person = await house.account();
  await house.admin('UPDATE account SET recovery_confirmed_at = now()');
  await Promise.all(Array.from({ length: 20 }, () => person.get(putPrivate, sealed())));
  const { items } = await person.get(listPrivate, {});
  expect(items.map((item) => item.n)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});
