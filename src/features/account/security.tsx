import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { clearDevice } from '../../ui/clear-device.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { call, RefusalError, useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { lockEverywhere, useVault } from '../../ui/vault.ts';
import { type Autolock, chooseAutolock, readAutolock } from '../../ui/vault-autolock.ts';
import { me, sessionsRead, signOut } from './contract.ts';
import { Devices } from './devices.tsx';
import { NewPassphrase } from './new-passphrase.tsx';
import { OfflineSwitch } from './offline-switch.tsx';
import { Passkeys } from './passkeys.tsx';
import { PrivateGate } from './private-gate.part.tsx';
import { SecondFactor } from './second-factor.part.tsx';

function Locking() {
  const { t } = useLingui();
  const [choice, setChoice] = useState<Autolock>(readAutolock);
  return (
    <ChoiceGroup
      legend={t`Lock by itself`}
      value={choice}
      onChange={(chosen) => {
        chooseAutolock(chosen);
        setChoice(chosen);
      }}
      options={[
        { value: 'soon', label: t`Soon`, detail: t`After a minute, or half a minute out of sight` },
        { value: 'normal', label: t`Usual`, detail: t`After 5 minutes, or 2 out of sight` },
        {
          value: 'late',
          label: t`Late`,
          detail: t`After half an hour, or 15 minutes out of sight`,
        },
      ]}
    />
  );
}

function Leaving() {
  const { t } = useLingui();
  const [isAsking, setAsking] = useState(false);
  const leave = async (forget: boolean): Promise<void> => {
    await call(signOut, { forgetDevice: forget }).catch(() => undefined);
    lockEverywhere();
    // The server asks the browser for it too, where there is a network.
    if (forget) await clearDevice();
    location.assign(forget ? '/' : '/sign-in');
  };
  return (
    <Section title={t`Leave`}>
      <div className="row">
        <Button onClick={() => void leave(false)}>
          <Trans>Sign out</Trans>
        </Button>
        <Button onClick={() => setAsking(true)}>
          <Trans>Forget this device</Trans>
        </Button>
      </div>
      <Dialog
        title={t`Forget this device`}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        actions={
          <Button look="primary" onClick={() => void leave(true)}>
            <Trans>Sign out and clear</Trans>
          </Button>
        }
      >
        <p>
          <Trans>
            Everything of this site on this device is cleared. What was not backed up yet is gone
            then. What was backed up comes back when you sign in.
          </Trans>
        </p>
      </Dialog>
    </Section>
  );
}

function Recovery() {
  const { t } = useLingui();
  const words = useTimeWords();
  const navigate = useNavigate();
  const { data } = useOperation(me, {});
  const at = data?.account?.recoveryConfirmedAt;
  return (
    <Section title={t`Recovery code`}>
      <p className="soft">
        {at ? (
          <Trans>
            Written down since {words.moment(at)}. A new code makes the old one worthless.
          </Trans>
        ) : (
          <Trans>
            Not written down yet. Until then nothing private is backed up, and a lost phone is a
            lost journal.
          </Trans>
        )}
      </p>
      <div>
        <Button
          look={at ? 'quiet' : 'primary'}
          onClick={() => void navigate({ to: '/me/settings/code' })}
        >
          {at ? <Trans>Make a new code</Trans> : <Trans>Write it down now</Trans>}
        </Button>
      </div>
    </Section>
  );
}

function PassphraseSection() {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title={t`Passphrase`}>
      {isOpen ? (
        <PrivateGate>
          <NewPassphrase mayRename={false} onDone={() => setOpen(false)} />
        </PrivateGate>
      ) : (
        <div>
          <Button onClick={() => setOpen(true)}>
            <Trans>Choose a new passphrase</Trans>
          </Button>
        </div>
      )}
    </Section>
  );
}

/** Where this account is open, by what it opens, and how it is left. The same for everybody. */
export function Security() {
  const { data, error, isPending, refetch } = useOperation(sessionsRead, {});
  const self = useOperation(me, {});
  const vault = useVault();
  const account = self.data?.account;
  // Somebody who works here too, and acts as a client for the moment, shows it all the same.
  const isAsked = error instanceof RefusalError && error.code === 'secondFactor';
  const hasOne = account && (account.factors.totp || account.factors.passkeys > 0);
  const asked = hasOne ? 'needed' : 'setUp';
  const need = isAsked ? asked : (account?.secondFactor ?? 'notNeeded');
  if (isPending) return <Skeleton lines={6} />;
  const missing = need === 'needed' || need === 'setUp';
  return (
    <div className="stack loose">
      <h1>
        <Trans>Keys and devices</Trans>
      </h1>
      {missing && <SecondFactor need={need} onDone={() => void refetch()} />}
      {error && !missing && <Trouble error={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <Devices sessions={data.sessions} />
          <Passkeys passkeys={data.passkeys} />
          {!document.documentElement.classList.contains('workspace') && <Recovery />}
          <PassphraseSection />
          {vault && <OfflineSwitch />}
          <Locking />
        </>
      )}
      <Leaving />
      {!data && !missing && (
        <LinkButton to="/sign-in" outside look="plain">
          <Trans>Sign in</Trans>
        </LinkButton>
      )}
    </div>
  );
}
