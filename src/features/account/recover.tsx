import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { readRecoveryCode } from '../../kit/sealed-recovery.ts';
import { Button } from '../../ui/button.tsx';
import { RefusalError } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import style from './account.module.css';
import { type Entered, signInByRecovery } from './entering.web.ts';
import { enterSpace, entryTools, isPhone } from './entry-tools.web.ts';
import { NewPassphrase } from './new-passphrase.tsx';
import { accountRefusals } from './refusals.part.tsx';
import { SecondFactor } from './second-factor.part.tsx';
import { useGoOn } from './sign-in.tsx';

/** What is wrong with a code as typed, or null while it is right or not complete. */
export function useCodeFault(typed: string): string | null {
  const { t } = useLingui();
  const reading = readRecoveryCode(typed);
  if (reading.ok || typed.trim() === '') return null;
  const { group } = reading;
  return {
    length: t`Group ${group} is not complete.`,
    character: t`In group ${group} there is a letter that codes do not have.`,
    group: t`There is a slip in group ${group}. Compare it with the paper.`,
  }[reading.fault];
}

/** In by the recovery code; afterwards a new passphrase, and a new name if that was forgotten too. */
export function Recover() {
  const { t } = useLingui();
  const goOn = useGoOn();
  const [typed, setTyped] = useState('');
  const [entered, setEntered] = useState<Entered | null>(null);
  const [hasFactor, setHasFactor] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const fault = useCodeFault(typed);
  const reading = readRecoveryCode(typed);

  const enter = async (code: Parameters<typeof signInByRecovery>[1]['code']): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const deviceLabel = isPhone() ? t`Phone` : t`Computer`;
      const back = await signInByRecovery(entryTools, { code, deviceLabel });
      enterSpace(back, back.keys);
      setEntered(back);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const needsFactor = entered && !['notNeeded', 'done'].includes(entered.secondFactor);
  return (
    <div className={`stack loose ${style.narrow}`}>
      <h1>
        <Trans>Back in by your recovery code</Trans>
      </h1>
      {!entered && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (reading.ok && !isBusy) void enter(reading.code);
          }}
        >
          <TextArea
            sealed
            label={t`Recovery code`}
            hint={t`Eight groups of five. Capitals and hyphens do not matter.`}
            value={typed}
            onChange={setTyped}
            error={fault ?? undefined}
          />
          {error !== null && (
            <p role="alert">
              {error instanceof RefusalError && error.code === 'notRecognised' ? (
                <Trans>No account has this code. Perhaps a newer one was made since.</Trans>
              ) : (
                sentenceFor(error, accountRefusals())
              )}
            </p>
          )}
          <Button look="primary" wide type="submit" busy={isBusy} disabled={!reading.ok}>
            <Trans>Go on</Trans>
          </Button>
        </form>
      )}
      {entered && needsFactor && !hasFactor && (
        <SecondFactor need={entered.secondFactor} onDone={() => setHasFactor(true)} />
      )}
      {entered && (!needsFactor || hasFactor) && (
        <NewPassphrase mayRename onDone={() => void goOn()} />
      )}
    </div>
  );
}
