import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Bytes } from '../../kit/sealed-bytes.ts';
import { readRecoveryCode } from '../../kit/sealed-recovery.ts';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useOperation } from '../../ui/operations.ts';
import { TextArea } from '../../ui/text-area.tsx';
import style from './account.module.css';
import { me } from './contract.ts';
import { openByRecovery, readKeys } from './entering.web.ts';
import { entryTools } from './entry-tools.web.ts';
import { useCodeFault } from './recover.tsx';
import { drillDone } from './recovery-drill.web.ts';

/** Trying the recovery code while nothing is lost: it opens the real wrap, here, and changes nothing. */
export function RecoveryDrill() {
  const { t } = useLingui();
  const { data } = useOperation(me, {});
  const [typed, setTyped] = useState('');
  const [outcome, setOutcome] = useState<'holds' | 'other' | 'noAnswer' | null>(null);
  const fault = useCodeFault(typed);
  const reading = readRecoveryCode(typed);
  const attempt = async (code: Bytes): Promise<void> => {
    const keys = await readKeys(entryTools).catch(() => null);
    if (!keys) return setOutcome('noAnswer');
    const isRight = await openByRecovery(keys, code).then(
      () => true,
      () => false,
    );
    const at = data?.account?.recoveryConfirmedAt;
    if (isRight && at) drillDone(at);
    setOutcome(isRight ? 'holds' : 'other');
  };
  return (
    <div className={`stack loose ${style.narrow}`}>
      <h1>
        <Trans>Try your recovery code</Trans>
      </h1>
      {outcome === 'holds' ? (
        <div className="stack">
          <p>
            <Trans>It opens everything. Put the paper back where it was.</Trans>
          </p>
          <LinkButton to="/me/today" look="primary">
            <Trans>Done</Trans>
          </LinkButton>
        </div>
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (reading.ok) void attempt(reading.code);
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
          {outcome === 'other' && (
            <p role="alert">
              <Trans>
                This is a code, but not the one of this account. Make a new one, and throw the old
                paper away.
              </Trans>
            </p>
          )}
          {outcome === 'noAnswer' && (
            <p role="alert">
              <Trans>There was no answer. Try again when there is a network.</Trans>
            </p>
          )}
          <Button look="primary" wide type="submit" disabled={!reading.ok}>
            <Trans>Try it</Trans>
          </Button>
          <LinkButton to="/me/settings/code" look="plain">
            <Trans>The paper is gone: make a new code</Trans>
          </LinkButton>
        </form>
      )}
    </div>
  );
}
