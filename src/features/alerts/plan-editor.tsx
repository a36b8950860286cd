import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import { useState } from 'react';
import safetyPlan from '../../content/safety-plan.json' with { type: 'json' };
import { say as sayWords } from '../../content/words.ts';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { type Got, RefusalError, useCommand, useOperation } from '../../ui/operations.ts';
import { sentenceFor, Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { readSafetyPlan, saveSafetyPlan } from './contract.ts';
import style from './plan.module.css';
import { PlanSections } from './plan-sections.tsx';

type Version = NonNullable<Got<typeof readSafetyPlan>['plan']>;

/** The safety plan of a client, for staff: write it together, every version stays. */
export function SafetyPlanEditor() {
  const { client: clientId = '' } = useParams({ strict: false }) as { client?: string };
  const { data, error, isPending, refetch } = useOperation(readSafetyPlan, { clientId });
  if (isPending) return <Skeleton lines={10} />;
  if (!data) return <Trouble error={error} onRetry={() => void refetch()} />;
  return <Editor clientId={clientId} plan={data.plan} earlier={data.earlier} />;
}

function textsOf(plan: Version | null): Record<string, string> {
  return Object.fromEntries(
    safetyPlan.sections.map(({ id }) => [id, plan?.content[id]?.join('\n') ?? '']),
  );
}

function Editor(props: { clientId: string; plan: Version | null; earlier: Version[] }) {
  const { clientId, plan, earlier } = props;
  const { t } = useLingui();
  const language = useLanguage();
  const times = useTimeWords();
  // What the writing began from. A version that somebody else saves meanwhile never replaces it.
  const [base, setBase] = useState(plan);
  const [texts, setTexts] = useState(() => textsOf(plan));
  const save = useCommand(saveSafetyPlan, {
    refreshes: [readSafetyPlan],
    onDone: (saved) => {
      setBase(saved);
      setTexts(textsOf(saved));
    },
  });
  const was = textsOf(base);
  const isChanged = safetyPlan.sections.some(({ id }) => texts[id] !== was[id]);
  const theirs = plan && plan.version > (base?.version ?? 0) ? plan : null;
  if (theirs && !isChanged) {
    setBase(theirs);
    setTexts(textsOf(theirs));
  }
  const refusedVersion =
    save.error instanceof RefusalError && save.error.code === 'changedMeanwhile'
      ? (save.error.details as { version?: number }).version
      : undefined;
  const shown = theirs ? [theirs, ...earlier] : earlier;
  return (
    <div className={`stack loose ${style.page}`}>
      <div className="stack tight">
        <div className="row apart">
          <h1>
            <Trans>Safety plan</Trans>
          </h1>
          <LinkButton to={`/work/clients/${clientId}`} look="plain">
            <Trans>Back to the client</Trans>
          </LinkButton>
        </div>
        <p className="reading not-printed">{sayWords(safetyPlan.staff.askDirectly, language)}</p>
        <p className="soft not-printed">
          <Trans>One line each. The client reads this plan and carries it on the phone.</Trans>
        </p>
        {base && (
          <p className="soft small">
            <Trans>
              Version {base.version}, {base.madeBy}, {times.moment(base.madeAt)}
            </Trans>
          </p>
        )}
      </div>
      <div className="stack loose not-printed">
        {safetyPlan.sections.map((section) => (
          <TextArea
            key={section.id}
            reading
            label={sayWords(section.title, language)}
            hint={
              <>
                {sayWords(section.ask, language)} <em>{sayWords(section.therapist, language)}</em>
              </>
            }
            placeholder={sayWords(section.example, language)}
            value={texts[section.id] ?? ''}
            onChange={(text) => setTexts({ ...texts, [section.id]: text })}
          />
        ))}
      </div>
      {base && (
        <div className={style.paper}>
          <PlanSections content={base.content} label={sayWords(safetyPlan.title, language)} />
        </div>
      )}
      {save.error && (
        <p role="alert">
          {sentenceFor(save.error, {
            changedMeanwhile: (
              <Trans>
                Somebody saved another version while you were writing. Your text is still here: open
                theirs beside it, then save yours as the next version.
              </Trans>
            ),
            planEmpty: <Trans>Write at least one line.</Trans>,
          })}
        </p>
      )}
      <div className="row not-printed">
        <Button
          look="primary"
          busy={save.isPending}
          disabled={!isChanged}
          onClick={() =>
            save.mutate({
              id: uuidv7(),
              clientId,
              baseVersion: refusedVersion ?? base?.version ?? 0,
              content: Object.fromEntries(
                Object.entries(texts).map(([id, text]) => [id, text.split('\n')]),
              ),
            })
          }
        >
          {refusedVersion !== undefined ? (
            <Trans>Save mine as the next version</Trans>
          ) : (
            <Trans>Save this plan</Trans>
          )}
        </Button>
        <Button icon={<Printer size={18} aria-hidden="true" />} onClick={() => print()}>
          <Trans>Print</Trans>
        </Button>
        {!isChanged && base && (
          <span className="soft small" role="status">
            <Trans>Everything is saved.</Trans>
          </span>
        )}
      </div>
      {shown.map((version) => (
        <details key={version.version} className="not-printed">
          <summary className="soft">
            <Trans>
              Version {version.version}, {version.madeBy}, {times.moment(version.madeAt)}
            </Trans>
          </summary>
          <PlanSections content={version.content} label={t`Version ${version.version}`} />
        </details>
      ))}
    </div>
  );
}
