import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { RefusalError } from '../../ui/operations.ts';
import { TextField } from '../../ui/text-field.tsx';
import { signIn } from './entering.web.ts';
import { enterSpace, entryTools } from './entry-tools.web.ts';

/** Asks for the passphrase once more where `error` says so, then lets the act be repeated. */
export function ProveAgain({ error, onProved }: { error: unknown; onProved: () => void }) {
  const { t } = useLingui();
  const [passphrase, setPassphrase] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [isWrong, setWrong] = useState(false);
  if (!(error instanceof RefusalError && error.code === 'proveAgain')) return null;
  const prove = async (): Promise<void> => {
    setBusy(true);
    try {
      const entered = await signIn(entryTools, { name: null, passphrase, deviceLabel: '' });
      setWrong(!entered);
      if (!entered) return;
      enterSpace(entered, entered.keys);
      onProved();
    } catch {
      setWrong(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack tight">
      <TextField
        sealed
        type="password"
        label={t`Passphrase`}
        value={passphrase}
        onChange={setPassphrase}
        error={isWrong ? t`That was not it.` : undefined}
      />
      <div>
        <Button busy={isBusy} disabled={!passphrase} onClick={() => void prove()}>
          <Trans>It is me</Trans>
        </Button>
      </div>
    </div>
  );
}
