import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Got, useCommand, useOperation } from '../../ui/operations.ts';
import { sentenceFor, Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TabStrip } from '../../ui/tab-strip.tsx';
import { say } from '../../ui/toast.tsx';
import {
  duplicateQueue,
  judgeDuplicate,
  lookForDuplicates,
  unjudgeDuplicate,
} from '../lists/duplicate-contract.ts';
import { listingTable, listsCaredFor } from '../lists/listing-contract.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { CareLinks } from './care-links.part.tsx';
import style from './duplicate-queue.module.css';
import { SideBySide } from './side-by-side.tsx';

type Pair = Got<typeof duplicateQueue>['pairs'][number];
type Tab = 'open' | 'same' | 'different';

const refreshes = [duplicateQueue, listingTable, listsCaredFor] as const;

/** The one that was confirmed or changed later, else the one that says more. */
export function betterOf(pair: Pair): string {
  const ages = [pair.one, pair.other].map(({ listing }) => {
    const { confirmedAt, updatedAt } = listing as Meeting;
    return confirmedAt ?? updatedAt ?? '';
  });
  if (ages[0] !== ages[1]) return (ages[0] ?? '') > (ages[1] ?? '') ? pair.one.id : pair.other.id;
  const [a, b] = [pair.one, pair.other].map(({ listing }) => JSON.stringify(listing).length);
  return (a ?? 0) >= (b ?? 0) ? pair.one.id : pair.other.id;
}

/** Fields that the shown one lacks and the other has: taken over unless one says otherwise. */
export function fieldsToTake(pair: Pair, keepId: string): string[] {
  const keep = (pair.one.id === keepId ? pair.one : pair.other).listing as Meeting;
  const from = (pair.one.id === keepId ? pair.other : pair.one).listing as Meeting;
  const at = (meeting: Meeting, field: string): unknown =>
    field.startsWith('place.')
      ? meeting.place[field.slice(6) as keyof Meeting['place']]
      : meeting[field as keyof Meeting];
  const isNone = (value: unknown) =>
    value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return pair.fields.filter(
    (field) => field !== 'closure' && isNone(at(keep, field)) && !isNone(at(from, field)),
  );
}

const keyed = (pair: Pair) => ({ oneId: pair.one.id, otherId: pair.other.id });

/** S, D, U and the arrows, anywhere on the page but in a field. */
function useKeys(keys: readonly [key: string, run: () => void][]): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (target.closest('input, textarea, select, dialog, [role="tablist"]')) return;
      const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const run = latest.current.find(([key]) => key === pressed)?.[1];
      if (!run) return;
      event.preventDefault();
      run();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

function Reasons({ pair }: { pair: Pair }) {
  const { t } = useLingui();
  const words = {
    time: t`same time`,
    place: t`same place`,
    conference: t`same online room`,
    name: t`alike in name`,
    group: t`same group`,
  };
  return <p className="soft small">{pair.reasons.map((reason) => words[reason]).join(' · ')}</p>;
}

type JudgeProps = {
  pair: Pair;
  place: number;
  total: number;
  onStep: (by: number) => void;
  onJudged: (pair: Pair) => void;
  onUndo: () => void;
};

function Judge({ pair, place, total, onStep, onJudged, onUndo }: JudgeProps) {
  const [keepId, setKeep] = useState(() => betterOf(pair));
  const [take, setTake] = useState(() => fieldsToTake(pair, keepId));
  const judging = useCommand(judgeDuplicate, { refreshes, onDone: () => onJudged(pair) });
  const keep = (id: string) => {
    setKeep(id);
    setTake(fieldsToTake(pair, id));
  };
  const same = () =>
    !judging.isPending && judging.mutate({ ...keyed(pair), verdict: 'same', keepId, take });
  const different = () =>
    !judging.isPending && judging.mutate({ ...keyed(pair), verdict: 'different' });
  useKeys([
    ['s', same],
    ['d', different],
    ['ArrowRight', () => onStep(1)],
    ['ArrowLeft', () => onStep(-1)],
    ['1', () => keep(pair.one.id)],
    ['2', () => keep(pair.other.id)],
  ]);
  return (
    <section className="stack">
      <div className="row apart">
        <span className="figure soft" role="status">
          <Trans>
            {place + 1} of {total}
          </Trans>
        </span>
        <Reasons pair={pair} />
      </div>
      <SideBySide pair={pair} keepId={keepId} onKeep={keep} take={take} onTake={setTake} />
      {judging.error && (
        <p role="alert">
          {sentenceFor(judging.error, {
            judgedAlready: <Trans>Somebody has decided this meanwhile.</Trans>,
            isTwin: <Trans>One of them already stands behind another listing.</Trans>,
            outsideScope: <Trans>One of them is not among the listings that you care for.</Trans>,
            whichIsKept: <Trans>Choose which one is shown.</Trans>,
          })}
        </p>
      )}
      <div className={style.verdicts}>
        <Button look="primary" busy={judging.isPending} onClick={same}>
          <Trans>The same meeting</Trans> <kbd>S</kbd>
        </Button>
        <Button busy={judging.isPending} onClick={different}>
          <Trans>Not the same</Trans> <kbd>D</kbd>
        </Button>
        <span className={style.rest} />
        <Button look="plain" onClick={onUndo}>
          <Trans>Undo</Trans> <kbd>U</kbd>
        </Button>
        <Button look="plain" disabled={place === 0} onClick={() => onStep(-1)}>
          <Trans>Back</Trans> <ArrowLeft size={16} aria-hidden="true" />
        </Button>
        <Button look="plain" disabled={place + 1 >= total} onClick={() => onStep(1)}>
          <Trans>Later</Trans> <ArrowRight size={16} aria-hidden="true" />
        </Button>
      </div>
    </section>
  );
}

