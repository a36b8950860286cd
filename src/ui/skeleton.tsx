import { Trans } from '@lingui/react/macro';
import style from './states.module.css';

/** The shape of what is coming, in `lines` lines; holds the height so that nothing jumps. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div role="status">
      <span className="only-read-aloud">
        <Trans>Loading</Trans>
      </span>
      <div className={style.skeleton} aria-hidden="true">
        {Array.from({ length: lines }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no other identity
          <div key={index} className={style.bar} />
        ))}
      </div>
    </div>
  );
}
