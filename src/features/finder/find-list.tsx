import {
  type KeyboardEvent,
  type ReactNode,
  startTransition,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { rowClass } from '../../ui/row-list.tsx';
import { type FoundLists, rowsOf } from './directory.web.ts';
import style from './find.module.css';
import type { FoundRow, ListName } from './find-engine.rules.ts';

/** Rows are fetched, shown and let go so many at a time. */
const chunk = 10;
/** Rows that are in sight at first, before it is measured. */
const screenful = 6;
/** So much above and below the window stands ready, in pixels. */
const ahead = 400;

type Props = {
  label: string;
  found: FoundLists;
  list: ListName;
  /** The first rows are shown elsewhere. */
  skip?: number;
  /** It begins out of sight: nothing of it is drawn before somebody comes near. */
  isBelow?: boolean;
  row: (row: FoundRow, at: { n: number; of: number }) => ReactNode;
};

interface Rows {
  answer: number;
  byNumber: Map<number, FoundRow>;
  /** Those of the answer before. */
  before: Map<number, FoundRow>;
}

interface Shown {
  first: number;
  last: number;
}

/** Heights of chunks: measured where they have been seen, else as high as those on average. */
class Heights {
  readonly #known = new Map<number, number>();
  readonly #guess: number;

  constructor(guess: number) {
    this.#guess = guess;
  }

  of(n: number): number {
    return this.#known.get(n) ?? this.average;
  }

  get average(): number {
    if (this.#known.size === 0) return this.#guess;
    let sum = 0;
    for (const height of this.#known.values()) sum += height;
    return sum / this.#known.size;
  }

  learn(n: number, height: number): void {
    this.#known.set(n, height);
  }

  sum(from: number, to: number): number {
    let sum = 0;
    for (let n = from; n < to; n++) sum += this.of(n);
    return sum;
  }

  /** The chunk that a distance from the top falls into. */
  at(distance: number, count: number): number {
    let top = 0;
    for (let n = 0; n < count; n++) {
      top += this.of(n);
      if (top > distance) return n;
    }
    return Math.max(0, count - 1);
  }
}

/**
 * A list of any length of which only the part near the window is in the page. Arrow keys, Page keys,
 * Home and End go from row to row; each says which it is of how many.
 */
export function FindList({ label, found, list, skip = 0, isBelow, row }: Props) {
  const of = found.counts[list] - skip;
  const chunks = Math.ceil(of / chunk);
  const ground = useRef<HTMLUListElement>(null);
  const [heights] = useState(() => new Heights(chunk * 84));
  const [shown, setShown] = useState<Shown>({ first: 0, last: isBelow ? -1 : 0 });
  const [rows, setRows] = useState<Rows>(() => ({
    answer: -1,
    byNumber: new Map(),
    before: new Map(),
  }));
  const focusOn = useRef<number | null>(null);
  if (rows.answer !== found.answer) {
    const firsts = found.rows[list === 'near' ? 0 : 1] ?? [];
    const byNumber = new Map(firsts.map((one, n) => [n, one]));
    setRows({ answer: found.answer, byNumber, before: rows.byNumber });
  }
  // What is in sight is drawn first; those below stay as they were until the next turn.
  const inSight = useRef(screenful);
  const [settled, setSettled] = useState(-1);
  const isSettled = settled === found.answer || shown.first > 0;
  useEffect(() => startTransition(() => setSettled(found.answer)), [found.answer]);

  const look = useCallback(() => {
    const box = ground.current?.getBoundingClientRect();
    if (!box) return;
    inSight.current = Math.max(1, Math.ceil((innerHeight - box.top) / (heights.average / chunk)));
    const first = heights.at(-box.top - ahead, chunks);
    const down = innerHeight + ahead - box.top;
    const last = down < 0 ? -1 : heights.at(down, chunks);
    setShown((now) => (now.first === first && now.last === last ? now : { first, last }));
  }, [heights, chunks]);

  useEffect(() => {
    let frame = 0;
    const soon = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(look);
    };
    soon();
    // Also where a part of the page scrolls: scrolling does not bubble.
    addEventListener('scroll', soon, { passive: true, capture: true });
    addEventListener('resize', soon);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('scroll', soon, { capture: true });
      removeEventListener('resize', soon);
    };
  }, [look]);

  const first = Math.min(shown.first, Math.max(0, chunks - 1));
  const last = Math.min(shown.last, chunks - 1);

  // Rows that come into sight and are not here yet.
  useEffect(() => {
    let isCurrent = true;
    const from = first * chunk + skip;
    const to = Math.min(found.counts[list], (last + 1) * chunk + skip);
    for (let n = from; n < to; n++) {
      if (rows.byNumber.has(n)) continue;
      void rowsOf(found, list, n, to)
        .then((more) => {
          if (!more || !isCurrent) return;
          setRows((now) => {
            if (now.answer !== found.answer) return now;
            const byNumber = new Map(now.byNumber);
            for (const [k, one] of more.entries()) byNumber.set(n + k, one);
            return { ...now, byNumber };
          });
        })
        .catch(() => undefined);
      break;
    }
    return () => {
      isCurrent = false;
    };
  }, [first, last, found, list, rows, skip]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: measured when other rows are shown
  useLayoutEffect(() => {
    if (!isSettled) return;
    for (const begin of ground.current?.querySelectorAll<HTMLElement>('[data-begin]') ?? []) {
      const n = Number(begin.dataset.begin);
      const end = ground.current?.querySelector<HTMLElement>(`[data-end="${n}"]`);
      if (!end) continue;
      const height = end.getBoundingClientRect().bottom - begin.getBoundingClientRect().top;
      heights.learn(n, height);
    }
    const wanted = focusOn.current;
    if (wanted === null) return;
    const target = rowAt(ground.current, wanted);
    if (!target) return;
    focusOn.current = null;
    target.focus();
  }, [rows, first, last, heights, isSettled]);

  const go = (to: number) => {
    const n = Math.max(0, Math.min(of - 1, to));
    const target = rowAt(ground.current, n);
    if (target) {
      target.focus();
      target.scrollIntoView({ block: 'nearest' });
      return;
    }
    focusOn.current = n;
    const top = ground.current?.getBoundingClientRect().top ?? 0;
    const share = (n % chunk) / chunk;
    const c = Math.floor(n / chunk);
    const down = heights.sum(0, c) + heights.of(c) * share;
    scrollTo({ top: scrollY + top + down - innerHeight / 2 });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const item = (event.target as HTMLElement).closest('li');
    const at = Number(item?.getAttribute('aria-posinset')) - 1;
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 10,
      PageUp: at - 10,
      Home: 0,
      End: of - 1,
    };
    const to = steps[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(to);
  };

  const items: ReactNode[] = [];
  for (let n = first * chunk; n < Math.min(of, (last + 1) * chunk); n++) {
    const isLate = !isSettled && n >= inSight.current;
    const one = (isLate ? rows.before : rows.byNumber).get(n + skip);
    const c = Math.floor(n / chunk);
    items.push(
      <li
        key={n}
        className={`${rowClass} ${style.held}`}
        aria-posinset={n + 1}
        aria-setsize={of}
        data-begin={n % chunk === 0 ? c : undefined}
        data-end={n % chunk === chunk - 1 || n === of - 1 ? c : undefined}
      >
        {one ? (
          row(one, { n, of })
        ) : (
          <span className={style.toCome} style={{ height: heights.average / chunk - 25 }} />
        )}
      </li>,
    );
  }
  return (
    <ul
      ref={ground}
      className={style.list}
      aria-label={label}
      onKeyDown={onKeyDown}
      style={{
        paddingTop: heights.sum(0, first),
        paddingBottom: heights.sum(last + 1, chunks),
      }}
    >
      {items}
    </ul>
  );
}

function rowAt(ground: HTMLElement | null, n: number): HTMLElement | null {
  return ground?.querySelector<HTMLElement>(`li[aria-posinset="${n + 1}"] a`) ?? null;
}
