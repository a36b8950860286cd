import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { ShareKind } from './rules.ts';

/** What a kind of entry is called. */
export function KindName({ kind }: { kind: ShareKind }): ReactNode {
  const names = {
    checkIn: <Trans>Evening check-ins</Trans>,
    meetings: <Trans>Meetings I went to</Trans>,
    tasks: <Trans>Tasks</Trans>,
    urges: <Trans>Urges</Trans>,
    slips: <Trans>Slips</Trans>,
  };
  return names[kind];
}

/** What of an entry would go, in a line. */
export function KindDetail({ kind }: { kind: ShareKind }): ReactNode {
  const details = {
    checkIn: <Trans>Used or not, urge, mood, and the one line if you write one.</Trans>,
    meetings: <Trans>Which meeting, what it was about, what it stirred up.</Trans>,
    tasks: <Trans>Done, not yet or not, and why.</Trans>,
    urges: (
      <Trans>
        How strong and what helped. We advise to keep these and tell what you want in session.
      </Trans>
    ),
    slips: <Trans>That it happened. We advise to keep these: you can tell in your own time.</Trans>,
  };
  return details[kind];
}
