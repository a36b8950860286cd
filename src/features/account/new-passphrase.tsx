import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { stretchInWorker, warmUp } from '../../ui/opaque-in-worker.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { Switch } from '../../ui/switch.tsx';
import { requireVault } from '../../ui/vault.ts';
import { allowPassphrase, readDevice } from '../../ui/vault-device.ts';
import style from './account.module.css';
import type { AccountKeys } from './contract.ts';
import { changePassphrase, readKeys } from './entering.web.ts';
import { enterSpace, entryTools, securePick } from './entry-tools.web.ts';
import { proposeStem } from './names.rules.ts';
import { normalisePassphrase } from './passphrase.rules.ts';
import { PassphraseChoice } from './passphrase-choice.tsx';
import { accountRefusals } from './refusals.part.tsx';

/** A new passphrase for the account that is open here, and on wish a new account name. */
export function NewPassphrase(props: { mayRename: boolean; onDone: () => void }) {
  const { t } = useLingui();
  const language = useLanguage();
  const [passphrase, setPassphrase] = useState('');
  const [isRenamed, setRenamed] = useState(false);
  const [signOutOthers, setSignOutOthers] = useState(true);
  const [done, setDone] = useState<{ name: string | null } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(warmUp, []);

  const change = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const { master, identity } = requireVault();
      const stem = isRenamed ? proposeStem(language, securePick) : null;
      const name = await changePassphrase(entryTools, master, { stem, passphrase, signOutOthers });
      const mayOffline = readDevice<AccountKeys>()?.own !== null;
      enterSpace({ master, identity }, await readKeys(entryTools));
      if (mayOffline) {
        const open = requireVault().master;
        await allowPassphrase(open, normalisePassphrase(passphrase), stretchInWorker);
      }
      setDone({ name });
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };

  if (done) {
    return (
      <div className="stack">
        <h2>
          <Trans>The new passphrase holds</Trans>
        </h2>
        {done.name && (
          <div className="stack tight">
            <p className="eyebrow">
              <Trans>Your new account name</Trans>
            </p>
            <p className={style.secret} translate="no" data-account-name>
              {done.name}
            </p>
          </div>
        )}
        <p className={style.secret} translate="no" data-passphrase>
          {passphrase}
        </p>
        <Button look="primary" wide onClick={props.onDone}>
          <Trans>I have written it down</Trans>
        </Button>
      </div>
    );
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase && !isBusy) void change();
      }}
    >
      <h2>
        <Trans>A new passphrase</Trans>
      </h2>
      <PassphraseChoice onChange={setPassphrase} />
      {props.mayRename && (
        <Switch
          label={t`I forgot my account name too`}
          detail={t`You get a new one. The old one is worth nothing then.`}
          isOn={isRenamed}
          onChange={setRenamed}
        />
      )}
      <Switch
        label={t`Sign out everywhere else`}
        isOn={signOutOthers}
        onChange={setSignOutOthers}
      />
      {error !== null && <p role="alert">{sentenceFor(error, accountRefusals())}</p>}
      <Button look="primary" wide type="submit" busy={isBusy} disabled={!passphrase}>
        <Trans>Set the new passphrase</Trans>
      </Button>
    </form>
  );
}
