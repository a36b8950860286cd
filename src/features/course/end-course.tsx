import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { endCourse, readCourse } from './contract.ts';

/** Ends a course, after asking once. */
export function EndCourse({ courseId }: { courseId: string }) {
  const [isAsking, setAsking] = useState(false);
  const end = useCommand(endCourse, { refreshes: [readCourse], onDone: () => setAsking(false) });
  return (
    <>
      <Button look="plain" onClick={() => setAsking(true)}>
        <Trans>End this course</Trans>
      </Button>
      <Dialog
        title={<Trans>End this course?</Trans>}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        actions={
          <Button look="primary" busy={end.isPending} onClick={() => end.mutate({ courseId })}>
            <Trans>End this course</Trans>
          </Button>
        }
      >
        <p>
          <Trans>
            Its sessions, notes and tasks stay. No further session can be planned in it; another
            course can be started.
          </Trans>
        </p>
        {end.error && <p role="alert">{sentenceFor(end.error)}</p>}
      </Dialog>
    </>
  );
}
