import { useEffect, useState } from 'react';
import type { InstrumentId } from '../../content/instruments.ts';
import { useJournal, useOutbox } from '../../ui/device.ts';
import { useKept } from '../../ui/use-kept.ts';
import { assessmentStatus } from './contract.ts';
import { type CameBack, sentParts, takeBack } from './phone-draft.web.ts';
import { intakeParts, type PartState } from './rules.ts';

/** A part of the intake as this phone knows it; `isSent`: handed in here and not known to have arrived. */
export type KnownPart = { instrument: InstrumentId; state: PartState; isSent: boolean };

/**
 * What the server knows, and what this phone has handed in or begun since. With `takesBack` parts
 * that came back are put into their drafts again, and told in `back`.
 */
export function useParts({ takesBack }: { takesBack: boolean }): {
  parts: KnownPart[];
  back: readonly CameBack[];
  medicalFirst: boolean;
  isPending: boolean;
  /** The programme's own word about it is here, of now or of an earlier day. */
  isKnown: boolean;
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
      const taken = takesBack ? await takeBack(journal) : [];
      if (taken.length > 0) setBack((before) => [...before, ...taken]);
      const sent = await sentParts(journal);
      const begun = await Promise.all(
        intakeParts.map(async (id) => ((await journal.kept(`intake/${id}`)) ? id : '')),
      );
      setHere({ sent, begun });
    };
    void look();
  }, [journal, returned, takesBack]);
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
    isKnown: here !== undefined && status.data !== null,
    isPending: !here || (status.isPending && !status.data),
  };
}
