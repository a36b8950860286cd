import { useEffect } from 'react';
import { sessionLock } from '../features/account/contract.ts';
import { call } from '../ui/operations.ts';
import { signInAddress } from './signed-out-line.tsx';

/** As long as the server lets a member of staff be away. */
const idleMs = 15 * 60_000;
const signs = ['pointerdown', 'keydown', 'wheel', 'touchstart'];

/** Takes the page away when nobody has used it for a quarter of an hour; drafts stay saved. */
export function useIdleLock(): void {
  useEffect(() => {
    let last = Date.now();
    const seen = () => {
      last = Date.now();
    };
    const lock = async () => {
      document.body.hidden = true;
      await call(sessionLock, {}).catch(() => undefined);
      location.replace(signInAddress());
    };
    // The clock, not one long timer: a laptop that slept must lock when it wakes.
    const timer = setInterval(() => Date.now() - last > idleMs && void lock(), 5000);
    for (const sign of signs) addEventListener(sign, seen, { passive: true, capture: true });
    return () => {
      clearInterval(timer);
      for (const sign of signs) removeEventListener(sign, seen, { capture: true });
    };
  }, []);
}
