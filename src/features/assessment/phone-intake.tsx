import { Trans, useLingui } from '@lingui/react/macro';
import { Check, ChevronRight, PencilLine } from 'lucide-react';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Row, RowList } from '../../ui/row-list.tsx';
import { useSession } from '../../ui/session.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PrivateGate } from '../account/private-gate.part.tsx';
import { FaultWords } from './fault-words.tsx';
import { InstrumentName } from './instrument-name.tsx';
import { intakeParts, nextPart } from './rules.ts';
import { type KnownPart, useParts } from './use-parts.web.ts';

function PartRow({ part, isWaiting }: { part: KnownPart; isWaiting: boolean }) {
  const title = <InstrumentName id={part.instrument} />;
  if (isWaiting)
    return (
      <Row
        title={<span className="soft">{title}</span>}
        detail={<Trans>after Safety first</Trans>}
      />
    );
  const to = `/me/questions/${part.instrument}`;
  if (part.state === 'complete')
    return (
      <Row
        to={to}
        title={title}
        detail={
          part.isSent ? <Trans>saved on this phone, on its way</Trans> : <Trans>handed in</Trans>
        }
        end={<Check size={20} aria-hidden="true" />}
      />
    );
  if (part.state === 'draft')
    return (
      <Row
        to={to}
        title={title}
        detail={<Trans>begun, kept on this phone</Trans>}
        end={<PencilLine size={20} aria-hidden="true" />}
      />
    );
  return <Row to={to} title={title} end={<ChevronRight size={20} aria-hidden="true" />} />;
}

function Parts() {
  const { t } = useLingui();
  const language = useLanguage();
  const session = useSession();
  const { parts, back, medicalFirst, isPending } = useParts({ takesBack: true });
  if (session && session.membership?.role !== 'client')
    return (
      <EmptyState title={<Trans>These questions belong to a programme</Trans>}>
        <Trans>You use this place on your own, so there is nobody to hand answers in to.</Trans>
      </EmptyState>
    );
  if (isPending) return <Skeleton lines={7} />;
  const next = nextPart(parts);
  const isSafe = parts.some(
    (part) => part.instrument === 'safety-first' && part.state === 'complete',
  );
  const afterSafety = intakeParts.slice(intakeParts.indexOf('safety-first') + 1);
  return (
    <div className="stack loose">
      {medicalFirst && (
        <Card
          tone="alarm"
          title={<Trans>A doctor first</Trans>}
          foot={
            <LinkButton outside look="alarm" to={`/help?lang=${language}`}>
              <Trans>Help now</Trans>
            </LinkButton>
          }
        >
          <p>
            <Trans>
              You said something that needs medical help before anything else. Do not stop suddenly
              on your own.
            </Trans>
          </p>
        </Card>
      )}
      {back.map((part) => (
        <Card
          key={part.instrument}
          tone="now"
          title={<Trans>A part came back</Trans>}
          foot={
            <LinkButton to={`/me/questions/${part.instrument}`} look="primary">
              <Trans>Look at it again</Trans>
            </LinkButton>
          }
        >
          <p>
            <InstrumentName id={part.instrument} />
          </p>
          {part.faults.map((fault) => (
            <p key={fault.linkId}>
              “{fault.question}” <FaultWords reason={fault.reason} />
            </p>
          ))}
          <p>
            <Trans>Everything that you answered is still here.</Trans>
          </p>
        </Card>
      ))}
      <RowList label={t`Parts`}>
        {parts.map((part) => (
          <PartRow
            key={part.instrument}
            part={part}
            isWaiting={!isSafe && afterSafety.includes(part.instrument)}
          />
        ))}
      </RowList>
      {next ? (
        <LinkButton look="primary" size="large" wide to={`/me/questions/${next}`}>
          <Trans>Go on</Trans>
        </LinkButton>
      ) : (
        <p className="reading">
          <Trans>That is all. Thank you. You can look at what your answers say.</Trans>
        </p>
      )}
      <LinkButton look="plain" to="/me/answers">
        <Trans>What my answers say</Trans>
      </LinkButton>
    </div>
  );
}

/** The intake on the phone: its parts, what is done, and where to go on. */
export function PhoneIntake() {
  return (
    <div className="stack loose">
      <div className="stack tight">
        <h1>
          <Trans>Getting to know you</Trans>
        </h1>
        <p className="soft">
          <Trans>
            In parts, whenever you like, also without a network. Or together in the first session.
          </Trans>
        </p>
      </div>
      <PrivateGate>
        <Parts />
      </PrivateGate>
    </div>
  );
}
