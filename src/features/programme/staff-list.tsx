import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { type Got, useCommand } from '../../ui/operations.ts';
import { type RefusalWords, sentenceFor } from '../../ui/refusal-words.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import {
  factorResetApprove,
  factorResetAsk,
  staffInvitationWithdraw,
  staffRead,
  staffRemove,
} from './contract.ts';
import style from './programme.module.css';
import { RoleWords } from './role-words.part.tsx';

type Staff = Got<typeof staffRead>['staff'][number];
type Reset = Got<typeof staffRead>['resets'][number];
type Invitation = Got<typeof staffRead>['invitations'][number];

const refusals = (): RefusalWords => ({
  lastAdministrator: (
    <Trans>This is the last administrator. Make somebody else administrator first.</Trans>
  ),
  onlyAdministrator: (
    <Trans>
      It takes another administrator who agrees, and there is none. Whoever runs the server can do
      it in the terminal: stepwell reset-second-factor
    </Trans>
  ),
  yourself: <Trans>Your own second step is changed under “Keys and devices”.</Trans>,
  needsAnother: <Trans>Another administrator has to agree to this.</Trans>,
});

function WaitingReset({ reset, name }: { reset: Reset; name: string }) {
  const approve = useCommand(factorResetApprove, { refreshes: [staffRead] });
  return (
    <div className={style.waiting}>
      <p>
        {reset.yours ? (
          <Trans>
            A colleague asks to reset the second step of {name}. Agree only after speaking with{' '}
            {name}: it opens the door with the passphrase alone.
          </Trans>
        ) : (
          <Trans>A reset of the second step waits for another administrator.</Trans>
        )}
      </p>
      {reset.yours && (
        <Button busy={approve.isPending} onClick={() => approve.mutate({ id: reset.id })}>
          <Trans>I spoke with them: reset it</Trans>
        </Button>
      )}
      {approve.error && <p role="alert">{sentenceFor(approve.error, refusals())}</p>}
    </div>
  );
}

function Member({ person, reset }: { person: Staff; reset: Reset | undefined }) {
  const { t } = useLingui();
  const words = useTimeWords();
  const { membershipId, displayName } = person;
  const [isAsking, setAsking] = useState(false);
  const remove = useCommand(staffRemove, {
    refreshes: [staffRead],
    onDone: () => setAsking(false),
  });
  const ask = useCommand(factorResetAsk, { refreshes: [staffRead] });
  return (
    <li className={style.person}>
      <div className="stack tight">
        <p>
          {displayName}
          {person.you && (
            <span className="soft">
              {' · '}
              <Trans>you</Trans>
            </span>
          )}
        </p>
        <p className="soft small">
          <RoleWords role={person.role} />
          {' · '}
          <Trans>since {words.moment(person.since)}</Trans>
          {!person.secondFactor && (
            <>
              {' · '}
              <Trans>no second step yet</Trans>
            </>
          )}
        </p>
        {reset && <WaitingReset reset={reset} name={displayName} />}
        {ask.error && <p role="alert">{sentenceFor(ask.error, refusals())}</p>}
      </div>
      {!person.you && (
        <div className="row">
          {person.secondFactor && !reset && (
            <Button look="plain" busy={ask.isPending} onClick={() => ask.mutate({ membershipId })}>
              <Trans>Second step lost</Trans>
            </Button>
          )}
          <Button onClick={() => setAsking(true)}>
            <Trans>Remove</Trans>
          </Button>
        </div>
      )}
      <Dialog
        title={t`Remove ${displayName}`}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        actions={
          <Button
            look="primary"
            busy={remove.isPending}
            onClick={() => remove.mutate({ membershipId })}
          >
            <Trans>Remove from the programme</Trans>
          </Button>
        }
      >
        <p>
          <Trans>
            {displayName} is signed out of this programme at once and sees nothing of it any more.
            What they wrote stays in the records under their name.
          </Trans>
        </p>
        {remove.error && <p role="alert">{sentenceFor(remove.error, refusals())}</p>}
      </Dialog>
    </li>
  );
}

/** Who works here. */
export function StaffList({
  staff,
  resets,
}: {
  staff: readonly Staff[];
  resets: readonly Reset[];
}) {
  return (
    <ul className={style.list}>
      {staff.map((person) => (
        <Member
          key={person.membershipId}
          person={person}
          reset={resets.find(({ membershipId }) => membershipId === person.membershipId)}
        />
      ))}
    </ul>
  );
}

function OpenInvitation({ invitation }: { invitation: Invitation }) {
  const words = useTimeWords();
  const withdraw = useCommand(staffInvitationWithdraw, { refreshes: [staffRead] });
  return (
    <li className={style.person}>
      <div className="stack tight">
        <p>{invitation.displayName}</p>
        <p className="soft small">
          <RoleWords role={invitation.role} />
          {' · '}
          {invitation.expired ? (
            <Trans>ran out {words.moment(invitation.expiresAt)}</Trans>
          ) : (
            <Trans>good until {words.moment(invitation.expiresAt)}</Trans>
          )}
        </p>
        {withdraw.error && <p role="alert">{sentenceFor(withdraw.error)}</p>}
      </div>
      <Button busy={withdraw.isPending} onClick={() => withdraw.mutate({ id: invitation.id })}>
        <Trans>Take back</Trans>
      </Button>
    </li>
  );
}

/** Links that were made and not used yet. */
export function Invitations({ invitations }: { invitations: readonly Invitation[] }) {
  return (
    <ul className={style.list}>
      {invitations.map((invitation) => (
        <OpenInvitation key={invitation.id} invitation={invitation} />
      ))}
    </ul>
  );
}
