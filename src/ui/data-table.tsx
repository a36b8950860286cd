import { useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import style from './data-table.module.css';

type Column<Item> = {
  id: string;
  head: ReactNode;
  cell: (item: Item) => ReactNode;
  /** What to sort by; without it the column cannot be sorted. */
  sortBy?: (item: Item) => string | number;
  /** Figures stand at the right. */
  figures?: boolean;
};

type Order = { id: string; isDown: boolean };

type Props<Item> = {
  caption: string;
  columns: readonly Column<Item>[];
  rows: readonly Item[];
  keyOf: (item: Item) => string;
  /** Enter, or a click on the row. */
  onOpen?: (item: Item) => void;
};

/** Rows in an order; empty text stands last either way. */
function sorted<Item>(
  rows: readonly Item[],
  by: (item: Item) => string | number,
  isDown: boolean,
): Item[] {
  const compare = (a: string | number, b: string | number): number => {
    if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
    const order =
      typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
    return isDown ? -order : order;
  };
  return [...rows].sort((one, other) => compare(by(one), by(other)));
}

function moveRow(event: KeyboardEvent<HTMLTableRowElement>): void {
  const row = event.currentTarget;
  const next = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[
    event.key
  ];
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}

/** A dense table: sorts by its heads, arrow keys walk the rows, Enter opens one. */
export function DataTable<Item>({ caption, columns, rows, keyOf, onOpen }: Props<Item>) {
  const { t } = useLingui();
  const [order, setOrder] = useState<Order>();
  const sortBy = columns.find((column) => column.id === order?.id)?.sortBy;
  const shown = order && sortBy ? sorted(rows, sortBy, order.isDown) : rows;
  const turn = (id: string) => setOrder({ id, isDown: order?.id === id && !order.isDown });
  const directionOf = (id: string) => {
    if (order?.id !== id) return 'none';
    return order.isDown ? 'descending' : 'ascending';
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={style.scroll} aria-label={caption} tabIndex={0}>
      <table className={style.table}>
        <caption className="only-read-aloud">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={column.figures ? style.figures : undefined}
                aria-sort={column.sortBy ? directionOf(column.id) : undefined}
              >
                {column.sortBy ? (
                  <button type="button" className={style.sort} onClick={() => turn(column.id)}>
                    {column.head}
                    <span aria-hidden="true" className={style.arrow}>
                      {{ none: '↕', ascending: '↑', descending: '↓' }[directionOf(column.id)]}
                    </span>
                  </button>
                ) : (
                  column.head
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((item, index) => (
            <tr
              key={keyOf(item)}
              className={onOpen ? style.opens : undefined}
              tabIndex={onOpen ? (index === 0 ? 0 : -1) : undefined}
              aria-description={onOpen ? t`Press Enter to open` : undefined}
              onClick={() => onOpen?.(item)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && event.target === event.currentTarget) onOpen?.(item);
                else moveRow(event);
              }}
            >
              {columns.map((column) => (
                <td key={column.id} className={column.figures ? style.figures : undefined}>
                  {column.cell(item)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
