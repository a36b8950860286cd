import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { call, sessionTrouble, useCommand } from '../../ui/operations.ts';
import { queryClient } from '../../ui/query-client.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { lockVault } from '../../ui/vault.ts';
import style from './account.module.css';
import { sessionLock, signOut, totpCheck } from './contract.ts';
import { signIn } from './entering.web.ts';
import { enterSpace, entryTools } from './entry-tools.web.ts';
import { knowsPasskeys, signInByPasskey } from './passkey.web.ts';
import { accountRefusals } from './refusals.part.tsx';

const idleMinutes = 15;
const touches = ['pointerdown', 'keydown', 'wheel'];

/** Locks after a while without a touch: pages that refresh by themselves are no sign of a person. */
function useIdleLock(lock: () => void): void {
  useEffect(() => {
    let touchedAt = Date.now();
    const touch = () => {
      touchedAt = Date.now();
    };
    const judge = () => {
      if (Date.now() - touchedAt >= idleMinutes * 60_000) lock();
    };
    for (const name of touches) addEventListener(name, touch, { capture: true, passive: true });
    const timer = setInterval(judge, 10_000);
    return () => {
      for (const name of touches) removeEventListener(name, touch, { capture: true });
      clearInterval(timer);
    };
  }, [lock]);
}

function UnlockForm({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const check = useCommand(totpCheck, { onDone });
  const attempt = async (work: () => Promise<boolean>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      if (await work()) onDone();
      else setError(new Error('not recognised'));
    } catch (thrown) {
      if ((thrown as Error).name !== 'NotAllowedError') setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const byPassphrase = async (): Promise<boolean> => {
    const entered = await signIn(entryTools, { name: null, passphrase: typed, deviceLabel: '' });
    if (entered) enterSpace(entered, entered.keys);
    return entered !== null;
  };
  const byPasskey = async (): Promise<boolean> => {
    await signInByPasskey(entryTools, '');
    return true;
  };
  const isCode = /^\s*\d{3}\s?\d{3}\s*$/.test(typed);
  const submit = (): void => {
    if (isCode) check.mutate({ code: typed.replace(/\s/g, '') });
    else void attempt(byPassphrase);
  };
  const trouble = error ?? check.error;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed && !isBusy) submit();
      }}
    >
      <p>
        <Trans>Locked because nobody touched it for a while. What you typed is still there.</Trans>
      </p>
      <TextField
        sealed
        type="password"
        label={t`Passphrase, or six digits from the app`}
        value={typed}
        onChange={setTyped}
      />
      {trouble && (
        <p role="alert">
          {trouble instanceof Error && trouble.message === 'not recognised' ? (
            <Trans>That was not it.</Trans>
          ) : (
            sentenceFor(trouble, accountRefusals())
          )}
        </p>
      )}
      <div className="row">
        <Button look="primary" type="submit" busy={isBusy || check.isPending} disabled={!typed}>
          <Trans>Unlock</Trans>
        </Button>
        {knowsPasskeys() && (
          <Button onClick={() => void attempt(byPasskey)}>
            <Trans>Use a passkey</Trans>
          </Button>
        )}
        <Button
          look="plain"
          onClick={() =>
            void call(signOut, { forgetDevice: false }).then(() => location.assign('/sign-in'))
          }
        >
          <Trans>Sign out</Trans>
        </Button>
      </div>
    </form>
  );
}

/**
 * The lock of the workspace, over whatever is open, which keeps what is typed beneath. Put it once
 * into the shell. It answers the server's `locked` and locks by itself after 15 minutes.
 */
export function StaffLock() {
  const [isLocked, setLocked] = useState(false);
  useEffect(() => {
    const notice = () => setLocked(true);
    sessionTrouble.addEventListener('locked', notice);
    return () => sessionTrouble.removeEventListener('locked', notice);
  }, []);
  const [lock] = useState(() => () => {
    setLocked((was) => {
      if (!was) {
        lockVault();
        void call(sessionLock, {}).catch(() => undefined);
      }
      return true;
    });
  });
  useIdleLock(lock);
  const open = (): void => {
    setLocked(false);
    // What was refused meanwhile is asked for again.
    void queryClient.invalidateQueries();
  };
  return isLocked ? <Curtain onDone={open} /> : null;
}

/** Covers everything and cannot be put aside; what lies beneath is neither seen nor reached. */
function Curtain({ onDone }: { onDone: () => void }) {
  const layer = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = layer.current;
    const page = document.getElementById('main');
    dialog?.showModal();
    if (page) page.style.visibility = 'hidden';
    return () => {
      dialog?.close();
      if (page) page.style.visibility = '';
    };
  }, []);
  return (
    <dialog
      ref={layer}
      className={style.curtain}
      aria-labelledby="curtain"
      onCancel={(event) => event.preventDefault()}
    >
      <div className="stack">
        <h2 id="curtain">
          <Trans>Locked</Trans>
        </h2>
        <UnlockForm onDone={onDone} />
        <p>
          <a href="/help">
            <Trans>Help now</Trans>
          </a>
        </p>
      </div>
    </dialog>
  );
}
