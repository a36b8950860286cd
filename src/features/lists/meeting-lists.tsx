import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { type Got, useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Row, RowList } from '../../ui/row-list.tsx';
import { Section } from '../../ui/section.tsx';
import { useSession } from '../../ui/session.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { FindNear } from '../finder/find-near.part.tsx';
import { CareLinks } from '../listing-care/care-links.part.tsx';
import { myLists } from './contract.ts';
import { imports } from './import-contract.ts';
import { ImportRows } from './import-history.tsx';
import { listsCaredFor } from './listing-contract.ts';
import { ListsPutAway, RemoveList } from './remove-list.tsx';
import { listSources } from './source-contract.ts';

type Lists = Got<typeof myLists>;
type Sources = Got<typeof listSources>['sources'];

function Body({
  body,
  lists,
  sources,
}: {
  body: Lists['bodies'][number];
  lists: Lists;
  sources: Sources;
}) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const shortOf = (id: string | null) => lists.fellowships.find((one) => one.id === id)?.short;
  return (
    <Section title={body.name}>
      <RowList label={t`Lists of ${body.name}`}>
        {body.lists.map((list) => {
          const own = sources.filter(({ listId }) => listId === list.id);
          const ill = own.filter(({ trouble }) => trouble !== null).length;
          return (
            <Row
              key={list.id}
              title={list.name}
              onOpen={() =>
                void navigate({ to: '/work/meetings/listings', search: { list: list.id } as never })
              }
              detail={
                <>
                  {list.empty ? (
                    <Trans>empty</Trans>
                  ) : (
                    <Plural
                      value={own.length}
                      _0="written by hand"
                      one="# source"
                      other="# sources"
                    />
                  )}
                  {ill > 0 && (
                    <>
                      {' · '}
                      <Plural value={ill} one="# does not answer" other="# do not answer" />
                    </>
                  )}
                </>
              }
              tags={[shortOf(list.fellowship), list.timeZone].filter(Boolean)}
              end={
                list.empty ? (
                  <RemoveList id={list.id} name={list.name} />
                ) : (
                  <Plural value={list.meetings} one="# meeting" other="# meetings" />
                )
              }
            />
          );
        })}
      </RowList>
      <ListsPutAway removed={body.removed} />
    </Section>
  );
}

type CaredFor = Got<typeof listsCaredFor>['bodies'][number];

/** For what of a body one cares, in a sentence. */
function Part({ scope }: Pick<CaredFor, 'scope'>) {
  if (scope === 'region') return <Trans>You care for the listings of your region.</Trans>;
  if (scope === 'group') return <Trans>You care for the listings of your group.</Trans>;
  return <Trans>You propose changes; who serves the whole area answers them.</Trans>;
}

/** Lists of which one cares for a part: each leads to its listings. */
function HelpedBody({ body }: { body: CaredFor }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  return (
    <Section title={body.name}>
      <p className="soft">
        <Part scope={body.scope} />
      </p>
      <RowList label={t`Lists of ${body.name}`}>
        {body.lists.map((list) => (
          <Row
            key={list.id}
            title={list.name}
            onOpen={() =>
              void navigate({ to: '/work/meetings/listings', search: { list: list.id } as never })
            }
            end={<Plural value={list.meetings} one="# meeting" other="# meetings" />}
          />
        ))}
      </RowList>
    </Section>
  );
}

/** Who keeps lists sees them here; everybody else at work, the meetings themselves. */
export function MeetingLists() {
  const role = useSession()?.membership?.role;
  if (!role) return <Skeleton lines={6} />;
  return role === 'listServant' || role === 'administrator' ? <KeptLists /> : <FindNear />;
}

/** What waits for a decision, before everything else. */
function Waiting() {
  const { data } = useOperation(imports, { open: true, limit: 20 }, { refetchInterval: 15_000 });
  if (!data || data.imports.length === 0) return null;
  return (
    <Section title={<Trans>Waits for you</Trans>}>
      <ImportRows list={data.imports} />
    </Section>
  );
}

/** The lists that one keeps, what waits, and what came in last. */
function KeptLists() {
  const { data, error, isPending, refetch } = useOperation(myLists, {});
  const { data: known } = useOperation(listSources, {});
  const { data: latest } = useOperation(imports, { limit: 5 });
  const cared = useOperation(listsCaredFor, {}, { staleTime: 10_000 });
  const helped = (cared.data?.bodies ?? []).filter(({ scope }) => scope !== 'body');
  const onlyHelps = helped.length > 0 && data?.bodies.length === 0;
  const done = latest?.imports.filter(({ state }) => ['applied', 'rolledBack'].includes(state));
  return (
    <div className="stack loose">
      <div className="row apart">
        <h1>
          <Trans>Meeting lists</Trans>
        </h1>
        {!onlyHelps && (
          <LinkButton to="/work/meetings/import" look="primary">
            <Trans>Import a list</Trans>
          </LinkButton>
        )}
      </div>
      <CareLinks />
      {isPending || cared.isPending ? (
        <Skeleton lines={6} />
      ) : error ? (
        <Trouble error={error} onRetry={refetch} />
      ) : data.bodies.length === 0 && helped.length === 0 ? (
        <EmptyState title={<Trans>No list yet</Trans>}>
          <Trans>
            Import the list of your intergroup or area, from a file or from the address of its feed.
            Everybody who looks for a meeting here will find it.
          </Trans>
        </EmptyState>
      ) : (
        <>
          <Waiting />
          {data.bodies.map((body) => (
            <Body key={body.id} body={body} lists={data} sources={known?.sources ?? []} />
          ))}
          {helped.map((body) => (
            <HelpedBody key={body.id} body={body} />
          ))}
          {done && done.length > 0 && (
            <Section title={<Trans>Latest imports</Trans>}>
              <ImportRows list={done} />
            </Section>
          )}
        </>
      )}
    </div>
  );
}
