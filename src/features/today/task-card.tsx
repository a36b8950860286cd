import { Trans } from '@lingui/react/macro';
import { useEntries, useKept } from '../../ui/use-kept.ts';
import { IntakeCard } from '../assessment/intake-card.part.tsx';
import { myTasks } from '../tasks/contract.ts';
import { openTasksFirst } from '../tasks/rules.ts';
import { LineCard } from './line-card.tsx';

/** The one task that is nearest; without one, the questions of the intake while they are open. */
export function TaskCard() {
  const { data } = useKept(myTasks, {}, 'tasks');
  const told = useEntries<{ taskId: string; outcome: string }>('task');
  const settled = new Set(
    told.filter(({ fields }) => fields.outcome !== 'notYet').map(({ fields }) => fields.taskId),
  );
  const { open } = openTasksFirst(data?.tasks ?? []);
  const task = open.find(({ id }) => !settled.has(id));
  if (!task) return <IntakeCard />;
  return (
    <LineCard
      eyebrow={<Trans>Agreed for this week</Trans>}
      title={task.text}
      to="/me/practice"
      action={<Trans>Tell</Trans>}
    />
  );
}
