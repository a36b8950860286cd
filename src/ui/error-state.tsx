import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import style from './states.module.css';

type Props = {
  /** What happened, in a sentence. */
  happened: ReactNode;
  /** What is safe: usually that nothing written is lost. */
  safe?: ReactNode;
  /** What to do; a button for it goes into `action`. */
  todo?: ReactNode;
  action?: ReactNode;
  onRetry?: () => void;
  /** What to quote when asking for help; names nobody. */
  requestId?: string | undefined;
};

/** Something went wrong: what happened, what is safe, what to do. */
export function ErrorState({ happened, safe, todo, action, onRetry, requestId }: Props) {
  return (
    <section className={style.error} role="alert">
      <h2>{happened}</h2>
      <p>{safe ?? <Trans>What you have written is still on this device.</Trans>}</p>
      {todo && <p>{todo}</p>}
      {(onRetry || action) && (
        <div className="row">
          {onRetry && (
            <Button look="primary" onClick={onRetry}>
              <Trans>Try again</Trans>
            </Button>
          )}
          {action}
        </div>
      )}
      {requestId && (
        <p className="faint small">
          <Trans>Reference: {requestId}</Trans>
        </p>
      )}
    </section>
  );
}
