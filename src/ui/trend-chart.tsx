import { Trans, useLingui } from '@lingui/react/macro';
import { linePath, lonePoints, pointAt, type Values } from './chart.ts';
import { useTimeWords } from './time-words.ts';
import style from './trend-chart.module.css';

type Series = { name: string; values: Values };

type Props = {
  title: string;
  /** One day (`YYYY-MM-DD`) for each value. */
  days: readonly string[];
  /** Four at most: more cannot be told apart. */
  series: readonly Series[];
  low?: number;
  high: number;
  /** Ranges with a name, such as the bands of a scale; lowest first. */
  bands?: readonly { from: number; to: number; name: string }[];
};

const box = { width: 640, height: 200, pad: 12 };
const dashes = [undefined, '7 4', '2 4', '10 3 2 3'];

/** Values over days; gaps are gaps, and the same figures stand in a table below. */
export function TrendChart({ title, days, series, low = 0, high, bands = [] }: Props) {
  const { t } = useLingui();
  const words = useTimeWords();
  const frame = { ...box, low, high };
  const known = (values: Values) => values.filter((value) => value !== null).length;
  const counts = series.map(({ name, values }) => `${name}: ${known(values)}`).join(', ');
  const first = days[0];
  const last = days[days.length - 1];
  return (
    <figure className={style.figure}>
      <figcaption className={style.caption}>
        <strong>{title}</strong>
        <span className={style.legend}>
          {series.map(({ name }, index) => (
            <span key={name}>
              <svg width="26" height="8" aria-hidden="true">
                <path
                  d="M0 4H26"
                  className={style[`tone${index + 1}`]}
                  strokeDasharray={dashes[index]}
                />
              </svg>
              {name}
            </span>
          ))}
        </span>
      </figcaption>
      <svg
        className={style.chart}
        viewBox={`0 0 ${box.width} ${box.height}`}
        role="img"
        aria-label={`${title}. ${t`Days with a value:`} ${counts}`}
      >
        {bands.map((band, index) => {
          const [, top] = pointAt(0, band.to, 2, frame);
          const [, bottom] = pointAt(0, band.from, 2, frame);
          return (
            <g key={band.name}>
              {index % 2 === 1 && (
                <rect
                  x="0"
                  y={top}
                  width={box.width}
                  height={bottom - top}
                  className={style.band}
                />
              )}
              <text x={box.width - 6} y={top + 14} className={style.bandName}>
                {band.name}
              </text>
            </g>
          );
        })}
        <path d={`M0 ${box.height - box.pad}H${box.width}`} className={style.ground} />
        {series.map(({ name, values }, index) => (
          <g key={name} className={style[`tone${index + 1}`]}>
            <path d={linePath(values, frame)} strokeDasharray={dashes[index]} />
            {lonePoints(values, frame).map(([x, y]) => (
              <circle key={x} cx={x} cy={y} r="2.5" />
            ))}
          </g>
        ))}
      </svg>
      {first && last && (
        <div className={style.ends}>
          <span>{words.shortDay(first)}</span>
          <span>{words.shortDay(last)}</span>
        </div>
      )}
      <details className={style.table}>
        <summary>
          <Trans>The same as a table</Trans>
        </summary>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Day</Trans>
              </th>
              {series.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((day, index) => (
              <tr key={day}>
                <th scope="row">{words.shortDay(day)}</th>
                {series.map(({ name, values }) => (
                  <td key={name}>{values[index] ?? '–'}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
