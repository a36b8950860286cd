import { Trans } from '@lingui/react/macro';
import { Check, CircleAlert, CloudCheck, CloudOff, PencilLine } from 'lucide-react';
import style from './status-line.module.css';

/**
 * Where something written is now. `phone` only after the device has it on disk, `backedUp` only
 * after the server has answered.
 */
export type SaveState = 'writing' | 'phone' | 'backedUp' | 'waiting' | 'refused';

/** One quiet line that says where what was written is; read aloud when it changes. */
export function StatusLine({ state }: { state: SaveState }) {
  return (
    <p className={`${style.line} ${state === 'refused' ? style.warn : ''}`} role="status">
      {state === 'writing' && (
        <>
          <PencilLine size={17} aria-hidden="true" />
          <Trans>Saving…</Trans>
        </>
      )}
      {state === 'phone' && (
        <>
          <Check size={17} aria-hidden="true" />
          <Trans>Saved on this phone</Trans>
        </>
      )}
      {state === 'waiting' && (
        <>
          <CloudOff size={17} aria-hidden="true" />
          <Trans>Saved on this phone, waits for a network</Trans>
        </>
      )}
      {state === 'backedUp' && (
        <>
          <CloudCheck size={17} aria-hidden="true" />
          <Trans>Backed up</Trans>
        </>
      )}
      {state === 'refused' && (
        <>
          <CircleAlert size={17} aria-hidden="true" />
          <Trans>Not sent, kept here for you to look at</Trans>
        </>
      )}
    </p>
  );
}
