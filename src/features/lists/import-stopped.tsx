import { Trans } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { type Got, useCommand, useOperation } from '../../ui/operations.ts';
import { myLists } from './contract.ts';
import { ImportAnswers } from './import-answers.tsx';
import { discardImport, type importProgress, imports, stageImport } from './import-contract.ts';
import style from './import-list.module.css';
import { useReasonWords } from './import-words.tsx';
import { ImportTrouble } from './refusal-sentences.tsx';
import { listSources, refreshNow } from './source-contract.ts';

type Props = { facts: Got<typeof importProgress>; onDone: () => void };

/** The other side was not reached: there is nothing to read again, it has to be asked again. */
const ofFetching: readonly string[] = [
  'address-private',
  'address-not-found',
  'too-many-redirects',
  'took-too-long',
  'answered-with-error',
  'not-reachable',
];

/** An import that stopped: why, that nothing changed, and how it can go on. */
export function ImportStopped({ facts, onDone }: Props) {
  const reason = useReasonWords();
  const [answers, setAnswers] = useState({ fellowship: '', timeZone: '' });
  const { data: lists } = useOperation(myLists, {});
  const then = { refreshes: [imports], onDone };
  const staging = useCommand(stageImport, then);
  const letting = useCommand(discardImport, then);
  const navigate = useNavigate();
  const asking = useCommand(refreshNow, {
    refreshes: [imports, listSources],
    onDone: ({ importId: next }) => void navigate({ to: `/work/meetings/imports/${next}` }),
  });
  const { importId, trouble } = facts;
  const needs = trouble?.code.startsWith('needs-') ?? facts.state === 'handed';
  const { fellowship, timeZone } = answers;
  const sourceId = trouble && ofFetching.includes(trouble.code) ? facts.sourceId : null;
  const error = staging.error ?? letting.error ?? asking.error;
  return (
    <Card
      tone="now"
      eyebrow={<Trans>The list is as it was</Trans>}
      title={trouble ? reason(trouble) : <Trans>It has not been read yet.</Trans>}
      foot={
        <>
          <Button
            look="primary"
            busy={staging.isPending || asking.isPending}
            onClick={() =>
              sourceId
                ? asking.mutate({ sourceId })
                : staging.mutate({
                    importId,
                    ...(fellowship && { fellowship }),
                    ...(timeZone && { timeZone }),
                  })
            }
          >
            {needs ? <Trans>Go on</Trans> : <Trans>Try again</Trans>}
          </Button>
          <Button
            look="plain"
            busy={letting.isPending}
            onClick={() => letting.mutate({ importId })}
          >
            <Trans>Let it go</Trans>
          </Button>
        </>
      }
    >
      {needs && lists && (
        <div className={`stack ${style.narrow}`}>
          <ImportAnswers fellowships={lists.fellowships} answers={answers} onChange={setAnswers} />
        </div>
      )}
      {error && <ImportTrouble error={error} />}
    </Card>
  );
}
