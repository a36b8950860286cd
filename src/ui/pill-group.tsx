import { type ReactNode, useId } from 'react';
import style from './pill-group.module.css';

type Pill<Value extends string> = { value: Value; label: ReactNode };

type Props<Value extends string> = {
  legend: ReactNode;
  options: readonly Pill<Value>[];
  /** All of one width, as many as there are. */
  even?: boolean;
} & (
  | { many?: false; value: Value | undefined; onChange: (value: Value) => void }
  | { many: true; value: readonly Value[]; onChange: (value: Value[]) => void }
);

/**
 * Short words to tap: one of them, or with `many` any number. For choices that need no explaining;
 * others are cards (`ChoiceGroup`).
 *
 * @example <PillGroup legend={t`Mood`} even value={mood} onChange={setMood} options={…} />
 */
export function PillGroup<Value extends string>(props: Props<Value>) {
  const { legend, options, even } = props;
  const name = useId();
  const isChosen = (value: Value) =>
    props.many ? props.value.includes(value) : props.value === value;
  const choose = (value: Value) => {
    if (!props.many) return props.onChange(value);
    const others = props.value.filter((chosen) => chosen !== value);
    props.onChange(others.length < props.value.length ? others : [...others, value]);
  };
  return (
    <fieldset className={style.group}>
      <legend className={style.legend}>{legend}</legend>
      <div className={`${style.pills} ${even ? style.even : ''}`}>
        {options.map((option) => (
          <label key={option.value} className={style.pill}>
            <input
              className={style.input}
              type={props.many ? 'checkbox' : 'radio'}
              name={name}
              checked={isChosen(option.value)}
              onChange={() => choose(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
