import { Trans } from '@lingui/react/macro';
import { ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { tellingIn } from '../list-formats/anonymity.rules.ts';
import type { ListingField } from '../lists/listing-fields.rules.ts';
import { useField } from './draft.tsx';
import style from './edit-listing.module.css';

/** What in a text that everybody reads may tell who somebody is. */
export function Anonymity({ text, dialIn }: { text: string; dialIn?: boolean }) {
  const found = tellingIn(text).filter((one) => !(dialIn && one.what === 'phone'));
  if (found.length === 0) return null;
  return (
    <p className={style.telling} role="status">
      <ShieldAlert size={16} aria-hidden="true" />
      <span>
        <Trans>
          Everybody reads this. Does it name somebody or give their number:{' '}
          <strong>{found.map((one) => one.text).join(', ')}</strong>? A first name and an initial
          are enough; numbers of people belong under contacts.
        </Trans>
      </span>
    </p>
  );
}

type Props = {
  field: ListingField;
  hint?: ReactNode;
  type?: 'text' | 'url' | 'tel' | 'time';
  /** Watches over names, numbers and e-mail addresses. */
  watched?: boolean;
  maxLength?: number;
};

/** One line of a listing; an empty address or number is none. */
export function LineField({ field, hint, type = 'text', watched, maxLength = 500 }: Props) {
  const it = useField<string | null>(field);
  const isNullable =
    field === 'link' || field === 'website' || field === 'phone' || field === 'startsAt';
  return (
    <div className="stack tight">
      <TextField
        label={it.label}
        hint={it.hint ?? hint}
        error={it.error}
        type={type}
        maxLength={field === 'link' || field === 'website' ? 2000 : maxLength}
        value={it.value ?? ''}
        onChange={(text) => it.set(isNullable && text === '' ? null : text)}
      />
      {watched && <Anonymity text={it.value ?? ''} />}
    </div>
  );
}

/** Several lines of a listing. */
export function LinesField({
  field,
  hint,
  dialIn,
}: {
  field: ListingField;
  hint?: ReactNode;
  dialIn?: boolean;
}) {
  const it = useField<string>(field);
  return (
    <div className="stack tight">
      <TextArea
        label={it.label}
        hint={it.hint ?? hint}
        error={it.error}
        value={it.value}
        onChange={it.set}
        maxLength={4000}
      />
      <Anonymity text={it.value} dialIn={dialIn ?? false} />
    </div>
  );
}
