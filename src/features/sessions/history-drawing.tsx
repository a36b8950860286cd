import { Trans, useLingui } from '@lingui/react/macro';
import type { Period } from './contract.ts';
import style from './history.module.css';
import { layOutTimeline } from './history.rules.ts';
import { useConsequenceWords } from './history-words.tsx';

type Props = {
  periods: readonly Period[];
  /** With the table in sight, for two people at one screen. */
  large?: boolean;
  /** For a column beside the guide. */
  narrow?: boolean;
};

const lane = 46;
const left = 8;

/** The history as a drawn line of time, one lane a substance. The table behind it says the same. */
export function HistoryDrawing({ periods, large, narrow }: Props) {
  const { t } = useLingui();
  const consequenceWords = useConsequenceWords();
  const timeline = layOutTimeline(periods);
  const told = periods.filter((period) => period.substance.trim() !== '');
  if (told.length === 0) return null;
  const width = narrow ? 300 : 900;
  const at = (value: number) =>
    timeline
      ? left + ((value - timeline.from) / (timeline.to - timeline.from)) * (width - 2 * left)
      : 0;
  const height = timeline ? timeline.lanes.length * lane + 24 : 0;
  const step = timeline
    ? Math.max(1, Math.ceil((timeline.to - timeline.from) / (narrow ? 5 : 10)))
    : 1;
  const ticks = timeline
    ? Array.from(
        { length: Math.floor((timeline.to - timeline.from) / step) + 1 },
        (_, index) => timeline.from + index * step,
      )
    : [];
  return (
    <figure className={`${style.drawing} ${large ? style.large : ''}`}>
      {timeline && (
        <svg viewBox={`0 0 ${width} ${height}`} className={style.svg} aria-hidden="true">
          {ticks.map((tick) => (
            <g key={tick}>
              <line x1={at(tick)} x2={at(tick)} y1="0" y2={height - 18} className={style.grid} />
              <text x={at(tick)} y={height - 4} className={style.tick}>
                {tick}
              </text>
            </g>
          ))}
          {timeline.lanes.map((name, index) => (
            <text key={name} x={left} y={index * lane + 13} className={style.lane}>
              {name}
            </text>
          ))}
          {timeline.placed.map((bar) => {
            const period = told.find((each) => each.id === bar.id);
            const marks = Object.keys(period?.consequences ?? {}).length;
            const y = bar.lane * lane + 20;
            return (
              <g key={bar.id} className={style[`hue${bar.lane % 4}`]}>
                <rect
                  x={at(bar.start)}
                  y={y}
                  width={Math.max(4, at(bar.end) - at(bar.start) - 2)}
                  height="14"
                  rx="3"
                  className={style.bar}
                />
                {bar.open && (
                  <path d={`M ${at(bar.end) - 2} ${y} l 8 7 l -8 7`} className={style.bar} />
                )}
                {Array.from({ length: marks }, (_, mark) => (
                  <circle
                    // biome-ignore lint/suspicious/noArrayIndexKey: marks are only counted
                    key={mark}
                    cx={at(bar.start) + 8 + mark * 10}
                    cy={y + 7}
                    r="2.6"
                    className={style.mark}
                  />
                ))}
              </g>
            );
          })}
        </svg>
      )}
      {timeline && (
        <figcaption className="faint small" aria-hidden="true">
          {timeline.unit === 'age' ? <Trans>Years of age</Trans> : <Trans>Years</Trans>}
          {' · '}
          <Trans>a dot for each kind of consequence</Trans>
        </figcaption>
      )}
      <div className={large ? undefined : 'only-read-aloud'}>
        <table className={style.table}>
          <caption className="only-read-aloud">{t`Substance history`}</caption>
          <thead>
            <tr>
              <th scope="col">
                <Trans>When</Trans>
              </th>
              <th scope="col">
                <Trans>What</Trans>
              </th>
              <th scope="col">
                <Trans>How much, how often</Trans>
              </th>
              <th scope="col">
                <Trans>What it did</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {told.map((period) => (
              <tr key={period.id}>
                <th scope="row">
                  {[period.fromText, period.toText || (period.fromText ? t`now` : '')]
                    .filter(Boolean)
                    .join(' – ')}
                </th>
                <td>{period.substance}</td>
                <td>{[period.amount, period.frequency].filter(Boolean).join(', ')}</td>
                <td>
                  {Object.entries(period.consequences)
                    .map(([kind, text]) => {
                      const name = consequenceWords[kind as keyof typeof consequenceWords];
                      return text ? `${name}: ${text}` : name;
                    })
                    .join('; ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
