import { type Bytes, fromBase64url, SealedError, toBase64url } from '../kit/sealed-bytes.ts';
import {
  ARGON2ID,
  type MasterKey,
  random,
  SUITE,
  type Unlocker,
  unwrapMasterKey,
  wrapMasterKey,
} from '../kit/sealed-keys.ts';

/**
 * What this device keeps so that the space opens without a network: the account's wraps as the
 * server has them, and, only if the person allowed it, a wrap of its own under the passphrase (D).
 * Nothing here checks a guess: only a wrap that opens does.
 */
export interface DeviceUnlock<Keys> {
  suite: number;
  keys: Keys;
  own: { salt: string; wrap: string; epoch: number } | null;
}

/** Argon2id with the parameters of the suite, 32 bytes out; runs in the worker. */
export type Stretch = (passphrase: string, salt: Bytes) => Promise<Bytes>;

type Keyed = { account: string; epoch: number };
const place = 'notebook.unlock';

/** What is kept here, or null; whatever cannot be read counts as nothing. */
export function readDevice<Keys extends Keyed>(): DeviceUnlock<Keys> | null {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? 'null') as DeviceUnlock<Keys> | null;
    return kept?.suite === SUITE ? kept : null;
  } catch {
    return null;
  }
}

/** Keeps the wraps of an account on this device; a wrap of another account or epoch goes. */
export function keepKeys<Keys extends Keyed>(keys: Keys): void {
  const before = readDevice<Keys>();
  const same = before?.keys.account === keys.account && before.own?.epoch === keys.epoch;
  write({ suite: SUITE, keys, own: same ? (before?.own ?? null) : null });
}

function write(kept: DeviceUnlock<Keyed>): void {
  try {
    localStorage.setItem(place, JSON.stringify(kept));
  } catch {
    // Without room this device asks the server each time.
  }
}

const deviceUnlocker = (account: string): Unlocker => ({
  kind: 'D',
  account,
  credential: 'device',
});

/** Allows the passphrase to open the space here without a network. Takes about a second. */
export async function allowPassphrase(
  master: MasterKey,
  passphrase: string,
  stretch: Stretch,
): Promise<void> {
  const kept = readDevice<Keyed>();
  if (kept?.keys.account !== master.account) throw new SealedError('malformed');
  const salt = random(ARGON2ID.saltBytes);
  const secret = await stretch(passphrase, salt);
  const wrap = await wrapMasterKey(master, secret, deviceUnlocker(master.account));
  const own = { salt: toBase64url(salt), wrap: toBase64url(wrap), epoch: master.epoch };
  write({ ...kept, own });
}

/** Takes the permission back. */
export function disallowPassphrase(): void {
  const kept = readDevice<Keyed>();
  if (kept) write({ ...kept, own: null });
}

/** Opens the space by the passphrase alone; SealedError 'notOpened' when it is wrong or not allowed. */
export async function openByPassphrase(passphrase: string, stretch: Stretch): Promise<MasterKey> {
  const kept = readDevice<Keyed>();
  if (!kept?.own) throw new SealedError('notOpened');
  const salt = fromBase64url(kept.own.salt);
  if (salt.length < ARGON2ID.saltBytes) throw new SealedError('malformed');
  const secret = await stretch(passphrase, salt);
  const { account } = kept.keys;
  return unwrapMasterKey(
    fromBase64url(kept.own.wrap),
    secret,
    deviceUnlocker(account),
    kept.own.epoch,
  );
}
