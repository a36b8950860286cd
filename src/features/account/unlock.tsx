import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { readRecoveryCode } from '../../kit/sealed-recovery.ts';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { stretchInWorker, warmUp } from '../../ui/opaque-in-worker.ts';
import { NoAnswerError, RefusalError } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { openByPassphrase, readDevice } from '../../ui/vault-device.ts';
import style from './account.module.css';
import type { AccountKeys } from './contract.ts';
import { openByPasskey, openByRecovery, signIn, spaceOf } from './entering.web.ts';
import { enterSpace, entryTools } from './entry-tools.web.ts';
import { passkeySecret } from './passkey.web.ts';
import { normalisePassphrase } from './passphrase.rules.ts';
import { accountRefusals } from './refusals.part.tsx';

const notRecognised = () => new RefusalError('account.unlock', 'notRecognised');

/** By passphrase or recovery code: here alone where this device may, else with the server. */
async function unlock(typed: string, keys: AccountKeys | null): Promise<void> {
  const code = readRecoveryCode(typed);
  if (keys && code.ok) return enterSpace(await openByRecovery(keys, code.code), keys);
  if (keys && readDevice<AccountKeys>()?.own) {
    const master = await openByPassphrase(normalisePassphrase(typed), stretchInWorker).catch(() => {
      throw notRecognised();
    });
    return enterSpace(await spaceOf(master, keys), keys);
  }
  const entered = await signIn(entryTools, { name: null, passphrase: typed, deviceLabel: '' });
  if (!entered) throw notRecognised();
  enterSpace(entered, entered.keys);
}

/** The way to open the private space: passphrase, passkey or recovery code. */
export function Unlock() {
  const { t } = useLingui();
  const keys = readDevice<AccountKeys>()?.keys ?? null;
  const passkeys = keys?.unlockers.filter(({ kind }) => kind === 'F') ?? [];
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState<'words' | 'passkey' | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(warmUp, []);
  const attempt = async (kind: 'words' | 'passkey', work: () => Promise<void>): Promise<void> => {
    setBusy(kind);
    setError(null);
    try {
      await work();
    } catch (thrown) {
      if ((thrown as Error).name !== 'NotAllowedError') setError(thrown);
    } finally {
      setBusy(null);
    }
  };
  const byPasskey = async (): Promise<void> => {
    const shown = await passkeySecret(passkeys.map(({ credential }) => credential));
    if (!shown || !keys) throw notRecognised();
    enterSpace(await openByPasskey(keys, shown.credential, shown.secret), keys);
  };
  const isSignedOut = error instanceof RefusalError && error.code === 'signedOut';
  return (
    <form
      className={`stack ${style.narrow}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (typed && !busy) void attempt('words', () => unlock(typed, keys));
      }}
    >
      <h2>
        <Trans>Locked</Trans>
      </h2>
      <p className="soft">
        <Trans>
          Nothing is lost. Open it with your passphrase, a passkey or the recovery code.
        </Trans>
      </p>
      {passkeys.length > 0 && (
        <Button
          look="primary"
          wide
          busy={busy === 'passkey'}
          onClick={() => void attempt('passkey', byPasskey)}
        >
          <Trans>Open with a passkey</Trans>
        </Button>
      )}
      <TextField
        sealed
        type="password"
        label={t`Passphrase or recovery code`}
        value={typed}
        onChange={setTyped}
      />
      {error !== null && (
        <p role="alert">
          {error instanceof NoAnswerError ? (
            <Trans>
              There is no network, and this device may not open without one. The recovery code or a
              passkey opens it if they were used here before.
            </Trans>
          ) : error instanceof RefusalError && error.code === 'notRecognised' ? (
            <Trans>That did not open it.</Trans>
          ) : (
            sentenceFor(error, accountRefusals())
          )}
        </p>
      )}
      <Button
        look={passkeys.length > 0 ? 'quiet' : 'primary'}
        wide
        type="submit"
        busy={busy === 'words'}
        disabled={!typed}
      >
        {busy === 'words' ? <Trans>Opening…</Trans> : <Trans>Open</Trans>}
      </Button>
      {(isSignedOut || !keys) && (
        <LinkButton to={`/sign-in?next=${location.pathname}`} outside look="plain">
          <Trans>Sign in with the account name</Trans>
        </LinkButton>
      )}
    </form>
  );
}