function Open() {
  const { t } = useLingui();
  const [place, setPlace] = useState(0);
  const [judged, setJudged] = useState<Pair[]>([]);
  const { data, error, isPending, refetch } = useOperation(duplicateQueue, {
    only: 'open',
    from: place,
    limit: 1,
  });
  const undoing = useCommand(unjudgeDuplicate, { refreshes });
  const total = data?.total ?? 0;
  const pair = data?.pairs[0];
  useEffect(() => {
    if (data && place > 0 && place >= data.total) setPlace(Math.max(0, data.total - 1));
  }, [data, place]);
  const undo = () => {
    const last = judged.at(-1);
    if (!last || undoing.isPending) return;
    setJudged(judged.slice(0, -1));
    undoing.mutate(keyed(last), { onSuccess: () => say(t`Taken back.`) });
  };
  useKeys([['u', undo]]);
  if (isPending) return <Skeleton lines={8} />;
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!pair)
    return (
      <EmptyState
        title={<Trans>Nothing looks double</Trans>}
        action={
          judged.length > 0 && (
            <Button onClick={undo}>
              <Trans>Undo the last one</Trans>
            </Button>
          )
        }
      >
        <Trans>
          After each import the listings of different sources are compared: time, place, online room
          and name. What may be one meeting waits here for you.
        </Trans>
      </EmptyState>
    );
  return (
    <Judge
      key={`${pair.one.id} ${pair.other.id}`}
      pair={pair}
      place={place}
      total={total}
      onStep={(by) => setPlace(Math.min(total - 1, Math.max(0, place + by)))}
      onJudged={(done) => setJudged([...judged, done])}
      onUndo={undo}
    />
  );
}

function Judged({ only }: { only: 'same' | 'different' }) {
  const { t } = useLingui();
  const { data, error, isPending, refetch } = useOperation(duplicateQueue, { only, limit: 50 });
  const undoing = useCommand(unjudgeDuplicate, {
    refreshes,
    onDone: () => say(t`Taken back. It waits for a decision again.`),
  });
  if (isPending) return <Skeleton lines={5} />;
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (data.pairs.length === 0)
    return (
      <p className="soft">
        <Trans>None yet.</Trans>
      </p>
    );
  return (
    <ul className={style.judged} aria-label={t`Decided`}>
      {data.pairs.map((pair) => (
        <li key={`${pair.one.id} ${pair.other.id}`}>
          <span>
            <a href={`/work/meetings/listings/${pair.one.id}`}>
              {(pair.one.listing as Meeting).name}
            </a>
            {only === 'same' ? ' = ' : ' ≠ '}
            <a href={`/work/meetings/listings/${pair.other.id}`}>
              {(pair.other.listing as Meeting).name}
            </a>
          </span>
          <Button size="small" look="plain" onClick={() => undoing.mutate(keyed(pair))}>
            <Trans>Take this back</Trans>
          </Button>
        </li>
      ))}
      {data.total > data.pairs.length && (
        <li className="soft">
          <Plural value={data.total - data.pairs.length} one="and # more" other="and # more" />
        </li>
      )}
    </ul>
  );
}

function CompareAgain() {
  const { t } = useLingui();
  const { data } = useOperation(listsCaredFor, {});
  const looking = useCommand(lookForDuplicates, {
    refreshes,
    onDone: () => say(t`All listings were compared again.`),
  });
  const bodies = (data?.bodies ?? []).filter((body) => body.scope === 'body');
  if (bodies.length === 0) return null;
  const look = async () => {
    for (const body of bodies) await looking.mutateAsync({ bodyId: body.id });
  };
  return (
    <Button busy={looking.isPending} onClick={() => void look().catch(() => undefined)}>
      <Trans>Compare all again</Trans>
    </Button>
  );
}

/** Listings of different sources that may be one meeting, one pair at a time. */
export function DuplicateQueue() {
  const { t } = useLingui();
  const [tab, setTab] = useState<Tab>('open');
  return (
    <div className="stack">
      <div className="row apart">
        <h1>
          <Trans>Doubles</Trans>
        </h1>
        <CompareAgain />
      </div>
      <CareLinks />
      <TabStrip
        label={t`Doubles`}
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'open', label: <Trans>To decide</Trans> },
          { value: 'same', label: <Trans>The same</Trans> },
          { value: 'different', label: <Trans>Not the same</Trans> },
        ]}
      >
        {tab === 'open' ? <Open /> : <Judged only={tab} />}
      </TabStrip>
    </div>
  );
}
