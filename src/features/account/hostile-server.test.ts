import * as library from '@serenity-kit/opaque';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { InputOf, Operation, OutputOf } from '../../kit/operation.ts';
import { fromBase64url, toBase64url } from '../../kit/sealed-bytes.ts';
import { createIdentity } from '../../kit/sealed-keys.ts';
import { createRecoveryCode } from '../../kit/sealed-recovery.ts';
import { opaqueOn } from '../../ui/opaque.ts';
import type { AccountKeys } from './contract.ts';
import {
  confirmRecovery,
  type Entered,
  type EntryTools,
  openByPasskey,
  openByRecovery,
  readKeys,
  register,
  signIn,
  signInByRecovery,
} from './entering.web.ts';

// A server that keeps to the protocol, in memory, and then lies: what the client's own code answers.

type Keys = AccountKeys;
type Lie = (name: string, answer: Record<string, unknown>) => Record<string, unknown>;
/** Everything that any of these operations is asked with. */
type Said = {
  registrationRequest: string;
  registrationRecord: string;
  account: string;
  identity: Keys['identity'];
  wrap: string;
  startLoginRequest: string;
  finishLoginRequest: string;
};
const honest: Lie = (_, answer) => answer;

class HostileServer {
  lie: Lie = honest;
  readonly heard: string[] = [];
  #setup = '';
  #record = '';
  #state = '';
  keys: Keys | null = null;
  readonly tools: EntryTools = {
    ask: async <O extends Operation>(operation: O, input: InputOf<O>): Promise<OutputOf<O>> => {
      this.heard.push(JSON.stringify(input));
      const answer = this.#answer(operation.name, input as unknown as Said);
      return this.lie(operation.name, structuredClone(answer)) as OutputOf<O>;
    },
    opaque: opaqueOn(library),
  };

  #answer(name: string, input: Said): Record<string, unknown> {
    const { server } = library;
    this.#setup ||= server.createSetup();
    const serverSetup = this.#setup;
    const userIdentifier = 'one';
    const entered = { keys: this.keys, secondFactor: 'notNeeded' };
    if (name === 'account.registerStart') {
      const { registrationRequest } = input;
      const made = server.createRegistrationResponse({
        serverSetup,
        userIdentifier,
        registrationRequest,
      });
      return { name: 'a-b-1234', ticket: 't', ...made };
    }
    if (name === 'account.registerFinish') {
      this.#record = input.registrationRecord;
      this.keys = {
        account: input.account,
        epoch: 1,
        identity: input.identity,
        unlockers: [{ kind: 'W', credential: 'passphrase', epoch: 1, wrap: input.wrap }],
      };
      return { ...entered, keys: this.keys };
    }
    if (name === 'account.signInStart') {
      const { startLoginRequest } = input;
      const registrationRecord = this.#record;
      const begun = server.startLogin({
        serverSetup,
        userIdentifier,
        registrationRecord,
        startLoginRequest,
      });
      this.#state = begun.serverLoginState;
      return { ticket: 't', loginResponse: begun.loginResponse };
    }
    if (name === 'account.signInFinish') {
      server.finishLogin({
        serverLoginState: this.#state,
        finishLoginRequest: input.finishLoginRequest,
      });
      return entered;
    }
    if (name === 'account.recoveryConfirm') {
      this.keys?.unlockers.push({ kind: 'R', credential: 'recovery', epoch: 1, wrap: input.wrap });
      return { recoveryConfirmedAt: 'now' };
    }
    return name === 'account.keys' ? { ...this.keys } : entered;
  }
}

const passphrase = 'gravy tricycle monotone blimp fernlike apricot';
const server = new HostileServer();
const code = createRecoveryCode();
let made: Entered;
let keys: Keys;

beforeAll(async () => {
  made = await register(server.tools, { stem: 'a-b', passphrase, deviceLabel: '' });
  await confirmRecovery(server.tools, made.master, code);
  keys = await readKeys(server.tools);
});

const bySignIn = (): Promise<Entered | null> =>
  signIn(server.tools, { name: 'a-b-1234', passphrase, deviceLabel: '' });

/** What came of an attempt: the keys that were opened, or nothing. */
const outcome = <Space extends { master: { bytes: Uint8Array } }>(attempt: Promise<Space | null>) =>
  attempt.then(
    (space) => (space ? toBase64url(new Uint8Array(space.master.bytes)) : 'nothing'),
    () => 'nothing',
  );
const flipped = (text: string, bit: number): string => {
  const bytes = fromBase64url(text);
  bytes[(bit >> 3) % bytes.length] = (bytes[(bit >> 3) % bytes.length] ?? 0) ^ (1 << (bit & 7));
  return toBase64url(bytes);
};

