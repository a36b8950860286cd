import { type Bytes, concat, lp, SealedError, sameBytes } from './sealed-bytes.ts';

/**
 * Suite 1. These are constants of the client: a server may store and return opaque wraps, and
 * can propose nothing. A record of another suite is refused, never converted.
 */
export const SUITE = 1;
/** Argon2id for unlocking offline on one device (kind D): RFC 9106 section 4, second choice. */
export const ARGON2ID = {
  memoryKiB: 65_536,
  iterations: 3,
  parallelism: 1,
  saltBytes: 16,
} as const;
/** OPAQUE's own key stretching, named so that a library default can never move it. */
export const OPAQUE_STRETCHING = 'memory-constrained';

/** Kinds of unlock secret: R recovery code, W passphrase by OPAQUE, D device, F passkey. */
export type UnlockKind = 'R' | 'W' | 'D' | 'F';
/** The exact length of each secret in bytes: a shorter one is a fault, not a choice. */
export const SECRET_BYTES: Record<UnlockKind, number> = { R: 20, W: 64, D: 32, F: 32 };

const NONCE = 12;
const TAG = 16;
const KEY = 32;

export const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

export const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

export async function hmacSha256(key: Bytes, message: Bytes): Promise<Bytes> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message));
}

/** HKDF-SHA-256 with an empty salt, 32 bytes out (RFC 5869). */
async function hkdf(ikm: Bytes, info: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', ikm, 'HKDF', false, ['deriveBits']);
  const salt = new Uint8Array(0);
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt, info };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, KEY * 8));
}

/** `E(k, m, ad)`: 12-byte random nonce ‖ AES-256-GCM ciphertext ‖ 16-byte tag. */
export async function encrypt(key: Bytes, message: Bytes, ad: Bytes): Promise<Bytes> {
  if (key.length !== KEY) throw new SealedError('malformed');
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const iv = random(NONCE);
  const parameters = { name: 'AES-GCM', iv, additionalData: ad, tagLength: TAG * 8 };
  return concat(iv, new Uint8Array(await crypto.subtle.encrypt(parameters, imported, message)));
}

/** The message of `encrypt`; SealedError 'notOpened' whatever the cause. */
export async function decrypt(key: Bytes, sealed: Bytes, ad: Bytes): Promise<Bytes> {
  if (key.length !== KEY) throw new SealedError('malformed');
  if (sealed.length < NONCE + TAG) throw new SealedError('notOpened');
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
  const iv = sealed.slice(0, NONCE);
  const parameters = { name: 'AES-GCM', iv, additionalData: ad, tagLength: TAG * 8 };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters, imported, sealed.slice(NONCE)));
  } catch {
    throw new SealedError('notOpened');
  }
}

/** Which unlock secret, of which account; `credential` tells apart several of one kind. */
export type Unlocker = { kind: UnlockKind; account: string; credential: string };

/** `KEK_i = HKDF(secret_i, LP("sw1","kek",kind,account,credential))`. */
export function unlockKey(secret: Bytes, unlocker: Unlocker): Promise<Bytes> {
  if (secret.length !== SECRET_BYTES[unlocker.kind]) throw new SealedError('malformed');
  return hkdf(secret, lp('sw1', 'kek', unlocker.kind, unlocker.account, unlocker.credential));
}

/** The account master key of one epoch: 32 random bytes that exist in memory only. */
export type MasterKey = { account: string; epoch: number; bytes: Bytes };

export const createMasterKey = (account: string, epoch = 1): MasterKey => ({
  account,
  epoch,
  bytes: random(KEY),
});

const masterAd = (unlocker: Unlocker, epoch: number): Bytes =>
  lp('sw1', 'wrap-amk', unlocker.kind, unlocker.account, unlocker.credential, epoch);

/** AMK wrapped under one unlocker, 60 bytes: what the server (or the device, for D) keeps. */
export async function wrapMasterKey(
  master: MasterKey,
  secret: Bytes,
  unlocker: Unlocker,
): Promise<Bytes> {
  if (unlocker.account !== master.account) throw new SealedError('malformed');
  const key = await unlockKey(secret, unlocker);
  return encrypt(key, master.bytes, masterAd(unlocker, master.epoch));
}

