import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Card } from '../../ui/card.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useOperation } from '../../ui/operations.ts';
import { me } from './contract.ts';
import { drillIsDue, isPutOff } from './recovery-drill.web.ts';

/**
 * From the second visit on: the recovery code is not written down yet, or was never tried. Draws
 * nothing on the first day and when all is well. For the foot of a quiet page, never above help.
 */
export function RecoveryReminder() {
  const { t } = useLingui();
  const { data } = useOperation(me, {});
  const [now] = useState(() => Date.now());
  const account = data?.account;
  if (!account || account.membership?.demo) return null;
  const at = account.recoveryConfirmedAt;
  if (!at) {
    if (isPutOff()) return null;
    return (
      <Card
        tone="still"
        title={t`Your recovery code`}
        foot={
          <LinkButton to="/me/settings/code">
            <Trans>Write it down now</Trans>
          </LinkButton>
        }
      >
        <p className="soft">
          <Trans>Not on paper yet. Until it is, nothing private is backed up.</Trans>
        </p>
      </Card>
    );
  }
  if (!drillIsDue(at, now)) return null;
  return (
    <Card
      tone="still"
      title={t`Is the paper still there?`}
      foot={
        <LinkButton to="/me/settings/drill">
          <Trans>Try the code</Trans>
        </LinkButton>
      }
    >
      <p className="soft">
        <Trans>
          A week ago you wrote down your recovery code. Try it once while nothing is lost.
        </Trans>
      </p>
    </Card>
  );
}
