import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { RefusalError } from '../../ui/operations.ts';
import type { AnswerFault } from './contract.ts';

/** Why an answer cannot stand, in words. */
export function FaultWords({ reason }: { reason: string }): ReactNode {
  const words: Record<string, ReactNode> = {
    'out-of-range': <Trans>This number is outside what the question allows.</Trans>,
    'no-such-day': <Trans>This day does not exist.</Trans>,
    'wrong-kind': <Trans>This has to be a whole number.</Trans>,
    'not-an-option': <Trans>Choose one of the answers.</Trans>,
    'unknown-question': <Trans>This question is not part of the form any more.</Trans>,
  };
  return words[reason] ?? <Trans>This answer cannot be kept.</Trans>;
}

/** The questions that a refusal names; empty for any other error. */
export function faultsIn(error: unknown): AnswerFault[] {
  if (!(error instanceof RefusalError) || error.code !== 'answerNotPossible') return [];
  return (error.details as { faults?: AnswerFault[] } | undefined)?.faults ?? [];
}
