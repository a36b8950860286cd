import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { stretchInWorker, warmUp } from '../../ui/opaque-in-worker.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { allowPassphrase } from '../../ui/vault-device.ts';
import style from './account.module.css';
import { type Entered, register } from './entering.web.ts';
import { enterSpace, entryTools, isPhone, securePick } from './entry-tools.web.ts';
import { proposeStem, stemFault } from './names.rules.ts';
import { normalisePassphrase } from './passphrase.rules.ts';
import { PassphraseChoice } from './passphrase-choice.tsx';
import { LastSteps } from './recovery-step.tsx';
import { accountRefusals } from './refusals.part.tsx';

type Made = Entered & { name: string };

function useFaultWords(fault: ReturnType<typeof stemFault>): string | undefined {
  const { t } = useLingui();
  if (!fault) return undefined;
  return {
    email: t`Please no e-mail address. A name that tells nothing about you is best.`,
    tooShort: t`At least three letters.`,
    tooLong: t`At most forty letters.`,
    letters: t`Letters, numbers, spaces and dots only.`,
  }[fault];
}

/** The name and passphrase to write down, once the account is there. */
function WriteDown(props: { made: Made; passphrase: string; onDone: () => void }) {
  const { made, passphrase, onDone } = props;
  return (
    <div className="stack">
      <h2>
        <Trans>Write these two down</Trans>
      </h2>
      <p className="soft">
        <Trans>
          With them you come back on any phone. We keep neither, so nobody can read them to you
          later: not your therapist, not we.
        </Trans>
      </p>
      <div className="stack tight">
        <p className="eyebrow">
          <Trans>Account name</Trans>
        </p>
        <p className={style.secret} translate="no" data-account-name>
          {made.name}
        </p>
      </div>
      <div className="stack tight">
        <p className="eyebrow">
          <Trans>Passphrase</Trans>
        </p>
        <p className={style.secret} translate="no" data-passphrase>
          {passphrase}
        </p>
      </div>
      <Button look="primary" wide onClick={onDone}>
        <Trans>I have written them down</Trans>
      </Button>
    </div>
  );
}

/**
 * Makes an account: name, passphrase, keys. No e-mail, no telephone number. Calls `onDone` once the
 * person has seen what to write down; the space is open and the session begun by then.
 * `offline` asks whether the passphrase may open this device without a network.
 */
export function Register(props: {
  offline: boolean;
  onDone: (made: Made) => void;
  /** Stands under the form, and goes once the account is there. */
  children?: ReactNode;
}) {
  const { t } = useLingui();
  const language = useLanguage();
  const [stem, setStem] = useState(() => proposeStem(language, securePick));
  const [passphrase, setPassphrase] = useState('');
  const [mayOffline, setMayOffline] = useState(props.offline);
  const [made, setMade] = useState<Made | null>(null);
  const [isWritten, setWritten] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const faultWords = useFaultWords(stemFault(stem));
  useEffect(warmUp, []);

  const make = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const deviceLabel = isPhone() ? t`Phone` : t`Computer`;
      const entered = await register(entryTools, { stem, passphrase, deviceLabel });
      enterSpace(entered, entered.keys);
      // Before the last step is shown: whoever closes the app then must not lose it.
      if (mayOffline) {
        const words = normalisePassphrase(passphrase);
        await allowPassphrase(entered.master, words, stretchInWorker).catch(() => undefined);
      }
      setMade(entered);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };

  if (made && isWritten) return <LastSteps onDone={() => props.onDone(made)} />;
  if (made) {
    // Staff set up their second step next; their recovery code waits under keys and devices.
    const next = () => (props.offline ? setWritten(true) : props.onDone(made));
    return <WriteDown made={made} passphrase={passphrase} onDone={next} />;
  }
  return (
    <form
      className="stack loose"
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase && !faultWords && !isBusy) void make();
      }}
    >
      <div className="stack tight">
        <TextField
          sealed
          label={t`Account name`}
          hint={t`Proposed, or your own. We add four numbers, so that nobody can find out who is here.`}
          error={faultWords}
          value={stem}
          onChange={setStem}
        />
        <div>
          <Button look="plain" onClick={() => setStem(proposeStem(language, securePick))}>
            <Trans>Another name</Trans>
          </Button>
        </div>
      </div>
      <PassphraseChoice onChange={setPassphrase} />
      {props.offline && (
        <Switch
          label={t`This is my own device`}
          detail={t`The passphrase then opens it without a network too.`}
          isOn={mayOffline}
          onChange={setMayOffline}
        />
      )}
      {error !== null && <p role="alert">{sentenceFor(error, accountRefusals())}</p>}
      <Button
        look="primary"
        wide
        type="submit"
        busy={isBusy}
        disabled={!passphrase || faultWords !== undefined}
      >
        {isBusy ? <Trans>Making your keys…</Trans> : <Trans>Make my account</Trans>}
      </Button>
      {props.children}
    </form>
  );
}
