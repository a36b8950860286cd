import { Trans } from '@lingui/react/macro';
import { Card } from '../../ui/card.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useEntries, useKept } from '../../ui/use-kept.ts';
import { myTasks } from '../tasks/contract.ts';
import { openTasksFirst } from '../tasks/rules.ts';

/** The one task that is nearest; nothing where there is none. */
export function TaskCard() {
  const { data } = useKept(myTasks, {}, 'tasks');
  const told = useEntries<{ taskId: string; outcome: string }>('task');
  const settled = new Set(
    told.filter(({ fields }) => fields.outcome !== 'notYet').map(({ fields }) => fields.taskId),
  );
  const { open } = openTasksFirst(data?.tasks ?? []);
  const task = open.find(({ id }) => !settled.has(id));
  if (!task) return null;
  return (
    <Card
      eyebrow={<Trans>Agreed for this week</Trans>}
      title={task.text}
      foot={
        <LinkButton to="/me/practice">
          <Trans>How did it go?</Trans>
        </LinkButton>
      }
    />
  );
}
