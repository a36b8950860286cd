import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { NoteSource } from './contract.ts';

/** Where a sentence came from, in words. */
export function SourceWords({ kind }: { kind: NoteSource['kind'] }): ReactNode {
  if (kind === 'session') return <Trans>the session</Trans>;
  if (kind === 'review') return <Trans>the review of the week</Trans>;
  if (kind === 'quote') return <Trans>the client’s own sentence</Trans>;
  if (kind === 'prompt') return <Trans>your notes under a prompt</Trans>;
  if (kind === 'history') return <Trans>the substance history</Trans>;
  if (kind === 'task') return <Trans>the tasks</Trans>;
  if (kind === 'meeting') return <Trans>the meetings</Trans>;
  return <Trans>a scale</Trans>;
}
