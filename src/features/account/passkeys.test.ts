import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { toBase64url } from '../../kit/sealed-bytes.ts';
import { createMasterKey } from '../../kit/sealed-keys.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import {
  keysRead,
  me,
  passkeyAddFinish,
  passkeyAddStart,
  passkeyRemove,
  passkeySignInFinish,
  passkeySignInStart,
  sessionsRead,
  totpStart,
} from './contract.ts';
import { openByPasskey, wrapForPasskey } from './entering.web.ts';

const origin = 'http://localhost:3000';
const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest();
const b64 = (data: Buffer | string) => Buffer.from(data).toString('base64url');

/** As much CBOR (RFC 8949) as an authenticator speaks. */
function cbor(value: number | string | Buffer | Map<unknown, unknown>): Buffer {
  const head = (major: number, count: number): Buffer =>
    count < 24
      ? Buffer.from([(major << 5) | count])
      : count < 256
        ? Buffer.from([(major << 5) | 24, count])
        : Buffer.from([(major << 5) | 25, count >> 8, count & 255]);
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, value.length), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const pairs = [...value].flatMap(([key, content]) => [
    cbor(key as number),
    cbor(content as number),
  ]);
  return Buffer.concat([head(5, value.size), ...pairs]);
}

/** A phone's authenticator in memory, written from WebAuthn level 3. */
class Authenticator {
  readonly id = b64(randomBytes(32));
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  verifiesUser = true;
  rp = 'localhost';
  site = origin;
  #counter = 0;

  #data(withKey: boolean): Buffer {
    this.#counter += 1;
    const flags = 1 | (this.verifiesUser ? 4 : 0) | (withKey ? 64 : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.#counter);
    const start = [sha256(this.rp), Buffer.from([flags]), counter];
    if (!withKey) return Buffer.concat(start);
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const key = new Map<number, number | Buffer>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]);
    const id = Buffer.from(this.id, 'base64url');
    return Buffer.concat([...start, Buffer.alloc(16), Buffer.from([0, id.length]), id, cbor(key)]);
  }

  #client(type: string, challenge: string): string {
    return JSON.stringify({ type, challenge, origin: this.site, crossOrigin: false });
  }

  create(options: Record<string, unknown>) {
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', this.#data(true)],
    ]);
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: b64(this.#client('webauthn.create', String(options.challenge))),
        attestationObject: b64(cbor(attestation)),
        transports: ['internal'],
      },
    };
  }

  get(options: Record<string, unknown>) {
    const data = this.#data(false);
    const client = this.#client('webauthn.get', String(options.challenge));
    const signed = Buffer.concat([data, sha256(client)]);
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: b64(client),
        authenticatorData: b64(data),
        signature: b64(sign('sha256', signed, this.#keys.privateKey)),
      },
    };
  }
}

let house: TestHouse;
let person: Person;
let phone: Authenticator;
beforeAll(async () => {
  house = await testHouse();
});
beforeEach(async () => {
  person = await house.account();
  phone = new Authenticator();
});
afterAll(() => house.close());

async function add(label = 'Notebook') {
  const { options, ticket } = await person.get(passkeyAddStart, { label });
  return person.ask(passkeyAddFinish, { ticket, response: phone.create(options), label });
}

async function enter(who: Person) {
  const { options, ticket } = await who.get(passkeySignInStart, {});
  return who.ask(passkeySignInFinish, { ticket, response: phone.get(options), deviceLabel: '' });
}

async function stranger(): Promise<Person> {
  const other = await house.account();
  other.token = '';
  return other;
}

test('a passkey signs in without any name, and its options tell nothing about accounts', async () => {
  expect((await add()).status).toBe(200);
  const other = await stranger();
  const { options } = await other.get(passkeySignInStart, {});
  expect(options).not.toHaveProperty('allowCredentials');
  const entered = await enter(other);
  expect(entered.status).toBe(200);
  expect(entered.body.keys.account).toBe(person.accountId);
  const token = /=([^;]{43});/.exec(String(entered.headers['set-cookie']))?.[1] ?? '';
  other.token = token;
  expect((await other.get(me, {})).account?.id).toBe(person.accountId);
});

test('what a phone shows in its list names neither the programme nor the account', async () => {
  const { options } = await person.get(passkeyAddStart, { label: 'Notebook' });
  expect(options).toMatchObject({
    rp: { name: 'Notebook', id: 'localhost' },
    user: { name: 'Notebook', displayName: 'Notebook' },
  });
  expect(JSON.stringify(options)).not.toContain(person.accountId);
});

