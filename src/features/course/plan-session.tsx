import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { say } from '../../content/words.ts';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { askedAlone, planSession } from '../sessions/contract.ts';
import { type Course, readCourse } from './contract.ts';
import style from './course.module.css';
import { emergencyTopic } from './rules.ts';

type Kind = 'individual' | 'conjoint' | 'emergency';

/** The question that is asked alone before the partner is invited, and its answer. */
function AskAlone({ course, topicId }: { course: Course; topicId: string }) {
  const { t } = useLingui();
  const language = useLanguage();
  const [answer, setAnswer] = useState<'safe' | 'notSafe' | 'unsure' | 'declined'>();
  const [note, setNote] = useState('');
  const record = useCommand(askedAlone, { refreshes: [readCourse] });
  const gate =
    course.topics.find((topic) => topic.id === topicId)?.gate ??
    course.topics.find((topic) => topic.gate)?.gate;
  const said = course.conjointScreen;
  return (
    <div className={style.gate}>
      <p>
        <strong>
          <Trans>Ask the client alone, before anybody is invited.</Trans>
        </strong>
      </p>
      {gate && <p className="reading">{say(gate.ask, language)}</p>}
      {said !== null && said !== 'safe' && (
        <p className={style.caution}>
          {gate ? say(gate.ifYes, language) : null}{' '}
          <Trans>No session with the partner can be planned on this answer.</Trans>
        </p>
      )}
      <ChoiceGroup
        legend={t`What the client said, alone`}
        columns
        value={answer}
        onChange={setAnswer}
        options={[
          { value: 'safe', label: t`It is safe` },
          { value: 'unsure', label: t`Not sure` },
          { value: 'notSafe', label: t`It is not safe` },
          { value: 'declined', label: t`Would rather not say` },
        ]}
      />
      <TextField
        label={t`A word on it, if needed`}
        maxLength={2000}
        value={note}
        onChange={setNote}
      />
      <div>
        <Button
          disabled={!answer}
          busy={record.isPending}
          onClick={() =>
            answer && record.mutate({ id: uuidv7(), courseId: course.id, answer, note })
          }
        >
          <Trans>I asked alone: keep this answer</Trans>
        </Button>
      </div>
    </div>
  );
}

/** How many sessions of a kind the guide still has room for; a line, no warning. */
function Room({ course, kind }: { course: Course; kind: 'conjoint' | 'emergency' }) {
  const most = course.most[kind];
  const held = course.sessions.filter((session) => session.kind === kind).length;
  return (
    <p className="soft small">
      {held < most ? (
        <Trans>
          {held} of {most} such sessions so far.
        </Trans>
      ) : kind === 'conjoint' ? (
        <Trans>
          The guide plans {most} sessions with the partner at most. What is left is worth having
          elsewhere: put it in the plan.
        </Trans>
      ) : (
        <Trans>
          The guide plans {most} emergency sessions at most. Take what happened up in the next
          session, or see together whether more care is needed.
        </Trans>
      )}
    </p>
  );
}

/** Plans the next session: what, with whom, when. */
export function PlanSession({ course }: { course: Course }) {
  const { t } = useLingui();
  const language = useLanguage();
  const navigate = useNavigate();
  const [kind, setKind] = useState<Kind>('individual');
  const [topic, setTopic] = useState<string>();
  const [day, setDay] = useState('');
  const [time, setTime] = useState('');
  const plan = useCommand(planSession, { refreshes: [readCourse] });
  const fits = course.topics.filter((each) => kind === 'conjoint' || each.kind !== 'conjoint');
  const suggested = fits.find((each) => each.id === course.suggestedTopicId)?.id;
  const chosen = kind === 'emergency' ? emergencyTopic : (topic ?? suggested ?? fits[0]?.id ?? '');
  const gated = kind === 'conjoint' && course.conjointScreen !== 'safe';
  const submit = async (open: boolean) => {
    const plannedAt = day ? new Date(`${day}T${time || '09:00'}`).toISOString() : null;
    const id = uuidv7();
    await plan.mutateAsync({ id, courseId: course.id, kind, topicId: chosen, plannedAt });
    setTopic(undefined);
    setDay('');
    if (open)
      void navigate({ to: '/work/sessions/$session' as never, params: { session: id } as never });
  };
  return (
    <Section title={<Trans>Next session</Trans>}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!gated) void submit(false).catch(() => undefined);
        }}
      >
        <div className={style.fields}>
          <Select
            label={t`With whom`}
            value={kind}
            onChange={(next) => {
              setKind(next);
              setTopic(undefined);
            }}
            options={[
              { value: 'individual', label: t`The client` },
              { value: 'conjoint', label: t`The client and a partner` },
              { value: 'emergency', label: t`Emergency, the client` },
            ]}
          />
          {kind !== 'emergency' && (
            <Select
              label={t`Topic`}
              value={chosen}
              onChange={setTopic}
              options={fits.map((each) => ({
                value: each.id,
                label:
                  each.id === suggested
                    ? t`${say(each.title, language)} (next in order)`
                    : say(each.title, language),
              }))}
            />
          )}
          <DayField label={t`Day`} value={day} onChange={setDay} />
          <TextField label={t`Time`} type="time" value={time} onChange={setTime} />
        </div>
        {kind !== 'individual' && <Room course={course} kind={kind} />}
        {kind === 'conjoint' && gated && <AskAlone course={course} topicId={chosen} />}
        {plan.error && (
          <p role="alert">
            {sentenceFor(plan.error, {
              askAloneFirst: <Trans>Ask the client alone first.</Trans>,
              notSafeTogether: (
                <Trans>On that answer no session with the partner is planned.</Trans>
              ),
              courseEnded: <Trans>This course has ended.</Trans>,
              unknownTopic: <Trans>The guide has no such topic.</Trans>,
              conjointTopic: <Trans>That topic needs the partner in the room.</Trans>,
              noMoreTogether: (
                <Trans>The guide has room for no further session with the partner.</Trans>
              ),
              noMoreEmergencies: (
                <Trans>The guide has room for no further emergency session.</Trans>
              ),
            })}
          </p>
        )}
        {!gated && (
          <div className="row">
            <Button type="submit" busy={plan.isPending}>
              <Trans>Plan the session</Trans>
            </Button>
            <Button look="primary" onClick={() => void submit(true).catch(() => undefined)}>
              <Trans>Plan and open now</Trans>
            </Button>
          </div>
        )}
      </form>
    </Section>
  );
}
