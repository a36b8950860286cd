import { Trans, useLingui } from '@lingui/react/macro';
import safetyPlan from '../../content/safety-plan.json' with { type: 'json' };
import { say } from '../../content/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useKept } from '../../ui/use-kept.ts';
import { PrivateGate } from '../account/private-gate.part.tsx';
import { readSafetyPlan } from './contract.ts';
import { PlanSections } from './plan-sections.tsx';

/** One's own safety plan, to read when it is needed; without a network as it was last read. */
export function MySafetyPlan() {
  const language = useLanguage();
  return (
    <div className="stack loose">
      <div className="stack">
        <h1>{say(safetyPlan.title, language)}</h1>
        <p className="reading">{say(safetyPlan.lead, language)}</p>
        <p>
          <strong>{say(safetyPlan.honest, language)}</strong>
        </p>
        <LinkButton to={`/help?lang=${language}`} outside look="alarm" wide>
          <Trans>Call somebody now</Trans>
        </LinkButton>
      </div>
      <PrivateGate>
        <Carried />
      </PrivateGate>
    </div>
  );
}

function Carried() {
  const { t } = useLingui();
  const { data, isPending } = useKept(readSafetyPlan, {}, 'safety-plan');
  if (data?.plan) return <PlanSections content={data.plan.content} label={t`My plan`} />;
  if (isPending) return <Skeleton lines={6} />;
  return (
    <EmptyState title={<Trans>There is no plan yet</Trans>}>
      <Trans>
        You make it together with your therapist. It will stand here, also without a network.
      </Trans>
    </EmptyState>
  );
}