test('honest, it opens: the control of everything below', async () => {
  server.lie = honest;
  const own = toBase64url(made.master.bytes);
  expect(await outcome(bySignIn())).toBe(own);
  expect(await outcome(openByRecovery(keys, code))).toBe(own);
  expect(await outcome(signInByRecovery(server.tools, { code, deviceLabel: '' }))).toBe(own);
});

test('it never hears the passphrase, the export key, the code or a key', async () => {
  const heard = server.heard.join('\n');
  for (const secret of [
    'gravy',
    toBase64url(code),
    toBase64url(made.master.bytes),
    toBase64url(made.identity?.secretKey ?? new Uint8Array(1)),
  ]) {
    expect(heard.includes(secret)).toBe(false);
  }
  expect(heard).toContain(toBase64url(made.identity?.publicKey ?? new Uint8Array(1)));
});

describe('lies about keys open nothing', () => {
  const another = '00000000-0000-4000-8000-000000000000';
  const lies: [string, (keys: Keys) => Partial<Keys>][] = [
    ['another account', () => ({ account: another })],
    ['a later epoch', () => ({ epoch: 2 })],
    ['an epoch that is none', () => ({ epoch: Number.NaN })],
    ['no wraps', () => ({ unlockers: [] })],
    [
      'the wrap of another unlocker under this name',
      ({ unlockers }) => ({
        unlockers: unlockers.map((one, i) => ({
          ...one,
          wrap: unlockers[(i + 1) % unlockers.length]?.wrap ?? '',
        })),
      }),
    ],
    [
      'an identity of its own',
      ({ identity }) => ({
        identity: identity && { ...identity, publicKey: toBase64url(new Uint8Array(32).fill(9)) },
      }),
    ],
    [
      'a short wrap',
      ({ unlockers }) => ({ unlockers: unlockers.map((one) => ({ ...one, wrap: 'AAAA' })) }),
    ],
  ];
  test.each(lies)('%s', async (_, lie) => {
    const false_ = { ...keys, ...lie(keys) };
    expect(await outcome(openByRecovery(false_, code))).toBe('nothing');
    server.lie = (name, answer) =>
      name === 'account.signInFinish' ? { ...answer, keys: false_ } : answer;
    expect(await outcome(bySignIn())).toBe('nothing');
  });

  test('a public key of its own, sealed under a key that it does not have, is found', async () => {
    const own = await createIdentity();
    const false_ = {
      ...keys,
      identity: { publicKey: toBase64url(own.publicKey), wrap: keys.identity?.wrap ?? '' },
    };
    expect(await outcome(openByRecovery(false_, code))).toBe('nothing');
  });

  test('a passkey’s secret does not open a wrap that was made for the recovery code', async () => {
    const relabelled = {
      ...keys,
      unlockers: keys.unlockers.map((one) => ({ ...one, kind: 'F' as const, credential: 'k' })),
    };
    const secret = new Uint8Array(32).fill(3);
    expect(await outcome(openByPasskey(relabelled, 'k', secret))).toBe('nothing');
  });

  test('every flipped bit of a wrap, and of the identity', { timeout: 60_000 }, async () => {
    const opened: number[] = [];
    for (let bit = 0; bit < 60 * 8; bit += 1) {
      const unlockers = keys.unlockers.map((one) => ({ ...one, wrap: flipped(one.wrap, bit) }));
      if ((await outcome(openByRecovery({ ...keys, unlockers }, code))) !== 'nothing')
        opened.push(bit);
      const identity = keys.identity && {
        ...keys.identity,
        wrap: flipped(keys.identity.wrap, bit),
      };
      if ((await outcome(openByRecovery({ ...keys, identity }, code))) !== 'nothing')
        opened.push(bit);
    }
    expect(opened).toEqual([]);
  });
});

test('10,000 fuzzed parameters change nothing that is derived', { timeout: 60_000 }, async () => {
  // Whatever stands beside the wraps (iterations, versions, algorithms) is not read at all.
  const own = toBase64url(made.master.bytes);
  const extra = fc.dictionary(
    fc.constantFrom('iterations', 'memory', 'suite', 'version', 'kdf', 'algorithm', 'salt', 'alg'),
    fc.oneof(fc.integer(), fc.string(), fc.constant(null)),
  );
  let opened = 0;
  for (const added of fc.sample(extra, 10_000)) {
    const unlockers = keys.unlockers.map((one) => ({ ...added, ...one }));
    if ((await outcome(openByRecovery({ ...added, ...keys, unlockers }, code))) === own)
      opened += 1;
  }
  expect(opened).toBe(10_000);
});

test('a forged answer to OPAQUE is no sign-in', { timeout: 60_000 }, async () => {
  for (let bit = 0; bit < 320 * 8; bit += 211) {
    server.lie = (name, answer) =>
      name === 'account.signInStart'
        ? { ...answer, loginResponse: flipped(String(answer.loginResponse), bit) }
        : answer;
    expect(await outcome(bySignIn())).toBe('nothing');
  }
});
