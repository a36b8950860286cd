import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useTimeWords } from '../../ui/time-words.ts';
import { useNow, useToday } from '../../ui/use-now.ts';
import { useSoberDays } from '../sobriety/count.part.tsx';
import { milestone } from '../sobriety/rules.ts';
import { partOfDay } from './rules.ts';
import style from './today.module.css';

/** A line of calm: which part of which day it is, and the days. */
export function SoberLine() {
  const { t } = useLingui();
  const today = useToday();
  const hour = new Date(useNow()).getHours();
  const weekday = useTimeWords().weekday(today);
  const parts = {
    morning: t`${weekday} morning.`,
    afternoon: t`${weekday} afternoon.`,
    evening: t`${weekday} evening.`,
    night: t`${weekday} night.`,
  };
  return (
    <header className={style.weather}>
      <h1 className={style.line}>
        <span className={style.when}>{parts[partOfDay(hour)]}</span> <Days />
      </h1>
      <Moment />
    </header>
  );
}

function Days() {
  const words = useTimeWords();
  const today = useToday();
  const count = useSoberDays();
  if (!count) {
    return (
      <Link to={'/me/count' as never} className={`${style.count} ${style.open}`}>
        <Trans>Count my days</Trans>
      </Link>
    );
  }
  const { since, run, total } = count;
  const [runWords, totalWords] = [words.number(run), words.number(total)];
  return (
    <Link to={'/me/count' as never} className={style.count}>
      {since > today && total > 0 ? (
        // A new run was chosen for tomorrow: tonight only what stays is said.
        <Plural
          value={total}
          one={`${totalWords} day in all.`}
          other={`${totalWords} days in all.`}
        />
      ) : run === 0 ? (
        total === 0 ? (
          <Trans>The first day.</Trans>
        ) : (
          <Trans>A first day, {totalWords} in all.</Trans>
        )
      ) : run === total ? (
        <Plural value={run} one={`${runWords} day.`} other={`${runWords} days.`} />
      ) : (
        <Plural
          value={run}
          one={`${runWords} day, ${totalWords} in all.`}
          other={`${runWords} days, ${totalWords} in all.`}
        />
      )}
    </Link>
  );
}

/** One still line on a day worth a moment. */
function Moment() {
  const today = useToday();
  const count = useSoberDays();
  const reached = count && milestone(count.since, today);
  if (!reached) return null;
  return (
    <p className={style.moment}>
      {'years' in reached ? (
        <Plural value={reached.years} one="One year today." other="# years today." />
      ) : (
        <Plural value={reached.days} one="One whole day." other="# days today." />
      )}
    </p>
  );
}
