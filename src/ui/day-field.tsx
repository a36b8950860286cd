import style from './field.module.css';
import { Field, type FieldWords } from './field.tsx';

type Props = FieldWords & {
  /** `YYYY-MM-DD`, or empty. */
  value: string;
  onChange: (day: string) => void;
  min?: string;
  max?: string;
};

/** A calendar day with the phone's own calendar; the value is a day, never a moment. */
export function DayField({ value, onChange, min, max, ...words }: Props) {
  return (
    <Field {...words}>
      {(wiring) => (
        <input
          {...wiring}
          type="date"
          className={style.control}
          value={value}
          min={min}
          max={max}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
