import { Trans, useLingui } from '@lingui/react/macro';
import { Check, ChevronRight, PencilLine } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { InstrumentId } from '../../content/instruments.ts';
import { Card } from '../../ui/card.tsx';
import { useJournal, useOutbox } from '../../ui/device.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Row, RowList } from '../../ui/row-list.tsx';
import { useSession } from '../../ui/session.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useKept } from '../../ui/use-kept.ts';
import { PrivateGate } from '../account/private-gate.part.tsx';
import { assessmentStatus } from './contract.ts';
import { FaultWords } from './fault-words.tsx';
import { InstrumentName } from './instrument-name.tsx';
import { type CameBack, sentParts, takeBack } from './phone-draft.web.ts';
import { intakeParts, nextPart, type PartState } from './rules.ts';

type Known = { instrument: InstrumentId; state: PartState; isSent: boolean };

/** What the server knows, and what this phone has handed in or begun since. */
function useParts(): {
  parts: Known[];
  back: readonly CameBack[];
  medicalFirst: boolean;
  isPending: boolean;
} {
  const journal = useJournal();
  const status = useKept(assessmentStatus, {}, 'intake/status');
  const { returned } = useOutbox();
  const [here, setHere] = useState<{ sent: string[]; begun: string[] }>();
  const [back, setBack] = useState<readonly CameBack[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what came back is the reason to look again
  useEffect(() => {
    if (!journal) return;
    const look = async () => {
      const taken = await takeBack(journal);
      if (taken.length > 0) setBack((before) => [...before, ...taken]);
      const sent = await sentParts(journal);
      const begun = await Promise.all(
        intakeParts.map(async (id) => ((await journal.kept(`intake/${id}`)) ? id : '')),
      );
      setHere({ sent, begun });
    };
    void look();
  }, [journal, returned]);
  const parts = intakeParts.map((instrument) => {
    const arrived = status.data?.parts.find((part) => part.instrument === instrument);
    const isArrived = arrived?.state === 'complete';
    const isSent = !isArrived && (here?.sent.includes(instrument) ?? false);
    const isBegun = here?.begun.includes(instrument) ?? false;
    const state: PartState = isArrived || isSent ? 'complete' : isBegun ? 'draft' : 'open';
    return { instrument, state, isSent };
  });
  return {
    parts,
    back,
    medicalFirst: status.data?.medicalFirst ?? false,
    isPending: !here || (status.isPending && !status.data),
  };
}

function PartRow({ part, isWaiting }: { part: Known; isWaiting: boolean }) {
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
  const { parts, back, medicalFirst, isPending } = useParts();
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
