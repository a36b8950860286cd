import { Trans, useLingui } from '@lingui/react/macro';
import { MoveRight, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { type Got, useCommand, useOperation } from '../../ui/operations.ts';
import { sentenceFor, Trouble } from '../../ui/refusal-words.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { say } from '../../ui/toast.tsx';
import { meetingHistory } from '../lists/import-contract.ts';
import { listingTable, readListing, undoChange } from '../lists/listing-contract.ts';
import style from './edit-listing.module.css';
import { useFieldNames, useValueWords } from './field-words.part.tsx';
import { listingRefusals } from './listing-troubles.tsx';

type Event = Got<typeof meetingHistory>['events'][number];

function KindWords({ kind }: { kind: string }) {
  switch (kind) {
    case 'new':
      return <Trans>Added</Trans>;
    case 'delete':
      return <Trans>Taken out of the directory</Trans>;
    case 'back':
      return <Trans>In the directory again</Trans>;
    case 'closure':
      return <Trans>Closed or opened again</Trans>;
    case 'confirmed':
      return <Trans>Confirmed</Trans>;
    case 'merged':
      return <Trans>Joined with its double</Trans>;
    case 'roll-back':
      return <Trans>Taken back</Trans>;
    default:
      return <Trans>Changed</Trans>;
  }
}

function By({ event }: { event: Event }) {
  if (event.importId)
    return event.source ? <Trans>by “{event.source}”</Trans> : <Trans>by an import</Trans>;
  return event.by ? <Trans>by {event.by}</Trans> : null;
}

type LineProps = {
  event: Event;
  labels: ReadonlyMap<string, string>;
  onUndo: () => void;
  busy: boolean;
};

function Line({ event, labels, onUndo, busy }: LineProps) {
  const { moment } = useTimeWords();
  const names = useFieldNames();
  const words = useValueWords(labels);
  const isUndoable = event.kind === 'change' || event.kind === 'roll-back';
  return (
    <li className={style.event}>
      <div className="row apart">
        <span>
          <KindWords kind={event.kind} /> <By event={event} />
        </span>
        <time className="faint small" dateTime={event.at}>
          {moment(event.at)}
        </time>
      </div>
      {event.fields.length > 0 && event.kind !== 'new' && (
        <dl className={style.fields}>
          {event.fields.map(({ field, before, after }) => (
            <div key={field}>
              <dt>{names(field)}</dt>
              <dd>
                <del>{words(field, before)}</del>{' '}
                <MoveRight size={14} aria-hidden="true" className={style.arrow} />{' '}
                <ins>{words(field, after)}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {isUndoable && event.fields.length > 0 && (
        <Button
          size="small"
          look="plain"
          busy={busy}
          icon={<Undo2 size={16} aria-hidden="true" />}
          onClick={onUndo}
        >
          <Trans>Take this back</Trans>
        </Button>
      )}
    </li>
  );
}

/** What happened to a listing, newest first; a change can be taken back. */
export function ListingHistory({
  id,
  labels,
}: {
  id: string;
  labels: ReadonlyMap<string, string>;
}) {
  const { t } = useLingui();
  const [limit, setLimit] = useState(8);
  const { data, error, isPending, refetch } = useOperation(meetingHistory, {
    meetingId: id,
    limit,
  });
  const undoing = useCommand(undoChange, {
    refreshes: [readListing, listingTable, meetingHistory],
    onDone: () => say(t`Taken back.`),
  });
  return (
    <Section title={<Trans>What happened to it</Trans>}>
      {isPending && <Skeleton lines={4} />}
      <Trouble error={error} onRetry={() => void refetch()} />
      {undoing.error && <p role="alert">{sentenceFor(undoing.error, listingRefusals())}</p>}
      {data && data.events.length === 0 && (
        <p className="soft">
          <Trans>Nothing yet.</Trans>
        </p>
      )}
      {data && (
        <ol className={style.events}>
          {data.events.map((event) => (
            <Line
              key={event.number}
              event={event}
              labels={labels}
              busy={undoing.isPending}
              onUndo={() => undoing.mutate({ id, number: event.number })}
            />
          ))}
        </ol>
      )}
      {data?.more && limit < 100 && (
        <Button size="small" onClick={() => setLimit(100)}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </Section>
  );
}
