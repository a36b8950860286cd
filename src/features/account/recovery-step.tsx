import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { knowsPasskeys } from './passkey.web.ts';
import { AddPasskey } from './passkeys.tsx';
import { NewCode } from './recovery-code.tsx';
import { putOff } from './recovery-drill.web.ts';

/** After an account was made: a quick second door on wish, and the recovery code now or next time. */
export function LastSteps({ onDone }: { onDone: () => void }) {
  const [step, setStep] = useState<'door' | 'ask' | 'code'>(knowsPasskeys() ? 'door' : 'ask');
  if (step === 'door') {
    return (
      <div className="stack">
        <h2>
          <Trans>A quicker door, if you like</Trans>
        </h2>
        <p className="soft">
          <Trans>
            A fingerprint or a face instead of the passphrase, on this device. You can add it later
            too.
          </Trans>
        </p>
        <AddPasskey onDone={() => setStep('ask')} />
        <div>
          <Button look="plain" onClick={() => setStep('ask')}>
            <Trans>Go on without</Trans>
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="stack">
      <h2>
        <Trans>Your recovery code</Trans>
      </h2>
      {step === 'code' ? (
        <NewCode onDone={onDone} />
      ) : (
        <>
          <p className="soft">
            <Trans>
              If phone and passphrase are ever gone, a code on paper is the one way back. Take two
              minutes and a pen now, or at your next visit. Until then what you write stays on this
              device alone.
            </Trans>
          </p>
          <Button look="primary" wide onClick={() => setStep('code')}>
            <Trans>Write it down now</Trans>
          </Button>
          <Button
            wide
            onClick={() => {
              putOff();
              onDone();
            }}
          >
            <Trans>At my next visit</Trans>
          </Button>
        </>
      )}
    </div>
  );
}
