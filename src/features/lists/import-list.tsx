import { Trans } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { myLists } from './contract.ts';
import { ImportPreview } from './import-preview.tsx';
import { type HandedOver, ImportSource } from './import-source.tsx';

/** Importing a list: hand it over, look at what it holds, answer what it does not say, import. */
export function ImportList() {
  const navigate = useNavigate();
  const [handed, setHanded] = useState<HandedOver>();
  const { data: lists, error, isPending, refetch } = useOperation(myLists, {});
  return (
    <div className="stack loose">
      <h1>
        <Trans>Import a list</Trans>
      </h1>
      <p className="soft">
        <Trans>
          Meeting Guide, tables, calendars, BMLT and NAWS files. First it is read and compared;
          nothing changes before you have looked and applied it.
        </Trans>
      </p>
      {isPending ? (
        <Skeleton lines={5} />
      ) : error ? (
        <Trouble error={error} onRetry={refetch} />
      ) : handed ? (
        <ImportPreview
          handed={handed}
          lists={lists}
          onDone={() => void navigate({ to: `/work/meetings/imports/${handed.importId}` })}
        />
      ) : (
        <ImportSource
          bodies={lists.bodies}
          onDone={(done) => {
            setHanded(done);
            void refetch();
          }}
        />
      )}
    </div>
  );
}
