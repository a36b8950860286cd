import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useSpace } from '../../ui/device.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PrivateGate } from '../account/private-gate.part.tsx';

/** A screen of the private space: shown once it is open and read, else the way to open it. */
export function OpenSpace({ children }: { children: ReactNode }) {
  const space = useSpace();
  if (space === 'cannotKeep') {
    return (
      <ErrorState
        happened={<Trans>This browser keeps nothing.</Trans>}
        safe={<Trans>Nothing was written, and nothing is lost.</Trans>}
        todo={<Trans>Perhaps this is a private window. Open the page in an ordinary one.</Trans>}
      />
    );
  }
  return <PrivateGate>{space === 'open' ? children : <Skeleton lines={6} />}</PrivateGate>;
}
