import { Trans, useLingui } from '@lingui/react/macro';
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { say } from '../../ui/toast.tsx';
import { type InvitedRole, staffInvite, staffRead } from './contract.ts';
import style from './programme.module.css';

/** A one-time link for a colleague; it is shown once, here, and is good for seven days. */
export function InviteColleague() {
  const { t } = useLingui();
  const words = useTimeWords();
  const [displayName, setDisplayName] = useState('');
  const [role, setRole] = useState<InvitedRole>('therapist');
  const invite = useCommand(staffInvite, {
    refreshes: [staffRead],
    onDone: () => setDisplayName(''),
  });
  const link = invite.data && `${location.origin}/join/staff#${invite.data.token}`;
  return (
    <div className="stack">
      <form
        className={style.invite}
        onSubmit={(event) => {
          event.preventDefault();
          if (displayName.trim()) invite.mutate({ role, displayName });
        }}
      >
        <TextField
          label={t`Name`}
          value={displayName}
          onChange={setDisplayName}
          maxLength={80}
          required
        />
        <Select
          label={t`Works as`}
          value={role}
          onChange={setRole}
          options={[
            { value: 'therapist', label: t`Therapist` },
            { value: 'supervisor', label: t`Supervisor` },
            { value: 'intake', label: t`Intake` },
            { value: 'administrator', label: t`Administrator` },
            { value: 'listServant', label: t`Meeting list servant` },
          ]}
        />
        <Button look="primary" type="submit" busy={invite.isPending}>
          <Trans>Make a link</Trans>
        </Button>
      </form>
      {invite.error && <p role="alert">{sentenceFor(invite.error)}</p>}
      {link && (
        <div className="stack tight" role="status">
          <p className={style.link} translate="no" data-staff-link>
            {link}
          </p>
          <p className="soft small">
            <Trans>
              Good once, until {words.moment(invite.data?.expiresAt ?? '')}. It is shown only now.
              Hand it over in a way that only this person reads.
            </Trans>
          </p>
          <div>
            <Button
              icon={<Copy size={18} aria-hidden="true" />}
              onClick={() =>
                void navigator.clipboard.writeText(link).then(() => say(t`The link is copied.`))
              }
            >
              <Trans>Copy the link</Trans>
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
