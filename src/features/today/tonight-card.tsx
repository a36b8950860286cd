import { Trans } from '@lingui/react/macro';
import { useEntries } from '../../ui/use-kept.ts';
import { useNow, useToday } from '../../ui/use-now.ts';
import { useReader } from '../private/reader.part.tsx';
import { LineCard } from './line-card.tsx';
import { partOfDay } from './rules.ts';

/** Tonight's minute, or that it is written. After a slip, the day after comes first. */
export function TonightCard() {
  const today = useToday();
  // Asked for here, so that an evening without a network knows who reads along.
  useReader('checkIn');
  const part = partOfDay(new Date(useNow()).getHours());
  const written = useEntries('checkIn').some(({ onDay }) => onDay === today);
  const later = useEntries<{ slip: string | null }>('slipLater');
  const slip = useEntries('slip')
    .filter(({ onDay, obj }) => onDay < today && !later.some((l) => l.fields.slip === obj))
    .at(-1);
  const eyebrow = <Trans>Tonight’s minute</Trans>;
  if (slip) {
    return (
      <LineCard
        eyebrow={<Trans>When you are ready</Trans>}
        title={<Trans>What happened</Trans>}
        to="/me/later"
        action={<Trans>Look at it</Trans>}
      />
    );
  }
  if (written) return <LineCard eyebrow={eyebrow} title={<Trans>Today is written.</Trans>} />;
  return (
    <LineCard
      eyebrow={eyebrow}
      title={<Trans>How was the day?</Trans>}
      to="/me/evening"
      action={<Trans>Write it</Trans>}
      isMain={part === 'evening' || part === 'night'}
    />
  );
}
