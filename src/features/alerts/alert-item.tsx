import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { BellRing, CircleCheck, Clock } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { AcknowledgeDialog } from './acknowledge-dialog.tsx';
import style from './alert-item.module.css';
import { Age, KindWords } from './alert-words.tsx';
import type { Alert } from './contract.ts';
import { escalation, mustAskDirectly } from './rules.ts';

type Props = { alert: Alert; now: number; hideName?: boolean };

function State({ alert, now }: { alert: Alert; now: number }) {
  const words = useTimeWords();
  const { acknowledgedBy: by, acknowledgedAt: at } = alert;
  if (alert.closedAt !== null)
    return (
      <span className={style.state}>
        <CircleCheck size={16} aria-hidden="true" />
        <Trans>
          Done by {by}, {words.moment(alert.closedAt)}
        </Trans>
      </span>
    );
  if (at !== null)
    return (
      <span className={style.state}>
        <Clock size={16} aria-hidden="true" />
        <Trans>
          Taken on by {by}, {words.moment(at)}. Not asked directly yet.
        </Trans>
      </span>
    );
  const late = escalation(alert.raisedAt, null, now);
  return (
    <span className={style.state}>
      <BellRing size={16} aria-hidden="true" />
      {late === 'new' ? (
        <Trans>Nobody has taken this on</Trans>
      ) : (
        <strong>
          <Trans>
            Nobody has taken this on, <Age since={alert.raisedAt} now={now} />
          </Trans>
        </strong>
      )}
    </span>
  );
}

/** One alert: what, about whom, how old, who has it, what was done, and the way to take it on. */
export function AlertItem({ alert, now, hideName }: Props) {
  const words = useTimeWords();
  const [isOpen, setOpen] = useState(false);
  const step = alert.closedAt ? 'done' : escalation(alert.raisedAt, alert.acknowledgedAt, now);
  return (
    <li className={`${style.item} ${style[step]}`}>
      <div className={style.head}>
        <h3>
          <KindWords kind={alert.kind} />
        </h3>
        <time dateTime={alert.raisedAt} title={words.moment(alert.raisedAt)} className="soft small">
          <Age since={alert.raisedAt} now={now} />
        </time>
      </div>
      {!hideName && (
        <p>
          <Link to={`/work/clients/${alert.clientId}` as never}>{alert.displayName}</Link>{' '}
          <span className="soft">
            {alert.recordNumber}
            {alert.therapist && <> · {alert.therapist}</>}
          </span>
        </p>
      )}
      <State alert={alert} now={now} />
      {alert.responses.map((response) => (
        <blockquote key={response.at + response.by} className={style.response}>
          <p>{response.what}</p>
          <p className="soft small">
            {response.by}, {words.moment(response.at)}
            {response.askedDirectly && (
              <>
                {' · '}
                <Trans>asked directly</Trans>
              </>
            )}
            {response.safetyPlanMade && (
              <>
                {' · '}
                <Trans>safety plan made</Trans>
              </>
            )}
          </p>
        </blockquote>
      ))}
      {alert.closedAt === null && (
        <div className="row">
          <Button look="primary" size="small" onClick={() => setOpen(true)}>
            {alert.acknowledgedAt === null ? (
              <Trans>Take this on</Trans>
            ) : (
              <Trans>Write what was done</Trans>
            )}
            {!hideName && <span className="only-read-aloud">: {alert.displayName}</span>}
          </Button>
          {mustAskDirectly(alert.kind) && (
            <LinkButton size="small" to={`/work/clients/${alert.clientId}/safety-plan`}>
              {alert.hasSafetyPlan ? (
                <Trans>Open the safety plan</Trans>
              ) : (
                <Trans>Make a safety plan</Trans>
              )}
            </LinkButton>
          )}
        </div>
      )}
      {isOpen && <AcknowledgeDialog alert={alert} onClose={() => setOpen(false)} />}
    </li>
  );
}
