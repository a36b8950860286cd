import { Trans } from '@lingui/react/macro';
import { Card } from '../../ui/card.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useSession } from '../../ui/session.ts';
import { InstrumentName } from './instrument-name.tsx';
import { nextPart } from './rules.ts';
import { useParts } from './use-parts.web.ts';

/** The way to the questions while some are open, for Today; nothing for those who are done or alone. */
export function IntakeCard() {
  const session = useSession();
  const { parts, isKnown } = useParts({ takesBack: false });
  const next = nextPart(parts);
  if (!isKnown || !next || (session && session.membership?.role !== 'client')) return null;
  const isBegun = parts.some((part) => part.state !== 'open');
  return (
    <Card
      eyebrow={<Trans>Getting to know you</Trans>}
      title={<InstrumentName id={next} />}
      foot={
        <LinkButton to="/me/questions">
          {isBegun ? <Trans>Go on</Trans> : <Trans>Begin</Trans>}
        </LinkButton>
      }
    >
      <p className="soft">
        <Trans>
          In parts, whenever you like, also without a network. Or together in the first session.
        </Trans>
      </p>
    </Card>
  );
}
