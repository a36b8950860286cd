import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { DoorOpen, MoonStar } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Got, useCommand, useOperation } from '../../ui/operations.ts';
import { sentenceFor, Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TabStrip } from '../../ui/tab-strip.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { say } from '../../ui/toast.tsx';
import { closeAgain, closures, reopen } from '../lists/closure-contract.ts';
import { CareLinks } from './care-links.part.tsx';
import { closureRefusals, closureShown } from './close-dialog.tsx';
import style from './closures.module.css';

type Closed = Got<typeof closures>['closures'][number];

function Days({ one }: { one: Closed }) {
  const { fullDay } = useTimeWords();
  const from = one.fromDay && fullDay(one.fromDay);
  const until = one.untilDay && fullDay(one.untilDay);
  if (from && until)
    return (
      <Trans>
        from {from} until {until}
      </Trans>
    );
  if (until) return <Trans>until {until}</Trans>;
  if (from) return <Trans>from {from}, until it is opened</Trans>;
  return <Trans>until it is opened</Trans>;
}

function StateWords({ state }: { state: Closed['state'] }) {
  switch (state) {
    case 'coming':
      return <Trans>Coming</Trans>;
    case 'now':
      return <Trans>Closed now</Trans>;
    case 'over':
      return <Trans>Over; opened by itself</Trans>;
    default:
      return <Trans>Opened by hand</Trans>;
  }
}

function One({ one }: { one: Closed }) {
  const { t } = useLingui();
  const closing = useCommand(closeAgain, { refreshes: closureShown });
  const opening = useCommand(reopen, {
    refreshes: closureShown,
    onDone: () =>
      say(t`Open again.`, { label: t`Undo`, run: () => closing.mutate({ id: one.id }) }),
  });
  const isOpenable = one.state === 'now' || one.state === 'coming';
  const trouble = opening.error ?? closing.error;
  return (
    <li className={style.one}>
      <div className="stack tight">
        <span className={one.state === 'now' ? style.now : 'soft small'}>
          <StateWords state={one.state} />
        </span>
        <h2 className={style.title}>{one.title}</h2>
        <p className="soft">
          <Plural value={one.meetings} one="# meeting" other="# meetings" />, <Days one={one} />
        </p>
        {one.note && <p className="reading">{one.note}</p>}
        <details>
          <summary>
            <Trans>Which meetings</Trans>
          </summary>
          <ul>
            {one.names.map(({ id, name }) => (
              <li key={id}>
                <a href={`/work/meetings/listings/${id}`}>{name}</a>
              </li>
            ))}
          </ul>
        </details>
        {trouble && <p role="alert">{sentenceFor(trouble, closureRefusals())}</p>}
      </div>
      {isOpenable && (
        <Button
          icon={<DoorOpen size={18} aria-hidden="true" />}
          busy={opening.isPending}
          onClick={() => opening.mutate({ id: one.id })}
        >
          <Trans>Open again now</Trans>
        </Button>
      )}
      {one.state === 'ended' && (
        <Button busy={closing.isPending} onClick={() => closing.mutate({ id: one.id })}>
          <Trans>Close again</Trans>
        </Button>
      )}
    </li>
  );
}

/** What is shut for a time, and what was. */
export function Closures() {
  const { t } = useLingui();
  const [tab, setTab] = useState<'now' | 'ended'>('now');
  const { data, error, isPending, refetch } = useOperation(closures, { ended: tab === 'ended' });
  return (
    <div className="stack">
      <h1>
        <Trans>Closed for a time</Trans>
      </h1>
      <CareLinks />
      <TabStrip
        label={t`Closed for a time`}
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'now', label: <Trans>Now and coming</Trans> },
          { value: 'ended', label: <Trans>Over</Trans> },
        ]}
      >
        {isPending && <Skeleton lines={5} />}
        <Trouble error={error} onRetry={() => void refetch()} />
        {data && data.closures.length === 0 && (
          <EmptyState
            title={
              tab === 'now' ? (
                <Trans>Everything is open</Trans>
              ) : (
                <Trans>Nothing was closed yet</Trans>
              )
            }
          >
            <span className={style.how}>
              <MoonStar size={18} aria-hidden="true" />
              <Trans>
                Open a listing and choose “Close for a time”: one meeting, all of a group, or
                everything at a door. It opens again by itself after the last day.
              </Trans>
            </span>
          </EmptyState>
        )}
        {data && data.closures.length > 0 && (
          <ul className={style.list} aria-label={t`Closed for a time`}>
            {data.closures.map((one) => (
              <One key={one.id} one={one} />
            ))}
          </ul>
        )}
      </TabStrip>
    </div>
  );
}
