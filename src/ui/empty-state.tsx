import type { ReactNode } from 'react';
import style from './states.module.css';

type Props = {
  title: ReactNode;
  /** What to do, in a sentence. */
  children?: ReactNode;
  action?: ReactNode;
  /** What it will look like once there is something; not reachable, not read aloud. */
  preview?: ReactNode;
};

/** Nothing here yet: says what to do and shows what will be here. */
export function EmptyState({ title, children, action, preview }: Props) {
  return (
    <section className={style.empty}>
      <h2>{title}</h2>
      {children && <p className="soft">{children}</p>}
      {action}
      {preview && (
        <div className={style.preview} aria-hidden="true" inert>
          {preview}
        </div>
      )}
    </section>
  );
}
