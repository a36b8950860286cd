import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { Pause, Play, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useCommand, useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { CareLinks } from '../listing-care/care-links.part.tsx';
import { myLists } from './contract.ts';
import { imports } from './import-contract.ts';
import { useFormatWords, useReasonWords } from './import-words.tsx';
import style from './list-sources.module.css';
import { OnlyHelps, useOnlyHelps } from './only-helps.tsx';
import { ImportTrouble } from './refusal-sentences.tsx';
import { RemovedSources, RemoveSource } from './remove-source.tsx';
import { listSources, pauseSource, refreshNow } from './source-contract.ts';
import { type Source, SourceForm } from './source-form.tsx';

/** How often it is refreshed, and when next. */
function Schedule({ source }: { source: Source }) {
  const { moment } = useTimeWords();
  if (source.url === null) return <Trans>Files that a person hands over</Trans>;
  if (source.paused) return <Trans>Paused: not refreshed by the clock</Trans>;
  if (source.everyHours === null) return <Trans>Refreshed only when asked</Trans>;
  const often =
    source.everyHours % 24 === 0 ? (
      <Plural value={source.everyHours / 24} one="Every day" other="Every # days" />
    ) : (
      <Plural value={source.everyHours} one="Every hour" other="Every # hours" />
    );
  return (
    <>
      {often}
      {source.nextAt && (
        <>
          {' · '}
          <Trans>next {moment(source.nextAt)}</Trans>
        </>
      )}
    </>
  );
}

/** How the last look at it ended. A source that is silent costs nobody a meeting. */
function LastResult({ source }: { source: Source }) {
  const reason = useReasonWords();
  const { moment } = useTimeWords();
  const { trouble, failures, succeededAt, triedAt, meetings } = source;
  if (trouble)
    return (
      <span className={style.trouble}>
        {reason(trouble)}{' '}
        {failures > 1 && (
          <>
            <Plural value={failures} one="# try in a row." other="# tries in a row." />{' '}
            {succeededAt && <Trans>The last good answer came {moment(succeededAt)}.</Trans>}{' '}
          </>
        )}
        <Plural
          value={meetings}
          _0="No listing depends on it."
          one="Its listing stays as it is."
          other="Its # listings stay as they are."
        />
      </span>
    );
  if (succeededAt) return <Trans>Last good answer {moment(succeededAt)}</Trans>;
  return triedAt ? <Trans>Asked {moment(triedAt)}</Trans> : <Trans>Not asked yet</Trans>;
}

function SourceLine(props: { source: Source; onEdit: () => void; onRemove: () => void }) {
  const { source, onEdit, onRemove } = props;
  const formats = useFormatWords();
  const navigate = useNavigate();
  const refreshing = useCommand(refreshNow, {
    refreshes: [listSources, imports],
    onDone: ({ importId }) => void navigate({ to: `/work/meetings/imports/${importId}` }),
  });
  const pausing = useCommand(pauseSource, { refreshes: [listSources] });
  const { waiting, underWay } = source;
  return (
    <li className={style.source}>
      <div className="stack tight">
        <h2>
          {source.name}
          {source.listName !== source.name && (
            <span className="soft small"> · {source.listName}</span>
          )}
        </h2>
        <span className={`soft small ${style.address}`}>
          {[formats[source.format], source.url].filter(Boolean).join(' · ')}
        </span>
        <span className="small">
          <Schedule source={source} />
        </span>
        <span className="small">
          <LastResult source={source} />
        </span>
        {(refreshing.error || pausing.error) && (
          <ImportTrouble error={refreshing.error ?? pausing.error} />
        )}
      </div>
      <div className={style.buttons}>
        {underWay ? (
          <LinkButton size="small" to={`/work/meetings/imports/${underWay}`}>
            <Trans>See how far it is</Trans>
          </LinkButton>
        ) : (
          waiting && (
            <LinkButton size="small" look="primary" to={`/work/meetings/imports/${waiting}`}>
              <Trans>Look at what waits</Trans>
            </LinkButton>
          )
        )}
        {source.url === null && !underWay && (
          <LinkButton size="small" to="/work/meetings/import">
            <Trans>Hand over a file</Trans>
          </LinkButton>
        )}
        {source.url && !underWay && (
          <Button
            size="small"
            busy={refreshing.isPending}
            icon={<RefreshCw size={16} aria-hidden="true" />}
            onClick={() => refreshing.mutate({ sourceId: source.id })}
          >
            <Trans>Refresh now</Trans>
          </Button>
        )}
        {source.url && source.everyHours !== null && (
          <Button
            size="small"
            look="plain"
            busy={pausing.isPending}
            icon={
              source.paused ? (
                <Play size={16} aria-hidden="true" />
              ) : (
                <Pause size={16} aria-hidden="true" />
              )
            }
            onClick={() => pausing.mutate({ sourceId: source.id, paused: !source.paused })}
          >
            {source.paused ? <Trans>Go on</Trans> : <Trans>Pause</Trans>}
          </Button>
        )}
        <Button size="small" look="plain" onClick={onEdit}>
          <Trans>Change</Trans>
        </Button>
        {!underWay && (
          <Button size="small" look="plain" onClick={onRemove}>
            <Trans>Remove</Trans>
          </Button>
        )}
      </div>
    </li>
  );
}

/** Where the listings come from: each source, its schedule, how it last went, what can be done. */
export function ListSources() {
  const { t } = useLingui();
  const [edited, setEdited] = useState<Source | 'new' | null>(null);
  const [removed, setRemoved] = useState<Source | null>(null);
  const onlyHelps = useOnlyHelps();
  const { data: lists } = useOperation(myLists, {});
  const { data, error, isPending, refetch } = useOperation(
    listSources,
    {},
    { refetchInterval: 15_000 },
  );
  const add = (
    <Button look="primary" disabled={!lists} onClick={() => setEdited('new')}>
      <Trans>Add a source</Trans>
    </Button>
  );
  return (
    <div className="stack loose">
      <div className="row apart">
        <h1>
          <Trans>Sources</Trans>
        </h1>
        {!onlyHelps && add}
      </div>
      <CareLinks />
      {isPending ? (
        <Skeleton lines={6} />
      ) : error ? (
        <Trouble error={error} onRetry={refetch} />
      ) : onlyHelps ? (
        <OnlyHelps />
      ) : data.sources.length === 0 ? (
        <EmptyState title={<Trans>No source yet</Trans>} action={add}>
          <Trans>
            The address of a feed, a table, a calendar or a BMLT server. It is read on a schedule,
            and what it changes can be looked at and taken back.
          </Trans>
        </EmptyState>
      ) : (
        <ul className={style.sources} aria-label={t`Sources`}>
          {data.sources.map((source) => (
            <SourceLine
              key={source.id}
              source={source}
              onEdit={() => setEdited(source)}
              onRemove={() => setRemoved(source)}
            />
          ))}
        </ul>
      )}
      {data && <RemovedSources removed={data.removed} />}
      {removed && <RemoveSource source={removed} onClose={() => setRemoved(null)} />}
      {edited && lists && (
        <SourceForm
          lists={lists}
          source={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  );
}
