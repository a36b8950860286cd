import { Trans, useLingui } from '@lingui/react/macro';
import { UserRoundPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { type Got, useCommand, useOperation } from '../../ui/operations.ts';
import { sentenceFor, Trouble } from '../../ui/refusal-words.tsx';
import { Row, RowList } from '../../ui/row-list.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { say } from '../../ui/toast.tsx';
import { letServantGo, servants } from '../lists/servant-contract.ts';
import { CareLinks } from './care-links.part.tsx';
import { ServantDialog, servantRefusals } from './servant-dialog.tsx';

type Bodies = Got<typeof servants>['bodies'];
type Body = Bodies[number];
type Servant = Body['servants'][number];

/** For which listings somebody cares. */
function ScopeWords({ scope, regions, group }: Pick<Servant, 'scope' | 'regions' | 'group'>) {
  if (scope === 'region') return <Trans>cares for the region {regions.join(' › ')}</Trans>;
  if (scope === 'group') return <Trans>cares for the group {group}</Trans>;
  if (scope === 'propose') return <Trans>proposes changes</Trans>;
  return <Trans>cares for everything, lets others in</Trans>;
}

function One({ body, servant, onChange }: { body: Body; servant: Servant; onChange: () => void }) {
  const { t } = useLingui();
  const [isSure, setSure] = useState(false);
  const going = useCommand(letServantGo, {
    refreshes: [servants],
    onDone: () => say(t`They no longer care for it.`),
  });
  return (
    <Row
      title={
        <>
          {servant.name || t`Without a name here`}
          {servant.you && (
            <span className="soft">
              {' '}
              <Trans>(you)</Trans>
            </span>
          )}
        </>
      }
      detail={<ScopeWords {...servant} />}
      end={
        body.keeps && (
          <span className="row">
            {going.error && (
              <span role="alert" className="small">
                {sentenceFor(going.error, servantRefusals())}
              </span>
            )}
            <Button size="small" onClick={onChange}>
              <Trans>Change</Trans>
            </Button>
            <Button
              size="small"
              look="plain"
              busy={going.isPending}
              onClick={() =>
                isSure ? going.mutate({ bodyId: body.id, id: servant.id }) : setSure(true)
              }
            >
              {isSure ? <Trans>Yes, let go</Trans> : <Trans>Let go</Trans>}
            </Button>
          </span>
        )
      }
    />
  );
}

/** Who cares for the listings of one’s service bodies. */
export function Servants() {
  const { t } = useLingui();
  const { data, error, isPending, refetch } = useOperation(servants, {});
  const [asked, setAsked] = useState<{ body: Body; servant: Servant | null } | null>(null);
  return (
    <div className="stack">
      <h1>
        <Trans>Servants</Trans>
      </h1>
      <CareLinks />
      {isPending && <Skeleton lines={5} />}
      <Trouble error={error} onRetry={() => void refetch()} />
      {data?.bodies.length === 0 && (
        <EmptyState title={<Trans>You care for no list yet</Trans>}>
          <Trans>Begin a list, or ask somebody who keeps one to let you in.</Trans>
        </EmptyState>
      )}
      {data?.bodies.map((body) => (
        <Section
          key={body.id}
          title={body.name}
          actions={
            body.keeps && (
              <Button
                icon={<UserRoundPlus size={18} aria-hidden="true" />}
                onClick={() => setAsked({ body, servant: null })}
              >
                <Trans>Let somebody in</Trans>
              </Button>
            )
          }
        >
          <RowList label={t`Servants of ${body.name}`}>
            {body.servants.map((servant) => (
              <One
                key={servant.id}
                body={body}
                servant={servant}
                onChange={() => setAsked({ body, servant })}
              />
            ))}
          </RowList>
        </Section>
      ))}
      {data && data.bodies.length > 0 && (
        <p className="soft small">
          <Trans>
            Somebody who is not a colleague here yet is invited by an administrator, as a meeting
            list servant.
          </Trans>{' '}
          <LinkButton to="/work/programme" look="plain">
            <Trans>To the programme</Trans>
          </LinkButton>
        </p>
      )}
      {asked && data && (
        <ServantDialog
          body={asked.body}
          servant={asked.servant}
          colleagues={data.colleagues}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}
