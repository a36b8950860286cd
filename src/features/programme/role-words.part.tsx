import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { InvitedRole } from './contract.ts';

const words: Record<InvitedRole, () => ReactNode> = {
  therapist: () => <Trans>Therapist</Trans>,
  supervisor: () => <Trans>Supervisor</Trans>,
  intake: () => <Trans>Intake</Trans>,
  administrator: () => <Trans>Administrator</Trans>,
  listServant: () => <Trans>Meeting list servant</Trans>,
};

/** What somebody is in a programme, in words. */
export const RoleWords = ({ role }: { role: InvitedRole }) => words[role]();
