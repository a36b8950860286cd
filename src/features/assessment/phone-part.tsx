import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { isInstrumentId } from '../../content/instruments.ts';
import { descriptionOf, type Questionnaire, titleOf } from '../../content/questionnaire.ts';
import { dayInZone } from '../../kit/day.ts';
import { Button } from '../../ui/button.tsx';
import { useOutbox } from '../../ui/device.ts';
import type { Journal } from '../../ui/journal.ts';
import { useLanguage } from '../../ui/language.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Seal } from '../../ui/seal.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PrivateGate } from '../account/private-gate.part.tsx';
import {
  type Answers,
  answerableItems,
  answered,
  safetyTriggers,
  validateAnswers,
} from '../instruments/rules.ts';
import { DangerHelp } from './danger-help.tsx';
import { FaultWords } from './fault-words.tsx';
import { handIn, type PhoneDraft, usePhoneDraft } from './phone-draft.web.ts';
import style from './phone-part.module.css';
import { QuestionField } from './question-field.tsx';
import { useInstrument } from './use-instrument.web.ts';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const end = 'end';

type Props = {
  questionnaire: Questionnaire;
  draft: PhoneDraft;
  keep: (draft: PhoneDraft) => void;
  journal: Journal;
};

/** Answers to the questions that are still asked; what was answered on a path since left is not sent. */
function standing(questionnaire: Questionnaire, answers: Answers): Answers {
  const asked = answerableItems(questionnaire, answers);
  return Object.fromEntries(
    asked
      .filter(({ linkId }) => answered(answers, linkId))
      .map(({ linkId }) => [linkId, answers[linkId] ?? null]),
  );
}

function Asking({ questionnaire, draft, keep, journal }: Props) {
  const { t } = useLingui();
  const language = useLanguage();
  const questions = answerableItems(questionnaire, draft.answers, language);
  const found = questions.findIndex((question) => question.linkId === draft.at);
  const index = draft.at === end ? questions.length : found;
  const heading = useRef<HTMLDivElement>(null);
  // Each question is a screen of its own: reading begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question is what changes the screen
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }, [draft.at]);
  const go = (to: number) => keep({ ...draft, at: to < 0 ? null : (questions[to]?.linkId ?? end) });
  const question = questions[index];
  if (index === questions.length)
    return <HandIn {...{ questionnaire, draft, keep, journal }} onBack={() => go(index - 1)} />;
  if (!question)
    return (
      <div className={`stack loose ${style.screen}`}>
        <div className="stack">
          <h1>{titleOf(questionnaire, language)}</h1>
          <p className="reading">{descriptionOf(questionnaire, language)}</p>
          <p className="soft">
            <Trans>
              One question at a time. You can leave any out and stop at any point: what you have
              answered stays on this phone.
            </Trans>
          </p>
        </div>
        <Button look="primary" size="large" wide onClick={() => go(0)}>
          <Trans>Begin</Trans>
        </Button>
      </div>
    );
  const value = draft.answers[question.linkId];
  const dangers = safetyTriggers(questionnaire, draft.answers, language).filter(
    (trigger) => trigger.linkId === question.linkId,
  );
  const fault = validateAnswers(questionnaire, { [question.linkId]: value ?? null })[0];
  const number = index + 1;
  const count = questions.length;
  return (
    <form
      className={`stack loose ${style.screen}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!fault) go(index + 1);
      }}
    >
      <h1 className="only-read-aloud">{titleOf(questionnaire, language)}</h1>
      <Progress
        label={t`Questions`}
        value={number}
        max={count}
        words={
          <Trans>
            Question {number} of {count}
          </Trans>
        }
      />
      <div ref={heading} tabIndex={-1} className={style.question} key={question.linkId}>
        {question.lead && <p className="soft">{question.lead}</p>}
        <QuestionField
          alone
          question={question}
          value={value}
          today={dayInZone(Date.now(), zone)}
          onChange={(next) =>
            keep({ ...draft, answers: { ...draft.answers, [question.linkId]: next } })
          }
          error={fault && <FaultWords reason={fault.reason} />}
        />
      </div>
      {dangers.length > 0 && <DangerHelp triggers={dangers} />}
      <div className={style.foot}>
        <Button onClick={() => go(index - 1)}>
          <Trans>Back</Trans>
        </Button>
        <Button look="primary" type="submit" disabled={fault !== undefined}>
          {answered(draft.answers, question.linkId) ? (
            <Trans>Next</Trans>
          ) : (
            <Trans>Leave this out</Trans>
          )}
        </Button>
      </div>
    </form>
  );
}

/** Where the answers are now, as far as this phone knows. */
function Where() {
  const { waiting } = useOutbox();
  if (waiting > 0) return <Trans>Saved on this phone. It has not reached anyone yet.</Trans>;
  return <Trans>It has arrived. It is read later, not now.</Trans>;
}

function HandIn({ questionnaire, draft, journal, onBack }: Props & { onBack: () => void }) {
  const language = useLanguage();
  const navigate = useNavigate();
  const [isBusy, setBusy] = useState(false);
  const [isDone, setDone] = useState(false);
  const [failed, setFailed] = useState(false);
  const answers = standing(questionnaire, draft.answers);
  const dangers = safetyTriggers(questionnaire, answers, language);
  const onward = () => void navigate({ to: '/me/questions' as never });
  const send = async () => {
    setBusy(true);
    setFailed(false);
    try {
      if (!isInstrumentId(questionnaire.id)) return;
      await handIn(journal, questionnaire.id, questionnaire.version, language, {
        ...draft,
        answers,
      });
      if (dangers.length === 0) onward();
      setDone(true);
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={`stack loose ${style.screen}`}>
      {dangers.length > 0 && <DangerHelp triggers={dangers} />}
      <h1>{isDone ? <Where /> : <Trans>That was this part</Trans>}</h1>
      {!isDone && (
        <>
          <p className="reading">
            <Trans>
              Your answers go into your record at the programme, and your therapist reads them. A
              copy there cannot be called back.
            </Trans>
          </p>
          <Seal reader="therapist" />
        </>
      )}
      {failed && (
        <p role="alert">
          <Trans>This phone had no room to save it. Your answers are still here. Try again.</Trans>
        </p>
      )}
      <div className={style.foot}>
        {!isDone && (
          <Button onClick={onBack}>
            <Trans>Back</Trans>
          </Button>
        )}
        {isDone ? (
          <Button look="primary" onClick={onward}>
            <Trans>Go on</Trans>
          </Button>
        ) : (
          <Button look="primary" busy={isBusy} onClick={() => void send()}>
            <Trans>Hand this in</Trans>
          </Button>
        )}
      </div>
    </div>
  );
}

function Part({ id }: { id: Parameters<typeof usePhoneDraft>[0] }) {
  const { data: questionnaire } = useInstrument(id);
  const { journal, draft, keep } = usePhoneDraft(id);
  if (!questionnaire || !draft || !journal) return <Skeleton lines={6} />;
  return <Asking {...{ questionnaire, draft, keep, journal }} />;
}

/** One part of the intake on the phone, one question a screen; works without a network. */
export function PhonePart() {
  const { part = '' } = useParams({ strict: false }) as { part?: string };
  if (!isInstrumentId(part)) return null;
  return (
    <PrivateGate>
      <Part key={part} id={part} />
    </PrivateGate>
  );
}
