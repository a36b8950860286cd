import { type TextareaHTMLAttributes, useLayoutEffect, useRef } from 'react';
import style from './field.module.css';
import { Field, type FieldWords } from './field.tsx';

type Own = FieldWords & {
  value: string;
  onChange: (value: string) => void;
  /** Set in the serif, for a person's own sentences. */
  reading?: boolean;
  /** What is typed is nobody else's: no spell-check service, no autofill. */
  sealed?: boolean;
};
type Native = Omit<
  TextareaHTMLAttributes<HTMLTextAreaElement>,
  keyof Own | 'className' | 'style' | 'children'
>;

/** Several lines of text; grows with what is written. */
export function TextArea(props: Own & Native) {
  const { label, hint, error, hideLabel, value, onChange, reading, sealed, ...rest } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  // Browsers without `field-sizing` need the height set after each letter.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what changes the height
  useLayoutEffect(() => {
    const element = area.current;
    if (!element || CSS.supports('field-sizing', 'content')) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [value]);
  return (
    <Field label={label} hint={hint} error={error} hideLabel={hideLabel}>
      {(wiring) => (
        <textarea
          rows={3}
          {...(sealed ? { spellCheck: false, autoComplete: 'off' } : {})}
          {...rest}
          {...wiring}
          ref={area}
          className={`${style.control} ${style.area} ${reading ? style.reading : ''}`}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
