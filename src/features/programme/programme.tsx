import { Trans, useLingui } from '@lingui/react/macro';
import { useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Section } from '../../ui/section.tsx';
import { useSession } from '../../ui/session.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { type InvitedRole, staffRead } from './contract.ts';
import { InviteColleague } from './invite-colleague.tsx';
import { RoleWords } from './role-words.part.tsx';
import { Invitations, StaffList } from './staff-list.tsx';

function ForAdministrators() {
  const { t } = useLingui();
  const { data, error, isPending, refetch } = useOperation(staffRead, {});
  if (isPending) return <Skeleton lines={6} />;
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <Section title={t`Staff`}>
        <StaffList staff={data.staff} resets={data.resets} />
      </Section>
      <Section title={t`Invite a colleague`}>
        <InviteColleague />
      </Section>
      {data.invitations.length > 0 && (
        <Section title={t`Open invitations`}>
          <Invitations invitations={data.invitations} />
        </Section>
      )}
    </>
  );
}

/** The programme as a place of work: for administrators, who works here. */
export function Programme() {
  const session = useSession();
  const membership = session?.membership;
  if (!membership) return <Skeleton lines={6} />;
  return (
    <div className="stack loose">
      <div className="stack tight">
        <h1>{membership.programmeName}</h1>
        <p className="soft">
          <Trans>
            You work here as: <RoleWords role={membership.role as InvitedRole} />
          </Trans>
        </p>
      </div>
      {membership.role === 'administrator' ? (
        <ForAdministrators />
      ) : (
        <p>
          <Trans>Staff and invitations are looked after by the administrators.</Trans>
        </p>
      )}
    </div>
  );
}
