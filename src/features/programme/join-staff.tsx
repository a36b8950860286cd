import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { type Got, useCommand, useOperation } from '../../ui/operations.ts';
import { type RefusalWords, sentenceFor } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { me } from '../account/contract.ts';
import { ProveAgain } from '../account/prove-again.part.tsx';
import { accountRefusals } from '../account/refusals.part.tsx';
import { Register } from '../account/register.part.tsx';
import { SecondFactor } from '../account/second-factor.part.tsx';
import { staffInvitationAccept, staffInvitationOpen } from './contract.ts';
import { clearLink, linkToken } from './link-token.web.ts';
import style from './programme.module.css';
import { RoleWords } from './role-words.part.tsx';

const linkWords = (): RefusalWords => ({
  linkUnknown: (
    <Trans>This invitation does not exist. Look whether the whole link was copied.</Trans>
  ),
  linkUsed: <Trans>This invitation was used already. It is good once; ask for a new one.</Trans>,
  linkExpired: <Trans>This invitation is older than seven days. Ask for a new one.</Trans>,
  linkWithdrawn: <Trans>This invitation was taken back. Ask whoever sent it.</Trans>,
  memberAlready: <Trans>This account works for the programme already. Sign in instead.</Trans>,
});

type Invitation = Got<typeof staffInvitationOpen>;

function Accept(props: { token: string; invitation: Invitation; onDone: () => void }) {
  const { t } = useLingui();
  const [displayName, setDisplayName] = useState(props.invitation.displayName);
  const accept = useCommand(staffInvitationAccept, { refreshes: [me], onDone: props.onDone });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (displayName.trim()) accept.mutate({ token: props.token, displayName });
      }}
    >
      <TextField
        label={t`Your name at work`}
        hint={t`Colleagues and clients see it.`}
        value={displayName}
        onChange={setDisplayName}
        maxLength={80}
        required
      />
      <ProveAgain
        error={accept.error}
        onProved={() => accept.mutate({ token: props.token, displayName })}
      />
      {accept.error && (
        <p role="alert">{sentenceFor(accept.error, { ...accountRefusals(), ...linkWords() })}</p>
      )}
      <Button look="primary" wide type="submit" busy={accept.isPending}>
        <Trans>Join with this account</Trans>
      </Button>
    </form>
  );
}

function Steps({ token, invitation }: { token: string; invitation: Invitation }) {
  const { data, isPending } = useOperation(me, {});
  const [isIn, setIn] = useState(false);
  const [isNew, setNew] = useState<'asked' | 'made'>();
  if (isPending && !isNew) return <Skeleton lines={5} />;
  const account = data?.account;
  if (isIn) {
    const need = account?.secondFactor ?? 'setUp';
    if (need === 'done') location.assign('/work/today');
    return <SecondFactor need={need} onDone={() => location.assign('/work/today')} />;
  }
  if (isNew !== 'made' && (!account || isNew === 'asked')) {
    if (!isNew) setNew('asked');
    return (
      <div className="stack">
        <p>
          <Trans>
            First an account of your own. If you have one here already, sign in, then open this link
            once more.
          </Trans>
        </p>
        <Register offline={false} onDone={() => setNew('made')} />
      </div>
    );
  }
  return (
    <Accept
      token={token}
      invitation={invitation}
      onDone={() => {
        clearLink();
        setIn(true);
      }}
    />
  );
}

/** A colleague opens the link that an administrator handed over. */
export function JoinStaff() {
  const [token] = useState(linkToken);
  const asked = { token: token ?? 'A'.repeat(43) };
  const { data, error, isPending } = useOperation(staffInvitationOpen, asked, {
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className={`stack loose ${style.narrow}`}>
      <h1>
        {data ? <Trans>Work for {data.programmeName}</Trans> : <Trans>Your invitation</Trans>}
      </h1>
      {isPending && <Skeleton lines={4} />}
      {error && <p role="alert">{sentenceFor(error, linkWords())}</p>}
      {data && token && (
        <>
          <p className="soft">
            <Trans>
              You are invited as: <RoleWords role={data.role} />
            </Trans>
          </p>
          <Steps token={token} invitation={data} />
        </>
      )}
    </div>
  );
}
