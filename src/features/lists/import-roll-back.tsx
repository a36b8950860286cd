import { Plural, Trans } from '@lingui/react/macro';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { type Got, RefusalError, useCommand } from '../../ui/operations.ts';
import { type importProgress, imports, rollBackImport } from './import-contract.ts';
import { ImportTrouble } from './refusal-sentences.tsx';
import { listSources } from './source-contract.ts';

type Props = { facts: Got<typeof importProgress>; onDone: () => void };

/** Takes an applied import back as one action; says first what was touched since. */
export function ImportRollBack({ facts, onDone }: Props) {
  const [isOpen, setOpen] = useState(false);
  const taking = useCommand(rollBackImport, {
    refreshes: [imports, listSources],
    onDone: () => {
      setOpen(false);
      onDone();
    },
  });
  const { importId } = facts;
  const all = facts.added + facts.changed + facts.back + facts.gone;
  if (all === 0) return null;
  const { error } = taking;
  const isTouched = error instanceof RefusalError && error.code === 'touchedSince';
  const touched = isTouched ? Number((error.details as { touched?: number })?.touched ?? 0) : 0;
  return (
    <>
      <Button icon={<Undo2 size={18} aria-hidden="true" />} onClick={() => setOpen(true)}>
        <Trans>Take this import back</Trans>
      </Button>
      <Dialog
        title={<Trans>Take this import back?</Trans>}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>
              <Trans>Leave it as it is</Trans>
            </Button>
            <Button
              look="primary"
              busy={taking.isPending}
              onClick={() => taking.mutate({ importId, ...(isTouched && { leaveTouched: true }) })}
            >
              {isTouched ? <Trans>Take back the others</Trans> : <Trans>Take it back</Trans>}
            </Button>
          </>
        }
      >
        <p>
          <Plural
            value={all}
            one="# listing will stand as it stood before, also what was taken out."
            other="# listings will stand as they stood before, also what was taken out."
          />
        </p>
        {isTouched ? (
          <p role="alert">
            <Plural
              value={touched}
              one="# of them was changed again since. It can be left as it is now, and the others taken back."
              other="# of them were changed again since. They can be left as they are now, and the others taken back."
            />
          </p>
        ) : (
          error && <ImportTrouble error={error} />
        )}
      </Dialog>
    </>
  );
}
