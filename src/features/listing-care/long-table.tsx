import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Copy, Lock, MoonStar } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type Given, type Got, optionsOf } from '../../ui/operations.ts';
import { useTimeWords } from '../../ui/time-words.ts';
import { listingTable } from '../lists/listing-contract.ts';
import { useAttendanceNames, useDayNames } from './field-words.part.tsx';
import style from './listing-table.module.css';

type Row = Got<typeof listingTable>['rows'][number];
type Input = Given<typeof listingTable>;

const pageSize = 100;
/** Rows drawn above and below what is seen. */
const around = 12;

/** The height of one row in this theme and zoom, and which part of the table is on the screen. */
function useWindow(total: number) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [view, setView] = useState({ first: 0, last: 40, height: 52 });
  useEffect(() => {
    const look = () => {
      const box = body.current?.getBoundingClientRect();
      if (!box) return;
      const row = body.current?.querySelector<HTMLElement>('[data-row]');
      const height = row?.offsetHeight || 52;
      const first = Math.max(0, Math.floor(-box.top / height) - around);
      const last = Math.min(total, Math.ceil((innerHeight - box.top) / height) + around);
      setView((now) =>
        now.first === first && now.last === last && now.height === height
          ? now
          : { first, last, height },
      );
    };
    look();
    addEventListener('scroll', look, { passive: true });
    addEventListener('resize', look);
    return () => {
      removeEventListener('scroll', look);
      removeEventListener('resize', look);
    };
  }, [total]);
  return { body, ...view };
}

function Marks({ row }: { row: Row }) {
  return (
    <span className={style.marks}>
      {row.state === 'draft' && (
        <span className={style.mark}>
          <Trans>draft</Trans>
        </span>
      )}
      {row.state === 'gone' && (
        <span className={style.mark}>
          <Trans>gone</Trans>
        </span>
      )}
      {row.state === 'twin' && (
        <span className={style.mark}>
          <Trans>double, not shown</Trans>
        </span>
      )}
      {row.isClosed && (
        <span className={style.closed}>
          <MoonStar size={14} aria-hidden="true" />
          <Trans>closed</Trans>
        </span>
      )}
      {row.locks > 0 && (
        <span className={style.mark}>
          <Lock size={14} aria-hidden="true" />
          <Trans>{row.locks} corrected</Trans>
        </span>
      )}
      {row.lookalikes > 0 && (
        <span className={style.closed}>
          <Copy size={14} aria-hidden="true" />
          <Trans>double?</Trans>
        </span>
      )}
      {row.isStale && (
        <span className={style.mark}>
          <Trans>old</Trans>
        </span>
      )}
    </span>
  );
}

type LineProps = {
  row: Row;
  index: number;
  isFirst: boolean;
  onOpen: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

function Line({ row, index, isFirst, onOpen, onKeyDown }: LineProps) {
  const { t } = useLingui();
  const { time } = useTimeWords();
  const dayNames = useDayNames();
  const attendance = useAttendanceNames();
  const goes = row.attendance === 'in-person';
  return (
    <tr
      aria-rowindex={index + 2}
      aria-description={t`Press Enter to open`}
      data-row={index}
      tabIndex={isFirst ? 0 : -1}
      className={style.line}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onOpen();
        else onKeyDown(event);
      }}
    >
      <td className={style.name}>
        {row.name}
        <Marks row={row} />
      </td>
      <td className={style.when}>
        {row.startsAt ? (
          `${dayNames(row.days)} ${time(row.startsAt)}`
        ) : (
          <Trans>by appointment</Trans>
        )}
      </td>
      <td className={style.where}>
        {[goes ? '' : attendance[row.attendance], row.where].filter(Boolean).join(' · ')}
      </td>
      <td className={style.source}>{row.source ?? <Trans>by hand</Trans>}</td>
    </tr>
  );
}

/** Moves the focus by rows; the row is drawn when the window has followed. */
function useRowKeys(total: number, height: number, body: { current: HTMLElement | null }) {
  const wanted = useRef<number | null>(null);
  const focus = (index: number) => {
    const row = body.current?.querySelector<HTMLElement>(`[data-row="${index}"]`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
    return Boolean(row);
  };
  useEffect(() => {
    if (wanted.current !== null && focus(wanted.current)) wanted.current = null;
  });
  return (event: KeyboardEvent) => {
    // While the row before is still on its way, count on from it.
    const at = wanted.current ?? Number((event.target as HTMLElement).dataset.row ?? -1);
    const far = Math.max(1, Math.floor(innerHeight / height) - 3);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: far, PageUp: -far }[event.key];
    const ends = { Home: 0, End: total - 1 }[event.key];
    if (step === undefined && ends === undefined) return;
    event.preventDefault();
    const next = ends ?? Math.min(total - 1, Math.max(0, at + (step ?? 0)));
    wanted.current = next;
    if (focus(next)) wanted.current = null;
    else {
      const box = body.current?.getBoundingClientRect();
      scrollTo({ top: scrollY + (box?.top ?? 0) + next * height - innerHeight / 2 });
    }
  };
}

/** The rows of a table of any length: only those near the screen are fetched and drawn. */
export function LongTable({ input, total }: { input: Input; total: number }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { body, first, last, height } = useWindow(total);
  const keys = useRowKeys(total, height, body);
  const from = Math.floor(first / pageSize);
  const to = Math.floor(Math.max(first, last - 1) / pageSize);
  const pages = Array.from({ length: to - from + 1 }, (_, page) => (from + page) * pageSize);
  const answers = useQueries({
    queries: pages.map((at) => ({
      ...optionsOf(listingTable, { ...input, from: at, limit: pageSize }),
      placeholderData: keepPreviousData,
    })),
  });
  const rowAt = (index: number) =>
    answers[Math.floor(index / pageSize) - from]?.data?.rows[index % pageSize];
  const indexes = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
  return (
    <table aria-rowcount={total + 1} className={style.table}>
      <caption className="only-read-aloud">{t`Listings`}</caption>
      <thead>
        <tr className={style.heads}>
          {[t`Name`, t`When`, t`Where`, t`Source`].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        <Space height={first * height} />
        {indexes.map((index) => {
          const row = rowAt(index);
          if (!row) return <Space key={index} height={height} />;
          return (
            <Line
              key={index}
              row={row}
              index={index}
              isFirst={index === first}
              onOpen={() => void navigate({ to: `/work/meetings/listings/${row.id}` as never })}
              onKeyDown={keys}
            />
          );
        })}
        <Space height={(total - last) * height} />
      </tbody>
    </table>
  );
}

/** Room for rows that are not drawn. */
function Space({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr>
      <td colSpan={4} className={style.space} style={{ height }} />
    </tr>
  );
}
