import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { useCommands } from '../../ui/commands.ts';
import { type Got, useCommand } from '../../ui/operations.ts';
import { Switch } from '../../ui/switch.tsx';
import { applyStaged, discardImport, type importProgress, imports } from './import-contract.ts';
import { isAboutGone } from './import-words.rules.ts';
import { useReasonWords } from './import-words.tsx';
import { ImportTrouble } from './refusal-sentences.tsx';
import { listSources } from './source-contract.ts';

type Props = {
  facts: Got<typeof importProgress>;
  leftOut: ReadonlySet<string>;
  onDone: () => void;
};

/** Why what is gone is left as it is unless one says otherwise. */
function Unnamed({ count }: { count: number }) {
  return (
    <Plural
      value={count}
      one="# row without an id could not be read; one of these meetings may be it."
      other="# rows without an id could not be read; these meetings may be among them."
    />
  );
}

/** The decision on a staged import: why it asks, what becomes of what is gone, apply or let go. */
export function ImportApply({ facts, leftOut, onDone }: Props) {
  const { t } = useLingui();
  const reason = useReasonWords();
  const [hasLooked, setHasLooked] = useState(false);
  const [gone, setGone] = useState<'unpublish' | 'keep'>(facts.unnamed > 0 ? 'keep' : 'unpublish');
  const [dropKept, setDropKept] = useState(false);
  const then = { refreshes: [imports, listSources], onDone };
  const applying = useCommand(applyStaged, then);
  const letting = useCommand(discardImport, then);
  const { importId, held } = facts;
  // What is to be agreed to is answered where what is gone is left as it is.
  const asks = held !== null && !(isAboutGone(held.code) && gone === 'keep');
  const isReady = !asks || hasLooked;
  const all = facts.added + facts.changed + facts.back + facts.gone;
  const count = all - leftOut.size - (gone === 'keep' ? facts.gone : 0);
  const apply = () => {
    if (!isReady || applying.isPending) return;
    applying.mutate({
      importId,
      ...(held && hasLooked && { agreed: held.code }),
      ...(facts.gone > 0 && { gone }),
      ...(dropKept && { dropKept }),
      ...(leftOut.size > 0 && { leaveOut: [...leftOut].slice(0, 1000) }),
    });
  };
  useCommands([{ id: 'import.apply', label: t`Apply this import`, run: apply }]);
  return (
    <Card
      tone={held ? 'now' : 'plain'}
      eyebrow={held ? <Trans>A person is asked</Trans> : <Trans>Nothing has changed yet</Trans>}
      title={held ? reason(held) : <Trans>Look at the changes, then apply them.</Trans>}
      foot={
        <>
          <Button look="primary" busy={applying.isPending} disabled={!isReady} onClick={apply}>
            {all === 0 ? (
              <Trans>Take note: nothing changes</Trans>
            ) : (
              <Plural value={count} one="Apply # change" other="Apply # changes" />
            )}
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
      {facts.gone > 0 && (
        <ChoiceGroup
          legend={
            <Plural
              value={facts.gone}
              one="# meeting is no longer named by the source"
              other="# meetings are no longer named by the source"
            />
          }
          columns
          value={gone}
          onChange={setGone}
          options={[
            {
              value: 'unpublish',
              label: t`Take them out of the directory`,
              detail: t`They are kept, and come back if the source names them again.`,
            },
            {
              value: 'keep',
              label: t`Leave them as they are`,
              ...(facts.unnamed > 0 && { detail: <Unnamed count={facts.unnamed} /> }),
            },
          ]}
        />
      )}
      {facts.kept > 0 && (
        <Switch
          label={t`Also drop addresses and telephones that the source no longer gives`}
          detail={t`Off: they stay until a person agrees. See “Kept” below.`}
          isOn={dropKept}
          onChange={setDropKept}
        />
      )}
      {asks && (
        <Switch
          label={t`I have looked, and it is right`}
          isOn={hasLooked}
          onChange={setHasLooked}
        />
      )}
      {(applying.error || letting.error) && (
        <ImportTrouble error={applying.error ?? letting.error} />
      )}
    </Card>
  );
}
