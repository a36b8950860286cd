import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { RefusalError, useCommand, useOperation } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import style from './client-safety.module.css';
import { assessmentStatus, clearFlag, type Flag, safetyFlags } from './contract.ts';

function Urgency({ urgency }: { urgency: Flag['urgency'] }) {
  if (urgency === 'now')
    return (
      <strong className={style.now}>
        <Trans>Now</Trans>
      </strong>
    );
  if (urgency === 'today')
    return (
      <strong className={style.today}>
        <Trans>Today</Trans>
      </strong>
    );
  return (
    <strong>
      <Trans>This week</Trans>
    </strong>
  );
}

function ClearDialog({
  clientId,
  flag,
  onClose,
}: {
  clientId: string;
  flag: Flag;
  onClose: () => void;
}) {
  const { t } = useLingui();
  const [reason, setReason] = useState('');
  const clear = useCommand(clearFlag, {
    refreshes: [safetyFlags, assessmentStatus],
    onDone: onClose,
  });
  const blank = clear.error instanceof RefusalError && clear.error.code === 'reasonMissing';
  return (
    <Dialog
      title={<Trans>Clear this point</Trans>}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>
            <Trans>Leave it open</Trans>
          </Button>
          <Button
            look="primary"
            busy={clear.isPending}
            onClick={() => clear.mutate({ clientId, flagId: flag.flagId, reason })}
          >
            <Trans>Clear it under my name</Trans>
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="reading">{flag.question}</p>
        <TextArea
          label={t`Why it is safe to go on`}
          hint={t`Who was seen, when, and what was agreed. This stays in the record.`}
          error={blank && t`A clinician clears this with a reason.`}
          value={reason}
          onChange={setReason}
          maxLength={2000}
        />
        {clear.error && !blank && (
          <p role="alert">
            {sentenceFor(clear.error, {
              alreadyCleared: <Trans>Somebody has cleared this point already.</Trans>,
              notFound: <Trans>Only a therapist or a supervisor clears a point.</Trans>,
            })}
          </p>
        )}
      </div>
    </Dialog>
  );
}

/**
 * What answers have named as dangerous, for the client's page: medical contact before everything,
 * each point cleared by a clinician with a reason. Nothing where nothing was named.
 */
export function ClientSafety({ clientId }: { clientId: string }) {
  const times = useTimeWords();
  const { data } = useOperation(safetyFlags, { clientId });
  const [clearing, setClearing] = useState<Flag>();
  const open = data?.flags.filter((flag) => flag.clearedAt === null) ?? [];
  const cleared = data?.flags.filter((flag) => flag.clearedAt !== null) ?? [];
  if (!data || data.flags.length === 0) return null;
  return (
    <section className={open.length > 0 ? style.box : undefined}>
      {open.length > 0 && (
        <>
          <h2>
            {data.medicalFirst ? (
              <Trans>Medical contact first</Trans>
            ) : (
              <Trans>Safety points</Trans>
            )}
          </h2>
          {data.medicalFirst && (
            <p>
              <Trans>
                No task may ask for abstinence until the points that say so are cleared.
              </Trans>
            </p>
          )}
          <ul className={style.flags}>
            {open.map((flag) => (
              <li key={flag.flagId} className={style.flag}>
                <span>
                  <Urgency urgency={flag.urgency} />
                </span>
                <span>
                  {flag.question}
                  <span className="soft small">
                    {' '}
                    <Trans>said on {times.shortDay(flag.onDay)}</Trans>
                    {flag.blocksAbstinence && (
                      <>
                        {' · '}
                        <Trans>no abstinence tasks</Trans>
                      </>
                    )}
                  </span>
                </span>
                <Button size="small" onClick={() => setClearing(flag)}>
                  <Trans>Clear</Trans>
                  <span className="only-read-aloud">: {flag.question}</span>
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {cleared.length > 0 && (
        <details>
          <summary className="soft">
            <Trans>Cleared safety points</Trans>
          </summary>
          <ul className={style.flags}>
            {cleared.map((flag) => (
              <li key={flag.flagId}>
                {flag.question}
                <p className="soft small">
                  <Trans>
                    {flag.clearedBy}, {times.moment(flag.clearedAt ?? flag.raisedAt)}: {flag.reason}
                  </Trans>
                </p>
              </li>
            ))}
          </ul>
        </details>
      )}
      {clearing && (
        <ClearDialog clientId={clientId} flag={clearing} onClose={() => setClearing(undefined)} />
      )}
    </section>
  );
}
