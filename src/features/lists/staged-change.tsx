import { Trans, useLingui } from '@lingui/react/macro';
import { Lock, MoveRight } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useLanguage } from '../../ui/language.tsx';
import type { Got } from '../../ui/operations.ts';
import { useTimeWords } from '../../ui/time-words.ts';
import { useDayNames, useFieldNames, useValueWords } from '../listing-care/field-words.part.tsx';
import type { Recurrence, Weekday } from '../meetings/meeting.rules.ts';
import { ruleWords } from '../meetings/recurrence-in-words.rules.ts';
import type { stagedDiff } from './import-contract.ts';
import style from './staged-changes.module.css';

type Change = Got<typeof stagedDiff>['changes'][number];

function Kind({ change }: { change: Change['change'] }) {
  const words = {
    added: <Trans>New</Trans>,
    changed: <Trans>Changed</Trans>,
    gone: <Trans>No longer named</Trans>,
    back: <Trans>Named again</Trans>,
  };
  return <span className={`${style.kind} ${style[change]}`}>{words[change]}</span>;
}

/** What follows from other fields is not told twice. */
const derived: readonly string[] = ['facets', 'linkHostKnown', 'updatedAt'];

function useFieldValue({ listing }: Change): (field: string, value: unknown) => ReactNode {
  const words = useValueWords();
  const language = useLanguage();
  const today = new Date().toISOString().slice(0, 10);
  return (field, value) =>
    field === 'recurrence' && value
      ? ruleWords(
          { days: listing.days as Weekday[], recurrence: value as Recurrence },
          language,
          today,
        )
      : words(field, value);
}

function Fields({ change }: { change: Change }) {
  const names = useFieldNames();
  const words = useFieldValue(change);
  const fields = change.fields.filter(({ field }) => !derived.includes(field));
  if (fields.length === 0) return null;
  return (
    <dl className={style.fields}>
      {fields.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{field === 'contacts' ? <Trans>Contacts (private)</Trans> : names(field)}</dt>
          <dd>
            {field === 'contacts' ? (
              <Trans>changed</Trans>
            ) : (
              <>
                <del>{words(field, before)}</del>{' '}
                <MoveRight size={14} aria-hidden="true" className={style.to} />{' '}
                <ins>{words(field, after)}</ins>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Stays({ change }: { change: Change }) {
  const names = useFieldNames();
  if (change.kept.length === 0 && change.locked.length === 0) return null;
  return (
    <div className="small soft stack tight">
      {change.kept.length > 0 && (
        <span>
          <Trans>
            The source no longer gives: {change.kept.map(names).join(', ')}. What stands is kept.
          </Trans>
        </span>
      )}
      {change.locked.length > 0 && (
        <span className={style.locked}>
          <Lock size={14} aria-hidden="true" />
          <Trans>Corrected by a person, stays: {change.locked.map(names).join(', ')}</Trans>
        </span>
      )}
    </div>
  );
}

function step(event: KeyboardEvent<HTMLLIElement>, onTurn: (() => void) | undefined): void {
  const item = event.currentTarget;
  if (event.target !== item) return;
  if (onTurn && (event.key === 'x' || event.key === 'X')) {
    event.preventDefault();
    onTurn();
    return;
  }
  const to = { ArrowDown: item.nextElementSibling, ArrowUp: item.previousElementSibling }[
    event.key
  ];
  if (!(to instanceof HTMLElement)) return;
  event.preventDefault();
  to.focus();
}

type Props = {
  change: Change;
  isFirst: boolean;
  isLeftOut: boolean;
  /** Changes of several kinds stand together: each says its own. */
  isMixed: boolean;
  /** Absent: nothing can be left out any more. */
  onTurn?: (() => void) | undefined;
};

/** One listing and what an import does to it, field by field. */
export function StagedChange({ change, isFirst, isLeftOut, isMixed, onTurn }: Props) {
  const { t } = useLingui();
  const { time } = useTimeWords();
  const dayNames = useDayNames();
  const { listing } = change;
  const when = [dayNames(listing.days), listing.startsAt && time(listing.startsAt)]
    .filter(Boolean)
    .join(' ');
  return (
    <li
      className={`${style.change} ${isLeftOut ? style.out : ''}`}
      tabIndex={isFirst ? 0 : -1}
      onKeyDown={(event) => step(event, onTurn)}
    >
      <div className={style.head}>
        {isMixed && <Kind change={change.change} />}
        <span className={style.name}>{listing.name}</span>
        <span className="soft small figure">
          {[when, listing.address].filter(Boolean).join(' · ')}
        </span>
      </div>
      <Fields change={change} />
      <Stays change={change} />
      {onTurn && (
        <label className={style.leave}>
          <input
            type="checkbox"
            checked={isLeftOut}
            onChange={onTurn}
            aria-label={t`Leave out: ${listing.name}`}
          />
          <Trans>Leave out</Trans>
        </label>
      )}
    </li>
  );
}
