import type { ReactNode } from 'react';
import { LinkButton } from '../../ui/link-button.tsx';
import style from './line-card.module.css';

type Props = {
  eyebrow: ReactNode;
  title: ReactNode;
  /** Where it leads, and the verb on the button. */
  to?: string;
  action?: ReactNode;
  isMain?: boolean;
};

/** A card in one line: what it is, and one button beside it. */
export function LineCard({ eyebrow, title, to, action, isMain }: Props) {
  return (
    <section className={style.card}>
      <div className={style.text}>
        <p className={style.eyebrow}>{eyebrow}</p>
        <h2 className={style.title}>{title}</h2>
      </div>
      {to && (
        <LinkButton to={to} look={isMain ? 'primary' : 'quiet'}>
          {action}
        </LinkButton>
      )}
    </section>
  );
}
