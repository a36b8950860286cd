import { uuidv4 } from '../../kit/id.ts';
import type { InputOf, Operation, OutputOf } from '../../kit/operation.ts';
import { type Bytes, fromBase64url, SealedError, toBase64url } from '../../kit/sealed-bytes.ts';
import {
  createIdentity,
  createMasterKey,
  type IdentityKey,
  type MasterKey,
  recoveryVerifier,
  type Unlocker,
  unwrapIdentity,
  unwrapMasterKey,
  wrapIdentity,
  wrapMasterKey,
} from '../../kit/sealed-keys.ts';
import type { OpaqueClient } from '../../ui/opaque.ts';
import {
  type AccountKeys,
  type FactorNeed,
  keysRead,
  passkeyWrap,
  passphraseFinish,
  passphraseStart,
  recover,
  recoveryConfirm,
  registerFinish,
  registerStart,
  signInFinish,
  signInStart,
} from './contract.ts';
import { normaliseName } from './names.rules.ts';
import { normalisePassphrase } from './passphrase.rules.ts';

/** What entering needs from outside: a way to ask the server, and OPAQUE. */
export interface EntryTools {
  ask: <O extends Operation>(operation: O, input: InputOf<O>) => Promise<OutputOf<O>>;
  opaque: OpaqueClient;
}

/** The space of an account, open in memory. */
export interface OpenSpace {
  master: MasterKey;
  identity: IdentityKey | null;
}

export interface Entered extends OpenSpace {
  secondFactor: FactorNeed;
  keys: AccountKeys;
}

const passphraseOf = (account: string): Unlocker => ({
  kind: 'W',
  account,
  credential: 'passphrase',
});
const recoveryOf = (account: string): Unlocker => ({ kind: 'R', account, credential: 'recovery' });
const passkeyOf = (account: string, credential: string): Unlocker => ({
  kind: 'F',
  account,
  credential,
});

async function open(keys: AccountKeys, secret: Bytes, unlocker: Unlocker): Promise<OpenSpace> {
  const kept = keys.unlockers.find(
    ({ kind, credential }) => kind === unlocker.kind && credential === unlocker.credential,
  );
  if (!kept) throw new SealedError('notOpened');
  const master = await unwrapMasterKey(fromBase64url(kept.wrap), secret, unlocker, keys.epoch);
  return spaceOf(master, keys);
}

/** Makes an account with master key and identity on this device and signs it in; tells its full name. */
export async function register(
  { ask, opaque }: EntryTools,
  given: { stem: string; passphrase: string; deviceLabel: string },
): Promise<Entered & { name: string }> {
  const passphrase = normalisePassphrase(given.passphrase);
  const account = uuidv4();
  const begun = await opaque.startRegistration(passphrase);
  const answer = await ask(registerStart, { stem: given.stem, registrationRequest: begun.request });
  const done = await opaque.finishRegistration(
    passphrase,
    begun.state,
    answer.registrationResponse,
  );
  const master = createMasterKey(account);
  const identity = await createIdentity();
  const wrap = await wrapMasterKey(master, fromBase64url(done.exportKey), passphraseOf(account));
  const { keys, secondFactor } = await ask(registerFinish, {
    ticket: answer.ticket,
    account,
    registrationRecord: done.record,
    wrap: toBase64url(wrap),
    identity: {
      publicKey: toBase64url(identity.publicKey),
      wrap: toBase64url(await wrapIdentity(master, identity)),
    },
    deviceLabel: given.deviceLabel,
  });
  return { name: answer.name, master, identity, secondFactor, keys };
}

/**
 * Signs in by passphrase, or unlocks the session that is here (`name` null: its own account); null
 * when not recognised.
 */
