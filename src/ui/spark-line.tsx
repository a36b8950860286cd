import { linePath, lonePoints, type Values } from './chart.ts';

type Props = {
  values: Values;
  /** The sentence that says what the line shows. */
  label: string;
  low?: number;
  high?: number;
  width?: number;
  height?: number;
  tone?: 1 | 2 | 3 | 4;
};

/** A line as tall as a word. Days of which nothing is known are gaps. */
export function SparkLine(props: Props) {
  const { values, label, low = 0, high = 10, width = 120, height = 26, tone = 1 } = props;
  const box = { width, height, low, high, pad: 3 };
  const colour = `var(--chart-${tone})`;
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <path
        d={`M0 ${height - 1.5}H${width}`}
        stroke="var(--line)"
        strokeWidth="1"
        strokeDasharray="1 4"
      />
      <path
        d={linePath(values, box)}
        fill="none"
        stroke={colour}
        strokeWidth="1.75"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {lonePoints(values, box).map(([x, y]) => (
        <circle key={x} cx={x} cy={y} r="1.8" fill={colour} />
      ))}
    </svg>
  );
}
