import style from './field.module.css';
import { Field, type FieldWords } from './field.tsx';

type Props<Value extends string> = FieldWords & {
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
  disabled?: boolean;
};

/** One of a short list, with the phone's own picker. For long lists use ComboBox. */
export function Select<Value extends string>(props: Props<Value>) {
  const { label, hint, error, hideLabel, value, onChange, options, disabled } = props;
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel}>
      {(wiring) => (
        <select
          {...wiring}
          disabled={disabled}
          className={`${style.control} ${style.select}`}
          value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
