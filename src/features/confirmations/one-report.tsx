import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { type Got, useCommand } from '../../ui/operations.ts';
import { sentenceFor } from '../../ui/refusal-words.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { say } from '../../ui/toast.tsx';
import style from './care.module.css';
import { answerReport, confirmationBoard, confirmListings } from './contract.ts';
import { reportWords } from './report.rules.ts';

type Report = Got<typeof confirmationBoard>['reports'][number];

/** One report with what can be done about it; each can be taken back. */
export function OneReport({ report }: { report: Report }) {
  const { t } = useLingui();
  const { fullDay } = useTimeWords();
  const language = useLanguage();
  const [reason, setReason] = useState('');
  const [isRefusing, setRefusing] = useState(false);
  const refreshes = [confirmationBoard];
  const again = useCommand(answerReport, { refreshes });
  const close = useCommand(answerReport, {
    refreshes,
    onDone: () =>
      say(t`Put away.`, {
        label: t`Undo`,
        run: () => again.mutate({ reportId: report.id, state: 'open', reason: '' }),
      }),
  });
  const confirm = useCommand(confirmListings, {
    refreshes,
    onDone: () => close.mutate({ reportId: report.id, state: 'done', reason: t`Confirmed` }),
  });
  const trouble = close.error ?? confirm.error ?? again.error;
  const isOpen = report.state === 'open';
  return (
    <li className={isOpen ? style.report : style.closed}>
      <div className="stack tight">
        <strong>{reportWords[report.what][language]}</strong>
        <span>
          <Link to={`/work/meetings/listings/${report.meetingId}`}>{report.name}</Link>
          <span className="soft"> · {report.listName}</span>
        </span>
        {report.words && <p className="reading">{report.words}</p>}
        <span className="soft small">
          {report.byContact ? <Trans>said by the group</Trans> : <Trans>said by a visitor</Trans>}
          {' · '}
          {fullDay(report.reportedOn)}
          {report.reason && ` · ${report.reason}`}
        </span>
        {trouble && <p role="alert">{sentenceFor(trouble)}</p>}
      </div>
      {isOpen && !isRefusing && (
        <div className="row">
          <Button
            busy={close.isPending}
            onClick={() => close.mutate({ reportId: report.id, state: 'done', reason: '' })}
          >
            <Trans>Dealt with</Trans>
          </Button>
          <Button
            busy={confirm.isPending}
            onClick={() => confirm.mutate({ meetingIds: [report.meetingId] })}
          >
            <Trans>The listing is right</Trans>
          </Button>
          <Button look="plain" onClick={() => setRefusing(true)}>
            <Trans>Put aside</Trans>
          </Button>
        </div>
      )}
      {isOpen && isRefusing && (
        <div className="row">
          <TextField label={t`Why`} value={reason} onChange={setReason} />
          <Button
            busy={close.isPending}
            onClick={() => close.mutate({ reportId: report.id, state: 'dismissed', reason })}
          >
            <Trans>Put aside</Trans>
          </Button>
        </div>
      )}
      {!isOpen && (
        <Button
          look="plain"
          onClick={() => again.mutate({ reportId: report.id, state: 'open', reason: '' })}
        >
          <Trans>Open again</Trans>
        </Button>
      )}
    </li>
  );
}
