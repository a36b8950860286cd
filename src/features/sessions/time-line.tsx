import { Plural, Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import type { Guide, Part } from './contract.ts';
import style from './time-line.module.css';

function useMinutesSince(instant: string | null, until: string | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  if (!instant) return 0;
  const end = until ? Date.parse(until) : now;
  return Math.max(0, Math.floor((end - Date.parse(instant)) / 60_000));
}

type Props = {
  parts: Guide['parts'];
  part: Part;
  startedAt: string | null;
  endedAt: string | null;
};

/** A thin line of time: guide minutes as lengths, the time gone as a fill. It never warns. */
export function TimeLine({ parts, part, startedAt, endedAt }: Props) {
  const gone = useMinutesSince(startedAt, endedAt);
  const whole = parts.reduce((sum, each) => sum + each.minutes, 0);
  const guide = parts.find((each) => each.part === part)?.minutes ?? 0;
  return (
    <div className={style.time}>
      <svg
        className={style.line}
        viewBox={`0 0 ${whole} 4`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {parts.map((each, index) => {
          const before = parts.slice(0, index).reduce((sum, part) => sum + part.minutes, 0);
          const filled = Math.min(each.minutes, Math.max(0, gone - before));
          return (
            <g key={each.part}>
              <rect x={before} width={each.minutes - 0.35} height="4" className={style.well} />
              <rect
                x={before}
                width={Math.max(0, filled - 0.35)}
                height="4"
                className={style.gone}
              />
            </g>
          );
        })}
      </svg>
      <p className="faint small figure">
        {startedAt ? (
          <Plural value={gone} one="# minute" other="# minutes" />
        ) : (
          <Trans>Not started</Trans>
        )}
        {' · '}
        <Trans>this part about {guide}</Trans>
      </p>
    </div>
  );
}
