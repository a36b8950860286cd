import { z } from 'zod';
import { command, query } from '../../kit/operation.ts';

/** Bytes as base64url, of one exact length. */
const bytes = (length: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((length * 4) / 3)}}$`));
const encoded = (most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .max(most);
const ticket = encoded(4000);
const opaqueMessage = encoded(1000);
const webauthn = z.looseObject({ id: encoded(1400) });
const deviceLabel = z.string().max(60);

const wrap = bytes(60);
const keys = z.object({
  account: z.uuid(),
  epoch: z.int().min(1),
  identity: z.object({ publicKey: bytes(32), wrap }).nullable(),
  unlockers: z.array(
    z.object({ kind: z.enum(['R', 'W', 'F']), credential: z.string(), epoch: z.int(), wrap }),
  ),
});
/** What an account needs to open its private space: opaque wraps, never a key. */
export type AccountKeys = z.infer<typeof keys>;

const factorNeed = z.enum(['notNeeded', 'done', 'needed', 'setUp']);
/** Second factor: not asked of this person, shown in this session, to be shown, or to be set up first. */
export type FactorNeed = z.infer<typeof factorNeed>;

const entered = z.object({ keys, secondFactor: factorNeed });

const membership = z.object({
  programmeId: z.uuid(),
  membershipId: z.uuid(),
  role: z.enum([
    'client',
    'therapist',
    'supervisor',
    'intake',
    'administrator',
    'listServant',
    'sponsor',
    'partner',
  ]),
  displayName: z.string(),
  clientId: z.uuid().nullable(),
  programmeName: z.string(),
  timeZone: z.string(),
  locale: z.enum(['en', 'es']),
  country: z.string(),
  demo: z.boolean(),
});

// A command in form only: a query that is open to anyone is answered without looking at the session.
export const me = command('account.me', {
  who: 'anyone',
  input: z.strictObject({}),
  output: z.object({
    account: z
      .object({
        id: z.uuid(),
        sessionId: z.uuid(),
        membership: membership.nullable(),
        memberships: z.array(membership),
        recoveryConfirmedAt: z.string().nullable(),
        secondFactor: factorNeed,
        factors: z.object({ totp: z.boolean(), passkeys: z.int() }),
        locked: z.boolean(),
      })
      .nullable(),
  }),
  audit: 'none',
  summary: 'Who is signed in on this device, and what is still missing; nobody is an answer too.',
});

export const registerStart = command('account.registerStart', {
  who: 'anyone',
  input: z.strictObject({ stem: z.string().max(200), registrationRequest: opaqueMessage }),
  output: z.object({ name: z.string(), registrationResponse: z.string(), ticket: z.string() }),
  refusals: ['nameUnfit', 'invalid', 'slowDown'],
  audit: 'none',
  summary: 'Gives an account name (the wish with a free number) and the first half of OPAQUE.',
});

export const registerFinish = command('account.registerFinish', {
  who: 'anyone',
  input: z.strictObject({
    ticket,
    /** Random, and never the nil id, which stands for nobody. */
    account: z.uuidv4(),
    registrationRecord: opaqueMessage,
    wrap,
    identity: z.strictObject({ publicKey: bytes(32), wrap }),
    deviceLabel,
  }),
  output: entered,
  refusals: ['ticketOver', 'invalid'],
  audit: 'account',
  summary: 'Makes the account with its wrapped master key and identity, and signs it in.',
});

export const signInStart = command('account.signInStart', {
  who: 'anyone',
  input: z.strictObject({
    /** null: the account of the session that is here, whose name this device does not keep. */
    name: z.string().max(200).nullable(),
    startLoginRequest: opaqueMessage,
  }),
  output: z.object({ loginResponse: z.string(), ticket: z.string() }),
  refusals: ['invalid', 'slowDown', 'signedOut'],
  audit: 'none',
  summary: 'First half of OPAQUE; an unknown name gets an answer of the same kind.',
});

export const signInFinish = command('account.signInFinish', {
  who: 'anyone',
  input: z.strictObject({ ticket, finishLoginRequest: opaqueMessage, deviceLabel }),
  output: entered,
  refusals: ['notRecognised', 'ticketOver'],
  audit: 'account',
  summary: 'Signs in, or unlocks the session of the same account.',
});

export const keysRead = query('account.keys', {
  who: 'account',
  input: z.strictObject({}),
  output: keys,
  audit: 'none',
  summary: 'The wrapped keys of one’s own account.',
});

export const passkeyAddStart = command('account.passkeyAddStart', {
  who: 'account',
  input: z.strictObject({ label: z.string().min(1).max(60) }),
  output: z.object({ options: z.looseObject({}), ticket: z.string() }),
  refusals: ['locked', 'secondFactor', 'proveAgain'],
  audit: 'none',
  summary: 'Begins to add a passkey.',
});

export const passkeyAddFinish = command('account.passkeyAddFinish', {
  who: 'account',
  input: z.strictObject({ ticket, response: webauthn, label: z.string().min(1).max(60) }),
  output: z.object({ credential: z.string() }),
  refusals: ['locked', 'secondFactor', 'proveAgain', 'ticketOver', 'passkeyUnfit'],
  audit: 'account',
  summary: 'Adds the passkey; it also counts as this session’s second factor.',
});

export const passkeyWrap = command('account.passkeyWrap', {
  who: 'account',
  input: z.strictObject({ credential: encoded(1400), epoch: z.int().min(1), wrap }),
  output: z.object({}),
  refusals: ['locked', 'secondFactor', 'proveAgain', 'notFound'],
  audit: 'account',
  summary: 'Stores the master key wrapped by a passkey’s own secret (PRF).',
});

export const passkeyRemove = command('account.passkeyRemove', {
  who: 'account',
  input: z.strictObject({ credential: encoded(1400) }),
  output: z.object({}),
  refusals: ['locked', 'secondFactor', 'proveAgain', 'notFound', 'lastFactor'],
  audit: 'account',
  summary: 'Removes a passkey.',
});

export const passkeySignInStart = command('account.passkeySignInStart', {
  who: 'anyone',
  input: z.strictObject({}),
  output: z.object({ options: z.looseObject({}), ticket: z.string() }),
  refusals: ['slowDown'],
  audit: 'none',
  summary: 'Begins to sign in by a passkey; names no account.',
});

export const passkeySignInFinish = command('account.passkeySignInFinish', {
  who: 'anyone',
  input: z.strictObject({ ticket, response: webauthn, deviceLabel }),
  output: entered,
  refusals: ['notRecognised', 'ticketOver'],
  audit: 'account',
  summary: 'Signs in by a passkey, or unlocks the session of the same account.',
});

export const recoveryConfirm = command('account.recoveryConfirm', {
  who: 'account',
  input: z.strictObject({ verifier: bytes(32), epoch: z.int().min(1), wrap }),
  output: z.object({ recoveryConfirmedAt: z.string() }),
  refusals: ['locked', 'secondFactor', 'proveAgain', 'epochOver'],
  audit: 'account',
  summary: 'The recovery code was written down and checked: its wrap and verifier are kept.',
});

export const recover = command('account.recover', {
  who: 'anyone',
  input: z.strictObject({ verifier: bytes(32), deviceLabel }),
  output: entered,
  refusals: ['notRecognised', 'slowDown'],
  audit: 'account',
  summary: 'Signs in by what only the holder of the recovery code can derive.',
});

export const passphraseStart = command('account.passphraseStart', {
  who: 'account',
  input: z.strictObject({
    /** A wish for a new account name; null keeps the old one. */
    stem: z.string().max(200).nullable(),
    registrationRequest: opaqueMessage,
  }),
  output: z.object({
    name: z.string().nullable(),
    registrationResponse: z.string(),
    ticket: z.string(),
  }),
  refusals: ['locked', 'secondFactor', 'proveAgain', 'nameUnfit', 'invalid', 'slowDown'],
  audit: 'none',
  summary: 'Begins a new passphrase, with a new name where the old one was forgotten.',
});

export const passphraseFinish = command('account.passphraseFinish', {
  who: 'account',
  input: z.strictObject({
    ticket,
    registrationRecord: opaqueMessage,
    epoch: z.int().min(1),
    wrap,
    signOutOthers: z.boolean(),
  }),
  output: z.object({}),
  refusals: ['locked', 'secondFactor', 'proveAgain', 'ticketOver', 'epochOver'],
  audit: 'account',
  summary: 'Sets the new passphrase and its wrap; the old one is worth nothing from now on.',
});

export const totpStart = command('account.totpStart', {
  who: 'account',
  input: z.strictObject({}),
  output: z.object({ secret: z.string(), address: z.string(), ticket: z.string() }),
  refusals: ['locked', 'secondFactor', 'proveAgain'],
  audit: 'none',
  summary: 'A new secret for an authenticator app, kept only once a code of it was shown.',
});

export const totpFinish = command('account.totpFinish', {
  who: 'account',
  input: z.strictObject({ ticket, code: z.string().regex(/^\d{6}$/) }),
  output: z.object({}),
  refusals: ['locked', 'secondFactor', 'proveAgain', 'ticketOver', 'codeWrong', 'slowDown'],
  audit: 'account',
  summary: 'Keeps the authenticator app; counts as this session’s second factor.',
});

export const totpCheck = command('account.totpCheck', {
  who: 'account',
  input: z.strictObject({ code: z.string().regex(/^\d{6}$/) }),
  output: z.object({}),
  refusals: ['codeWrong', 'slowDown'],
  audit: 'account',
  summary: 'Shows the second factor of this session, or unlocks it.',
});

export const sessionsRead = query('account.sessions', {
  who: 'account',
  input: z.strictObject({}),
  output: z.object({
    sessions: z.array(
      z.object({
        id: z.uuid(),
        label: z.string(),
        here: z.boolean(),
        /** Rounded to the hour. */
        since: z.string(),
        /** Rounded to the hour. */
        lastUsed: z.string(),
      }),
    ),
    passkeys: z.array(
      z.object({
        credential: z.string(),
        label: z.string(),
        since: z.string(),
        opensPrivate: z.boolean(),
      }),
    ),
    totp: z.boolean(),
  }),
  refusals: ['locked', 'secondFactor'],
  audit: 'none',
  summary: 'Where this account is signed in, and its passkeys.',
});

export const sessionLabel = command('account.labelSession', {
  who: 'account',
  input: z.strictObject({ id: z.uuid(), label: deviceLabel }),
  output: z.object({}),
  refusals: ['locked', 'secondFactor', 'notFound'],
  audit: 'account',
  summary: 'Names a device in one’s own words.',
});

export const sessionRevoke = command('account.revokeSession', {
  who: 'account',
  input: z.strictObject({ id: z.uuid().nullable() }),
  output: z.object({ ended: z.int() }),
  refusals: ['locked', 'secondFactor', 'notFound'],
  audit: 'account',
  summary: 'Signs out one other device, or (null) all others.',
});

export const sessionLock = command('account.lock', {
  who: 'account',
  input: z.strictObject({}),
  output: z.object({}),
  audit: 'none',
  summary: 'Locks this session now.',
});

export const signOut = command('account.signOut', {
  who: 'anyone',
  input: z.strictObject({ forgetDevice: z.boolean() }),
  output: z.object({}),
  audit: 'none',
  summary: 'Ends this session; may also make the browser forget everything of this site.',
});

export const membershipUse = command('account.useMembership', {
  who: 'account',
  input: z.strictObject({ programmeId: z.uuid(), membershipId: z.uuid() }),
  output: z.object({}),
  refusals: ['locked', 'notFound'],
  audit: 'account',
  summary: 'Acts for another of one’s own memberships from now on.',
});
