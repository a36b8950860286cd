import { Trans, useLingui } from '@lingui/react/macro';
import { CircleUser, Lock, LogOut } from 'lucide-react';
import { useState } from 'react';
import { membershipUse, sessionLock, signOut } from '../features/account/contract.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceGroup } from '../ui/choice-group.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { call } from '../ui/operations.ts';
import { useSession } from '../ui/session.ts';
import { signInAddress } from './signed-out-line.tsx';
import style from './workspace-bars.module.css';

/** Who is at work here, for which programme; locking, leaving, changing programme. */
export function AccountMenu() {
  const { t } = useLingui();
  const session = useSession();
  const [isOpen, setOpen] = useState(false);
  const membership = session?.membership;
  if (!membership) return null;
  const use = async (id: string) => {
    const chosen = session.memberships.find((one) => one.membershipId === id);
    if (!chosen) return;
    await call(membershipUse, { programmeId: chosen.programmeId, membershipId: id });
    location.assign(chosen.role === 'client' ? '/me/today' : '/work/today');
  };
  return (
    <>
      <button type="button" className={style.item} onClick={() => setOpen(true)}>
        <CircleUser size={18} strokeWidth={1.75} aria-hidden="true" />
        <span className={style.who}>
          {membership.displayName}
          <small>{membership.programmeName}</small>
        </span>
      </button>
      <Dialog
        title={membership.displayName}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button
              icon={<Lock size={18} aria-hidden="true" />}
              onClick={() =>
                void call(sessionLock, {}).finally(() => location.replace(signInAddress()))
              }
            >
              <Trans>Lock</Trans>
            </Button>
            <Button
              icon={<LogOut size={18} aria-hidden="true" />}
              onClick={() =>
                void call(signOut, { forgetDevice: false }).finally(() => location.replace('/'))
              }
            >
              <Trans>Sign out</Trans>
            </Button>
          </>
        }
      >
        {session.memberships.length > 1 ? (
          <ChoiceGroup
            legend={t`Work for`}
            value={membership.membershipId}
            onChange={(id) => void use(id)}
            options={session.memberships.map((one) => ({
              value: one.membershipId,
              label: one.programmeName,
              detail: one.displayName,
            }))}
          />
        ) : (
          <p className="soft">{membership.programmeName}</p>
        )}
      </Dialog>
    </>
  );
}
