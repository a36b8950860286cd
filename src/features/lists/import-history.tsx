import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { type Got, useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Row, RowList } from '../../ui/row-list.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { CareLinks } from '../listing-care/care-links.part.tsx';
import { imports } from './import-contract.ts';
import { useReasonWords, useStateWords } from './import-words.tsx';
import { OnlyHelps, useOnlyHelps } from './only-helps.tsx';

type Import = Got<typeof imports>['imports'][number];

/** What an import brought, in a few words. */
function ImportOutcome({ facts }: { facts: Import }) {
  const { t } = useLingui();
  const reason = useReasonWords();
  if (facts.trouble) return reason(facts.trouble);
  if (facts.state === 'staged' && facts.held) return reason(facts.held);
  const parts = [
    { id: 'new', count: facts.added + facts.back, words: t`${facts.added + facts.back} new` },
    { id: 'changed', count: facts.changed, words: t`${facts.changed} changed` },
    { id: 'gone', count: facts.gone, words: t`${facts.gone} no longer named` },
    { id: 'out', count: facts.refused, words: t`${facts.refused} left out` },
  ].filter(({ count }) => count > 0);
  if (parts.length === 0) return <Trans>Nothing had changed.</Trans>;
  return parts.map(({ words }) => words).join(', ');
}

/** Imports as rows, each leading to its page. */
export function ImportRows({ list }: { list: readonly Import[] }) {
  const { t } = useLingui();
  const { moment } = useTimeWords();
  const states = useStateWords();
  return (
    <RowList label={t`Imports`}>
      {list.map((one) => (
        <Row
          key={one.importId}
          lead={moment(one.madeAt)}
          title={one.listName || one.source}
          to={`/work/meetings/imports/${one.importId}`}
          detail={<ImportOutcome facts={one} />}
          tags={[states[one.state], ...(one.byClock ? [t`by the clock`] : [])]}
          end={<Plural value={one.taken + one.refused} one="# row" other="# rows" />}
        />
      ))}
    </RowList>
  );
}

/** Every import of what one keeps, newest first. */
export function ImportHistory() {
  const [pages, setPages] = useState<string[]>([]);
  const before = pages.at(-1);
  const onlyHelps = useOnlyHelps();
  const { data, error, isPending, refetch } = useOperation(imports, { ...(before && { before }) });
  return (
    <div className="stack loose">
      <div className="row apart">
        <h1>
          <Trans>Imports</Trans>
        </h1>
        {!onlyHelps && (
          <LinkButton to="/work/meetings/import" look="primary">
            <Trans>Import a list</Trans>
          </LinkButton>
        )}
      </div>
      <CareLinks />
      {isPending ? (
        <Skeleton lines={8} />
      ) : error ? (
        <Trouble error={error} onRetry={refetch} />
      ) : onlyHelps && data.imports.length === 0 ? (
        <OnlyHelps />
      ) : data.imports.length === 0 && pages.length === 0 ? (
        <EmptyState title={<Trans>No import yet</Trans>}>
          <Trans>Each one will stand here with what it brought, and can be taken back.</Trans>
        </EmptyState>
      ) : (
        <ImportRows list={data.imports} />
      )}
      <div className="row">
        {pages.length > 0 && (
          <Button onClick={() => setPages(pages.slice(0, -1))}>
            <Trans>Later ones</Trans>
          </Button>
        )}
        {data?.more && (
          <Button onClick={() => setPages([...pages, data.imports.at(-1)?.madeAt ?? ''])}>
            <Trans>Earlier ones</Trans>
          </Button>
        )}
      </div>
    </div>
  );
}
