import { Trans } from '@lingui/react/macro';
import { useSyncExternalStore } from 'react';
import style from './lines.module.css';
import { takeUpdate, updates } from './updates.ts';

/** A new version waits; it comes when the person says so, and nothing queued is touched. */
export function UpdateLine() {
  const isWaiting = useSyncExternalStore(updates.subscribe, updates.isWaiting);
  if (!isWaiting) return null;
  return (
    <p className={style.line} role="status">
      <Trans>A new version is ready.</Trans>
      <button type="button" className={style.act} onClick={takeUpdate}>
        <Trans>Use it now</Trans>
      </button>
    </p>
  );
}
