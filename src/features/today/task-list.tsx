import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useJournal } from '../../ui/device.ts';
import { copyOf } from '../../ui/journal.ts';
import { PillGroup } from '../../ui/pill-group.tsx';
import { Section } from '../../ui/section.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { useEntries, useKept } from '../../ui/use-kept.ts';
import { useToday } from '../../ui/use-now.ts';
import { useReader } from '../private/reader.part.tsx';
import { SavedLine } from '../private/saved.part.tsx';
import { myTasks, reportTask, type Task, type TaskOutcome } from '../tasks/contract.ts';
import { openTasksFirst } from '../tasks/rules.ts';

interface Told {
  taskId: string;
  outcome: TaskOutcome;
  why: string;
}

/** Tasks agreed in sessions, each with how it went. */
export function TaskList() {
  const { data } = useKept(myTasks, {}, 'tasks');
  const told = useEntries<Told>('task');
  const { open, told: settled } = openTasksFirst(data?.tasks ?? []);
  const all = [...open, ...settled.slice(0, 3)];
  if (all.length === 0) return null;
  return (
    <Section title={<Trans>Agreed</Trans>}>
      <div className="stack">
        {all.map((task) => (
          <TaskItem
            key={task.id}
            task={task}
            own={told.findLast(({ fields }) => fields.taskId === task.id)?.fields ?? null}
          />
        ))}
      </div>
    </Section>
  );
}

function TaskItem({ task, own }: { task: Task; own: Told | null }) {
  const { t } = useLingui();
  const words = useTimeWords();
  const journal = useJournal();
  const today = useToday();
  const { share, seal } = useReader('tasks');
  const before = own?.outcome ?? task.report?.outcome;
  const [outcome, setOutcome] = useState<TaskOutcome | undefined>(before);
  const [why, setWhy] = useState(own?.why ?? '');
  const [obj, setObj] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const isChanged = outcome !== undefined && (outcome !== before || why !== (own?.why ?? ''));
  const save = async () => {
    if (!journal || !outcome) return;
    const fields: Told = { taskId: task.id, outcome, why: why.trim() };
    const copy = copyOf(reportTask, { id: uuidv7(), ...fields, ...journal.time(today) });
    try {
      const entry = await journal.save({
        kind: 'task',
        day: today,
        fields: { ...fields },
        copy: share ? copy : undefined,
      });
      setObj(entry.obj);
    } catch {
      setFailed(true);
    }
  };
  const due = task.dueOn && words.weekday(task.dueOn);
  return (
    <Card eyebrow={due && <Trans>by {due}</Trans>} title={task.text}>
      <PillGroup
        legend={t`How did it go?`}
        value={outcome}
        onChange={setOutcome}
        options={[
          { value: 'done', label: t({ message: 'Done', context: 'task' }) },
          { value: 'notYet', label: t`Not yet` },
          { value: 'notDone', label: t`Not this time` },
        ]}
      />
      {outcome && outcome !== 'done' && isChanged && (
        <TextArea
          sealed
          reading
          rows={2}
          maxLength={1000}
          label={t`What got in the way, if you like`}
          value={why}
          onChange={setWhy}
        />
      )}
      {failed && (
        <p role="alert">
          <Trans>This phone could not save it. Try again.</Trans>
        </p>
      )}
      <div className="row apart">
        {isChanged ? (
          <Button look="primary" onClick={() => void save()}>
            <Trans>Keep it</Trans>
          </Button>
        ) : (
          <SavedLine obj={obj} />
        )}
        {seal}
      </div>
    </Card>
  );
}
