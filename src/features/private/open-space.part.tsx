import type { ReactNode } from 'react';
import { useSpace } from '../../ui/device.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PrivateGate } from '../account/private-gate.part.tsx';

/** A screen of the private space: shown once it is open and read, else the way to open it. */
export function OpenSpace({ children }: { children: ReactNode }) {
  const space = useSpace();
  return <PrivateGate>{space === 'open' ? children : <Skeleton lines={6} />}</PrivateGate>;
}
