import { Trans } from '@lingui/react/macro';
import { CloudOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import style from './status-line.module.css';

function listen(changed: () => void): () => void {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}

/** Whether the device says it has a network; it may be wrong in both directions. */
export function useOnline(): boolean {
  return useSyncExternalStore(
    listen,
    () => navigator.onLine,
    () => true,
  );
}

/** A calm line while there is no network. Nothing is lost meanwhile, and it says so. */
export function OfflineLine() {
  const isOnline = useOnline();
  return (
    <div role="status" data-chrome>
      {!isOnline && (
        <p className={style.offline}>
          <CloudOff size={16} aria-hidden="true" />
          <Trans>No network. What you write is kept on this phone.</Trans>
        </p>
      )}
    </div>
  );
}
