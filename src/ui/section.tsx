import { type ReactNode, useId } from 'react';
import style from './section.module.css';

type Props = {
  title: ReactNode;
  /** Small buttons at the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
};

/** A heading and what belongs under it. */
export function Section({ title, actions, children }: Props) {
  const id = useId();
  return (
    <section className={style.section} aria-labelledby={id}>
      <header className={style.head}>
        <h2 id={id}>{title}</h2>
        {actions}
      </header>
      {children}
    </section>
  );
}
