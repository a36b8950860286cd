import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { type Bytes, fromBase64url, toBase64url, utf8 } from '../../kit/sealed-bytes.ts';
import { type MasterKey, sha256 } from '../../kit/sealed-keys.ts';
import {
  type AccountKeys,
  type FactorNeed,
  passkeyAddFinish,
  passkeyAddStart,
  passkeySignInFinish,
  passkeySignInStart,
} from './contract.ts';
import { type EntryTools, type OpenSpace, openByPasskey, wrapForPasskey } from './entering.web.ts';

type Asking = Pick<EntryTools, 'ask'>;
type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON'];
type RequestOptions = Parameters<typeof startAuthentication>[0]['optionsJSON'];
type PrfResults = { prf?: { enabled?: boolean; results?: { first?: ArrayBuffer } } };

/** Whether this browser knows passkeys at all. */
export const knowsPasskeys = (): boolean => 'PublicKeyCredential' in globalThis;

const prfInput = (): Promise<Bytes> => sha256(utf8('sw1/prf'));

const secretIn = (results: unknown): Bytes | null => {
  const first = (results as PrfResults).prf?.results?.first;
  return first ? new Uint8Array(first) : null;
};

/** What leaves this device: never the results of extensions, for the secret is among them. */
const withoutExtensions = (response: { id: string }): { id: string; [field: string]: unknown } => ({
  ...response,
  clientExtensionResults: {},
});

/**
 * Asks the authenticator for the secret of one of these passkeys, without any server. Rejects when
 * the person turns away; null when the authenticator has no PRF.
 */
export async function passkeySecret(
  credentials: readonly string[],
): Promise<{ credential: string; secret: Bytes } | null> {
  const first = await prfInput();
  const shown = (await navigator.credentials.get({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      userVerification: 'required',
      allowCredentials: credentials.map((id) => ({ id: fromBase64url(id), type: 'public-key' })),
      extensions: { prf: { eval: { first } } },
    },
  })) as PublicKeyCredential | null;
  const secret = shown && secretIn(shown.getClientExtensionResults());
  return shown && secret ? { credential: toBase64url(new Uint8Array(shown.rawId)), secret } : null;
}

/** Adds a passkey; true when it opens the private space too. */
export async function addPasskey(
  tools: Asking,
  master: MasterKey | null,
  label: string,
): Promise<boolean> {
  const { options, ticket } = await tools.ask(passkeyAddStart, { label });
  const extensions = { prf: { eval: { first: await prfInput() } } };
  const made = await startRegistration({
    optionsJSON: { ...options, extensions } as unknown as CreationOptions,
  });
  const { credential } = await tools.ask(passkeyAddFinish, {
    ticket,
    response: withoutExtensions(made),
    label,
  });
  if (!master) return false;
  const results = made.clientExtensionResults as PrfResults;
  // Many authenticators have the secret but tell it only at the first use.
  const secret =
    secretIn(results) ??
    (results.prf?.enabled
      ? ((await passkeySecret([credential]).catch(() => null))?.secret ?? null)
      : null);
  if (!secret) return false;
  await wrapForPasskey(tools, master, credential, secret);
  return true;
}

/** Signs in by a passkey; `space` is null when it does not open the private space. */
export async function signInByPasskey(
  tools: Asking,
  deviceLabel: string,
): Promise<{ keys: AccountKeys; secondFactor: FactorNeed; space: OpenSpace | null }> {
  const { options, ticket } = await tools.ask(passkeySignInStart, {});
  const extensions = { prf: { eval: { first: await prfInput() } } };
  const shown = await startAuthentication({
    optionsJSON: { ...options, extensions } as unknown as RequestOptions,
  });
  const entered = await tools.ask(passkeySignInFinish, {
    ticket,
    response: withoutExtensions(shown),
    deviceLabel,
  });
  const secret = secretIn(shown.clientExtensionResults);
  const space = secret
    ? await openByPasskey(entered.keys, shown.id, secret).catch(() => null)
    : null;
  return { ...entered, space };
}
