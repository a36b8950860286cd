import { Plural, Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { AlertKind } from './rules.ts';

/** What an alert is about. */
export function KindWords({ kind }: { kind: AlertKind }): ReactNode {
  const words = {
    item9: <Trans>PHQ-9, question 9: thoughts of death or of self-harm</Trans>,
    suicide: <Trans>Thinking of suicide today, said at intake</Trans>,
    safety: <Trans>Danger now, said at intake</Trans>,
    slip: <Trans>A slip was sent</Trans>,
  };
  return words[kind];
}

/** How long ago, in the largest unit that is whole. */
export function Age({ since, now }: { since: string; now: number }): ReactNode {
  const minutes = Math.max(0, Math.floor((now - Date.parse(since)) / 60_000));
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return <Plural value={days} one="# day ago" other="# days ago" />;
  if (hours > 0) return <Plural value={hours} one="# hour ago" other="# hours ago" />;
  if (minutes > 0) return <Plural value={minutes} one="# minute ago" other="# minutes ago" />;
  return <Trans>just now</Trans>;
}