export async function signIn(
  { ask, opaque }: EntryTools,
  given: { name: string | null; passphrase: string; deviceLabel: string },
): Promise<Entered | null> {
  const passphrase = normalisePassphrase(given.passphrase);
  const begun = await opaque.startLogin(passphrase);
  const name = given.name === null ? null : normaliseName(given.name);
  const answer = await ask(signInStart, { name, startLoginRequest: begun.request });
  const done = await opaque.finishLogin(passphrase, begun.state, answer.loginResponse);
  if (!done) return null;
  const { keys, secondFactor } = await ask(signInFinish, {
    ticket: answer.ticket,
    finishLoginRequest: done.request,
    deviceLabel: given.deviceLabel,
  });
  const space = await open(keys, fromBase64url(done.exportKey), passphraseOf(keys.account));
  return { ...space, secondFactor, keys };
}

/** Signs in by the 20 bytes of a recovery code; the server sees only what was derived from them. */
export async function signInByRecovery(
  { ask }: Pick<EntryTools, 'ask'>,
  given: { code: Bytes; deviceLabel: string },
): Promise<Entered> {
  const verifier = toBase64url(await recoveryVerifier(given.code));
  const { keys, secondFactor } = await ask(recover, { verifier, deviceLabel: given.deviceLabel });
  return { ...(await open(keys, given.code, recoveryOf(keys.account))), secondFactor, keys };
}

/** The space of a master key that was opened on the device alone, with the identity kept beside it. */
export async function spaceOf(master: MasterKey, keys: AccountKeys): Promise<OpenSpace> {
  const { identity } = keys;
  if (!identity || keys.account !== master.account) return { master, identity: null };
  const [wrap, publicKey] = [fromBase64url(identity.wrap), fromBase64url(identity.publicKey)];
  return { master, identity: await unwrapIdentity(master, wrap, publicKey) };
}

/** Opens the space by a recovery code, or by a passkey's secret, from keys that are here already. */
export const openByRecovery = (keys: AccountKeys, code: Bytes): Promise<OpenSpace> =>
  open(keys, code, recoveryOf(keys.account));

export const openByPasskey = (
  keys: AccountKeys,
  credential: string,
  secret: Bytes,
): Promise<OpenSpace> => open(keys, secret, passkeyOf(keys.account, credential));

/** Sets a new passphrase, with a new account name where `stem` is given; the new name, or null. */
export async function changePassphrase(
  { ask, opaque }: EntryTools,
  master: MasterKey,
  given: { stem: string | null; passphrase: string; signOutOthers: boolean },
): Promise<string | null> {
  const passphrase = normalisePassphrase(given.passphrase);
  const begun = await opaque.startRegistration(passphrase);
  const answer = await ask(passphraseStart, {
    stem: given.stem,
    registrationRequest: begun.request,
  });
  const done = await opaque.finishRegistration(
    passphrase,
    begun.state,
    answer.registrationResponse,
  );
  const secret = fromBase64url(done.exportKey);
  const wrap = await wrapMasterKey(master, secret, passphraseOf(master.account));
  await ask(passphraseFinish, {
    ticket: answer.ticket,
    registrationRecord: done.record,
    epoch: master.epoch,
    wrap: toBase64url(wrap),
    signOutOthers: given.signOutOthers,
  });
  return answer.name;
}

/** Keeps a recovery code that its owner has written down and shown again; returns when (to the hour). */
export async function confirmRecovery(
  { ask }: Pick<EntryTools, 'ask'>,
  master: MasterKey,
  code: Bytes,
): Promise<string> {
  const wrap = await wrapMasterKey(master, code, recoveryOf(master.account));
  const { recoveryConfirmedAt } = await ask(recoveryConfirm, {
    verifier: toBase64url(await recoveryVerifier(code)),
    epoch: master.epoch,
    wrap: toBase64url(wrap),
  });
  return recoveryConfirmedAt;
}

/** Lets a passkey open the private space too, by the 32 bytes of its PRF. */
export async function wrapForPasskey(
  { ask }: Pick<EntryTools, 'ask'>,
  master: MasterKey,
  credential: string,
  secret: Bytes,
): Promise<void> {
  const wrap = await wrapMasterKey(master, secret, passkeyOf(master.account, credential));
  await ask(passkeyWrap, { credential, epoch: master.epoch, wrap: toBase64url(wrap) });
}

export const readKeys = ({ ask }: Pick<EntryTools, 'ask'>): Promise<AccountKeys> =>
  ask(keysRead, {});
