import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { type Got, useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Row, RowList } from '../../ui/row-list.tsx';
import { Section } from '../../ui/section.tsx';
import { useSession } from '../../ui/session.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { FindNear } from '../meetings/find-near.part.tsx';
import { myLists } from './contract.ts';

type ShortOf = (fellowship: string | null) => string | null;
type Lists = Got<typeof myLists>;

function Body({ body, shortOf }: { body: Lists['bodies'][number]; shortOf: ShortOf }) {
  const { t } = useLingui();
  const { moment } = useTimeWords();
  return (
    <Section title={body.name}>
      <RowList label={t`Lists of ${body.name}`}>
        {body.lists.map((list) => (
          <Row
            key={list.id}
            title={list.name}
            detail={list.source}
            tags={[shortOf(list.fellowship), list.timeZone].filter(Boolean)}
            end={<Plural value={list.meetings} one="# meeting" other="# meetings" />}
          />
        ))}
      </RowList>
      {body.imports.length > 0 && (
        <RowList label={t`Latest imports`}>
          {body.imports.slice(0, 5).map((one) => (
            <Row
              key={one.id}
              lead={moment(one.appliedAt)}
              title={one.listName}
              to={`/work/meetings/imports/${one.id}`}
              detail={
                <Trans>
                  {one.taken} imported, {one.refused} left out, {one.warned} with remarks
                </Trans>
              }
            />
          ))}
        </RowList>
      )}
    </Section>
  );
}

/** Who keeps lists sees them here; everybody else at work, the meetings themselves. */
export function MeetingLists() {
  const role = useSession()?.membership?.role;
  if (!role) return <Skeleton lines={6} />;
  return role === 'listServant' || role === 'administrator' ? <KeptLists /> : <FindNear />;
}

/** The lists that one keeps, and what came in last. */
function KeptLists() {
  const { data, error, isPending, refetch } = useOperation(myLists, {});
  const shortOf: ShortOf = (id) => data?.fellowships.find((one) => one.id === id)?.short ?? null;
  return (
    <div className="stack loose">
      <div className="row apart">
        <h1>
          <Trans>Meeting lists</Trans>
        </h1>
        <LinkButton to="/work/meetings/import" look="primary">
          <Trans>Import a list</Trans>
        </LinkButton>
      </div>
      {isPending ? (
        <Skeleton lines={6} />
      ) : error ? (
        <Trouble error={error} onRetry={refetch} />
      ) : data.bodies.length === 0 ? (
        <EmptyState title={<Trans>No list yet</Trans>}>
          <Trans>
            Import the list of your intergroup or area, from a file or from the address of its feed.
            Everybody who looks for a meeting here will find it.
          </Trans>
        </EmptyState>
      ) : (
        data.bodies.map((body) => <Body key={body.id} body={body} shortOf={shortOf} />)
      )}
    </div>
  );
}
