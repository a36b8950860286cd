import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import style from './row-list.module.css';

/** Rows divided by hairlines. */
export function RowList({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <ul className={style.list} aria-label={label}>
      {children}
    </ul>
  );
}

type Props = {
  /** The first thing read: a time, a day, an icon. */
  lead?: ReactNode;
  title: ReactNode;
  detail?: ReactNode;
  /** Plain facts in a line, three at most. */
  tags?: readonly ReactNode[];
  /** At the right edge: distance, state, a button. */
  end?: ReactNode;
} & ({ to?: string; onOpen?: never } | { to?: never; onOpen?: () => void });

/** One row; with `to` or `onOpen` the whole of it is the target. */
export function Row(props: Props) {
  return (
    <li className={style.row}>
      <RowParts {...props} />
    </li>
  );
}

type PartProps = Props & {
  /** With `onOpen`: an address too, so that a row can be opened beside this page. */
  href?: string;
};

/** The class of what holds the parts of a row, where it is not the row of a RowList. */
export const rowClass = style.row ?? '';

/** What stands in a row, for lists that make their rows themselves. */
export function RowParts({ lead, title, detail, tags, end, to, onOpen, href }: PartProps) {
  return (
    <>
      {lead !== undefined && <span className={style.lead}>{lead}</span>}
      <div className={style.main}>
        <span className={style.title}>
          {to ? (
            <Link to={to} className={style.target}>
              {title}
            </Link>
          ) : href ? (
            <a
              href={href}
              className={style.target}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey || !onOpen) return;
                event.preventDefault();
                onOpen();
              }}
            >
              {title}
            </a>
          ) : onOpen ? (
            <button type="button" className={style.target} onClick={onOpen}>
              {title}
            </button>
          ) : (
            title
          )}
        </span>
        {detail && <span className={style.detail}>{detail}</span>}
        {tags && tags.length > 0 && (
          <span className={style.tags}>
            {tags.map((tag, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: tags have no other identity
              <span key={index}>{tag}</span>
            ))}
          </span>
        )}
      </div>
      {end !== undefined && <span className={style.end}>{end}</span>}
    </>
  );
}
