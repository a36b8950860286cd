import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { LinkButton } from '../../ui/link-button.tsx';
import { type Got, optionsOf } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TabStrip } from '../../ui/tab-strip.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { ImportApply } from './import-apply.tsx';
import { importProgress } from './import-contract.ts';
import { ImportUnderWay } from './import-progress.tsx';
import { ImportRollBack } from './import-roll-back.tsx';
import { ImportStopped } from './import-stopped.tsx';
import type { StagedChange } from './import-words.rules.ts';
import { useReasonWords, useStateWords } from './import-words.tsx';
import { ReportRows } from './left-out.tsx';
import style from './staged-changes.module.css';
import { StagedChanges } from './staged-changes.tsx';

type Facts = Got<typeof importProgress>;
type View = StagedChange | 'kept' | 'refused' | 'warned';

const underWay: readonly string[] = ['fetching', 'reading', 'applying', 'rollingBack'];
const settled: readonly string[] = ['staged', 'applied', 'rolledBack'];

function useViews(facts: Facts): { value: View; label: string; count: number }[] {
  const { t } = useLingui();
  const views: { value: View; label: string; count: number }[] = [
    { value: 'changed', label: t`Changed`, count: facts.changed },
    { value: 'added', label: t`New`, count: facts.added },
    { value: 'gone', label: t`No longer named`, count: facts.gone },
    { value: 'back', label: t`Named again`, count: facts.back },
    { value: 'kept', label: t`Kept`, count: facts.kept },
    { value: 'refused', label: t`Left out`, count: facts.refused },
    { value: 'warned', label: t`Remarks`, count: facts.warned },
  ];
  return views.filter(({ count }) => count > 0);
}

function Counts({ facts }: { facts: Facts }) {
  const { number } = useTimeWords();
  const counts = [
    { label: <Trans>as before</Trans>, count: facts.same },
    { label: <Trans>changed</Trans>, count: facts.changed },
    { label: <Trans>new</Trans>, count: facts.added },
    { label: <Trans>no longer named</Trans>, count: facts.gone },
    { label: <Trans>rows left out</Trans>, count: facts.refused },
  ];
  return (
    <dl className={style.counts}>
      {counts.map(({ label, count }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the five never change places
        <div key={index}>
          <dt>{label}</dt>
          <dd>{number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Tally({ codes }: { codes: Facts['warnings'] }) {
  const reason = useReasonWords();
  const { number } = useTimeWords();
  if (codes.length === 0) return null;
  return (
    <ul className={style.tally}>
      {codes.map(({ code, count }) => (
        <li key={code}>
          <strong className="figure">{number(count)}</strong>
          <span>{reason({ code, detail: '…' })}</span>
        </li>
      ))}
    </ul>
  );
}

function Views({ facts, onDone }: { facts: Facts; onDone: () => void }) {
  const { t } = useLingui();
  const views = useViews(facts);
  const [chosen, setChosen] = useState<View>();
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const view = views.find(({ value }) => value === chosen) ?? views[0];
  const turn = (id: string) => {
    const next = new Set(leftOut);
    if (!next.delete(id)) next.add(id);
    setLeftOut(next);
  };
  const isStaged = facts.state === 'staged';
  return (
    <>
      {isStaged && <ImportApply facts={facts} leftOut={leftOut} onDone={onDone} />}
      {view && (
        <Section title={<Trans>What it brings</Trans>}>
          <TabStrip
            label={t`Which changes`}
            value={view.value}
            onChange={setChosen}
            tabs={views.map(({ value, label, count }) => ({ value, label: `${label} ${count}` }))}
          >
            {view.value === 'refused' || view.value === 'warned' ? (
              <div className="stack">
                <Tally codes={view.value === 'refused' ? facts.refusals : facts.warnings} />
                <ReportRows key={view.value} importId={facts.importId} only={view.value} />
              </div>
            ) : (
              <StagedChanges
                key={view.value}
                importId={facts.importId}
                only={view.value}
                leftOut={leftOut}
                onTurn={isStaged ? turn : undefined}
              />
            )}
          </TabStrip>
        </Section>
      )}
    </>
  );
}

/** One import through all its life: on its way, to be looked at, applied, taken back. */
export function ImportPage() {
  const { import: importId = '' } = useParams({ strict: false }) as { import?: string };
  const states = useStateWords();
  const { moment } = useTimeWords();
  const { data, error, isPending, refetch } = useQuery({
    ...optionsOf(importProgress, { importId }),
    staleTime: 0,
    refetchInterval: ({ state }) => (underWay.includes(state.data?.state ?? '') ? 1000 : false),
  });
  if (isPending) return <Skeleton lines={8} />;
  if (error) return <Trouble error={error} onRetry={refetch} />;
  const at = data.rolledBackAt ?? data.appliedAt ?? data.stagedAt ?? data.madeAt;
  return (
    <div className="stack loose">
      <div className="row apart">
        <div>
          <h1>{data.listName || data.source}</h1>
          <p className="soft small">
            {data.source} · {states[data.state]} · {moment(at)}
            {data.byClock && (
              <>
                {' · '}
                <Trans>by the clock</Trans>
              </>
            )}
          </p>
        </div>
        <LinkButton to="/work/meetings/imports">
          <Trans>All imports</Trans>
        </LinkButton>
      </div>
      {underWay.includes(data.state) && <ImportUnderWay facts={data} />}
      {(data.state === 'stopped' || data.state === 'handed') && (
        <ImportStopped facts={data} onDone={refetch} />
      )}
      {data.state === 'discarded' && (
        <p>
          <Trans>It was let go. Nothing of the directory changed.</Trans>
        </p>
      )}
      {settled.includes(data.state) && (
        <>
          <Counts facts={data} />
          {data.state === 'applied' && (
            <div className="row">
              <ImportRollBack facts={data} onDone={refetch} />
            </div>
          )}
          <Views facts={data} onDone={refetch} />
        </>
      )}
    </div>
  );
}
