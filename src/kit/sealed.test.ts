import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bodyHash,
  type Manifest,
  openItem,
  openLocal,
  openManifest,
  type SealedItem,
  sealItem,
  sealLocal,
  sealManifest,
} from './sealed.ts';
import vectors from './sealed.vectors.json' with { type: 'json' };
import {
  type Bytes,
  type Field,
  fromBase64url,
  lp,
  pad,
  toBase64url,
  unpad,
  utf8,
} from './sealed-bytes.ts';
import { createMasterKey, type MasterKey, purposeKey, SUITE } from './sealed-keys.ts';

// Suite 1 written a second time, on another library and straight from the document, with fixed
// nonces. It serves as the reference in tests, and with `faults` as the planted weaker formats.

type Faults = { withoutBodyHash?: boolean; withoutTag?: boolean };

const own = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);
const hash = (bytes: Bytes): Bytes => own(createHash('sha256').update(bytes).digest());
const derive = (key: Bytes, ...info: Field[]): Bytes =>
  own(new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), lp(...info), 32)));
const commitment = (cek: Bytes): Bytes =>
  own(createHmac('sha256', cek).update('sw1/commit').digest());

function seal(key: Bytes, nonce: Bytes, message: Bytes, ...ad: Field[]): Bytes {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(lp(...ad));
  return own(Buffer.concat([nonce, cipher.update(message), cipher.final(), cipher.getAuthTag()]));
}

function unseal(key: Bytes, sealed: Bytes, faults: Faults, ...ad: Field[]): Bytes {
  const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  cipher.setAAD(lp(...ad));
  const plain = cipher.update(sealed.subarray(12, -16));
  if (faults.withoutTag) return own(plain);
  cipher.setAuthTag(sealed.subarray(-16));
  cipher.final();
  return own(plain);
}

type PlainName = { owner: string; obj: string; ver: number };
type PlainItem = { prev: Bytes; c: Bytes; body: Bytes; epoch: number; self: Bytes };

const wrapFields = (name: PlainName, item: Omit<PlainItem, 'self' | 'prev'>, faults: Faults) =>
  [
    ...['sw1', 'wrap-self', name.owner, name.obj, name.ver, item.epoch, item.c],
    ...(faults.withoutBodyHash ? [] : [hash(item.body)]),
  ] satisfies Field[];

function sealBody(cek: Bytes, nonce: Bytes, name: PlainName, prev: Bytes, text: string) {
  const c = commitment(cek);
  const message = pad(own(Buffer.from(text)));
  return {
    c,
    body: seal(cek, nonce, message, 'sw1', 'item', name.owner, name.obj, name.ver, prev, c),
  };
}

function sealPlain(
  kSelf: Bytes,
  cek: Bytes,
  nonces: [Bytes, Bytes],
  name: PlainName,
  prev: Bytes,
  epoch: number,
  text: string,
  faults: Faults = {},
): PlainItem {
  const { c, body } = sealBody(cek, nonces[0], name, prev, text);
  const self = seal(kSelf, nonces[1], cek, ...wrapFields(name, { c, body, epoch }, faults));
  return { prev, c, body, epoch, self };
}

function openPlain(kSelf: Bytes, name: PlainName, item: PlainItem, faults: Faults = {}) {
  const cek = unseal(kSelf, item.self, faults, ...wrapFields(name, item, faults));
  const ad: Field[] = ['sw1', 'item', name.owner, name.obj, name.ver, item.prev, item.c];
  const padded = unseal(cek, item.body, faults, ...ad);
  return Buffer.from(faults.withoutTag ? padded : unpad(padded)).toString();
}

const owner = '6f1f3c52-3b0a-4b7e-9d2b-0d4b6f3e9a11';
const name = { owner, obj: 'b3b7d6de-7a52-4a39-8c57-26f2e0a7c0aa', ver: 3 };
const first = new Uint8Array(0);
const nonce = (fill: number): Bytes => new Uint8Array(12).fill(fill);
const hex = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'hex'));
const master: MasterKey = { account: owner, epoch: 2, bytes: new Uint8Array(32).fill(7) };
const refused = { code: expect.stringMatching(/^(notOpened|unknownSuite|malformed)$/) };

