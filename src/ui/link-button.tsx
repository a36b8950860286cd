import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type ButtonLook, type ButtonSize, buttonClass } from './button.tsx';

type Props = {
  /** A path of this shell (`/me/find`), or with `outside` any address (`tel:988`, `/help`). */
  to: string;
  /** A full page load or another program: telephone, map, another shell. */
  outside?: boolean;
  look?: ButtonLook;
  size?: ButtonSize;
  wide?: boolean;
  icon?: ReactNode;
  children: ReactNode;
};

/** A link that looks like a button: it goes somewhere, a Button does something. */
export function LinkButton({ to, outside, look = 'quiet', size, wide, icon, children }: Props) {
  const className = buttonClass(look, size, wide);
  if (outside) {
    return (
      <a href={to} className={className}>
        {icon}
        {children}
      </a>
    );
  }
  return (
    <Link to={to} className={className}>
      {icon}
      {children}
    </Link>
  );
}
