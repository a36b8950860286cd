import { Trans, useLingui } from '@lingui/react/macro';
import { Plus, Trash2 } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { DayField } from '../../ui/day-field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { DayChange } from '../meetings/meeting.rules.ts';
import { occurrences } from '../meetings/recurrence.rules.ts';
import { useDraft, useField, withChanges } from './draft.tsx';
import style from './edit-listing.module.css';

type LineProps = {
  one: DayChange;
  onChange: (one: DayChange) => void;
  onRemove: () => void;
};

function Line({ one, onChange, onRemove }: LineProps) {
  const { t } = useLingui();
  return (
    <li className={style.dayChange}>
      <DayField label={t`Day`} value={one.day} onChange={(day) => onChange({ ...one, day })} />
      <Select
        label={t`What is different`}
        value={one.change}
        onChange={(change) =>
          onChange({
            ...one,
            change,
            ...(change !== 'moved' && { toDay: null, startsAt: null }),
          })
        }
        options={[
          { value: 'cancelled', label: t`Not held` },
          { value: 'moved', label: t`Moved` },
          { value: 'online', label: t`Online that day` },
        ]}
      />
      {one.change === 'moved' && (
        <>
          <DayField
            label={t`To the day`}
            value={one.toDay ?? ''}
            onChange={(toDay) => onChange({ ...one, toDay: toDay || null })}
          />
          <TextField
            label={t`At`}
            type="time"
            value={one.startsAt ?? ''}
            onChange={(startsAt) => onChange({ ...one, startsAt: startsAt || null })}
          />
        </>
      )}
      <TextField
        label={t`Note`}
        value={one.note}
        maxLength={500}
        onChange={(note) => onChange({ ...one, note })}
      />
      <Button
        look="plain"
        aria-label={t`Remove ${one.day}`}
        icon={<Trash2 size={18} aria-hidden="true" />}
        onClick={onRemove}
      >
        <Trans>Remove</Trans>
      </Button>
    </li>
  );
}

/** Single days that are not like the rule says. */
export function DayChanges() {
  const { t } = useLingui();
  const { listing, changes } = useDraft();
  const it = useField<DayChange[]>('dayChanges');
  const put = (index: number, one: DayChange | null) =>
    it.set(it.value.flatMap((old, at) => (at !== index ? [old] : one ? [one] : [])));
  const add = () => {
    const taken = new Set(it.value.map((one) => one.day));
    const next = occurrences(withChanges(listing, changes), Date.now(), { count: 20 });
    const day = next.find((one) => !taken.has(one.day))?.day ?? '';
    it.set([...it.value, { day, change: 'cancelled', toDay: null, startsAt: null, note: '' }]);
  };
  return (
    <fieldset className="stack tight">
      <legend className={style.legend}>{it.label}</legend>
      {it.hint && <p className="small soft">{it.hint}</p>}
      {it.value.length > 0 && (
        <ul className={style.dayChanges} aria-label={t`Days that are different`}>
          {it.value.map((one, index) => (
            <Line
              // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other identity while it is typed
              key={index}
              one={one}
              onChange={(next) => put(index, next)}
              onRemove={() => put(index, null)}
            />
          ))}
        </ul>
      )}
      {it.error && (
        <p role="alert" className={style.error}>
          {it.error}
        </p>
      )}
      <div>
        <Button size="small" icon={<Plus size={18} aria-hidden="true" />} onClick={add}>
          <Trans>Add a day</Trans>
        </Button>
      </div>
    </fieldset>
  );
}
