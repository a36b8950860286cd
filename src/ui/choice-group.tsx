import { type ReactNode, useId } from 'react';
import style from './choice.module.css';

type Option<Value extends string> = {
  value: Value;
  label: ReactNode;
  /** One quieter line under the label. */
  detail?: ReactNode;
  disabled?: boolean;
};

type Common<Value extends string> = {
  legend: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  options: readonly Option<Value>[];
  /** Side by side where there is room. */
  columns?: boolean;
  /** The legend is a question on a screen of its own. */
  question?: boolean;
  hideLegend?: boolean;
};

type Props<Value extends string> = Common<Value> &
  (
    | { many?: false; value: Value | undefined; onChange: (value: Value) => void }
    | { many: true; value: readonly Value[]; onChange: (value: Value[]) => void }
  );

/**
 * Choices as cards that a thumb can hit: one (radio), or with `many` any number (checkbox).
 *
 * @example
 * <ChoiceGroup legend={t`Did you use?`} value={used} onChange={setUsed}
 *   options={[{ value: 'no', label: t`No` }, { value: 'yes', label: t`Yes` }]} />
 */
export function ChoiceGroup<Value extends string>(props: Props<Value>) {
  const { legend, hint, error, options, columns, question, hideLegend } = props;
  const name = useId();
  const legendClass = hideLegend ? 'only-read-aloud' : question ? style.question : style.legend;
  const isChosen = (value: Value) =>
    props.many ? props.value.includes(value) : props.value === value;
  const choose = (value: Value) => {
    if (!props.many) return props.onChange(value);
    const others = props.value.filter((chosen) => chosen !== value);
    props.onChange(others.length < props.value.length ? others : [...others, value]);
  };
  return (
    <fieldset className={style.group} aria-describedby={hint || error ? `${name}-more` : undefined}>
      <legend className={legendClass}>{legend}</legend>
      {(hint || error) && (
        <p id={`${name}-more`} className="soft small">
          {error ?? hint}
        </p>
      )}
      <div className={`${style.cards} ${columns ? style.columns : ''}`}>
        {options.map((option) => (
          <label key={option.value} className={style.card}>
            <input
              className={style.input}
              type={props.many ? 'checkbox' : 'radio'}
              name={name}
              value={option.value}
              disabled={option.disabled}
              checked={isChosen(option.value)}
              onChange={() => choose(option.value)}
            />
            {props.many && <Tick />}
            <span className={style.text}>
              <span>{option.label}</span>
              {option.detail && <span className={style.detail}>{option.detail}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Tick() {
  return (
    <svg className={style.tick} viewBox="0 0 16 16" aria-hidden="true">
      <path d="m3.5 8.5 3 3 6-7" fill="none" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}
