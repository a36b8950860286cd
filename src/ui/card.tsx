import type { ReactNode } from 'react';
import style from './card.module.css';

type Props = {
  /** A quiet line above the title; says which kind of thing this is. */
  eyebrow?: ReactNode;
  title?: ReactNode;
  /** `now` is the one that matters next; `alarm` is for danger to life; `still` lies lower. */
  tone?: 'plain' | 'now' | 'alarm' | 'still';
  /** Buttons. */
  foot?: ReactNode;
  children?: ReactNode;
};

/** One thing on one piece of paper. */
export function Card({ eyebrow, title, tone = 'plain', foot, children }: Props) {
  return (
    <section className={`${style.card} ${tone === 'plain' ? '' : style[tone]}`}>
      {eyebrow && <p className={style.eyebrow}>{eyebrow}</p>}
      {title && <h2 className={style.title}>{title}</h2>}
      {children}
      {foot && <div className={style.foot}>{foot}</div>}
    </section>
  );
}