const opens = (asked: typeof name & { bh?: Bytes }, item: SealedItem): Promise<boolean> =>
  openItem(master, asked, item).then(
    () => true,
    () => false,
  );

function flip(bytes: Bytes, bit: number): Bytes {
  const changed = bytes.slice();
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

describe('the format', () => {
  test('the published vector opens, byte for byte', async () => {
    const key = { account: vectors.owner, epoch: vectors.epoch, bytes: hex(vectors.masterKey) };
    const item: SealedItem = {
      suite: 1,
      epoch: vectors.epoch,
      prev: hex(vectors.item.prev),
      c: hex(vectors.item.c),
      body: hex(vectors.item.body),
      self: hex(vectors.item.self),
    };
    const asked = { owner: vectors.owner, obj: vectors.obj, ver: vectors.ver };
    expect(toBase64url(await purposeKey(key, 'self'))).toBe(toBase64url(hex(vectors.keys.self)));
    expect(await bodyHash(item)).toEqual(hex(vectors.item.bh));
    expect(await openItem(key, asked, item)).toEqual(vectors.content);
  });

  test('a second implementation reads what we seal, and we read what it seals', async () => {
    const kSelf = derive(master.bytes, 'sw1', 'self', owner, 2);
    const content = { text: 'ñandú · 夜', list: [1, null, true] };
    const ours = await sealItem(master, name, hex('aabb'), content);
    expect(JSON.parse(openPlain(kSelf, name, ours))).toEqual(content);
    expect([ours.self.length, ours.c.length, ours.body.length]).toEqual([60, 32, 1024 + 28]);

    const cek = new Uint8Array(32).fill(9);
    const text = JSON.stringify(content);
    const theirs = sealPlain(kSelf, cek, [nonce(1), nonce(2)], name, first, 2, text);
    expect(await openItem(master, name, { suite: 1, ...theirs })).toEqual(content);
  });

  test('two sealings of one text share no key and no nonce', async () => {
    const [a, b] = [
      await sealItem(master, name, first, 'x'),
      await sealItem(master, name, first, 'x'),
    ];
    expect(a.c).not.toEqual(b.c);
    expect(a.body.slice(0, 12)).not.toEqual(b.body.slice(0, 12));
  });

  test('any JSON comes back; the size tells only 1, 4, 16 or 64 KiB', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 3 }), async (text) => {
        const content = JSON.parse(text);
        const item = await sealItem(master, name, first, content);
        expect(await openItem(master, name, item)).toEqual(content);
        expect([1, 4, 16, 64]).toContain((item.body.length - 28) / 1024);
      }),
      { numRuns: 60 },
    );
    const long = 'a'.repeat(65_536 - 4 - 2);
    expect((await sealItem(master, name, first, long)).body.length).toBe(65_536 + 28);
    await expect(sealItem(master, name, first, `${long}a`)).rejects.toMatchObject({
      code: 'tooLong',
    });
  });
});

