import { lazy, type ReactNode, Suspense } from 'react';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useVault } from '../../ui/vault.ts';

// Fetched only when locked: whoever is inside already needs none of the ways in.
const Unlock = lazy(async () => ({ default: (await import('./unlock.tsx')).Unlock }));

/**
 * What is private: shown while the space is open, else the way to open it. What was drawn before is
 * taken away when the space locks.
 */
export function PrivateGate({ children }: { children: ReactNode }) {
  if (useVault()) return children;
  return (
    <Suspense fallback={<Skeleton lines={4} />}>
      <Unlock />
    </Suspense>
  );
}
