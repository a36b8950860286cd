import { Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { type Got, keyOf, useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { Section } from '../../ui/section.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { useVault } from '../../ui/vault.ts';
import style from './account.module.css';
import { passkeyRemove, sessionsRead } from './contract.ts';
import { entryTools, isPhone, refreshKeys } from './entry-tools.web.ts';
import { addPasskey, knowsPasskeys } from './passkey.web.ts';
import { PrivateGate } from './private-gate.part.tsx';
import { ProveAgain } from './prove-again.part.tsx';
import { accountRefusals } from './refusals.part.tsx';

type Passkey = Got<typeof sessionsRead>['passkeys'][number];

function OnePasskey({ passkey }: { passkey: Passkey }) {
  const words = useTimeWords();
  const { credential } = passkey;
  const remove = useCommand(passkeyRemove, {
    refreshes: [sessionsRead],
    onDone: () => void refreshKeys(),
  });
  return (
    <li className={style.own}>
      <div className="stack tight">
        <p>{passkey.label}</p>
        <p className="soft small">
          {passkey.opensPrivate ? (
            <Trans>Since {words.shortDay(passkey.since)}. Opens what is private too.</Trans>
          ) : (
            <Trans>Since {words.shortDay(passkey.since)}. Signs in only.</Trans>
          )}
        </p>
        <ProveAgain error={remove.error} onProved={() => remove.mutate({ credential })} />
        {remove.error && <p role="alert">{sentenceFor(remove.error, accountRefusals())}</p>}
      </div>
      <Button busy={remove.isPending} onClick={() => remove.mutate({ credential })}>
        <Trans>Remove</Trans>
      </Button>
    </li>
  );
}

/** Adding a passkey. While the space is locked it is opened first, so that the passkey opens it too. */
export function AddPasskey({ onDone }: { onDone?: () => void }) {
  const vault = useVault();
  const [isWanted, setWanted] = useState(false);
  const isOwn = !document.documentElement.classList.contains('workspace');
  if (!knowsPasskeys()) return null;
  if (vault || !isOwn) return <AddHere {...(onDone ? { onDone } : {})} />;
  if (isWanted) {
    return (
      <PrivateGate>
        <AddHere {...(onDone ? { onDone } : {})} />
      </PrivateGate>
    );
  }
  return (
    <div>
      <Button onClick={() => setWanted(true)}>
        <Trans>Add a passkey</Trans>
      </Button>
    </div>
  );
}

function AddHere({ onDone }: { onDone?: () => void }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const vault = useVault();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const add = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      // Phones show this name in a list that others may see: it says where, and nothing else.
      await addPasskey(entryTools, vault?.master ?? null, isPhone() ? t`Notebook` : t`Computer`);
      await refreshKeys();
      await client.invalidateQueries({ queryKey: keyOf(sessionsRead) });
      onDone?.();
    } catch (thrown) {
      if ((thrown as Error).name !== 'NotAllowedError') setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack tight">
      <div>
        <Button busy={isBusy} onClick={() => void add()}>
          <Trans>Add a passkey</Trans>
        </Button>
      </div>
      <ProveAgain error={error} onProved={() => void add()} />
      {error !== null && <p role="alert">{sentenceFor(error, accountRefusals())}</p>}
    </div>
  );
}

/** The passkeys of the account: quick second doors, never the only key. */
export function Passkeys({ passkeys }: { passkeys: readonly Passkey[] }) {
  const { t } = useLingui();
  return (
    <Section title={t`Passkeys`}>
      <p className="soft">
        <Trans>
          A fingerprint or a face instead of the passphrase. Keep the passphrase and the recovery
          code all the same: a passkey can vanish with the phone.
        </Trans>
      </p>
      <ul className={style.list}>
        {passkeys.map((passkey) => (
          <OnePasskey key={passkey.credential} passkey={passkey} />
        ))}
      </ul>
      <AddPasskey />
    </Section>
  );
}
