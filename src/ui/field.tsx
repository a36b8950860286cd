import { type ReactNode, useId } from 'react';
import style from './field.module.css';

export type FieldWords = {
  label: ReactNode;
  /** One quiet line under the label. */
  hint?: ReactNode;
  /** What is wrong and how to put it right; absent when nothing is. */
  error?: ReactNode;
  /** The label is only read aloud, because the place makes it plain. */
  hideLabel?: boolean | undefined;
};

type Wiring = {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
};

/** Label, hint and error around one control, tied to it for screen readers. */
export function Field(props: FieldWords & { children: (wiring: Wiring) => ReactNode }) {
  const { label, hint, error, hideLabel, children } = props;
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={style.field}>
      <label htmlFor={id} className={hideLabel ? 'only-read-aloud' : style.label}>
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className={style.hint}>
          {hint}
        </p>
      )}
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {error && (
        <p id={`${id}-error`} className={style.error}>
          {error}
        </p>
      )}
    </div>
  );
}
