import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useCommands } from '../../ui/commands.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { type Got, useCommand, useOperation } from '../../ui/operations.ts';
import { sentenceFor, Trouble } from '../../ui/refusal-words.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { ClientAlerts } from '../alerts/client-alerts.part.tsx';
import { ClientSafety } from '../assessment/client-safety.part.tsx';
import { ClientScores } from '../assessment/client-scores.part.tsx';
import { ClientSharing } from '../sharing/client-sharing.part.tsx';
import style from './client-page.module.css';
import { InvitationWords, SettingWords } from './client-words.tsx';
import {
  assignTherapist,
  inviteClient,
  listClients,
  listTherapists,
  readClient,
} from './contract.ts';
import { NextSession, SessionStory } from './course-view.tsx';
import { InvitationCard } from './invitation-card.tsx';
import { WeekView } from './week-view.tsx';

type Client = Got<typeof readClient>;

function Responsible({ client }: { client: Client }) {
  const { t } = useLingui();
  const { data } = useOperation(listTherapists, {});
  const assign = useCommand(assignTherapist, { refreshes: [readClient, listClients] });
  const nobody = { value: '', label: t`Nobody yet` };
  const options = (data?.therapists ?? []).map((one) => ({
    value: one.membershipId,
    label: one.displayName,
  }));
  return (
    <>
      <Select
        label={t`Therapist`}
        value={client.therapist?.membershipId ?? ''}
        options={[nobody, ...options]}
        onChange={(chosen) =>
          assign.mutate({ clientId: client.clientId, membershipId: chosen || null })
        }
      />
      {assign.error && <p role="alert">{sentenceFor(assign.error)}</p>}
    </>
  );
}

function Invitation({ client }: { client: Client }) {
  const { t } = useLingui();
  const words = useTimeWords();
  const [isAsking, setAsking] = useState(false);
  const invite = useCommand(inviteClient, { refreshes: [readClient, listClients] });
  const joined = client.invitation === 'joined';
  const make = () => {
    setAsking(false);
    invite.mutate({ clientId: client.clientId, replaceAccount: joined });
  };
  return (
    <Section title={<Trans>Account</Trans>}>
      <p>
        <InvitationWords state={client.invitation} />
        {client.joinedAt && <span className="soft"> · {words.moment(client.joinedAt)}</span>}
        {client.invitation === 'waiting' && client.invitationExpiresAt && (
          <span className="soft">
            {' · '}
            <Trans>until {words.moment(client.invitationExpiresAt)}</Trans>
          </span>
        )}
      </p>
      {invite.data ? (
        <InvitationCard invitation={invite.data} />
      ) : (
        <Button
          size="small"
          busy={invite.isPending}
          onClick={() =>
            client.invitation === 'none' || client.invitation === 'expired'
              ? make()
              : setAsking(true)
          }
        >
          {joined ? (
            <Trans>The account is lost: invite again</Trans>
          ) : (
            <Trans>Make a new invitation</Trans>
          )}
        </Button>
      )}
      {invite.error && <p role="alert">{sentenceFor(invite.error)}</p>}
      <Dialog
        title={<Trans>Make a new invitation?</Trans>}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>
              <Trans>Leave it</Trans>
            </Button>
            <Button look="primary" onClick={make}>
              {t`Make a new invitation`}
            </Button>
          </>
        }
      >
        <p>
          {joined ? (
            <Trans>
              When it is accepted, the old account no longer reaches this record. What the client
              kept private under the old account stays locked there: nobody here can open it.
            </Trans>
          ) : (
            <Trans>The code that was handed over before is void from then on.</Trans>
          )}
        </p>
      </Dialog>
    </Section>
  );
}

/** One client on one page: danger first, then the story, what is now, and what comes next. */
export function ClientPage() {
  const { t } = useLingui();
  const go = useNavigate();
  const words = useTimeWords();
  const { client: clientId = '' } = useParams({ strict: false }) as { client?: string };
  const { data: client, error, isPending, refetch } = useOperation(readClient, { clientId });
  const open = (path: string) => () =>
    void go({ to: `/work/clients/${clientId}/${path}` as never });
  useCommands([
    { id: 'client.intake', label: t`Open the intake`, run: open('intake') },
    { id: 'client.plan', label: t`Open the safety plan`, run: open('safety-plan') },
  ]);
  if (isPending) return <Skeleton lines={12} />;
  if (!client) return <Trouble error={error} onRetry={() => void refetch()} />;
  return (
    <div className="stack loose">
      <header className={style.head}>
        <div className="stack tight">
          <h1>{client.displayName}</h1>
          <p className="soft">
            {client.recordNumber} · <SettingWords setting={client.setting} />
            {client.admittedOn && (
              <>
                {' · '}
                <Trans>since {words.fullDay(client.admittedOn)}</Trans>
              </>
            )}
            {' · '}
            {client.timeZone.replaceAll('_', ' ')}
          </p>
        </div>
        <Responsible client={client} />
      </header>
      <ClientAlerts clientId={clientId} />
      <ClientSafety clientId={clientId} />
      <div className={style.columns}>
        <div className="stack loose">
          <Section title={<Trans>Story</Trans>}>
            <SessionStory clientId={clientId} episodes={client.episodes} />
          </Section>
          <Invitation client={client} />
        </div>
        <div className="stack loose">
          <WeekView clientId={clientId} />
          <ClientScores clientId={clientId} />
        </div>
        <div className="stack loose">
          <NextSession clientId={clientId} />
          <Section title={<Trans>Safety plan</Trans>}>
            <LinkButton size="small" to={`/work/clients/${clientId}/safety-plan`}>
              <Trans>Open the safety plan</Trans>
            </LinkButton>
          </Section>
          <ClientSharing clientId={clientId} />
        </div>
      </div>
    </div>
  );
}
