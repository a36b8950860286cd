import { type ReactNode, useId } from 'react';
import style from './number-scale.module.css';

type Props = {
  legend: ReactNode;
  /** Words for the lowest and the highest number. */
  low: ReactNode;
  high: ReactNode;
  value: number | undefined;
  onChange: (value: number) => void;
  /** Highest number; the lowest is 0. */
  max?: number;
  question?: boolean;
};

/** A choice from 0 to 10: arrow keys or one thumb, with the ends in words. */
export function NumberScale({ legend, low, high, value, onChange, max = 10, question }: Props) {
  const name = useId();
  const numbers = Array.from({ length: max + 1 }, (_, index) => index);
  return (
    <fieldset className={style.group} aria-describedby={`${name}-ends`}>
      <legend className={question ? style.question : style.legend}>{legend}</legend>
      <div className={style.scale}>
        {numbers.map((number) => (
          <label key={number} className={style.step}>
            <input
              className={style.input}
              type="radio"
              name={name}
              checked={value === number}
              onChange={() => onChange(number)}
            />
            {number}
          </label>
        ))}
      </div>
      <p id={`${name}-ends`} className={style.ends}>
        <span>0 · {low}</span>
        <span>
          {max} · {high}
        </span>
      </p>
    </fieldset>
  );
}
