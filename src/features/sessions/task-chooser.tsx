import { Trans, useLingui } from '@lingui/react/macro';
import { Check, Plus } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { addDays } from '../../kit/day.ts';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { agreeTask } from '../tasks/contract.ts';
import { soundsLikeAbstinence } from '../tasks/rules.ts';
import { type AgreedTask, openSession, type TopicTask } from './contract.ts';
import style from './task-chooser.module.css';

type Props = {
  sessionId: string;
  clientId: string;
  today: string;
  tasks: readonly TopicTask[];
  agreed: readonly AgreedTask[];
  medicalFirst: boolean;
  freeField: RefObject<HTMLInputElement | null>;
};

/** Tasks from the topic's list, or in free words. */
export function TaskChooser(props: Props) {
  const { sessionId, clientId, today, tasks, agreed, medicalFirst, freeField } = props;
  const { t } = useLingui();
  const language = useLanguage();
  const agree = useCommand(agreeTask, { refreshes: [openSession] });
  const [text, setText] = useState('');
  const [dueOn, setDueOn] = useState(addDays(today, 7));
  const asks = soundsLikeAbstinence(text);
  const blocked = medicalFirst && asks;
  const input = (more: object) => ({
    id: uuidv7(),
    clientId,
    sessionId,
    topicTaskId: null,
    kind: 'other' as const,
    dueOn: null,
    asksAbstinence: false,
    text: '',
    ...more,
  });
  const addFree = () => {
    if (text.trim() === '' || blocked) return;
    agree.mutate(input({ text, dueOn: dueOn || null, asksAbstinence: asks }), {
      onSuccess: () => setText(''),
    });
  };
  return (
    <section className={style.chooser} aria-label={t`Recovery tasks`}>
      <h3>
        <Trans>Recovery tasks</Trans>
      </h3>
      {medicalFirst && (
        <p className={style.first}>
          <Trans>
            A safety answer is open. Medical contact comes first: until a clinician has cleared it,
            no task may ask for stopping.
          </Trans>
        </p>
      )}
      <ul className={style.list}>
        {tasks.map((task) => {
          const isAgreed = agreed.some((each) => each.here && each.topicTaskId === task.id);
          const waits = task.asksAbstinence && medicalFirst;
          return (
            <li key={task.id}>
              <span className={waits ? 'faint' : undefined}>{task.text[language]}</span>
              {isAgreed ? (
                <span className={style.agreed}>
                  <Check size={16} aria-hidden="true" />
                  <Trans>Agreed</Trans>
                </span>
              ) : waits ? (
                <span className="faint small">
                  <Trans>Medical contact first</Trans>
                </span>
              ) : (
                <Button
                  size="small"
                  onClick={() =>
                    agree.mutate(
                      input({
                        topicTaskId: task.id,
                        kind: task.kind,
                        text: task.text[language],
                        dueOn: addDays(today, task.dueDays),
                        asksAbstinence: task.asksAbstinence,
                      }),
                    )
                  }
                >
                  <Trans>Agree</Trans>
                  <span className="only-read-aloud">: {task.text[language]}</span>
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <form
        className={style.free}
        onSubmit={(event) => {
          event.preventDefault();
          addFree();
        }}
      >
        <TextField
          ref={freeField}
          label={t`In their own words`}
          maxLength={500}
          value={text}
          onChange={setText}
          error={blocked ? t`This asks for stopping. Medical contact comes first.` : undefined}
        />
        <DayField label={t`By`} value={dueOn} min={today} onChange={setDueOn} />
        <Button type="submit" icon={<Plus size={18} aria-hidden="true" />} busy={agree.isPending}>
          <Trans>Agree this</Trans>
        </Button>
      </form>
      {agree.error && (
        <p role="alert">
          {sentenceFor(agree.error, {
            medicalFirst: (
              <Trans>A safety answer is open: medical contact comes before this task.</Trans>
            ),
            signed: <Trans>The note is signed; tasks now belong to the next session.</Trans>,
          })}
        </p>
      )}
    </section>
  );
}
