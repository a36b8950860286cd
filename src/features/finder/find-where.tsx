import { Trans } from '@lingui/react/macro';
import { LocateFixed, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { phonePosition, setWhere, useWhere } from './where.web.ts';

const FindPlace = lazy(async () => ({ default: (await import('./find-place.tsx')).FindPlace }));

/** Where to look: a typed place or the phone's position. Both stay on the phone. */
export function FindWhere({ edition }: { edition: number }) {
  const where = useWhere();
  const [state, setState] = useState<'idle' | 'asking' | 'refused'>('idle');
  const locate = async () => {
    setState('asking');
    try {
      setWhere({ label: null, position: await phonePosition() });
      setState('idle');
    } catch {
      setState('refused');
    }
  };
  if (where)
    return (
      <p className="row apart">
        <span>
          {where.label ? <Trans>Near {where.label}</Trans> : <Trans>Near where you are</Trans>}
        </span>
        <Button
          look="plain"
          size="small"
          icon={<X size={18} aria-hidden="true" />}
          onClick={() => setWhere(null)}
        >
          <Trans>Another place</Trans>
        </Button>
      </p>
    );
  return (
    <div className="stack tight">
      <Suspense fallback={<Skeleton lines={2} />}>
        <FindPlace edition={edition} />
      </Suspense>
      {'geolocation' in navigator && (
        <div className="row">
          <Button
            look="plain"
            size="small"
            icon={<LocateFixed size={18} aria-hidden="true" />}
            busy={state === 'asking'}
            onClick={locate}
          >
            <Trans>Use this phone’s position</Trans>
          </Button>
        </div>
      )}
      <p role="status" className="soft small">
        {state === 'refused' && (
          <Trans>The phone does not tell where it is. A typed place works as well.</Trans>
        )}
      </p>
    </div>
  );
}
