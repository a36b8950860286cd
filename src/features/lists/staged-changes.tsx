import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { stagedDiff } from './import-contract.ts';
import type { StagedChange as Kind } from './import-words.rules.ts';
import { StagedChange } from './staged-change.tsx';
import style from './staged-changes.module.css';

type Props = {
  importId: string;
  only: Kind | 'kept';
  leftOut: ReadonlySet<string>;
  /** Absent: the import is applied, and is only looked at. */
  onTurn?: ((meetingId: string) => void) | undefined;
};

/** The changes of an import, page by page; arrow keys walk them, X leaves one out. */
export function StagedChanges({ importId, only, leftOut, onTurn }: Props) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const [pages, setPages] = useState<string[]>([]);
  const after = pages.at(-1);
  const { data, error, isPending, refetch } = useOperation(stagedDiff, {
    importId,
    only,
    limit: 50,
    ...(text.trim() && { text: text.trim() }),
    ...(after !== undefined && { after }),
  });
  return (
    <div className="stack">
      <div className={style.search}>
        <TextField
          label={t`Find by name or id`}
          type="search"
          value={text}
          onChange={(value) => {
            setText(value);
            setPages([]);
          }}
          maxLength={80}
        />
      </div>
      {isPending ? (
        <Skeleton lines={8} />
      ) : error ? (
        <Trouble error={error} onRetry={refetch} />
      ) : data.changes.length === 0 ? (
        <p className="soft">
          <Trans>Nothing of this kind.</Trans>
        </p>
      ) : (
        <ol className={style.changes} aria-label={t`Changes`}>
          {data.changes.map((change, index) => (
            <StagedChange
              key={change.meetingId}
              change={change}
              isFirst={index === 0}
              isMixed={only === 'kept'}
              isLeftOut={leftOut.has(change.meetingId)}
              onTurn={onTurn && (() => onTurn(change.meetingId))}
            />
          ))}
        </ol>
      )}
      {onTurn && data && data.changes.length > 0 && (
        <p className={`faint small ${style.keys}`}>
          <Trans>Arrow keys walk the changes, X leaves one out or in.</Trans>
        </p>
      )}
      <div className="row">
        {pages.length > 0 && (
          <Button onClick={() => setPages(pages.slice(0, -1))}>
            <Trans>Earlier ones</Trans>
          </Button>
        )}
        {data?.next && (
          <Button onClick={() => setPages([...pages, data.next as string])}>
            <Trans>Next 50</Trans>
          </Button>
        )}
      </div>
    </div>
  );
}
