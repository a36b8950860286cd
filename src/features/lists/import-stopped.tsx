import { Trans } from '@lingui/react/macro';
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

type Props = { facts: Got<typeof importProgress>; onDone: () => void };

/** An import that stopped: why, that nothing changed, and how it can go on. */
export function ImportStopped({ facts, onDone }: Props) {
  const reason = useReasonWords();
  const [answers, setAnswers] = useState({ fellowship: '', timeZone: '' });
  const { data: lists } = useOperation(myLists, {});
  const then = { refreshes: [imports], onDone };
  const staging = useCommand(stageImport, then);
  const letting = useCommand(discardImport, then);
  const { importId, trouble } = facts;
  const needs = trouble?.code.startsWith('needs-') ?? facts.state === 'handed';
  const { fellowship, timeZone } = answers;
  return (
    <Card
      tone="now"
      eyebrow={<Trans>The list is as it was</Trans>}
      title={trouble ? reason(trouble) : <Trans>It has not been read yet.</Trans>}
      foot={
        <>
          <Button
            look="primary"
            busy={staging.isPending}
            onClick={() =>
              staging.mutate({
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
      {(staging.error || letting.error) && <ImportTrouble error={staging.error ?? letting.error} />}
    </Card>
  );
}
