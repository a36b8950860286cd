import { Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createRecoveryCode, recoveryGroups, tidyRecovery } from '../../kit/sealed-recovery.ts';
import { Button } from '../../ui/button.tsx';
import { recoveryIsConfirmed } from '../../ui/device.ts';
import { keyOf } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { requireVault } from '../../ui/vault.ts';
import style from './account.module.css';
import { me } from './contract.ts';
import { confirmRecovery, readKeys } from './entering.web.ts';
import { enterSpace, entryTools, securePick } from './entry-tools.web.ts';
import { PrivateGate } from './private-gate.part.tsx';
import { ProveAgain } from './prove-again.part.tsx';
import { accountRefusals } from './refusals.part.tsx';

/** The code to copy onto paper. */
function Paper({ groups, onNext }: { groups: string[]; onNext: () => void }) {
  return (
    <div className="stack">
      <p className="soft">
        <Trans>
          The one way back when phone and passphrase are gone. Copy it onto paper, not into a
          picture. Nothing private is backed up before you have it.
        </Trans>
      </p>
      <ol className={style.code} translate="no" data-recovery-code>
        {groups.map((group, i) => (
          <li key={group + String(i)}>
            <span className={style.number} aria-hidden="true">
              {i + 1}
            </span>
            {group}
          </li>
        ))}
      </ol>
      <Button look="primary" wide onClick={onNext}>
        <Trans>I have copied it</Trans>
      </Button>
    </div>
  );
}

/** A new recovery code: shown, copied, and checked by four characters before it counts. */
export function NewCode({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [code] = useState(createRecoveryCode);
  const groups = recoveryGroups(code);
  const [asked, setAsked] = useState<number | null>(null);
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const confirm = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const { master, identity } = requireVault();
      await confirmRecovery(entryTools, master, code);
      // What waited for this on the device may go now.
      await recoveryIsConfirmed();
      enterSpace({ master, identity }, await readKeys(entryTools));
      await client.invalidateQueries({ queryKey: keyOf(me) });
      onDone();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const check = (): void => {
    const isRight = tidyRecovery(typed).slice(0, 4) === groups[asked ?? 0]?.slice(0, 4);
    setWrong(!isRight);
    if (isRight) void confirm();
  };
  if (asked === null) {
    return <Paper groups={groups} onNext={() => setAsked(securePick(groups.length))} />;
  }
  const group = asked + 1;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) check();
      }}
    >
      <TextField
        sealed
        label={t`The first four characters of group ${group}`}
        hint={t`From your paper.`}
        value={typed}
        onChange={setTyped}
        error={isWrong ? t`That is not what stands in group ${group}. Look once more.` : undefined}
        maxLength={9}
      />
      {error !== null && <ProveAgain error={error} onProved={() => void confirm()} />}
      {error !== null && <p role="alert">{sentenceFor(error, accountRefusals())}</p>}
      <div className="row">
        <Button onClick={() => setAsked(null)}>
          <Trans>Show the code again</Trans>
        </Button>
        <Button
          look="primary"
          type="submit"
          busy={isBusy}
          disabled={tidyRecovery(typed).length < 4}
        >
          <Trans>Keep this code</Trans>
        </Button>
      </div>
    </form>
  );
}

/** The recovery code as a screen of its own: now, at the second visit, or a new one any time. */
export function RecoveryCode() {
  const [isDone, setDone] = useState(false);
  return (
    <div className={`stack loose ${style.narrow}`}>
      <h1>
        <Trans>Your recovery code</Trans>
      </h1>
      {isDone ? (
        <div className="stack">
          <p>
            <Trans>It holds. From now on what you write for yourself is backed up, sealed.</Trans>
          </p>
          <Button look="primary" onClick={() => history.back()}>
            <Trans>Back</Trans>
          </Button>
        </div>
      ) : (
        <PrivateGate>
          <NewCode onDone={() => setDone(true)} />
        </PrivateGate>
      )}
    </div>
  );
}
