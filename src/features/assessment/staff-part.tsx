import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { InstrumentId } from '../../content/instruments.ts';
import {
  descriptionOf,
  type Language,
  periodOf,
  type Questionnaire,
  titleOf,
} from '../../content/questionnaire.ts';
import safetyPlan from '../../content/safety-plan.json' with { type: 'json' };
import { say } from '../../content/words.ts';
import { dayInZone } from '../../kit/day.ts';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { call, NoAnswerError, useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import {
  type Answers,
  answerableItems,
  answered,
  progress,
  safetyTriggers,
  type Trigger,
  validateAnswers,
} from '../instruments/rules.ts';
import {
  assessmentResults,
  assessmentStatus,
  completeAssessment,
  safetyFlags,
  saveDraft,
} from './contract.ts';
import { DangerHelp } from './danger-help.tsx';
import { FaultWords, faultsIn } from './fault-words.tsx';
import { QuestionField } from './question-field.tsx';
import style from './staff-part.module.css';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

type Draft = { id: string; answers: Answers } | null;
type Saving = 'saved' | 'writing' | 'failed';

/** Keeps what is typed: only what changed, one request at a time, again after a failure. */
function useSavedDraft(
  clientId: string,
  instrument: InstrumentId,
  questionnaire: Questionnaire,
  language: Language,
  draft: Draft,
) {
  const { version } = questionnaire;
  const [answers, setAnswers] = useState<Answers>(draft?.answers ?? {});
  const [saving, setSaving] = useState<Saving>('saved');
  const [error, setError] = useState<unknown>(null);
  const id = useRef(draft?.id ?? uuidv7());
  const changed = useRef<Answers>({});
  const running = useRef<Promise<void> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const again = useRef(() => {});

  const flush = useCallback(async (): Promise<void> => {
    await running.current;
    // What cannot stand waits on the screen; it must not hold back the answers that can.
    const impossible = new Set(
      validateAnswers(questionnaire, changed.current).map((fault) => fault.linkId),
    );
    const [held, sent] = [true, false].map(
      (isHeld): Answers =>
        Object.fromEntries(
          Object.entries(changed.current).filter(([linkId]) => impossible.has(linkId) === isHeld),
        ),
    ) as [Answers, Answers];
    if (Object.keys(sent).length === 0) return setSaving(impossible.size > 0 ? 'failed' : 'saved');
    changed.current = held;
    setSaving('writing');
    running.current = call(saveDraft, {
      id: id.current,
      clientId,
      instrument,
      version,
      language,
      answers: sent,
    })
      .then((kept) => {
        id.current = kept.id;
        setError(null);
        setSaving(impossible.size > 0 ? 'failed' : 'saved');
      })
      .catch((failed: unknown) => {
        changed.current = { ...sent, ...changed.current };
        setError(failed);
        setSaving('failed');
        // Without an answer nothing is known; the same answers again do no harm.
        if (failed instanceof NoAnswerError) again.current();
      });
    await running.current;
  }, [clientId, instrument, questionnaire, version, language]);

  again.current = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), 5000);
  };
  const answer = (linkId: string, value: Answers[string]) => {
    setAnswers((before) => ({ ...before, [linkId]: value }));
    changed.current[linkId] = value;
    setSaving('writing');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), 500);
  };
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      void flush();
    },
    [flush],
  );
  return { answers, answer, saving, error, flush, id };
}

/** Under the answer that calls for it: whom to call, and for suicide the prompt to ask directly. */
function Danger({ clientId, triggers }: { clientId: string; triggers: readonly Trigger[] }) {
  const language = useLanguage();
  if (triggers.length === 0) return null;
  return (
    <div className="stack tight">
      <DangerHelp triggers={triggers} />
      {triggers.some((trigger) => trigger.kind === 'suicide') && (
        <>
          <p className="reading">{say(safetyPlan.staff.askDirectly, language)}</p>
          <p className="soft">{say(safetyPlan.staff.then, language)}</p>
          <div>
            <LinkButton size="small" to={`/work/clients/${clientId}/safety-plan`}>
              <Trans>Make the safety plan</Trans>
            </LinkButton>
          </div>
        </>
      )}
    </div>
  );
}