test.each([
  ['another site', () => Object.assign(phone, { site: 'https://evil.example' })],
  ['another relying party', () => Object.assign(phone, { rp: 'evil.example' })],
  ['no check of the person', () => Object.assign(phone, { verifiesUser: false })],
])('%s is refused at both doors', async (_, spoil) => {
  await add();
  spoil();
  expect((await enter(await stranger())).body).toMatchObject({ refusal: 'notRecognised' });
  const fresh = await house.account();
  const spoiled = phone;
  phone = Object.assign(new Authenticator(), {
    site: spoiled.site,
    rp: spoiled.rp,
    verifiesUser: spoiled.verifiesUser,
  });
  person = fresh;
  expect((await add()).body).toMatchObject({ refusal: 'passkeyUnfit' });
});

test('an answer counts once, and only for its own question', async () => {
  await add();
  const other = await stranger();
  const one = await other.get(passkeySignInStart, {});
  const two = await other.get(passkeySignInStart, {});
  const response = phone.get(one.options);
  const finish = (ticket: string) =>
    other.ask(passkeySignInFinish, { ticket, response, deviceLabel: '' });
  expect((await finish(two.ticket)).body).toMatchObject({ refusal: 'notRecognised' });
  expect((await finish(one.ticket)).status).toBe(200);
  expect((await finish(one.ticket)).body).toMatchObject({ refusal: 'ticketOver' });
});

test('an unknown passkey, a forged signature and an earlier counter are refused alike', async () => {
  await add();
  const known = phone;
  phone = new Authenticator();
  expect((await enter(await stranger())).body).toEqual({ refusal: 'notRecognised' });
  phone = Object.assign(new Authenticator(), { id: known.id });
  expect((await enter(await stranger())).body).toEqual({ refusal: 'notRecognised' });
  phone = known;
  await house.admin('UPDATE passkey SET counter = 1000 WHERE credential = $1', [phone.id]);
  expect((await enter(await stranger())).body).toEqual({ refusal: 'notRecognised' });
});

test('it opens the private space too, where it has a secret of its own', async () => {
  await add();
  const master = createMasterKey(person.accountId);
  const secret = new Uint8Array(randomBytes(32));
  const tools = { ask: person.get.bind(person) };
  await wrapForPasskey(tools, master, phone.id, secret);
  const keys = await person.get(keysRead, {});
  expect((await openByPasskey(keys, phone.id, secret)).master).toEqual(master);
  await expect(
    openByPasskey(keys, phone.id, new Uint8Array(randomBytes(32))),
  ).rejects.toMatchObject({ code: 'notOpened' });
  expect((await person.get(sessionsRead, {})).passkeys).toMatchObject([{ opensPrivate: true }]);
  expect(toBase64url(secret)).not.toBe(keys.unlockers[0]?.wrap);
  await person.get(passkeyRemove, { credential: phone.id });
  expect((await person.get(keysRead, {})).unlockers).toEqual([]);
});

test('for staff it counts as both factors, and the last one cannot be removed', async () => {
  const programme = await house.programme();
  person = await house.member(programme, 'therapist');
  await house.admin('UPDATE session SET second_factor = false WHERE account_id = $1', [
    person.accountId,
  ]);
  expect((await person.get(me, {})).account?.secondFactor).toBe('setUp');
  await add();
  expect((await person.get(me, {})).account?.secondFactor).toBe('done');
  const entered = await enter(await stranger());
  expect(entered.body.secondFactor).toBe('done');
  const removed = await person.ask(passkeyRemove, { credential: phone.id });
  expect(removed.body).toEqual({ refusal: 'lastFactor' });
  expect((await person.get(sessionsRead, {})).passkeys).toHaveLength(1);
  // Signed in elsewhere by passphrase alone: nothing can be added past the factor that exists.
  await house.admin('UPDATE session SET second_factor = false WHERE account_id = $1', [
    person.accountId,
  ]);
  expect((await person.ask(passkeyAddStart, { label: 'x' })).body).toEqual({
    refusal: 'secondFactor',
  });
  expect((await person.ask(totpStart, {})).body).toEqual({ refusal: 'secondFactor' });
});

test('somebody else’s passkey cannot be removed or wrapped', async () => {
  await add();
  const other = await house.account();
  expect((await other.ask(passkeyRemove, { credential: phone.id })).status).toBe(404);
  const tools = { ask: other.get.bind(other) };
  const master = createMasterKey(other.accountId);
  await expect(wrapForPasskey(tools, master, phone.id, new Uint8Array(32))).rejects.toThrow(
    'notFound',
  );
});
