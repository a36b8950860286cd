import { argon2id } from 'hash-wasm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ARGON2ID, createIdentity, createMasterKey } from '../kit/sealed-keys.ts';
import { LockedError } from './outbox-parts.ts';
import {
  lockEverywhere,
  lockVault,
  openVault,
  requireVault,
  vaultSealer,
  watchVault,
} from './vault.ts';
import { autolockChoices, chooseAutolock, watchIdleness } from './vault-autolock.ts';
import {
  allowPassphrase,
  disallowPassphrase,
  keepKeys,
  openByPassphrase,
  readDevice,
  type Stretch,
} from './vault-device.ts';

const account = '6f1f3c52-3b0a-4b7e-9d2b-0d4b6f3e9a11';
const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
});
afterEach(() => {
  lockVault();
  vi.unstubAllGlobals();
});

describe('the vault', () => {
  test('opens, seals, and gives nothing once locked', async () => {
    const master = createMasterKey(account);
    const identity = await createIdentity();
    const seen: boolean[] = [];
    const stop = watchVault(() => seen.push(true));
    openVault({ master, identity });
    const held = requireVault();
    expect(held.master).toEqual(master);
    const sealed = await vaultSealer.seal('draft:1', 'canary');
    expect(await vaultSealer.open('draft:1', sealed)).toBe('canary');
    await expect(vaultSealer.open('draft:2', sealed)).rejects.toThrow('notOpened');

    lockEverywhere();
    expect(() => requireVault()).toThrow(LockedError);
    await expect(vaultSealer.open('draft:1', sealed)).rejects.toThrow(LockedError);
    await expect(vaultSealer.seal('draft:1', 'x')).rejects.toThrow(LockedError);
    // The keys are wiped where they lay, and the caller's own copy is not touched.
    expect(held.master.bytes).toEqual(new Uint8Array(32));
    expect(held.identity?.secretKey).toEqual(new Uint8Array(32));
    expect(master.bytes).not.toEqual(new Uint8Array(32));
    expect(seen).toHaveLength(2);
    stop();
  });

  test('locks when another tab says so', async () => {
    openVault({ master: createMasterKey(account), identity: null });
    const other = new BroadcastChannel('lock');
    other.postMessage('leave');
    await vi.waitFor(() => expect(() => requireVault()).toThrow(LockedError));
    other.close();
  });
});

describe('unlocking offline', () => {
  const quick: Stretch = async (passphrase, salt) => {
    const given = { password: passphrase, salt, memorySize: 64, iterations: 1, parallelism: 1 };
    return new Uint8Array(await argon2id({ ...given, hashLength: 32, outputType: 'binary' }));
  };
  const master = createMasterKey(account);

  test('works only where it was allowed, and for this passphrase', async () => {
    const opens = (passphrase: string) => openByPassphrase(passphrase, quick);
    await expect(opens('right')).rejects.toThrow('notOpened');
    await expect(allowPassphrase(master, 'right', quick)).rejects.toThrow('malformed');
    keepKeys({ account, epoch: 1 });
    await expect(opens('right')).rejects.toThrow('notOpened');
    await allowPassphrase(master, 'right', quick);
    expect(await opens('right')).toEqual(master);
    await expect(opens('wrong')).rejects.toThrow('notOpened');
    keepKeys({ account, epoch: 1 });
    expect(await opens('right')).toEqual(master);
    disallowPassphrase();
    await expect(opens('right')).rejects.toThrow('notOpened');
  });

  test('nothing on the device tells the passphrase or the key', async () => {
    keepKeys({ account, epoch: 1 });
    await allowPassphrase(master, 'a canary passphrase', quick);
    const text = [...kept.values()].join();
    expect(text).not.toContain('canary');
    expect(text).not.toContain(Buffer.from(master.bytes).toString('base64url'));
    expect(text).not.toContain(Buffer.from(master.bytes).toString('hex'));
  });

  test.each([
    ['another account', { account: 'b3b7d6de-7a52-4a39-8c57-26f2e0a7c0aa', epoch: 1 }],
    ['a new epoch', { account, epoch: 2 }],
  ])('%s on this device voids the old wrap', async (_, keys) => {
    keepKeys({ account, epoch: 1 });
    await allowPassphrase(master, 'right', quick);
    keepKeys(keys);
    expect(readDevice()?.own).toBeNull();
  });

  test('another suite, a broken record and a short salt are refused', async () => {
    keepKeys({ account, epoch: 1 });
    await allowPassphrase(master, 'right', quick);
    const record = JSON.parse(kept.get('notebook.unlock') ?? '');
    const store = (changed: unknown) => kept.set('notebook.unlock', JSON.stringify(changed));
    for (const suite of [0, 2, 99, '1', null]) {
      store({ ...record, suite });
      expect(readDevice()).toBeNull();
    }
    store({ ...record, own: { ...record.own, salt: 'AAAA' } });
    await expect(openByPassphrase('right', quick)).rejects.toThrow('malformed');
    kept.set('notebook.unlock', '{');
    expect(readDevice()).toBeNull();
  });

  test('Argon2id with the parameters of the suite is the published function', async () => {
    const salt = new Uint8Array(ARGON2ID.saltBytes).fill(1);
    const full = await argon2id({
      password: 'password',
      salt,
      memorySize: ARGON2ID.memoryKiB,
      iterations: ARGON2ID.iterations,
      parallelism: ARGON2ID.parallelism,
      hashLength: 32,
      outputType: 'encoded',
    });
    expect(full).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
  });
});

describe('locking by itself', () => {
  let now = 0;
  let hidden = false;
  const heard = new Map<string, () => void>();
  const lock = vi.fn();
  let stop: () => void;

  beforeEach(() => {
    vi.useFakeTimers();
    now = 0;
    hidden = false;
    lock.mockClear();
    heard.clear();
    const listen = (name: string, listener: () => void) => heard.set(name, listener);
    vi.stubGlobal('addEventListener', listen);
    vi.stubGlobal('removeEventListener', () => {});
    vi.stubGlobal('document', {
      get hidden() {
        return hidden;
      },
      addEventListener: listen,
      removeEventListener: () => {},
    });
    stop = watchIdleness(lock, () => now);
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });
  const pass = (seconds: number) => {
    for (let i = 0; i < seconds; i += 5) {
      now += 5000;
      vi.advanceTimersByTime(5000);
    }
  };

  test.each(Object.entries(autolockChoices))('%s', (choice, { idle, hidden: away }) => {
    chooseAutolock(choice as keyof typeof autolockChoices);
    pass(idle - 10);
    expect(lock).not.toHaveBeenCalled();
    heard.get('keydown')?.();
    pass(idle - 10);
    expect(lock).not.toHaveBeenCalled();
    pass(15);
    expect(lock).toHaveBeenCalled();
    lock.mockClear();
    heard.get('keydown')?.();
    lock.mockClear();
    hidden = true;
    heard.get('visibilitychange')?.();
    pass(away + 5);
    expect(lock).toHaveBeenCalled();
  });

  test('a phone that slept locks the moment it wakes', () => {
    hidden = true;
    heard.get('visibilitychange')?.();
    now += 3_600_000;
    hidden = false;
    heard.get('visibilitychange')?.();
    expect(lock).toHaveBeenCalledTimes(1);
  });
});