/** The master key out of a wrap, for the unlocker and epoch that were asked for. */
export async function unwrapMasterKey(
  wrap: Bytes,
  secret: Bytes,
  unlocker: Unlocker,
  epoch: number,
): Promise<MasterKey> {
  const key = await unlockKey(secret, unlocker);
  const bytes = await decrypt(key, wrap, masterAd(unlocker, epoch));
  if (bytes.length !== KEY) throw new SealedError('notOpened');
  return { account: unlocker.account, epoch, bytes };
}

/** What a key of the account is for: items, the manifest, or this device's own store. */
type KeyPurpose = 'self' | 'manifest' | 'local';

/** `K_x = HKDF(AMK_e, LP("sw1",x,account,e))`, x one of self, manifest, local. */
export const purposeKey = (master: MasterKey, purpose: KeyPurpose): Promise<Bytes> =>
  hkdf(master.bytes, lp('sw1', purpose, master.account, master.epoch));

/**
 * What the server may know of a recovery code: 32 bytes that prove who holds it and unlock
 * nothing. Derived apart from the KEK, so neither tells anything about the other.
 */
export function recoveryVerifier(code: Bytes): Promise<Bytes> {
  if (code.length !== SECRET_BYTES.R) throw new SealedError('malformed');
  return hkdf(code, lp('sw1', 'recovery-verifier'));
}

/** X25519 key pair as raw 32-byte strings, the form that DHKEM(X25519, HKDF-SHA256) takes. */
export type IdentityKey = { publicKey: Bytes; secretKey: Bytes };

// PKCS #8 of an X25519 key is this prefix and the 32 raw bytes (RFC 8410 section 7).
const PKCS8 = new Uint8Array([
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x04, 0x22, 0x04, 0x20,
]);

type MadeKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
const isPair = (made: object): made is { publicKey: MadeKey; privateKey: MadeKey } =>
  'publicKey' in made && 'privateKey' in made;

/** A new identity; SealedError 'noX25519' in a browser without it (Chrome before 133). */
export async function createIdentity(): Promise<IdentityKey> {
  const { subtle } = crypto;
  const made = await subtle
    .generateKey({ name: 'X25519' }, true, ['deriveBits'])
    .catch(() => undefined);
  if (made === undefined || !isPair(made)) throw new SealedError('noX25519');
  const pkcs8 = new Uint8Array(await subtle.exportKey('pkcs8', made.privateKey));
  return {
    publicKey: new Uint8Array(await subtle.exportKey('raw', made.publicKey)),
    secretKey: pkcs8.slice(pkcs8.length - KEY),
  };
}

/** The public half that belongs to a raw secret half. */
export async function identityPublicKey(secretKey: Bytes): Promise<Bytes> {
  const pkcs8 = concat(PKCS8, secretKey);
  const usages = ['deriveBits'] as const;
  const base = new Uint8Array(KEY);
  base[0] = 9;
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'X25519' }, false, [...usages]);
  const point = await crypto.subtle.importKey('raw', base, { name: 'X25519' }, false, []);
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: 'X25519', public: point }, key, 256),
  );
}

const identityAd = (master: MasterKey, publicKey: Bytes): Bytes =>
  lp('sw1', 'identity', master.account, master.epoch, publicKey);

/** The identity's secret half sealed by K_self, bound to its public half. */
export async function wrapIdentity(master: MasterKey, identity: IdentityKey): Promise<Bytes> {
  const key = await purposeKey(master, 'self');
  return encrypt(key, identity.secretKey, identityAd(master, identity.publicKey));
}

/** The identity again; 'notOpened' when the public key offered with it is not its own. */
export async function unwrapIdentity(
  master: MasterKey,
  wrap: Bytes,
  publicKey: Bytes,
): Promise<IdentityKey> {
  const key = await purposeKey(master, 'self');
  const secretKey = await decrypt(key, wrap, identityAd(master, publicKey));
  if (!sameBytes(await identityPublicKey(secretKey), publicKey)) throw new SealedError('notOpened');
  return { publicKey, secretKey };
}

/** `fp = SHA-256(LP("sw1","fp",pk))`: what two people compare when they meet. */
export const fingerprint = (publicKey: Bytes): Promise<Bytes> => sha256(lp('sw1', 'fp', publicKey));
