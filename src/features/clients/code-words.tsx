import { Trans } from '@lingui/react/macro';
import { RefusalError } from '../../ui/operations.ts';
import type { RefusalWords } from '../../ui/refusal-words.tsx';

/** What is wrong with a code and what to do about it, for looking and for accepting. */
export function codeWords(error: unknown): RefusalWords {
  const details = error instanceof RefusalError ? error.details : undefined;
  const { expiresAt } = (details ?? {}) as { expiresAt?: string };
  return {
    wrongCode: <Trans>This code is not one of ours. Look at your card again, sign by sign.</Trans>,
    usedCode: (
      <Trans>
        This code has been used already; each is good once. If it was you, sign in. If it was not,
        tell whoever gave it to you.
      </Trans>
    ),
    expiredCode: expiresAt ? (
      <Trans>
        This code ran out on {expiresAt.slice(0, 10)}. Ask whoever gave it to you for a new one.
      </Trans>
    ) : (
      <Trans>This code has run out. Ask whoever gave it to you for a new one.</Trans>
    ),
    replacedCode: (
      <Trans>A newer code was made for you, and this one is void. Use the newer one.</Trans>
    ),
  };
}
