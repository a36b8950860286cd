import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Minus, Plus } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { rowClass } from '../../ui/row-list.tsx';
import { Section } from '../../ui/section.tsx';
import type { Position } from '../meetings/meeting.rules.ts';
import { askFinder } from './ask-finder.web.ts';
import type { FoundLists } from './directory.web.ts';
import type { FoundRow } from './find-engine.rules.ts';
import style from './find-map.module.css';
import { FindRow, type RowSetting, useRowTexts } from './find-row.tsx';
import { drawGround, loadGround } from './map-ground.web.ts';
import {
  boundsOf,
  fitting,
  type MapView,
  type Mark,
  type MarksSeen,
  panned,
  type Size,
  type TownMark,
  toWindow,
  zoomed,
} from './map-view.rules.ts';
import { useMapHands } from './use-map-hands.web.ts';

type Props = { found: FoundLists; centre: Position | null; setting: RowSetting };
type Shapes = Awaited<ReturnType<typeof loadGround>>;

type Step = (view: MapView) => MapView;
const steps = new Map<string, Step>([
  ['ArrowLeft', (now) => panned(now, -80, 0)],
  ['ArrowRight', (now) => panned(now, 80, 0)],
  ['ArrowUp', (now) => panned(now, 0, -80)],
  ['ArrowDown', (now) => panned(now, 0, 80)],
  ['+', (now) => zoomed(now, 1)],
  ['=', (now) => zoomed(now, 1)],
  ['-', (now) => zoomed(now, -1)],
]);

const noMarks: MarksSeen = { marks: [], seen: 0 };

function useSize(frame: React.RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useEffect(() => {
    if (!frame.current) return;
    const watcher = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      setSize({ width, height });
    });
    watcher.observe(frame.current);
    return () => watcher.disconnect();
  }, [frame]);
  return size;
}

/** The marks of what is seen, from the worker, which draws together what lies close. */
function useMarks(found: FoundLists, view: MapView | null, size: Size | null) {
  const [marks, setMarks] = useState(noMarks);
  const [towns, setTowns] = useState<TownMark[]>([]);
  const bounds = useMemo(() => view && size && boundsOf(view, size), [view, size]);
  const zoom = view?.zoom ?? 0;
  useEffect(() => {
    if (!bounds) return;
    let isCurrent = true;
    askFinder({ do: 'marks', answer: found.answer, bounds, zoom })
      .then((seen) => isCurrent && setMarks(seen))
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [found.answer, bounds, zoom]);
  useEffect(() => {
    if (!bounds) return;
    let isCurrent = true;
    askFinder({ do: 'towns', bounds })
      .then((seen) => isCurrent && setTowns(seen))
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [bounds]);
  return { ...marks, towns };
}

type MarkProps = { mark: Mark; view: MapView; size: Size; onOpen: (mark: Mark) => void };

function MarkButton({ mark, view, size, onOpen }: MarkProps) {
  const { t } = useLingui();
  const [x, y] = toWindow(view, size, mark);
  const { count } = mark;
  const label =
    count === 1
      ? t`One meeting here: show it`
      : mark.opensAt === null
        ? t`${count} meetings at one place: show them`
        : t`${count} meetings: go nearer`;
  return (
    <button
      type="button"
      className={style.mark}
      data-many={count > 99 || undefined}
      aria-label={label}
      style={{ transform: `translate(${Math.round(x)}px, ${Math.round(y)}px)` }}
      onClick={() => onOpen(mark)}
    >
      {count > 1 ? count : ''}
    </button>
  );
}

/** What was found, on a map of our own: outlines and towns, no streets, nobody else is asked. */
export function FindMap({ found, centre, setting }: Props) {
  const texts = useRowTexts(setting);
  const { t } = useLingui();
  const frame = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(frame);
  const [view, setView] = useState<MapView | null>(null);
  const [shapes, setShapes] = useState<Shapes>([]);
  const [door, setDoor] = useState<FoundRow[]>([]);
  const { marks, towns, seen } = useMarks(found, view, size);
  const [foundBefore, setFoundBefore] = useState(found.answer);
  if (foundBefore !== found.answer) {
    setFoundBefore(found.answer);
    setDoor([]);
  }

  useEffect(() => {
    loadGround()
      .then(setShapes)
      .catch(() => undefined);
  }, []);

  // Once the size is known: all that was found, or so much round the place that is looked at.
  useEffect(() => {
    if (view || !size) return;
    if (centre) {
      setView({ centre, zoom: 9 });
      return;
    }
    askFinder({ do: 'points' })
      .then((points) => setView(fitting(points, size)))
      .catch(() => undefined);
  }, [view, size, centre]);

  useEffect(() => {
    if (canvas.current && view && size) drawGround(canvas.current, { shapes, towns, view, size });
  }, [shapes, towns, view, size]);

  const change = useCallback(
    (to: (view: MapView) => MapView) => setView((now) => now && to(now)),
    [],
  );
  useMapHands(frame, change);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps.get(event.key);
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    change(step);
  };
  const open = (mark: Mark) => {
    if (mark.opensAt !== null) {
      setView({ centre: mark, zoom: mark.opensAt });
      return;
    }
    askFinder({ do: 'some', answer: found.answer, rows: mark.rows })
      .then(setDoor)
      .catch(() => undefined);
  };
  const groups = marks.length;
  return (
    <div className="stack">
      <section
        ref={frame}
        className={style.frame}
        aria-label={t`Map of the meetings. Arrow keys move it, plus and minus go nearer and further. The list below says the same.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the map
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div aria-hidden="true">
          <canvas ref={canvas} className={style.ground} />
        </div>
        {view && size && centre && (
          <span className={style.here} style={translate(toWindow(view, size, centre))} />
        )}
        {view &&
          size &&
          marks.map((mark) => (
            <MarkButton key={mark.rows[0]} {...{ mark, view, size }} onOpen={open} />
          ))}
        <div className={style.buttons}>
          <button type="button" onClick={() => change((now) => zoomed(now, 1))}>
            <Plus size={20} aria-hidden="true" />
            <span className="only-read-aloud">
              <Trans>Go nearer</Trans>
            </span>
          </button>
          <button type="button" onClick={() => change((now) => zoomed(now, -1))}>
            <Minus size={20} aria-hidden="true" />
            <span className="only-read-aloud">
              <Trans>Go further away</Trans>
            </span>
          </button>
        </div>
      </section>
      <p role="status" className="only-read-aloud">
        <Plural value={seen} one="# meeting on the map" other="# meetings on the map" />
        {', '}
        <Plural value={groups} one="in one place" other="in # places" />
      </p>
      <p className="faint small">
        <Trans>Outlines: Natural Earth and the U.S. Census. Towns: GeoNames.</Trans>
      </p>
      {door.length > 0 && (
        <Section title={<Trans>At this place</Trans>}>
          <ul className={style.door}>
            {door.map((row) => (
              <li key={row.id} className={rowClass}>
                <FindRow row={row} setting={setting} texts={texts} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

function translate([x, y]: [number, number]) {
  return { transform: `translate(${Math.round(x)}px, ${Math.round(y)}px)` };
}
