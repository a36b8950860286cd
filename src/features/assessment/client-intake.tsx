import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { Check, CircleDashed, PencilLine } from 'lucide-react';
import { useState } from 'react';
import type { InstrumentId } from '../../content/instruments.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { type Got, useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import style from './client-intake.module.css';
import { assessmentStatus } from './contract.ts';
import { InstrumentName } from './instrument-name.tsx';
import { nextPart, type PartState } from './rules.ts';
import { StaffPart } from './staff-part.tsx';
import { useInstrument } from './use-instrument.web.ts';

type Part = Got<typeof assessmentStatus>['parts'][number];

function StateMark({ state }: { state: PartState }) {
  if (state === 'complete') return <Check size={16} aria-hidden="true" />;
  if (state === 'draft') return <PencilLine size={16} aria-hidden="true" />;
  return <CircleDashed size={16} aria-hidden="true" />;
}

function StateWords({ state }: { state: PartState }) {
  if (state === 'complete') return <Trans>handed in</Trans>;
  if (state === 'draft') return <Trans>begun</Trans>;
  return <Trans>open</Trans>;
}

function OpenPart({
  clientId,
  part,
  onDone,
}: {
  clientId: string;
  part: Part;
  onDone: () => void;
}) {
  const { data } = useInstrument(part.instrument);
  if (!data) return <Skeleton lines={8} />;
  return (
    <StaffPart
      key={part.instrument}
      clientId={clientId}
      instrument={part.instrument}
      questionnaire={data}
      draft={part.draft}
      onDone={onDone}
    />
  );
}

/** The intake of a client, filled in together: parts at the left, questions at the right. */
export function ClientIntake() {
  const { t } = useLingui();
  const { client: clientId = '' } = useParams({ strict: false }) as { client?: string };
  const { data, error, isPending, refetch } = useOperation(assessmentStatus, { clientId });
  const [chosen, setChosen] = useState<InstrumentId>();
  if (isPending) return <Skeleton lines={10} />;
  if (!data) return <Trouble error={error} onRetry={() => void refetch()} />;
  const next = nextPart(data.parts);
  const open = data.parts.find((part) => part.instrument === (chosen ?? next));
  return (
    <div className="stack">
      <div className="row apart">
        <h1>
          <Trans context="questions">Intake</Trans>
        </h1>
        <LinkButton to={`/work/clients/${clientId}`} look="plain">
          <Trans>Back to the client</Trans>
        </LinkButton>
      </div>
      {data.medicalFirst && (
        <p className={style.first} role="note">
          <Trans>
            Medical contact comes first. Until a clinician has cleared the open points on the
            client’s page, no task may ask for abstinence.
          </Trans>
        </p>
      )}
      <div className={style.columns}>
        <nav className={style.parts} aria-label={t`Parts of the intake`}>
          {data.parts.map((part) => (
            <button
              key={part.instrument}
              type="button"
              className={style.part}
              aria-current={part.instrument === open?.instrument ? 'step' : undefined}
              onClick={() => setChosen(part.instrument)}
            >
              <StateMark state={part.state} />
              <span>
                <InstrumentName id={part.instrument} />
                <span className="only-read-aloud">, </span>
                <span className="soft small">
                  <StateWords state={part.state} />
                </span>
              </span>
            </button>
          ))}
        </nav>
        {open ? (
          <OpenPart clientId={clientId} part={open} onDone={() => setChosen(undefined)} />
        ) : (
          <EmptyState
            title={<Trans>The intake is complete</Trans>}
            action={
              <LinkButton to={`/work/clients/${clientId}`} look="primary">
                <Trans>See the results</Trans>
              </LinkButton>
            }
          >
            <Trans>Every part can be asked again: choose it at the left.</Trans>
          </EmptyState>
        )}
      </div>
    </div>
  );
}
