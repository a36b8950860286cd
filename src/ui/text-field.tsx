import type { InputHTMLAttributes, Ref } from 'react';
import style from './field.module.css';
import { Field, type FieldWords } from './field.tsx';

type Own = FieldWords & {
  value: string;
  onChange: (value: string) => void;
  ref?: Ref<HTMLInputElement>;
  /** What is typed is nobody else's: no spell-check service, no autofill, no correction. */
  sealed?: boolean;
};
type Native = Omit<
  InputHTMLAttributes<HTMLInputElement>,
  keyof Own | 'className' | 'style' | 'children'
>;

/**
 * One line of text.
 *
 * @example <TextField label={t`Your name here`} value={name} onChange={setName} />
 */
export function TextField(props: Own & Native) {
  const { label, hint, error, hideLabel, value, onChange, sealed, ref, ...rest } = props;
  const secrecy = sealed
    ? { spellCheck: false, autoComplete: 'off', autoCorrect: 'off', autoCapitalize: 'off' }
    : {};
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel}>
      {(wiring) => (
        <input
          type="text"
          {...secrecy}
          {...rest}
          {...wiring}
          ref={ref}
          className={style.control}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
