import { Trans } from '@lingui/react/macro';
import { useEffect } from 'react';
import { ErrorState } from '../ui/error-state.tsx';
import { RefusalError } from '../ui/operations.ts';
import { Trouble } from '../ui/refusal-words.tsx';

/** In place of a screen that broke: what happened, what is safe, what to do. */
export function BrokenScreen({ error, reset }: { error: unknown; reset?: () => void }) {
  // Help must come whatever broke: the server's page, or the one kept on this device.
  const wantsHelp = location.pathname === '/me/help';
  useEffect(() => {
    if (wantsHelp) location.replace(`/help?lang=${document.documentElement.lang}`);
  }, [wantsHelp]);
  if (error instanceof RefusalError) {
    return <Trouble error={error} {...(reset ? { onRetry: reset } : {})} />;
  }
  return (
    <ErrorState
      happened={<Trans>This screen broke.</Trans>}
      todo={
        <Trans>
          Open it again. If it breaks again, the rest of the app still works, and help is one tap
          away at the top.
        </Trans>
      }
      onRetry={() => location.reload()}
    />
  );
}

/** In place of a screen that does not exist, or is not for this person: both look alike. */
export function MissingScreen() {
  return (
    <ErrorState
      happened={<Trans>There is nothing at this address.</Trans>}
      safe={<Trans>Perhaps it was moved, or the address has a slip of the pen in it.</Trans>}
      action={
        <a href="/">
          <Trans>Go to the front page</Trans>
        </a>
      }
    />
  );
}
