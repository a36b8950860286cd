import { type ReactNode, useId } from 'react';
import style from './switch.module.css';

type Props = {
  label: ReactNode;
  detail?: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  disabled?: boolean;
};

/** On or off, at once, without a save button. */
export function Switch({ label, detail, isOn, onChange, disabled }: Props) {
  const id = useId();
  return (
    <label className={style.line} htmlFor={id}>
      <span>{label}</span>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className={style.input}
        checked={isOn}
        aria-checked={isOn}
        disabled={disabled}
        aria-describedby={detail ? `${id}-detail` : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      {detail && (
        <span id={`${id}-detail`} className={style.detail}>
          {detail}
        </span>
      )}
    </label>
  );
}
