import { Trans, useLingui } from '@lingui/react/macro';
import { useTimeWords } from '../../ui/time-words.ts';
import type { Evening } from './contract.ts';
import style from './evening-strip.module.css';

function useToldWords() {
  const { t } = useLingui();
  return {
    told: t`Told`,
    missed: t`No entry`,
    notShared: t`Not shared`,
    open: t`Not over yet`,
  };
}

function shape(evening: Evening): string {
  if (evening.told !== 'told') return style[evening.told] ?? '';
  if (evening.slip) return style.slip ?? '';
  return evening.hard ? (style.hard ?? '') : (style.told ?? '');
}

/** The evenings as a strip: height is the strongest urge, a gap is a gap. A table stands behind it. */
export function EveningStrip({ evenings, label }: { evenings: readonly Evening[]; label: string }) {
  const time = useTimeWords();
  const told = useToldWords();
  return (
    <div className={style.strip}>
      <div className={style.bars} aria-hidden="true">
        {evenings.map((evening) => (
          <div key={evening.day} className={style.day} title={told[evening.told]}>
            <span className={style.well}>
              <span className={`${style.bar} ${shape(evening)}`}>
                {evening.told === 'told' && (
                  <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">
                    <rect
                      x="0"
                      width="10"
                      y={100 - Math.max(8, (evening.urge ?? 0) * 10)}
                      height={Math.max(8, (evening.urge ?? 0) * 10)}
                    />
                  </svg>
                )}
              </span>
            </span>
            <span className={style.name}>{time.shortWeekday(evening.day).slice(0, 2)}</span>
          </div>
        ))}
      </div>
      <ul className={style.key} aria-hidden="true">
        <li>
          <span className={style.sampleTold} /> <Trans>urge told</Trans>
        </li>
        {evenings.some((each) => each.hard) && (
          <li>
            <span className={style.sampleHard} /> <Trans>hard night</Trans>
          </li>
        )}
        {evenings.some((each) => each.slip) && (
          <li>
            <span className={style.sampleSlip} /> <Trans>used</Trans>
          </li>
        )}
        {evenings.some((each) => each.told === 'missed') && (
          <li>
            <span className={style.sampleMissed} /> <Trans>no entry</Trans>
          </li>
        )}
        {evenings.some((each) => each.told === 'notShared') && (
          <li>
            <span className={style.sampleNotShared} /> <Trans>not shared</Trans>
          </li>
        )}
      </ul>
      <div className="only-read-aloud">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Day</Trans>
              </th>
              <th scope="col">
                <Trans>Evening</Trans>
              </th>
              <th scope="col">
                <Trans>Used</Trans>
              </th>
              <th scope="col">
                <Trans>Strongest urge</Trans>
              </th>
              <th scope="col">
                <Trans>In their words</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {evenings.map((evening) => (
              <tr key={evening.day}>
                <th scope="row">{time.day(evening.day)}</th>
                <td>{told[evening.told]}</td>
                <td>
                  {evening.used === null ? (
                    ''
                  ) : evening.used ? (
                    <Trans>Yes</Trans>
                  ) : (
                    <Trans>No</Trans>
                  )}
                </td>
                <td>{evening.urge}</td>
                <td>{evening.line}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
