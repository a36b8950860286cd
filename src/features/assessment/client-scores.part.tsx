import { Trans, useLingui } from '@lingui/react/macro';
import { LinkButton } from '../../ui/link-button.tsx';
import { useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import style from './client-scores.module.css';
import { assessmentResults, type Result } from './contract.ts';

type Score = Result['scores'][number];

function Band({ score }: { score: Score }) {
  const { detail } = score;
  if (!detail) return null;
  if (detail.value === null)
    return (
      <span className="soft small">
        <Trans>Not scored.</Trans> {detail.reasonNotScored}
      </span>
    );
  if (!detail.band) return null;
  const { label, low, high } = detail.band;
  return (
    <span>
      {label}{' '}
      <span className="soft small figure">
        {low === high ? low : `${low}–${high}`}
        {detail.prorated && (
          <>
            {' · '}
            <Trans>filled by the instrument’s own rule</Trans>
          </>
        )}
      </span>
    </span>
  );
}

/** Where the bands are from; one line for a scale, however many scores it has. */
function Sources({ scores }: { scores: readonly Score[] }) {
  const sources = new Set(
    scores.flatMap((score) => {
      const band = score.detail?.band;
      return band ? [`${band.source} (${band.sourceDate})`] : [];
    }),
  );
  if (sources.size === 0) return null;
  return (
    <p className={style.source}>
      <Trans>Bands: {[...sources].join('; ')}</Trans>
    </p>
  );
}

function Before({ code, earlier }: { code: string; earlier: readonly Result[] }) {
  const words = useTimeWords();
  const values = earlier.flatMap((result) => {
    const value = result.scores.find((score) => score.code === code)?.detail?.value;
    return value === null || value === undefined
      ? []
      : [`${value} (${words.shortDay(result.onDay)})`];
  });
  if (values.length === 0) return null;
  return (
    <span className="soft small figure">
      <Trans>before: {values.slice(0, 4).join(', ')}</Trans>
    </span>
  );
}

function Scale({ latest, earlier }: { latest: Result; earlier: readonly Result[] }) {
  const words = useTimeWords();
  // A drug that was never used is not worth a line.
  const scores = latest.scores.filter(
    (score) => latest.instrument !== 'taps' || (score.detail?.value ?? 0) > 0,
  );
  return (
    <section className={style.scale} aria-label={latest.title}>
      <div className="row apart">
        <h3>{latest.title}</h3>
        <span className="soft small">
          {words.shortDay(latest.onDay)} ·{' '}
          {latest.enteredBy === 'client' ? <Trans>by the client</Trans> : <Trans>with staff</Trans>}
        </span>
      </div>
      {scores.length > 0 && (
        <dl className={style.scores}>
          {scores.map((score) => (
            <div key={score.code} className={style.score}>
              <dt>{score.label}</dt>
              <dd className="figure">
                {score.detail?.value ?? '–'}
                {score.detail && <span className="soft"> / {score.detail.greatest}</span>}
              </dd>
              <dd>
                <Band score={score} /> <Before code={score.code} earlier={earlier} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Sources scores={scores} />
      <details>
        <summary className="soft small">
          <Trans>Answers and source</Trans>
        </summary>
        <ol className={style.answers}>
          {latest.answers.map((answer) => (
            <li key={answer.linkId}>
              <span className="soft">{answer.question}</span> <strong>{answer.answer}</strong>
            </li>
          ))}
        </ol>
        {latest.pinned && (
          <p className="soft small">
            {latest.pinned.attribution} {latest.pinned.sourceDocument} ·{' '}
            <Trans>
              version {latest.pinned.instrumentVersion}, scorer {latest.pinned.scorerVersion},
              answered in {latest.pinned.language}
            </Trans>
          </p>
        )}
      </details>
    </section>
  );
}

/** The latest of each scale with band and source, and what it was before; for the client's page. */
export function ClientScores({ clientId }: { clientId: string }) {
  const { t } = useLingui();
  const { data, error, isPending, refetch } = useOperation(assessmentResults, { clientId });
  const byInstrument = Map.groupBy(data?.results ?? [], (result) => result.instrument);
  return (
    <Section
      title={<Trans>Assessment</Trans>}
      actions={
        <LinkButton size="small" to={`/work/clients/${clientId}/intake`}>
          {byInstrument.size > 0 ? <Trans>Ask a part</Trans> : <Trans>Begin the intake</Trans>}
        </LinkButton>
      }
    >
      {isPending && <Skeleton lines={4} />}
      {!data && <Trouble error={error} onRetry={() => void refetch()} />}
      {data && byInstrument.size === 0 && (
        <p className="soft">
          {t`Nothing was answered yet. The client can do it on the phone, or both of you together in session 1.`}
        </p>
      )}
      {[...byInstrument.values()].map(([latest, ...earlier]) =>
        latest ? <Scale key={latest.instrument} latest={latest} earlier={earlier} /> : null,
      )}
    </Section>
  );
}
