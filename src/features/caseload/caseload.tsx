import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { type Got, useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { useSession } from '../../ui/session.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TabStrip } from '../../ui/tab-strip.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { useToday } from '../../ui/use-now.ts';
import style from './caseload.module.css';
import { caseload } from './contract.ts';
import { Fortnight } from './fortnight.tsx';
import { ReasonLine } from './reason-line.tsx';

type Client = Got<typeof caseload>['clients'][number];

/** Arrow keys (or j and k) walk the list; Enter opens the chart, s the next session, a the alerts. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-row]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (step === undefined || at < 0) return;
  event.preventDefault();
  rows[Math.min(rows.length - 1, Math.max(0, at + step))]?.focus();
}

/** Today in the workspace: who needs somebody, and why, most urgent first. */
export function Caseload() {
  const { t } = useLingui();
  const words = useTimeWords();
  const session = useSession();
  const today = useToday();
  const [chosen, setScope] = useState<'mine' | 'all'>();
  // Who leads no sessions has nobody of their own: they begin with the whole programme.
  const role = session?.membership?.role;
  const scope = chosen ?? (role && role !== 'therapist' ? 'all' : 'mine');
  const { data, error, isPending, refetch } = useOperation(
    caseload,
    { scope },
    { refetchInterval: 60_000 },
  );
  const clients = data?.clients ?? [];
  const waiting = clients.filter((client) => client.reasons[0]?.code !== 'calm');
  const calm = clients.filter((client) => client.reasons[0]?.code === 'calm');
  const name = session?.membership?.displayName.split(' ')[0] ?? '';
  return (
    <div className="stack loose">
      <div className="stack tight">
        <h1>{name ? <Trans>Today, {name}</Trans> : <Trans>Today</Trans>}</h1>
        <p className="soft">
          {words.weekday(today)}
          {data && clients.length > 0 && (
            <>
              {' · '}
              <Plural
                value={waiting.length}
                _0="nobody is waiting"
                one="# client needs a look"
                other="# clients need a look"
              />
            </>
          )}
        </p>
      </div>
      <TabStrip
        label={t`Whose clients`}
        tabs={[
          { value: 'mine', label: t`Mine` },
          { value: 'all', label: t`The programme` },
        ]}
        value={scope}
        onChange={(next) => setScope(next as 'mine' | 'all')}
      >
        {isPending && <Skeleton lines={8} />}
        {!data && <Trouble error={error} onRetry={() => void refetch()} />}
        {data && clients.length === 0 && (
          <EmptyState
            title={<Trans>Nobody here yet</Trans>}
            action={
              <LinkButton to="/work/clients/new" look="primary">
                <Trans>Admit a client</Trans>
              </LinkButton>
            }
          >
            <Trans>
              Admit your first client with a name they choose. You get a code to hand over; their
              phone becomes part of the work. From then on this page says who needs you today, and
              why.
            </Trans>
          </EmptyState>
        )}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys walk between the links inside */}
        <div onKeyDown={walk}>
          {waiting.length > 0 && <Rows label={t`Needs a look`} clients={waiting} />}
          {calm.length > 0 && <Rows label={t`Nothing waits`} clients={calm} quiet />}
        </div>
        {clients.length > 0 && (
          <p className={`${style.hint} faint small not-printed`}>
            <Trans>
              Arrow keys walk, Enter opens, S opens the next session, A the alerts. A gap in a line
              is a day of which nothing was told; what is not shared is never counted as missed.
            </Trans>
          </p>
        )}
      </TabStrip>
    </div>
  );
}

function Rows({ label, clients, quiet }: { label: string; clients: Client[]; quiet?: boolean }) {
  return (
    <section aria-label={label} className={style.group}>
      <h2 className="eyebrow">{label}</h2>
      <ul className={style.rows}>
        {clients.map((client) => (
          <ClientRow key={client.clientId} client={client} quiet={quiet ?? false} />
        ))}
      </ul>
    </section>
  );
}

function ClientRow({ client, quiet }: { client: Client; quiet: boolean }) {
  const navigate = useNavigate();
  const words = useTimeWords();
  const chart = `/work/clients/${client.clientId}`;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to =
      event.key === 's' && client.nextSession
        ? `/work/sessions/${client.nextSession.sessionId}`
        : event.key === 'a'
          ? '/work/alerts'
          : null;
    if (to) void navigate({ to: to as never });
  };
  return (
    <li className={`${style.row} ${quiet ? style.quiet : ''}`}>
      <div className={style.reasons}>
        {client.reasons.map((reason) => (
          <ReasonLine
            key={reason.code + (reason.sourceId ?? '')}
            reason={reason}
            clientId={client.clientId}
            sessionId={client.nextSession?.sessionId ?? null}
          />
        ))}
      </div>
      <a
        href={chart}
        data-row
        className={style.name}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey) return;
          event.preventDefault();
          void navigate({ to: chart as never });
        }}
      >
        {client.displayName}
        <span className="faint small">{client.recordNumber}</span>
      </a>
      <Fortnight days={client.days} shares={client.sharesCheckIns} name={client.displayName} />
      <p className={`${style.next} small`}>
        {client.nextSession ? (
          <>
            <span className="faint">
              <Trans>Next session</Trans>
            </span>
            {words.moment(client.nextSession.at)}
          </>
        ) : (
          <span className="faint">
            <Trans>No session planned</Trans>
          </span>
        )}
      </p>
    </li>
  );
}
