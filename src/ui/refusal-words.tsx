import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { ErrorState } from './error-state.tsx';
import { NoAnswerError, RefusalError } from './operations.ts';

/** Sentences for refusals by code. */
export type RefusalWords = Record<string, ReactNode>;

function retryAfter(details: unknown): number {
  const seconds = (details as { retryAfterSeconds?: number } | undefined)?.retryAfterSeconds;
  return Math.max(1, Math.ceil((seconds ?? 60) / 60));
}

function houseWords(code: string, details: unknown): ReactNode {
  const minutes = retryAfter(details);
  const words: RefusalWords = {
    notFound: <Trans>This is not here, or not for you.</Trans>,
    signedOut: <Trans>You are signed out.</Trans>,
    secondFactor: <Trans>The second step of signing in is missing.</Trans>,
    locked: <Trans>The screen was locked because nobody used it for a while.</Trans>,
    invalid: <Trans>Something in the form is not as it can be stored.</Trans>,
    slowDown: <Trans>Too many attempts. Wait {minutes} minutes, then try again.</Trans>,
    foreignOrigin: <Trans>This page was opened under an address that is not ours.</Trans>,
    differentContent: (
      <Trans>This device sent two different things as one. Nothing was changed.</Trans>
    ),
    anotherProgramme: (
      <Trans>This was written for a programme that this device has left since.</Trans>
    ),
    outOfOrder: <Trans>This device is sending what came before first.</Trans>,
    unexpected: <Trans>Something broke on our side.</Trans>,
  };
  return words[code] ?? words.unexpected;
}

/**
 * The sentence for whatever an operation threw: the feature's own words first, else the house's.
 *
 * @example <p>{sentenceFor(admit.error, { nameTaken: <Trans>That name is taken.</Trans> })}</p>
 */
export function sentenceFor(error: unknown, words: RefusalWords = {}): ReactNode {
  if (!error) return null;
  if (error instanceof NoAnswerError) {
    return <Trans>There was no answer. Perhaps the network is gone.</Trans>;
  }
  if (error instanceof RefusalError) {
    return words[error.code] ?? houseWords(error.code, error.details);
  }
  return <Trans>Something broke on this page.</Trans>;
}

type Props = { error: unknown; words?: RefusalWords; onRetry?: () => void };

/** The whole state for a screen that could not be shown. Draws nothing without an error. */
export function Trouble({ error, words, onRetry }: Props) {
  if (!error) return null;
  const details = error instanceof RefusalError ? error.details : undefined;
  const requestId = (details as { requestId?: string } | undefined)?.requestId;
  return (
    <ErrorState
      happened={sentenceFor(error, words)}
      requestId={requestId}
      {...(onRetry ? { onRetry } : {})}
    />
  );
}