type Props = {
  clientId: string;
  instrument: InstrumentId;
  questionnaire: Questionnaire;
  draft: Draft;
  onDone: () => void;
};

/** One part of the intake as a dense list, for session 1: everything saves as it is answered. */
export function StaffPart({ clientId, instrument, questionnaire, draft, onDone }: Props) {
  const { t } = useLingui();
  const language = useLanguage();
  const { version } = questionnaire;
  const kept = useSavedDraft(clientId, instrument, questionnaire, language, draft);
  const { answers } = kept;
  const questions = answerableItems(questionnaire, answers, language);
  const triggers = safetyTriggers(questionnaire, answers, language);
  const { answered: done, asked } = progress(questionnaire, answers);
  const complete = useCommand(completeAssessment, {
    refreshes: [assessmentStatus, assessmentResults, safetyFlags],
    onDone,
  });
  const faults = new Map([
    ...validateAnswers(questionnaire, answers).map(
      (fault) => [fault.linkId, fault.reason] as const,
    ),
    ...faultsIn(kept.error).map((fault) => [fault.linkId, fault.reason] as const),
    ...faultsIn(complete.error).map((fault) => [fault.linkId, fault.reason] as const),
  ]);
  const handIn = async () => {
    await kept.flush();
    const asked = questions.filter((question) => answered(answers, question.linkId));
    complete.mutate({
      id: kept.id.current,
      clientId,
      instrument,
      version,
      language,
      answers: Object.fromEntries(asked.map(({ linkId }) => [linkId, answers[linkId] ?? null])),
      onDay: dayInZone(Date.now(), zone),
      zone,
    });
  };
  const period = periodOf(questionnaire, language);
  return (
    <section className="stack" aria-label={titleOf(questionnaire, language)}>
      <div className="stack tight">
        <h2>{titleOf(questionnaire, language)}</h2>
        <p className="soft">{descriptionOf(questionnaire, language)}</p>
        {period && (
          <p className="soft small">
            <Trans>About: {period}</Trans>
          </p>
        )}
      </div>
      <ol className={style.questions}>
        {questions.map((question, index) => (
          <li key={question.linkId}>
            {question.lead && question.lead !== questions[index - 1]?.lead && (
              <p className={style.lead}>{question.lead}</p>
            )}
            <QuestionField
              question={question}
              value={answers[question.linkId]}
              onChange={(value) => kept.answer(question.linkId, value)}
              today={dayInZone(Date.now(), zone)}
              error={
                faults.has(question.linkId) && (
                  <FaultWords reason={faults.get(question.linkId) ?? ''} />
                )
              }
            />
            <Danger
              clientId={clientId}
              triggers={triggers.filter((trigger) => trigger.linkId === question.linkId)}
            />
          </li>
        ))}
      </ol>
      {Boolean(kept.error) && faults.size === 0 && <p role="alert">{sentenceFor(kept.error)}</p>}
      {complete.error && (
        <p role="alert">
          {sentenceFor(complete.error, {
            answerNotPossible: (
              <Trans>One answer cannot stand. It is marked above; the others are kept.</Trans>
            ),
            alreadyComplete: <Trans>This part was handed in already.</Trans>,
            unknownVersion: (
              <Trans>The form has a newer version. Load the page again; the draft is kept.</Trans>
            ),
          })}
        </p>
      )}
      <div className="row apart">
        <Button
          look="primary"
          busy={complete.isPending}
          disabled={faults.size > 0}
          onClick={() => void handIn()}
        >
          <Trans>Finish this part</Trans>
        </Button>
        <p className="soft small figure" role="status">
          {t`${done} of ${asked} answered`} ·{' '}
          {
            {
              saved: <Trans>Saved</Trans>,
              writing: <Trans>Saving…</Trans>,
              failed: <Trans>Not saved yet; it stays on this screen</Trans>,
            }[kept.saving]
          }
        </p>
      </div>
    </section>
  );
}
