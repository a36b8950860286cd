import { useState } from 'react';
import { type Reader, Seal } from '../../ui/seal.tsx';
import { useSession } from '../../ui/session.ts';
import { useKept } from '../../ui/use-kept.ts';
import { me } from '../account/contract.ts';
import { readSharing } from '../sharing/contract.ts';
import type { ShareKind } from '../sharing/rules.ts';

/**
 * Who can read the entry being written: the standing choice for its kind, changeable for this one.
 * Somebody without a programme has only themselves.
 */
export function useReader(kind: ShareKind): {
  share: boolean;
  seal: ReturnType<typeof Seal>;
  reader: Reader;
} {
  const [chosen, setChosen] = useState<Reader | null>(null);
  const session = useSession();
  const { data: kept } = useKept(me, {}, 'me');
  const { data: sharing } = useKept(readSharing, {}, 'sharing', true);
  // What was kept may be from before joining; without a network it is all there is after a new start.
  const who = session ?? kept?.account;
  const inProgramme = who?.membership?.role === 'client';
  const standing = sharing?.now.find((one) => one.kind === kind)?.share ?? false;
  const reader: Reader = inProgramme ? (chosen ?? (standing ? 'therapist' : 'me')) : 'me';
  const seal = inProgramme ? (
    <Seal reader={reader} onChange={setChosen} choices={['me', 'therapist']} />
  ) : (
    <Seal reader="me" />
  );
  return { share: reader === 'therapist', seal, reader };
}
