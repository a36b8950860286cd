import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { InstrumentId } from '../../content/instruments.ts';

/** The short name of a part, for lists that must not load every instrument to say it. */
export function InstrumentName({ id }: { id: InstrumentId }): ReactNode {
  const names: Record<InstrumentId, ReactNode> = {
    'what-for': <Trans>What for?</Trans>,
    'safety-first': <Trans>Safety first</Trans>,
    readiness: <Trans>Three rulers</Trans>,
    audit: <Trans>Alcohol (AUDIT)</Trans>,
    taps: <Trans>Other drugs (TAPS)</Trans>,
    'phq-9': <Trans>Low mood (PHQ-9)</Trans>,
    'gad-7': <Trans>Worry (GAD-7)</Trans>,
  };
  return names[id];
}
