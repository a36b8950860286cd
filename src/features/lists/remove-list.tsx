import { Trans } from '@lingui/react/macro';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { type Got, useCommand } from '../../ui/operations.ts';
import { useTimeWords } from '../../ui/time-words.ts';
import { myLists } from './contract.ts';
import { listsCaredFor } from './listing-contract.ts';
import { ImportTrouble } from './refusal-sentences.tsx';
import { removeList, restoreList } from './removal-contract.ts';

const refreshes = [myLists, listsCaredFor];

/** Puts an empty list away, once that was asked. */
export function RemoveList({ id: listId, name }: { id: string; name: string }) {
  const [isOpen, setOpen] = useState(false);
  const removing = useCommand(removeList, { refreshes });
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        <Trans>Put away</Trans>
      </Button>
      <Dialog
        title={<Trans>Put {name} away?</Trans>}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>
              <Trans>Leave it as it is</Trans>
            </Button>
            <Button
              look="primary"
              busy={removing.isPending}
              onClick={() => removing.mutate({ listId })}
            >
              <Trans>Put away</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>
            It holds no meeting and no source. You can take it out again from this page.
          </Trans>
        </p>
        {removing.error && <ImportTrouble error={removing.error} />}
      </Dialog>
    </>
  );
}

type RemovedLists = Got<typeof myLists>['bodies'][number]['removed'];

/** Lists that were put away, in one quiet line each. */
export function ListsPutAway({ removed }: { removed: RemovedLists }) {
  const { moment } = useTimeWords();
  const restoring = useCommand(restoreList, { refreshes });
  if (removed.length === 0) return null;
  return (
    <details>
      <summary className="soft small">
        <Trans>Lists put away</Trans>
      </summary>
      <ul className="stack tight">
        {removed.map(({ id: listId, name, removedAt }) => (
          <li key={listId} className="row apart">
            <span>
              {name} <span className="soft small">· {moment(removedAt)}</span>
            </span>
            <Button
              size="small"
              busy={restoring.isPending && restoring.variables?.listId === listId}
              icon={<Undo2 size={16} aria-hidden="true" />}
              onClick={() => restoring.mutate({ listId })}
            >
              <Trans>Take out again</Trans>
            </Button>
          </li>
        ))}
      </ul>
      {restoring.error && <ImportTrouble error={restoring.error} />}
    </details>
  );
}
