import { Trans, useLingui } from '@lingui/react/macro';
import { useTimeWords } from '../../ui/time-words.ts';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import style from './caseload.module.css';
import type { ToldDay } from './rules.ts';

const column = 12;
const height = 40;
/** Top of the urge line's room and its foot; days and meetings stand below. */
const room = { top: 3, foot: 22 };

/** The urge line, broken where nothing was told. */
function urgePath(days: readonly ToldDay[]): string {
  let isDrawing = false;
  return days
    .map((day, index) => {
      if (day.urge === null) {
        isDrawing = false;
        return '';
      }
      const x = index * column + column / 2;
      const y = room.foot - (day.urge / 10) * (room.foot - room.top);
      const part = `${isDrawing ? 'L' : 'M'}${x} ${y}`;
      isDrawing = true;
      return part;
    })
    .join('');
}

/** Fourteen days of somebody: urges as a line, sober days as dots, meetings as ticks, gaps as gaps. */
export function Fortnight({
  days,
  shares,
  name,
}: {
  days: readonly ToldDay[];
  shares: boolean;
  name: string;
}) {
  const { t } = useLingui();
  const words = useTimeWords();
  const told = days.some((day) => day.sober !== null || day.meetings > 0);
  if (!told && !shares)
    return (
      <p className={`${style.untold} faint small`}>
        <Trans>Not shared</Trans>
      </p>
    );
  return (
    <figure className={style.fortnight}>
      <svg
        viewBox={`0 0 ${days.length * column} ${height}`}
        width={days.length * column}
        height={height}
        aria-hidden="true"
      >
        <line
          x1="0"
          x2={days.length * column}
          y1={room.foot}
          y2={room.foot}
          className={style.base}
        />
        <path d={urgePath(days)} className={style.urge} />
        {days.map((day, index) => {
          const x = index * column + column / 2;
          return (
            <g key={day.on}>
              {day.sober === true && <circle cx={x} cy={29} r={2.6} className={style.sober} />}
              {day.sober === false && <circle cx={x} cy={29} r={2.6} className={style.used} />}
              {day.meetings > 0 && (
                <rect x={x - 2.5} y={35} width={5} height={3} rx={1} className={style.meeting} />
              )}
            </g>
          );
        })}
      </svg>
      <VisuallyHidden>
        <table>
          <caption>{t`The last 14 days of ${name}`}</caption>
          <thead>
            <tr>
              <th scope="col">{t`Day`}</th>
              <th scope="col">{t`Evening`}</th>
              <th scope="col">{t`Strongest urge`}</th>
              <th scope="col">{t`Meetings`}</th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.on}>
                <th scope="row">{words.day(day.on)}</th>
                <td>{day.sober === null ? t`Nothing told` : day.sober ? t`Sober` : t`Used`}</td>
                <td>{day.urge ?? ''}</td>
                <td>{day.meetings}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </figure>
  );
}
