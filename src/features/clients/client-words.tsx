import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { InvitationState, Setting } from './rules.ts';

/** A setting of care in words. */
export function SettingWords({ setting }: { setting: Setting | null }): ReactNode {
  if (setting === null) return null;
  const words = {
    outpatient: <Trans>Outpatient</Trans>,
    intensiveOutpatient: <Trans>Intensive outpatient</Trans>,
    inpatient: <Trans>Inpatient</Trans>,
    aftercare: <Trans>Aftercare</Trans>,
  };
  return words[setting];
}

/** How it stands with a client's way in, in words. */
export function InvitationWords({ state }: { state: InvitationState }): ReactNode {
  const words = {
    none: <Trans>No invitation</Trans>,
    waiting: <Trans>Invited</Trans>,
    expired: <Trans>Invitation ran out</Trans>,
    joined: <Trans>Has an account</Trans>,
  };
  return words[state];
}
