import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useCommand } from '../../ui/operations.ts';
import { QrCode } from '../../ui/qr-code.tsx';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useVault } from '../../ui/vault.ts';
import style from './account.module.css';
import { type FactorNeed, totpCheck, totpFinish, totpStart } from './contract.ts';
import { entryTools } from './entry-tools.web.ts';
import { addPasskey, knowsPasskeys, signInByPasskey } from './passkey.web.ts';
import { accountRefusals } from './refusals.part.tsx';

const digits = (typed: string): string => typed.replace(/\D/g, '').slice(0, 6);

function CodeField(props: { onCode: (code: string) => void; isBusy: boolean; error: unknown }) {
  const { t } = useLingui();
  const [code, setCode] = useState('');
  return (
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.length === 6) props.onCode(code);
      }}
    >
      <TextField
        sealed
        label={t`Six digits from the app`}
        inputMode="numeric"
        value={code}
        onChange={(typed) => setCode(digits(typed))}
        error={props.error ? sentenceFor(props.error, accountRefusals()) : undefined}
      />
      <div>
        <Button look="primary" type="submit" busy={props.isBusy} disabled={code.length !== 6}>
          <Trans>Go on</Trans>
        </Button>
      </div>
    </form>
  );
}

/** Runs something with a passkey; what the person breaks off is no error. */
function usePasskeyAct(act: () => Promise<void>) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await act();
    } catch (thrown) {
      if ((thrown as Error).name !== 'NotAllowedError') setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, error, run };
}

function ShowFactor({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const check = useCommand(totpCheck, { onDone });
  const passkey = usePasskeyAct(async () => {
    await signInByPasskey(entryTools, t`Computer`);
    onDone();
  });
  return (
    <div className="stack">
      <h2>
        <Trans>The second step</Trans>
      </h2>
      <CodeField
        onCode={(code) => check.mutate({ code })}
        isBusy={check.isPending}
        error={check.error}
      />
      {knowsPasskeys() && (
        <div>
          <Button busy={passkey.isBusy} onClick={() => void passkey.run()}>
            <Trans>Use a passkey</Trans>
          </Button>
        </div>
      )}
      {passkey.error !== null && (
        <p role="alert">{sentenceFor(passkey.error, accountRefusals())}</p>
      )}
      <p className="soft small">
        <Trans>
          Lost it? An administrator of the programme can reset it with a second one, or whoever runs
          the server.
        </Trans>
      </p>
    </div>
  );
}

function SetUpFactor({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const vault = useVault();
  const start = useCommand(totpStart);
  const finish = useCommand(totpFinish, { onDone });
  const passkey = usePasskeyAct(async () => {
    await addPasskey(entryTools, vault?.master ?? null, t`Work`);
    onDone();
  });
  return (
    <div className="stack">
      <h2>
        <Trans>Choose a second step</Trans>
      </h2>
      <p className="soft">
        <Trans>
          You will see what people entrust to the programme. A stolen passphrase alone must not be
          enough, so nothing opens before this is done.
        </Trans>
      </p>
      {knowsPasskeys() && (
        <div className="stack tight">
          <div>
            <Button look="primary" busy={passkey.isBusy} onClick={() => void passkey.run()}>
              <Trans>Add a passkey</Trans>
            </Button>
          </div>
          <p className="soft small">
            <Trans>A fingerprint, a face, or a key on your ring. The safest of the two.</Trans>
          </p>
          {passkey.error !== null && (
            <p role="alert">{sentenceFor(passkey.error, accountRefusals())}</p>
          )}
        </div>
      )}
      {!start.data && (
        <div>
          <Button busy={start.isPending} onClick={() => start.mutate({})}>
            <Trans>Use an authenticator app</Trans>
          </Button>
        </div>
      )}
      {start.error && <p role="alert">{sentenceFor(start.error, accountRefusals())}</p>}
      {start.data && (
        <div className="stack">
          <p>
            <Trans>Scan this with the app, or type the key. Then enter what the app shows.</Trans>
          </p>
          <QrCode text={start.data.address} label={t`Key for the authenticator app`} />
          <p className={style.secret} translate="no" data-totp-secret>
            {start.data.secret}
          </p>
          <CodeField
            onCode={(code) => finish.mutate({ ticket: start.data.ticket, code })}
            isBusy={finish.isPending}
            error={finish.error}
          />
        </div>
      )}
    </div>
  );
}

/** The second step of staff: shows it, or sets it up. Draws nothing where none is missing. */
export function SecondFactor(props: { need: FactorNeed; onDone: () => void }) {
  if (props.need === 'needed') return <ShowFactor onDone={props.onDone} />;
  if (props.need === 'setUp') return <SetUpFactor onDone={props.onDone} />;
  return null;
}
