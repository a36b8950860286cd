import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { addDays } from '../kit/day.ts';
import { useTimeWords } from './time-words.ts';
import style from './week-calendar.module.css';

export type WeekItem = {
  id: string;
  /** `YYYY-MM-DD` and `HH:MM`. */
  day: string;
  time?: string;
  title: string;
  detail?: ReactNode;
  /** `planned` is to come, `done` was, `open` is offered but not chosen. */
  state?: 'planned' | 'done' | 'open';
};

type Props = {
  /** The first of seven days. */
  from: string;
  today: string;
  items: readonly WeekItem[];
  onOpen?: (item: WeekItem) => void;
};

/** Seven days with what is planned: a list on a phone, seven columns on a desk. */
export function WeekCalendar({ from, today, items, onOpen }: Props) {
  const words = useTimeWords();
  const days = Array.from({ length: 7 }, (_, index) => addDays(from, index));
  const at = (item: WeekItem) => item.time ?? '99';
  return (
    <ol className={style.week}>
      {days.map((day) => {
        const planned = items.filter((item) => item.day === day);
        planned.sort((one, other) => at(one).localeCompare(at(other)));
        return (
          <li key={day} className={style.day} aria-current={day === today ? 'date' : undefined}>
            <h2 className={style.head}>
              <span>{words.shortWeekday(day)}</span>{' '}
              <span className={style.number}>{Number(day.slice(8))}</span>
            </h2>
            {planned.length === 0 && (
              <p className={style.free}>
                <Trans>Nothing planned</Trans>
              </p>
            )}
            {planned.map((item) => (
              <Entry key={item.id} item={item} onOpen={onOpen} />
            ))}
          </li>
        );
      })}
    </ol>
  );
}

function Entry({ item, onOpen }: { item: WeekItem; onOpen: Props['onOpen'] }) {
  const words = useTimeWords();
  const body = (
    <>
      {item.time && <time className={style.time}>{words.time(item.time)}</time>}
      <span className={style.title}>{item.title}</span>
      {item.detail && <span className={style.detail}>{item.detail}</span>}
      {item.state === 'done' && (
        <span className={style.detail}>
          <Trans>Was there</Trans>
        </span>
      )}
    </>
  );
  const className = `${style.entry} ${style[item.state ?? 'planned']}`;
  if (!onOpen) return <div className={className}>{body}</div>;
  return (
    <button type="button" className={className} onClick={() => onOpen(item)}>
      {body}
    </button>
  );
}
