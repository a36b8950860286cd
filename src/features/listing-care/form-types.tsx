import { Trans, useLingui } from '@lingui/react/macro';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ComboBox } from '../../ui/combo-box.tsx';
import { PillGroup } from '../../ui/pill-group.tsx';
import type { Nth, TypesOn } from '../meetings/meeting.rules.ts';
import { folded } from '../meetings/plain-text.rules.ts';
import { useDraft, useField } from './draft.tsx';
import style from './edit-listing.module.css';
import { useNthNames } from './form-rule.tsx';

type PickProps = { label: string; value: readonly string[]; onChange: (codes: string[]) => void };

/** Types by the fellowship's own words: those chosen, and a field to add others by typing. */
function TypesPicker({ label, value, onChange }: PickProps) {
  const { t } = useLingui();
  const { labels } = useDraft();
  const [text, setText] = useState('');
  const found = [...labels]
    .filter(([code]) => !value.includes(code))
    .filter(([code, words]) => folded(`${code} ${words}`).includes(folded(text)))
    .slice(0, 12)
    .map(([code, words]) => ({ id: code, label: words, detail: code }));
  return (
    <div className="stack tight">
      {value.length > 0 && (
        <ul className={style.chips} aria-label={label}>
          {value.map((code) => (
            <li key={code} className={style.chip}>
              {labels.get(code) ?? code}
              <button
                type="button"
                aria-label={t`Remove ${labels.get(code) ?? code}`}
                onClick={() => onChange(value.filter((other) => other !== code))}
              >
                <X size={14} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <ComboBox
        label={label}
        text={text}
        onText={setText}
        found={found}
        onChoose={(code) => {
          onChange([...value, code]);
          setText('');
        }}
      />
    </div>
  );
}

function SomeWeeks() {
  const { t } = useLingui();
  const nthNames = useNthNames();
  const it = useField<TypesOn[]>('typesOn');
  const put = (index: number, one: TypesOn | null) =>
    it.set(it.value.flatMap((old, at) => (at !== index ? [old] : one ? [one] : [])));
  return (
    <fieldset className="stack tight">
      <legend className={style.legend}>{it.label}</legend>
      {it.hint && <p className="small soft">{it.hint}</p>}
      {it.value.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other identity while it is typed
        <div key={index} className={style.someWeeks}>
          <PillGroup
            many
            legend={t`In these weeks of the month`}
            value={one.nth.map(String)}
            onChange={(nth) =>
              nth.length > 0 && put(index, { ...one, nth: nth.map(Number) as Nth[] })
            }
            options={nthNames}
          />
          <TypesPicker
            label={t`it is also`}
            value={one.types}
            onChange={(types) => put(index, types.length > 0 ? { ...one, types } : null)}
          />
        </div>
      ))}
      {it.error && (
        <p role="alert" className={style.error}>
          {it.error}
        </p>
      )}
      <Add onAdd={(code) => it.set([...it.value, { nth: [1], types: [code] }])} />
    </fieldset>
  );
}

/** A first type is chosen before the line exists, so that no line is ever empty. */
function Add({ onAdd }: { onAdd: (code: string) => void }) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  if (!isOpen)
    return (
      <div>
        <Button
          size="small"
          icon={<Plus size={18} aria-hidden="true" />}
          onClick={() => setOpen(true)}
        >
          <Trans>Add a type for some weeks</Trans>
        </Button>
      </div>
    );
  return (
    <TypesPicker
      label={t`Type in the first week of the month`}
      value={[]}
      onChange={([code]) => {
        if (code) onAdd(code);
        setOpen(false);
      }}
    />
  );
}

/** What kind of meeting it is, in its fellowship's own words. */
export function TypesForm() {
  const { t } = useLingui();
  const it = useField<string[]>('types');
  return (
    <div className="stack">
      <TypesPicker label={t`Add a type`} value={it.value} onChange={it.set} />
      {it.hint && <p className="small soft">{it.hint}</p>}
      {it.error && (
        <p role="alert" className={style.error}>
          {it.error}
        </p>
      )}
      <SomeWeeks />
    </div>
  );
}
