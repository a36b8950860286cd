import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { stretchInWorker } from '../../ui/opaque-in-worker.ts';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { allowPassphrase, disallowPassphrase, readDevice } from '../../ui/vault-device.ts';
import type { AccountKeys } from './contract.ts';
import { signIn } from './entering.web.ts';
import { enterSpace, entryTools } from './entry-tools.web.ts';
import { normalisePassphrase } from './passphrase.rules.ts';

/** Whether the passphrase may open this device without a network; asks for it before it is allowed. */
export function OfflineSwitch() {
  const { t } = useLingui();
  const [isOn, setOn] = useState(() => readDevice<AccountKeys>()?.own != null);
  const [isAsking, setAsking] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const allow = async (): Promise<void> => {
    setBusy(true);
    try {
      const entered = await signIn(entryTools, { name: null, passphrase, deviceLabel: '' });
      setWrong(!entered);
      if (!entered) return;
      enterSpace(entered, entered.keys);
      await allowPassphrase(entered.master, normalisePassphrase(passphrase), stretchInWorker);
      setOn(true);
      setAsking(false);
      setPassphrase('');
    } catch {
      setWrong(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack tight">
      <Switch
        label={t`Open without a network on this device`}
        detail={t`Only on a device of your own. The passphrase opens it; nothing else about it is kept here.`}
        isOn={isOn}
        onChange={(next) => {
          if (!next) disallowPassphrase();
          if (!next) setOn(false);
          setAsking(next);
        }}
      />
      {isAsking && (
        <>
          <TextField
            sealed
            type="password"
            label={t`Passphrase`}
            value={passphrase}
            onChange={setPassphrase}
            error={isWrong ? t`That was not it.` : undefined}
          />
          <div>
            <Button busy={isBusy} disabled={!passphrase} onClick={() => void allow()}>
              {t`Allow it`}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
