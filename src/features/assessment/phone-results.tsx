import { Trans } from '@lingui/react/macro';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { useKept } from '../../ui/use-kept.ts';
import { PrivateGate } from '../account/private-gate.part.tsx';
import { assessmentResults } from './contract.ts';

function Results() {
  const words = useTimeWords();
  const { data, isPending } = useKept(assessmentResults, {}, 'intake/results');
  if (!data && isPending) return <Skeleton lines={6} />;
  const said = (data?.results ?? []).filter((result) =>
    result.scores.some((score) => score.plainWords !== ''),
  );
  if (said.length === 0)
    return (
      <EmptyState
        title={<Trans>Nothing to read yet</Trans>}
        action={
          <LinkButton look="primary" to="/me/questions">
            <Trans>To the questions</Trans>
          </LinkButton>
        }
      >
        <Trans>
          When you have handed a part in and there is a network, it stands here in plain words.
        </Trans>
      </EmptyState>
    );
  return (
    <>
      {said.map((result) => (
        <Card key={result.id} eyebrow={words.fullDay(result.onDay)} title={result.title}>
          {[...Map.groupBy(result.scores, (score) => score.plainWords)]
            .filter(([sentence]) => sentence !== '')
            .map(([sentence, scores]) => (
              <p key={sentence} className="reading">
                {result.scores.length > 1 && (
                  <strong>{scores.map((score) => score.label).join(', ')}. </strong>
                )}
                {sentence}
              </p>
            ))}
        </Card>
      ))}
      <p className="soft small">
        <Trans>
          This is what your answers say on that day, by the published scale. It is no diagnosis and
          no forecast. Talk it over with your therapist.
        </Trans>
      </p>
    </>
  );
}

/** What one's own answers say, in plain words and without numbers. */
export function PhoneResults() {
  return (
    <div className="stack">
      <h1>
        <Trans>What my answers say</Trans>
      </h1>
      <PrivateGate>
        <Results />
      </PrivateGate>
    </div>
  );
}
