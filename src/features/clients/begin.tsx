import { Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { keyOf, useCommand, useOperation } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { useSession } from '../../ui/session.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { me } from '../account/contract.ts';
import { PrivateGate } from '../account/private-gate.part.tsx';
import { Register } from '../account/register.part.tsx';
import { readSharing } from '../sharing/contract.ts';
import { carriedCode, carryCode, forgetCode } from './carried-code.web.ts';
import { readCode } from './code.rules.ts';
import { codeWords } from './code-words.tsx';
import { acceptInvitation, lookAtInvitation } from './contract.ts';

function NewHere({ code, onDone }: { code: string | null; onDone: () => void }) {
  const { t } = useLingui();
  return (
    <div className="stack loose">
      <div className="stack tight">
        <h1>
          <Trans>Your own place</Trans>
        </h1>
        <p className="soft">
          {t`No real name, no e-mail, no telephone number. What you write for yourself is sealed on this device before it goes anywhere.`}
        </p>
      </div>
      <Register offline onDone={onDone}>
        <p>
          <a href="/sign-in?next=/me/begin" onClick={() => code && carryCode(code)}>
            <Trans>I have an account already</Trans>
          </a>
        </p>
      </Register>
    </div>
  );
}

function OtherCode({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const [isTried, setTried] = useState(false);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        const code = readCode(typed);
        if (code) onCode(code);
      }}
    >
      <TextField
        label={t`Code on your card`}
        hint={t`Four groups of four. Capitals and hyphens do not matter.`}
        error={
          isTried &&
          !readCode(typed) &&
          t`A code has sixteen letters and digits, without I, L, O and U. Look at your card again.`
        }
        value={typed}
        onChange={setTyped}
        sealed
        maxLength={40}
      />
      <Button type="submit">
        <Trans>Use this code</Trans>
      </Button>
    </form>
  );
}

function Accept(props: { code: string; onCode: (code: string) => void; onAlone: () => void }) {
  const { code, onCode, onAlone } = props;
  const words = useTimeWords();
  const go = useNavigate();
  const client = useQueryClient();
  const session = useSession();
  const look = useOperation(lookAtInvitation, { code });
  const accept = useCommand(acceptInvitation, {
    refreshes: [me, readSharing],
    onDone: () => {
      forgetCode();
      void client.invalidateQueries({ queryKey: keyOf(me) });
      void go({ to: '/me/choices' as never });
    },
  });
  const error = accept.error ?? look.error;
  if (look.isPending) return <Skeleton lines={4} />;
  return (
    <div className="stack loose">
      <h1>
        {look.data ? (
          <Trans>Join {look.data.programmeName}</Trans>
        ) : (
          <Trans context="phone">Your invitation</Trans>
        )}
      </h1>
      {error && (
        <div className="stack" role="alert">
          <p>{sentenceFor(error, codeWords(error))}</p>
          <OtherCode onCode={onCode} />
        </div>
      )}
      {look.data && !accept.error && (
        <>
          <p className="reading">
            <Trans>
              They will see that you have an account, and what you hand in or choose to share. What
              you write for yourself stays locked with your key, also from them.
            </Trans>
          </p>
          {session?.membership && (
            <p className="soft">
              <Trans>
                You are with {session.membership.programmeName} already; this comes beside it.
              </Trans>
            </p>
          )}
          <Button
            look="primary"
            size="large"
            wide
            busy={accept.isPending}
            onClick={() => accept.mutate({ code })}
          >
            <Trans context="phone">Join with this account</Trans>
          </Button>
          <p className="soft small">
            <Trans>The invitation is good until {words.moment(look.data.expiresAt)}.</Trans>
          </p>
        </>
      )}
      <Button look="plain" onClick={onAlone}>
        <Trans>Not now: use it on my own</Trans>
      </Button>
    </div>
  );
}

/** Beginning: an account where there is none, then the invitation where there is one, then the choices. */
export function Begin() {
  const go = useNavigate();
  const client = useQueryClient();
  const session = useSession();
  const [code, setCode] = useState(carriedCode);
  // The account is made in this screen: its last step must not be cut off by the session it begins.
  const [isNew, setNew] = useState<'asked' | 'made'>();
  const alone = () => {
    forgetCode();
    void go({ to: '/me/today' as never });
  };
  if (session === undefined && !isNew) return <Skeleton lines={6} />;
  if ((session === null || isNew === 'asked') && isNew !== 'made') {
    if (isNew === undefined) setNew('asked');
    return (
      <NewHere
        code={code}
        onDone={() => {
          setNew('made');
          void client.invalidateQueries({ queryKey: keyOf(me) });
          if (!code) alone();
        }}
      />
    );
  }
  if (code)
    return (
      <PrivateGate>
        <Accept code={code} onCode={setCode} onAlone={alone} />
      </PrivateGate>
    );
  return (
    <div className="stack loose">
      <h1>
        <Trans>You are here already</Trans>
      </h1>
      <OtherCode onCode={setCode} />
      <LinkButton to="/me/today" look="primary">
        <Trans>Go to today</Trans>
      </LinkButton>
    </div>
  );
}
