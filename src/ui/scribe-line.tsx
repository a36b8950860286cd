import { Trans } from '@lingui/react/macro';
import { Check, CircleAlert, HardDrive, PencilLine } from 'lucide-react';
import type { ScribeState } from './scribe.ts';
import style from './status-line.module.css';

/** Where what was typed is, in one honest line: on this computer, or saved. */
export function ScribeLine({ state }: { state: ScribeState }) {
  return (
    <p className={`${style.line} ${state === 'refused' ? style.warn : ''}`} role="status">
      {(state === 'typing' || state === 'kept') && (
        <>
          <PencilLine size={16} aria-hidden="true" />
          <Trans>Saving…</Trans>
        </>
      )}
      {state === 'saved' && (
        <>
          <Check size={16} aria-hidden="true" />
          <Trans>Saved</Trans>
        </>
      )}
      {state === 'waiting' && (
        <>
          <HardDrive size={16} aria-hidden="true" />
          <Trans>Kept on this computer, waits for the server</Trans>
        </>
      )}
      {state === 'refused' && (
        <>
          <CircleAlert size={16} aria-hidden="true" />
          <Trans>Not taken any more; still on this computer</Trans>
        </>
      )}
    </p>
  );
}
