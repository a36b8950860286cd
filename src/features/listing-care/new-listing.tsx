import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { uuidv7 } from '../../kit/id.ts';
import { Button } from '../../ui/button.tsx';
import { type Got, useCommand, useOperation } from '../../ui/operations.ts';
import { sentenceFor, Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { say } from '../../ui/toast.tsx';
import {
  addListing,
  type ListingChanges,
  listingTable,
  listsCaredFor,
} from '../lists/listing-contract.ts';
import type { ListingField } from '../lists/listing-fields.rules.ts';
import { emptyMeeting } from '../meetings/empty-meeting.rules.ts';
import { type Changes, changesAfter, DraftProvider } from './draft.tsx';
import style from './edit-listing.module.css';
import { useTypeLabels } from './form-fellowship.tsx';
import { ListingForm } from './listing-form.tsx';
import { fieldTrouble, listingRefusals } from './listing-troubles.tsx';

type List = Got<typeof listsCaredFor>['bodies'][number]['lists'][number];

function Form({ list }: { list: List }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [id] = useState(uuidv7);
  const [changes, setChanges] = useState<Changes>({});
  const fellowship = list.fellowship ?? 'aa';
  const zone = list.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const labels = useTypeLabels((changes.fellowship as string | undefined) ?? fellowship);
  const adding = useCommand(addListing, {
    refreshes: [listingTable, listsCaredFor],
    onDone: () => {
      say(t`Added.`);
      void navigate({ to: `/work/meetings/listings/${id}` as never });
    },
  });
  const listing = emptyMeeting({ fellowship, timeZone: zone });
  const add = (draft: boolean) =>
    adding.mutate({
      id,
      listId: list.id,
      draft,
      changes: {
        attendance: 'in-person',
        fellowship,
        timeZone: zone,
        ...(changes as ListingChanges),
      },
    });
  const draft = {
    listing,
    changes,
    change: (field: ListingField, value: unknown) =>
      setChanges((now) => changesAfter(listing, now, field, value)),
    locked: [],
    sourced: {},
    hasSource: false,
    release: () => undefined,
    trouble: fieldTrouble(adding.error),
    labels,
  };
  return (
    <div className="stack loose">
      <div className="stack tight">
        <h1>
          <Trans>Add a meeting</Trans>
        </h1>
        <p className="soft">{list.name}</p>
      </div>
      <DraftProvider value={draft}>
        <ListingForm />
      </DraftProvider>
      <div className={style.bar}>
        {adding.error && <p role="alert">{sentenceFor(adding.error, listingRefusals())}</p>}
        <div className="row apart">
          <span className="soft small">
            <Trans>A draft is seen only by those who care for it.</Trans>
          </span>
          <div className="row">
            <Button busy={adding.isPending} onClick={() => add(true)}>
              <Trans>Keep as a draft</Trans>
            </Button>
            <Button look="primary" busy={adding.isPending} onClick={() => add(false)}>
              <Trans>Publish</Trans>
            </Button>
          </div>
        </div>
      </div>
    </div>
  );
}

/** A listing that is written by hand. */
export function NewListing() {
  const { list: id = '' } = useParams({ strict: false }) as { list?: string };
  const { data, error, isPending, refetch } = useOperation(listsCaredFor, {});
  if (isPending) return <Skeleton lines={10} />;
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  const list = data.bodies.flatMap((body) => body.lists).find((one) => one.id === id);
  if (!list)
    return (
      <p>
        <Trans>This list is not here, or not for you.</Trans>
      </p>
    );
  return <Form list={list} />;
}
