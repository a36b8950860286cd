import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import style from './alert-item.module.css';
import { AlertItem } from './alert-item.tsx';
import { openAlerts } from './contract.ts';

/** The time on the server's clock, a minute at a time; ages must not depend on this device's clock. */
export function useServerNow(now: string | undefined): number {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    if (now === undefined) return;
    setPassed(0);
    const begun = performance.now();
    const timer = setInterval(() => setPassed(performance.now() - begun), 30_000);
    return () => clearInterval(timer);
  }, [now]);
  return (now ? Date.parse(now) : Date.now()) + passed;
}

/** Every alert of the programme that is not done: unclaimed first, the oldest on top. */
export function AlertList() {
  const { t } = useLingui();
  const { data, error, isPending, refetch } = useOperation(
    openAlerts,
    {},
    { refetchInterval: 60_000 },
  );
  const now = useServerNow(data?.now);
  const alerts = data?.alerts ?? [];
  const unclaimed = alerts.filter((alert) => alert.acknowledgedAt === null);
  const taken = alerts.filter((alert) => alert.acknowledgedAt !== null);
  return (
    <div className="stack loose">
      <div className="stack tight">
        <h1>
          <Trans>Alerts</Trans>
        </h1>
        <p className="soft">
          <Trans>
            Clients are told that nobody is watching in real time. This list is read when one of you
            opens it; it refreshes by itself every minute.
          </Trans>
        </p>
      </div>
      {isPending && <Skeleton lines={4} />}
      {!data && <Trouble error={error} onRetry={() => void refetch()} />}
      {data && alerts.length === 0 && (
        <EmptyState title={<Trans>No open alert</Trans>}>
          <Trans>
            When an answer speaks of danger, it stands here until a named person has taken it on.
          </Trans>
        </EmptyState>
      )}
      {unclaimed.length > 0 && (
        <Section
          title={
            <Plural
              value={unclaimed.length}
              one="# that nobody has taken on"
              other="# that nobody has taken on"
            />
          }
        >
          <ul className={style.list} aria-label={t`Not taken on`}>
            {unclaimed.map((alert) => (
              <AlertItem key={alert.alertId} alert={alert} now={now} />
            ))}
          </ul>
        </Section>
      )}
      {taken.length > 0 && (
        <Section title={<Trans>Taken on, not done</Trans>}>
          <ul className={style.list} aria-label={t`Taken on, not done`}>
            {taken.map((alert) => (
              <AlertItem key={alert.alertId} alert={alert} now={now} />
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}
