import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { KeyRound } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { warmUp } from '../../ui/opaque-in-worker.ts';
import { RefusalError, useOperation } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { TextField } from '../../ui/text-field.tsx';
import style from './account.module.css';
import { type FactorNeed, me } from './contract.ts';
import { signIn } from './entering.web.ts';
import { enterSpace, entryTools, isPhone } from './entry-tools.web.ts';
import { knowsPasskeys, signInByPasskey } from './passkey.web.ts';
import { accountRefusals } from './refusals.part.tsx';
import { SecondFactor } from './second-factor.part.tsx';
import { whereTo } from './where-to.web.ts';

/** Goes on within this shell where it can, so that the open space stays open. */
export function useGoOn() {
  const navigate = useNavigate();
  return async (): Promise<void> => {
    const to = await whereTo(location.search);
    const isHere = document.documentElement.classList.contains('companion');
    if (isHere && to.startsWith('/me')) await navigate({ to });
    else location.assign(to);
  };
}

function Door({ onEntered }: { onEntered: (need: FactorNeed) => void }) {
  const { t } = useLingui();
  const [name, setName] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState<'passphrase' | 'passkey' | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(warmUp, []);
  const label = isPhone() ? t`Phone` : t`Computer`;

  const attempt = async (
    kind: 'passphrase' | 'passkey',
    work: () => Promise<FactorNeed>,
  ): Promise<void> => {
    setBusy(kind);
    setError(null);
    try {
      onEntered(await work());
    } catch (thrown) {
      if ((thrown as Error).name !== 'NotAllowedError') setError(thrown);
    } finally {
      setBusy(null);
    }
  };
  const byPassphrase = async (): Promise<FactorNeed> => {
    const entered = await signIn(entryTools, { name, passphrase, deviceLabel: label });
    if (!entered) throw new RefusalError('account.signInFinish', 'notRecognised');
    enterSpace(entered, entered.keys);
    return entered.secondFactor;
  };
  const byPasskey = async (): Promise<FactorNeed> => {
    const { keys, space, secondFactor } = await signInByPasskey(entryTools, label);
    if (space) enterSpace(space, keys);
    return secondFactor;
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (name && passphrase && !busy) void attempt('passphrase', byPassphrase);
      }}
    >
      <TextField
        sealed
        label={t`Account name`}
        hint={t`With its number, as in quiet-harbor-4821.`}
        value={name}
        onChange={setName}
      />
      <TextField
        sealed
        type="password"
        label={t`Passphrase`}
        value={passphrase}
        onChange={setPassphrase}
      />
      {error !== null && <p role="alert">{sentenceFor(error, accountRefusals())}</p>}
      <Button
        look="primary"
        wide
        type="submit"
        busy={busy === 'passphrase'}
        disabled={!name || !passphrase}
      >
        {busy === 'passphrase' ? <Trans>Opening…</Trans> : <Trans>Sign in</Trans>}
      </Button>
      {knowsPasskeys() && (
        <Button
          wide
          icon={<KeyRound size={18} aria-hidden="true" />}
          busy={busy === 'passkey'}
          onClick={() => void attempt('passkey', byPasskey)}
        >
          <Trans>Use a passkey</Trans>
        </Button>
      )}
      <div className="row">
        <LinkButton to="/sign-in/code" look="plain">
          <Trans>I have my recovery code</Trans>
        </LinkButton>
        <LinkButton to="/me/begin" look="plain">
          <Trans>Make an account</Trans>
        </LinkButton>
      </div>
    </form>
  );
}

/** The one door for everybody: passphrase or passkey, and for staff the second step. */
export function SignIn() {
  const [need, setNeed] = useState<FactorNeed | null>(null);
  const [error, setError] = useState<unknown>(null);
  const goOn = useGoOn();
  const leave = () => void goOn().catch(setError);
  const { data } = useOperation(me, {});
  const here = data?.account;
  // Recognised already, and only the second step is missing: it is asked for at once.
  const waiting = here && !here.locked ? here.secondFactor : null;
  const step = need ?? waiting;
  return (
    <div className={`stack loose ${style.narrow}`}>
      <h1>
        <Trans>Welcome back</Trans>
      </h1>
      {step === 'needed' || step === 'setUp' ? (
        <SecondFactor need={step} onDone={leave} />
      ) : (
        <Door
          onEntered={(shown) => {
            setNeed(shown);
            if (shown === 'notNeeded' || shown === 'done') leave();
          }}
        />
      )}
      {error !== null && <p role="alert">{sentenceFor(error)}</p>}
    </div>
  );
}
