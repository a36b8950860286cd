import { Trans } from '@lingui/react/macro';
import { Card } from '../../ui/card.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useEntries } from '../../ui/use-kept.ts';
import { useNow, useToday } from '../../ui/use-now.ts';
import { partOfDay } from './rules.ts';

/** Tonight's minute, or that it is written. After a slip, the day after comes first. */
export function TonightCard() {
  const today = useToday();
  const part = partOfDay(new Date(useNow()).getHours());
  const written = useEntries('checkIn').some(({ onDay }) => onDay === today);
  const later = useEntries<{ slip: string | null }>('slipLater');
  const slip = useEntries('slip')
    .filter(({ onDay, obj }) => onDay < today && !later.some((l) => l.fields.slip === obj))
    .at(-1);
  if (slip) {
    return (
      <Card
        eyebrow={<Trans>When you are ready</Trans>}
        title={<Trans>What happened</Trans>}
        tone="still"
        foot={
          <LinkButton to="/me/later">
            <Trans>Four short questions</Trans>
          </LinkButton>
        }
      />
    );
  }
  if (written) {
    return (
      <Card tone="still" eyebrow={<Trans>Tonight’s minute</Trans>}>
        <p>
          <Trans>Today is written.</Trans>
        </p>
      </Card>
    );
  }
  const isTime = part === 'evening' || part === 'night';
  return (
    <Card
      eyebrow={<Trans>Tonight’s minute</Trans>}
      title={<Trans>How was the day?</Trans>}
      tone={isTime ? 'plain' : 'still'}
      foot={
        <LinkButton to="/me/evening" look={isTime ? 'primary' : 'quiet'}>
          <Trans>Write the day</Trans>
        </LinkButton>
      }
    />
  );
}
