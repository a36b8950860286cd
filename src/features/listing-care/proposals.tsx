import { Trans, useLingui } from '@lingui/react/macro';
import { MoveRight } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Got, useCommand, useOperation } from '../../ui/operations.ts';
import { sentenceFor, Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TabStrip } from '../../ui/tab-strip.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { say } from '../../ui/toast.tsx';
import { meetingHistory } from '../lists/import-contract.ts';
import { listingTable, listsCaredFor, readListing } from '../lists/listing-contract.ts';
import { sameValue } from '../lists/listing-fields.rules.ts';
import { answerProposal, proposals, withdrawProposal } from '../lists/servant-contract.ts';
import { CareLinks } from './care-links.part.tsx';
import { useFieldNames, useValueWords } from './field-words.part.tsx';
import { fieldTrouble, listingRefusals } from './listing-troubles.tsx';
import style from './proposals.module.css';

type Proposal = Got<typeof proposals>['proposals'][number];

const refreshes = [proposals, listsCaredFor, readListing, listingTable, meetingHistory] as const;

function Fields({ one }: { one: Proposal }) {
  const names = useFieldNames();
  const words = useValueWords();
  return (
    <dl className={style.fields}>
      {one.fields.map(({ field, before, after, now }) => (
        <div key={field}>
          <dt>{names(field)}</dt>
          <dd>
            <del>{words(field, now)}</del>{' '}
            <MoveRight size={14} aria-hidden="true" className={style.arrow} />{' '}
            <ins>{words(field, after)}</ins>
            {one.state === 'open' && !sameValue(before, now) && (
              <span className={style.moved}>
                <Trans>It was “{words(field, before)}” when this was proposed.</Trans>
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function StateWords({ one }: { one: Proposal }) {
  if (one.state === 'approved') return <Trans>Approved</Trans>;
  if (one.state === 'withdrawn') return <Trans>Taken back</Trans>;
  if (one.state === 'declined') return <Trans>Declined: {one.reason}</Trans>;
  return one.answerable ? null : <Trans>Waits for those who care for it</Trans>;
}

function Answer({ one }: { one: Proposal }) {
  const { t } = useLingui();
  const [isDeclining, setDeclining] = useState(false);
  const [reason, setReason] = useState('');
  // Said by the commands themselves: by then this line may be gone from the list.
  const approving = useCommand(answerProposal, {
    refreshes,
    onDone: () => say(t`Approved. It is in the directory now.`),
  });
  const declining = useCommand(answerProposal, { refreshes, onDone: () => say(t`Declined.`) });
  const withdrawing = useCommand(withdrawProposal, {
    refreshes,
    onDone: () => say(t`Taken back.`),
  });
  const error = approving.error ?? declining.error;
  const isBusy = approving.isPending || declining.isPending;
  const decline = () => declining.mutate({ id: one.id, approve: false, reason });
  const trouble = fieldTrouble(error);
  return (
    <div className="stack tight">
      {error && (
        <p role="alert">
          {trouble?.words ??
            sentenceFor(error, {
              ...listingRefusals(),
              answeredAlready: <Trans>Somebody has answered this meanwhile.</Trans>,
              needsReason: <Trans>Say why, so that they know.</Trans>,
            })}
        </p>
      )}
      {isDeclining && (
        <TextField label={t`Why not`} value={reason} onChange={setReason} maxLength={500} />
      )}
      <div className="row">
        {one.answerable && !isDeclining && (
          <Button
            look="primary"
            busy={isBusy}
            onClick={() => approving.mutate({ id: one.id, approve: true, reason: '' })}
          >
            <Trans>Approve</Trans>
          </Button>
        )}
        {one.answerable && (
          <Button busy={isBusy} onClick={() => (isDeclining ? decline() : setDeclining(true))}>
            <Trans>Decline</Trans>
          </Button>
        )}
        {isDeclining && (
          <Button look="plain" onClick={() => setDeclining(false)}>
            <Trans>Not yet</Trans>
          </Button>
        )}
        {one.yours && (
          <Button
            look="plain"
            busy={withdrawing.isPending}
            onClick={() => withdrawing.mutate({ id: one.id })}
          >
            <Trans>Take my proposal back</Trans>
          </Button>
        )}
      </div>
    </div>
  );
}

function One({ one }: { one: Proposal }) {
  const { moment } = useTimeWords();
  return (
    <li className={style.one}>
      <div className="row apart">
        <h2 className={style.title}>
          <a href={`/work/meetings/listings/${one.meetingId}`}>{one.name}</a>
        </h2>
        <span className="soft small">
          {one.yours ? <Trans>you</Trans> : one.by} · {moment(one.madeAt)}
        </span>
      </div>
      <Fields one={one} />
      {one.note && <p className="reading">“{one.note}”</p>}
      <p className="soft small">
        <StateWords one={one} />
      </p>
      {one.state === 'open' && <Answer one={one} />}
    </li>
  );
}

/** Changes by others, for those who may make them; and one’s own. */
export function Proposals() {
  const { t } = useLingui();
  const [tab, setTab] = useState<'open' | 'answered'>('open');
  const { data, error, isPending, refetch } = useOperation(proposals, {
    answered: tab === 'answered',
  });
  return (
    <div className="stack">
      <h1>
        <Trans>Proposals</Trans>
      </h1>
      <CareLinks />
      <TabStrip
        label={t`Proposals`}
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'open', label: <Trans>To decide</Trans> },
          { value: 'answered', label: <Trans>Decided</Trans> },
        ]}
      >
        {isPending && <Skeleton lines={5} />}
        <Trouble error={error} onRetry={() => void refetch()} />
        {data && data.proposals.length === 0 && (
          <EmptyState title={<Trans>Nothing waits here</Trans>}>
            <Trans>
              Who cares for a region, a group, or only helps, proposes changes of other listings.
              They stand here until somebody decides.
            </Trans>
          </EmptyState>
        )}
        {data && data.proposals.length > 0 && (
          <ul className={style.list} aria-label={t`Proposals`}>
            {data.proposals.map((one) => (
              <One key={one.id} one={one} />
            ))}
          </ul>
        )}
      </TabStrip>
    </div>
  );
}
