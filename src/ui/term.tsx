import { type ReactNode, useId } from 'react';
import style from './term.module.css';

/**
 * A word of the trade that explains itself when tapped.
 *
 * @example <Term explain={<Trans>A ten-question form about drinking.</Trans>}>AUDIT</Term>
 */
export function Term({ children, explain }: { children: ReactNode; explain: ReactNode }) {
  const id = useId();
  return (
    <>
      <button type="button" className={style.term} popoverTarget={id}>
        {children}
      </button>
      <span id={id} popover="auto" className={style.note}>
        <strong>{children}</strong>
        {explain}
      </span>
    </>
  );
}
