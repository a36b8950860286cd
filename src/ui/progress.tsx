import type { ReactNode } from 'react';
import style from './progress.module.css';

type Props = {
  label: string;
  value: number;
  max: number;
  /** Shown beside the bar ("Question 3 of 10"). */
  words?: ReactNode;
};

/** A thin line of how far; never a percentage and never a race. */
export function Progress({ label, value, max, words }: Props) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div className={style.progress}>
      {words && <span className="small soft figure">{words}</span>}
      <div
        className={style.track}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={value}
      >
        <div className={style.fill} style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