describe('a hostile server', () => {
  test('every single bit flip of every part is refused', { timeout: 60_000 }, async () => {
    const item = await sealItem(master, name, new Uint8Array(32).fill(5), { text: 'canary' });
    const accepted: string[] = [];
    let tried = 0;
    for (const part of ['body', 'self', 'c', 'prev'] as const) {
      for (let bit = 0; bit < item[part].length * 8; bit += 1, tried += 1) {
        const changed = { ...item, [part]: flip(item[part], bit) };
        if (await opens(name, changed)) accepted.push(`${part}:${bit}`);
      }
    }
    expect(tried).toBe((1052 + 60 + 32 + 32) * 8);
    expect(accepted).toEqual([]);
  });

  test('planted fault: a reader that skips the tag accepts flips, so the check can fail', async () => {
    const kSelf = derive(master.bytes, 'sw1', 'self', owner, 2);
    const item = await sealItem(master, name, first, { text: 'canary' });
    const changed = { ...item, body: flip(item.body, 300) };
    const careless = { withoutTag: true };
    expect(() => openPlain(kSelf, name, changed)).toThrow();
    expect(openPlain(kSelf, name, changed, careless)).toContain('text');
  });

  test.each([
    ['another owner', { owner: '00000000-0000-4000-8000-000000000000' }],
    ['another object', { obj: '00000000-0000-4000-8000-000000000000' }],
    ['an older version', { ver: 2 }],
    ['a newer version', { ver: 4 }],
  ])('a record moved from %s is refused', async (_, moved) => {
    const item = await sealItem(master, { ...name, ...moved }, first, 'moved');
    expect(await opens(name, item)).toBe(false);
  });

  test('parts of two versions cannot be mixed', async () => {
    const a = await sealItem(master, name, first, 'a');
    const b = await sealItem(master, name, first, 'b');
    for (const part of ['body', 'self', 'c'] as const) {
      expect(await opens(name, { ...a, [part]: b[part] })).toBe(false);
    }
    expect(await opens(name, { ...a, prev: b.c })).toBe(false);
    expect(await opens({ ...name, bh: await bodyHash(a) }, a)).toBe(true);
    expect(await opens({ ...name, bh: await bodyHash(a) }, b)).toBe(false);
  });

  test('another epoch, another account, another master key: refused', async () => {
    const item = await sealItem(master, name, first, 'x');
    for (const other of [
      { ...master, epoch: 3 },
      { ...master, account: name.obj },
      createMasterKey(owner, 2),
    ]) {
      await expect(openItem(other, name, item)).rejects.toMatchObject(refused);
      await expect(openItem(other, name, { ...item, epoch: other.epoch })).rejects.toMatchObject(
        refused,
      );
    }
  });

  test('no other suite is ever opened: 10,000 tried', async () => {
    const item = await sealItem(master, name, first, 'x');
    let opened = 0;
    const suites = fc.sample(fc.oneof(fc.integer(), fc.double(), fc.constant(Number.NaN)), 10_000);
    for (const suite of suites) {
      if (suite !== SUITE && (await opens(name, { ...item, suite }))) opened += 1;
    }
    expect(opened).toBe(0);
  });
});

describe('an insider who was handed the key, together with the server', () => {
  const cek = new Uint8Array(32).fill(9);
  const kSelf = derive(master.bytes, 'sw1', 'self', owner, 2);
  const forged = sealBody(cek, nonce(3), name, first, '"I never said this"');

  test('cannot rewrite what the owner reads, because the wrap binds the body', async () => {
    const true_ = sealPlain(kSelf, cek, [nonce(1), nonce(2)], name, first, 2, '"mine"');
    expect(await opens(name, { suite: 1, ...true_ })).toBe(true);
    expect(await opens(name, { suite: 1, ...true_, body: forged.body })).toBe(false);
  });

  test('planted fault: a wrap without bh lets the forgery through', () => {
    const weak = { withoutBodyHash: true };
    const true_ = sealPlain(kSelf, cek, [nonce(1), nonce(2)], name, first, 2, '"mine"', weak);
    const swapped = { ...true_, body: forged.body };
    expect(openPlain(kSelf, name, swapped, weak)).toBe('"I never said this"');
  });
});

describe('manifest and local store', () => {
  const manifest: Manifest = {
    ctr: 5,
    prev: 'x',
    epoch: 2,
    heads: { [name.obj]: [3, 'bh'] },
    grants: {},
    unlockers: ['R', 'W'],
  };

  test('a lower counter than the highest seen is a rollback', async () => {
    const sealed = await sealManifest(master, manifest);
    expect(await openManifest(master, sealed, 5)).toEqual(manifest);
    await expect(openManifest(master, sealed, 6)).rejects.toMatchObject({ code: 'rolledBack' });
    await expect(openManifest({ ...master, account: name.obj }, sealed, 0)).rejects.toMatchObject(
      refused,
    );
  });

  test('what is stored under one name does not open under another', async () => {
    const sealed = await sealLocal(master, 'draft:1', { text: 'x' });
    expect(await openLocal(master, 'draft:1', sealed)).toEqual({ text: 'x' });
    await expect(openLocal(master, 'draft:2', sealed)).rejects.toMatchObject(refused);
  });
});

test('base64url has one spelling for each value', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const own = new Uint8Array(bytes);
      expect(fromBase64url(toBase64url(own))).toEqual(own);
    }),
  );
  for (const bad of ['A', 'AB', 'AAB', 'A=', 'a b', 'é']) {
    expect(() => fromBase64url(bad)).toThrow('malformed');
  }
  expect(toBase64url(utf8('??>'))).toBe('Pz8-');
});
