import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lp, PAD_SIZES, pad, unpad, utf8 } from './sealed-bytes.ts';
import {
  ARGON2ID,
  createIdentity,
  createMasterKey,
  fingerprint,
  identityPublicKey,
  OPAQUE_STRETCHING,
  random,
  recoveryVerifier,
  SECRET_BYTES,
  type UnlockKind,
  unlockKey,
  unwrapIdentity,
  unwrapMasterKey,
  wrapIdentity,
  wrapMasterKey,
} from './sealed-keys.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const account = '6f1f3c52-3b0a-4b7e-9d2b-0d4b6f3e9a11';
const kinds: UnlockKind[] = ['R', 'W', 'D', 'F'];

describe('LP and padding', () => {
  test('the bytes are the documented ones', () => {
    expect(lp('sw1', 12, hex('ff'), '')).toEqual(
      hex('00000003737731' + '000000023132' + '00000001ff' + '00000000'),
    );
    expect(lp('ñ')).toEqual(hex('00000002c3b1'));
    for (const bad of [-1, 1.5, Number.NaN, 2 ** 60]) expect(() => lp(bad)).toThrow('malformed');
  });

  test('different lists of fields never meet', () => {
    const field = fc.string({ maxLength: 4 });
    fc.assert(
      fc.property(fc.array(field), fc.array(field), (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(Buffer.from(lp(...a)).equals(Buffer.from(lp(...b)))).toBe(false);
      }),
    );
    // Planted fault: joining with a separator does let two lists meet.
    expect(['a|b', 'c'].join('|')).toBe(['a', 'b|c'].join('|'));
  });

  test.each([0, 1, 1020, 1021, 4092, 4093, 16_380, 16_381, 65_532])('%i bytes come back', (n) => {
    const message = new Uint8Array(n).fill(1);
    expect(PAD_SIZES).toContain(pad(message).length);
    expect(unpad(pad(message))).toEqual(message);
  });

  test('anything pad would not have made is refused', () => {
    expect(() => pad(new Uint8Array(65_533))).toThrow('tooLong');
    const good = pad(utf8('x'));
    const tail = good.slice();
    tail[1023] = 1;
    const lying = good.slice();
    lying[2] = 255;
    const generous = new Uint8Array(4096);
    generous.set(good);
    for (const bad of [tail, lying, generous, good.slice(0, 1023), new Uint8Array(0)]) {
      expect(() => unpad(bad)).toThrow('malformed');
    }
  });
});

describe('unlockers', () => {
  test.each(kinds)('%s opens its own wrap and nothing else does', async (kind) => {
    const master = createMasterKey(account, 4);
    const secret = random(SECRET_BYTES[kind]);
    const unlocker = { kind, account, credential: 'c1' };
    const wrap = await wrapMasterKey(master, secret, unlocker);
    expect(wrap.length).toBe(60);
    expect(await unwrapMasterKey(wrap, secret, unlocker, 4)).toEqual(master);
    const wrong: [typeof wrap, typeof secret, typeof unlocker, number][] = [
      [wrap, random(SECRET_BYTES[kind]), unlocker, 4],
      [wrap, secret, { ...unlocker, credential: 'c2' }, 4],
      [wrap, secret, { ...unlocker, account: 'other' }, 4],
      [wrap, secret, unlocker, 3],
      [wrap.slice(0, 59), secret, unlocker, 4],
      [wrap.map((byte, i) => (i === 20 ? byte ^ 1 : byte)), secret, unlocker, 4],
    ];
    for (const attempt of wrong) {
      await expect(unwrapMasterKey(...attempt)).rejects.toMatchObject({ code: 'notOpened' });
    }
  });

  test('a wrap of one kind is not a wrap of another (D and F have equal length)', async () => {
    const secret = random(32);
    const wrap = await wrapMasterKey(createMasterKey(account), secret, {
      kind: 'D',
      account,
      credential: 'c',
    });
    const asPasskey = { kind: 'F' as const, account, credential: 'c' };
    await expect(unwrapMasterKey(wrap, secret, asPasskey, 1)).rejects.toThrow('notOpened');
  });

  test.each(kinds)('a weakened %s secret is a fault, not a choice', async (kind) => {
    for (const length of [0, 1, 16, SECRET_BYTES[kind] - 1, SECRET_BYTES[kind] + 1]) {
      const attempt = async () => unlockKey(random(length), { kind, account, credential: 'c' });
      await expect(attempt()).rejects.toThrow('malformed');
    }
  });

  test('the parameters stand at or above their floors', () => {
    expect(SECRET_BYTES).toEqual({ R: 20, W: 64, D: 32, F: 32 });
    expect(ARGON2ID.memoryKiB * ARGON2ID.iterations).toBeGreaterThanOrEqual(65_536 * 3);
    expect(ARGON2ID.saltBytes).toBeGreaterThanOrEqual(16);
    expect(OPAQUE_STRETCHING).toBe('memory-constrained');
  });

  test('what the server learns of a recovery code is not the key', async () => {
    const code = random(20);
    const key = await unlockKey(code, { kind: 'R', account, credential: 'r' });
    const verifier = await recoveryVerifier(code);
    expect(verifier.length).toBe(32);
    expect(verifier).not.toEqual(key);
    await expect((async () => recoveryVerifier(random(19)))()).rejects.toThrow('malformed');
  });
});

describe('identity', () => {
  test('raw keys as in RFC 7748 section 6.1', async () => {
    const bob = '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb';
    const itsPublic = 'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f';
    expect(await identityPublicKey(hex(bob))).toEqual(hex(itsPublic));
  });

  test('opens again, and not beside another public key', async () => {
    const master = createMasterKey(account);
    const [mine, other] = [await createIdentity(), await createIdentity()];
    expect([mine.publicKey.length, mine.secretKey.length]).toEqual([32, 32]);
    expect(await identityPublicKey(mine.secretKey)).toEqual(mine.publicKey);
    const wrap = await wrapIdentity(master, mine);
    expect(await unwrapIdentity(master, wrap, mine.publicKey)).toEqual(mine);
    await expect(unwrapIdentity(master, wrap, other.publicKey)).rejects.toThrow('notOpened');
    expect(await fingerprint(mine.publicKey)).not.toEqual(await fingerprint(other.publicKey));
  });
});
