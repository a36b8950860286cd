import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import style from './button.module.css';

export type ButtonLook = 'primary' | 'quiet' | 'plain' | 'alarm';
export type ButtonSize = 'small' | 'normal' | 'large';

/** The classes of a button, for anything that must look like one. */
export function buttonClass(look: ButtonLook, size: ButtonSize = 'normal', wide = false): string {
  const classes = [style.button, style[look], size !== 'normal' && style[size], wide && style.wide];
  return classes.filter(Boolean).join(' ');
}

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style'> & {
  look?: ButtonLook | undefined;
  size?: ButtonSize | undefined;
  /** As wide as its column. */
  wide?: boolean | undefined;
  /** Something is under way: the words stay, a second press does nothing. */
  busy?: boolean | undefined;
  /** An icon before the words. */
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
};

/**
 * A button that says what it does with a verb. `alarm` is for danger to life only.
 *
 * @example <Button look="primary" onClick={save}><Trans>Log this meeting</Trans></Button>
 */
export function Button(props: Props) {
  const { look = 'quiet', size, wide, busy, icon, children, onClick, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      className={buttonClass(look, size, wide)}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon}
      {children}
    </button>
  );
}
