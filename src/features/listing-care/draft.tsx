import { Trans, useLingui } from '@lingui/react/macro';
import { Lock, LockOpen } from 'lucide-react';
import { createContext, type ReactNode, useContext } from 'react';
import { fieldValue, type ListingField, sameValue } from '../lists/listing-fields.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import style from './edit-listing.module.css';
import { useFieldNames, useValueWords } from './field-words.part.tsx';

/** Changes that are not saved yet, by field. */
export type Changes = Partial<Record<ListingField, unknown>>;

/** One listing being edited: what stands there, what was typed, and what the source says. */
export interface Draft {
  listing: Meeting;
  changes: Changes;
  change: (field: ListingField, value: unknown) => void;
  locked: readonly string[];
  sourced: Readonly<Record<string, unknown>>;
  hasSource: boolean;
  /** Lets the source speak again for a field. */
  release: (field: ListingField) => void;
  trouble: { field: string; words: ReactNode } | null;
  labels: ReadonlyMap<string, string>;
}

const Here = createContext<Draft | null>(null);
export const DraftProvider = Here.Provider;

/** The draft that this form fills. */
export function useDraft(): Draft {
  const draft = useContext(Here);
  if (!draft) throw new Error('This field is not in the form of a listing.');
  return draft;
}

/** The listing as it would be once saved. */
export function withChanges(listing: Meeting, changes: Changes): Meeting {
  const place: Record<string, unknown> = { ...listing.place };
  const next: Record<string, unknown> = { ...listing };
  for (const [name, value] of Object.entries(changes))
    if (name.startsWith('place.')) place[name.slice(6)] = value;
    else next[name] = value;
  return { ...next, place } as unknown as Meeting;
}

/** Changes after a field was set; one set back to what stands there is no change. */
export function changesAfter(
  listing: Meeting,
  changes: Changes,
  field: ListingField,
  value: unknown,
): Changes {
  const { [field]: _, ...rest } = changes;
  return sameValue(fieldValue(listing, field), value) ? rest : { ...rest, [field]: value };
}

function LockLine({ field }: { field: ListingField }) {
  const { t } = useLingui();
  const { sourced, release, labels } = useDraft();
  const words = useValueWords(labels);
  const name = useFieldNames()(field);
  return (
    <span className={style.lock}>
      <Lock size={14} aria-hidden="true" />
      <span>
        <Trans>Corrected by hand. The source says: {words(field, sourced[field])}</Trans>
      </span>
      <button
        type="button"
        className={style.release}
        aria-label={t`${name}: take the source’s again`}
        onClick={() => release(field)}
      >
        <LockOpen size={14} aria-hidden="true" />
        <Trans>Take the source’s again</Trans>
      </button>
    </span>
  );
}

/** What stands with a field: its value now, how to change it, and its lock, hint and trouble. */
export function useField<Value>(field: ListingField): {
  value: Value;
  set: (value: Value) => void;
  label: string;
  hint: ReactNode;
  error: ReactNode;
} {
  const { listing, changes, change, locked, hasSource, trouble } = useDraft();
  const label = useFieldNames()(field);
  const isTyped = field in changes;
  const value = (isTyped ? changes[field] : fieldValue(listing, field)) as Value;
  const hint =
    isTyped && hasSource ? (
      <span className={style.typed}>
        <Trans>Changed. Once saved, the source no longer overwrites it.</Trans>
      </span>
    ) : locked.includes(field) ? (
      <LockLine field={field} />
    ) : undefined;
  return {
    value,
    set: (next) => change(field, next),
    label,
    hint,
    error: trouble?.field === field ? trouble.words : undefined,
  };
}
