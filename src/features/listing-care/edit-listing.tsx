import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { Eye, EyeOff, MoonStar } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { type Got, useCommand, useOperation } from '../../ui/operations.ts';
import { sentenceFor, Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { say } from '../../ui/toast.tsx';
import { meetingHistory } from '../lists/import-contract.ts';
import {
  type ListingChanges,
  listingTable,
  publishListing,
  readListing,
  saveListing,
  takeSource,
} from '../lists/listing-contract.ts';
import type { ListingField } from '../lists/listing-fields.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { closureWords } from '../meetings/recurrence-in-words.rules.ts';
import { CareLinks } from './care-links.part.tsx';
import { CloseDialog } from './close-dialog.tsx';
import { ContactsCard } from './contacts-card.tsx';
import { type Changes, changesAfter, DraftProvider } from './draft.tsx';
import style from './edit-listing.module.css';
import { useTypeLabels } from './form-fellowship.tsx';
import { ListingForm } from './listing-form.tsx';
import { ListingHistory } from './listing-history.tsx';
import { fieldTrouble, listingRefusals } from './listing-troubles.tsx';
import { keepUnsaved, unsavedOf } from './unsaved.web.ts';

type Read = Got<typeof readListing>;

const refreshes = [readListing, listingTable, meetingHistory] as const;

function StateLine({ read, listing }: { read: Read; listing: Meeting }) {
  const language = useLanguage();
  const { fullDay } = useTimeWords();
  const closed = closureWords(listing, language, new Date().toISOString().slice(0, 10));
  return (
    <div className="stack tight">
      <p className="soft">
        {read.source ? (
          <Trans>
            {read.listName} · from “{read.source}”
          </Trans>
        ) : (
          <Trans>{read.listName} · written by hand</Trans>
        )}
      </p>
      {read.state === 'draft' && (
        <p className={style.state}>
          <EyeOff size={18} aria-hidden="true" />
          <Trans>A draft: only those who care for it see it.</Trans>
        </p>
      )}
      {read.state === 'gone' && (
        <p className={style.state}>
          <EyeOff size={18} aria-hidden="true" />
          <Trans>
            Not shown: its source has not named it since {fullDay((read.goneAt ?? '').slice(0, 10))}
            . It returns by itself when it does.
          </Trans>
        </p>
      )}
      {read.state === 'twin' && (
        <p className={style.state}>
          <EyeOff size={18} aria-hidden="true" />
          <span>
            <Trans>Not shown: another listing stands for the same meeting.</Trans>{' '}
            <a href={`/work/meetings/listings/${read.twinOf}`}>
              <Trans>Look at that one</Trans>
            </a>
          </span>
        </p>
      )}
      {closed && (
        <p className={style.state}>
          <MoonStar size={18} aria-hidden="true" />
          {closed}
        </p>
      )}
      {read.may === 'propose' && (
        <p className={style.state}>
          <Trans>What you change here is proposed to those who care for this listing.</Trans>
        </p>
      )}
    </div>
  );
}

function Tools({ read, onClosing }: { read: Read; onClosing: () => void }) {
  const { t } = useLingui();
  const publishing = useCommand(publishListing, { refreshes });
  if (read.may !== 'change') return null;
  const isShown = read.state === 'published';
  const turn = (publish: boolean) =>
    publishing.mutate(
      { id: read.id, publish },
      {
        onSuccess: () =>
          say(publish ? t`Published.` : t`Taken out of the directory; it is a draft now.`, {
            label: t`Undo`,
            run: () => publishing.mutate({ id: read.id, publish: !publish }),
          }),
      },
    );
  return (
    <div className="row">
      {isShown && (
        <Button icon={<MoonStar size={18} aria-hidden="true" />} onClick={onClosing}>
          <Trans>Close for a time</Trans>
        </Button>
      )}
      {(isShown || read.state === 'draft') && (
        <Button
          busy={publishing.isPending}
          icon={
            isShown ? <EyeOff size={18} aria-hidden="true" /> : <Eye size={18} aria-hidden="true" />
          }
          onClick={() => turn(!isShown)}
        >
          {isShown ? <Trans>Take out of the directory</Trans> : <Trans>Publish</Trans>}
        </Button>
      )}
      {isShown && (
        <LinkButton to={`/meetings/${read.id}`} outside>
          <Trans>See as others see it</Trans>
        </LinkButton>
      )}
      {publishing.error && <p role="alert">{sentenceFor(publishing.error, listingRefusals())}</p>}
    </div>
  );
}

type BarProps = {
  count: number;
  isProposal: boolean;
  busy: boolean;
  error: unknown;
  note: string;
  onNote: (note: string) => void;
  onSave: () => void;
  onLeave: () => void;
};

/** What waits to be saved, always in sight. */
function SaveBar({ count, isProposal, busy, error, note, onNote, onSave, onLeave }: BarProps) {
  const { t } = useLingui();
  if (count === 0) return null;
  return (
    <div className={style.bar}>
      {error !== null && <p role="alert">{sentenceFor(error, listingRefusals())}</p>}
      {isProposal && (
        <TextField
          label={t`Why, for those who decide`}
          value={note}
          onChange={onNote}
          maxLength={500}
        />
      )}
      <div className="row apart">
        <span role="status">
          <Trans>Not saved yet: {count} changed</Trans>
        </span>
        <div className="row">
          <Button look="plain" onClick={onLeave}>
            <Trans>Let them go</Trans>
          </Button>
          <Button look="primary" busy={busy} onClick={onSave}>
            {isProposal ? <Trans>Propose</Trans> : <Trans>Save</Trans>}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** Ctrl-S saves, as everywhere. */
function useSaveKey(save: () => void): void {
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

function Editor({ read }: { read: Read }) {
  const { t } = useLingui();
  const listing = read.listing as Meeting;
  const [changes, setChanges] = useState<Changes>(() => unsavedOf(read.id));
  useEffect(() => keepUnsaved(read.id, changes), [read.id, changes]);
  const [note, setNote] = useState('');
  const [isClosing, setClosing] = useState(false);
  const releasing = useCommand(takeSource, { refreshes });
  const saving = useCommand(saveListing, {
    refreshes,
    onDone: ({ outcome }) => {
      setChanges({});
      setNote('');
      say(outcome === 'proposed' ? t`Proposed. Whoever cares for it is asked.` : t`Saved.`);
    },
  });
  const labels = useTypeLabels((changes.fellowship as string | undefined) ?? listing.fellowship);
  const save = () => {
    if (saving.isPending || Object.keys(changes).length === 0) return;
    saving.mutate({
      id: read.id,
      baseVersion: read.version,
      changes: changes as ListingChanges,
      ...(note && { note }),
    });
  };
  useSaveKey(save);
  const draft = {
    listing,
    changes,
    change: (field: ListingField, value: unknown) =>
      setChanges((now) => changesAfter(listing, now, field, value)),
    locked: read.locked,
    sourced: read.sourced,
    hasSource: read.source !== null && read.may === 'change',
    release: (field: ListingField) => releasing.mutate({ id: read.id, fields: [field] }),
    trouble: fieldTrouble(saving.error),
    labels,
  };
  return (
    <div className={style.page}>
      <div className={`stack ${style.head}`}>
        <h1>{listing.name || t`A meeting without a name`}</h1>
        <CareLinks />
        <StateLine read={read} listing={listing} />
        <Tools read={read} onClosing={() => setClosing(true)} />
      </div>
      <div className="stack loose">
        {releasing.error && <p role="alert">{sentenceFor(releasing.error, listingRefusals())}</p>}
        <DraftProvider value={draft}>
          <ListingForm />
        </DraftProvider>
        <SaveBar
          count={Object.keys(changes).length}
          isProposal={read.may === 'propose'}
          busy={saving.isPending}
          error={saving.error}
          note={note}
          onNote={setNote}
          onLeave={() => {
            setChanges({});
            saving.reset();
          }}
          onSave={save}
        />
      </div>
      <aside className="stack loose">
        {read.may === 'change' && <ContactsCard id={read.id} contacts={read.contacts} />}
        {read.may === 'change' && <ListingHistory id={read.id} labels={labels} />}
      </aside>
      <CloseDialog meetingId={read.id} isOpen={isClosing} onClose={() => setClosing(false)} />
    </div>
  );
}

/** One listing: what its source says, what a person corrected, and what happened to it. */
export function EditListing() {
  const { listing: id = '' } = useParams({ strict: false }) as { listing?: string };
  const { data, error, isPending, refetch } = useOperation(readListing, { id });
  if (isPending) return <Skeleton lines={10} />;
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  return <Editor key={id} read={data} />;
}
