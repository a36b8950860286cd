import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { type Got, useCommand } from '../../ui/operations.ts';
import { Row, RowList } from '../../ui/row-list.tsx';
import { Section } from '../../ui/section.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { myLists } from './contract.ts';
import { imports } from './import-contract.ts';
import { listsCaredFor } from './listing-contract.ts';
import { ImportTrouble } from './refusal-sentences.tsx';
import { removeSource, restoreSource } from './removal-contract.ts';
import { listSources } from './source-contract.ts';
import type { Source } from './source-form.tsx';

const refreshes = [listSources, myLists, imports, listsCaredFor];

/** Asks what becomes of the listings of a source, and removes it. */
export function RemoveSource({ source, onClose }: { source: Source; onClose: () => void }) {
  const { t } = useLingui();
  const [listings, setListings] = useState<'keep' | 'out'>('keep');
  const removing = useCommand(removeSource, { refreshes, onDone: onClose });
  const { id: sourceId, listId, meetings, name, listName } = source;
  return (
    <Dialog
      title={<Trans>Remove the source {name}?</Trans>}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>
            <Trans>Leave it as it is</Trans>
          </Button>
          <Button
            look="primary"
            busy={removing.isPending}
            onClick={() => removing.mutate({ sourceId, listId, listings })}
          >
            {listings === 'out' && meetings > 0 ? (
              <Plural
                value={meetings}
                one="Remove it and # meeting"
                other="Remove it and # meetings"
              />
            ) : (
              <Trans>Remove the source</Trans>
            )}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>
          <Trans>It is not read any more. You can bring it back from this page.</Trans>
        </p>
        {meetings > 0 && (
          <ChoiceGroup
            legend={
              <Plural
                value={meetings}
                one="# published meeting comes from it. What becomes of it?"
                other="# published meetings come from it. What becomes of them?"
              />
            }
            value={listings}
            onChange={setListings}
            options={[
              {
                value: 'keep',
                label: t`They stay in ${listName}`,
                detail: t`From now on they are kept by hand. Nobody who looks for a meeting sees a difference.`,
              },
              {
                value: 'out',
                label: t`They go out of the directory`,
                detail: t`They come back if the source is brought back.`,
              },
            ]}
          />
        )}
        {removing.error && <ImportTrouble error={removing.error} />}
      </div>
    </Dialog>
  );
}

type Removed = Got<typeof listSources>['removed'];

/** Sources that were removed, each with the way back. */
export function RemovedSources({ removed }: { removed: Removed }) {
  const { t } = useLingui();
  const { moment } = useTimeWords();
  const restoring = useCommand(restoreSource, { refreshes });
  if (removed.length === 0) return null;
  return (
    <Section title={<Trans>Removed</Trans>}>
      {restoring.error && <ImportTrouble error={restoring.error} />}
      <RowList label={t`Removed sources`}>
        {removed.map(({ id: sourceId, listId, name, listName, removedAt, how, meetings }) => (
          <Row
            key={sourceId}
            title={name}
            detail={
              how === 'keep' ? (
                <Plural
                  value={meetings}
                  _0="No meeting came from it."
                  one={`# meeting stayed in ${listName}.`}
                  other={`# meetings stayed in ${listName}.`}
                />
              ) : (
                <Plural
                  value={meetings}
                  _0="No meeting came from it."
                  one="# meeting went out with it, and would come back."
                  other="# meetings went out with it, and would come back."
                />
              )
            }
            tags={[t`Removed ${moment(removedAt)}`]}
            end={
              <Button
                size="small"
                busy={restoring.isPending && restoring.variables?.sourceId === sourceId}
                icon={<Undo2 size={16} aria-hidden="true" />}
                onClick={() => restoring.mutate({ sourceId, listId })}
              >
                <Trans>Bring back</Trans>
              </Button>
            }
          />
        ))}
      </RowList>
    </Section>
  );
}
