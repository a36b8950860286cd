import { Trans, useLingui } from '@lingui/react/macro';
import { useOperation } from '../../ui/operations.ts';
import style from './alert-item.module.css';
import { AlertItem } from './alert-item.tsx';
import { useServerNow } from './alert-list.tsx';
import { openAlerts } from './contract.ts';

/** The alerts of one client: those open, then those done behind a fold. Nothing where there are none. */
export function ClientAlerts({ clientId }: { clientId: string }) {
  const { t } = useLingui();
  const { data } = useOperation(openAlerts, { clientId }, { refetchInterval: 60_000 });
  const now = useServerNow(data?.now);
  const open = data?.alerts.filter((alert) => alert.closedAt === null) ?? [];
  const done = data?.alerts.filter((alert) => alert.closedAt !== null) ?? [];
  if (open.length + done.length === 0) return null;
  return (
    <section className="stack tight">
      <h2 className="only-read-aloud">
        <Trans>Alerts</Trans>
      </h2>
      {open.length > 0 && (
        <ul className={style.list} aria-label={t`Open alerts`}>
          {open.map((alert) => (
            <AlertItem key={alert.alertId} alert={alert} now={now} hideName />
          ))}
        </ul>
      )}
      {done.length > 0 && (
        <details>
          <summary className="soft">
            <Trans>Earlier alerts</Trans>
          </summary>
          <ul className={style.list} aria-label={t`Earlier alerts`}>
            {done.map((alert) => (
              <AlertItem key={alert.alertId} alert={alert} now={now} hideName />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
