import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { crisisFor } from '../../content/crisis.ts';
import { addDays } from '../../kit/day.ts';
import { useCountry } from '../../ui/country.ts';
import type { Got } from '../../ui/operations.ts';
import { useTimeWords } from '../../ui/time-words.ts';
import type { readWeek } from '../attendance/contract.ts';
import type { Task } from '../tasks/contract.ts';
import type { Evening, Review } from './contract.ts';
import style from './journal.module.css';

type Planned = Got<typeof readWeek>['planned'][number];

/** The numbers for the foot of the page, those of the programme's country. */
function useLines(): string {
  const pack = crisisFor(useCountry());
  const suicide = pack.lines.find(({ kind }) => kind === 'suicide')?.ways[0]?.value;
  return [...new Set([suicide, pack.emergency])].filter(Boolean).join(' · ');
}

type Props = {
  fromDay: string;
  planned: readonly Planned[];
  tasks: readonly Task[];
  /** Without it the page is to be filled in by hand. */
  review: Review | undefined;
};

function Box({ ticked }: { ticked: boolean | undefined }) {
  return (
    <span className={style.box} aria-hidden="true">
      {ticked && (
        <svg viewBox="0 0 10 10" aria-hidden="true">
          <path d="m1.5 5 2.5 2.8 4.5-6" fill="none" stroke="currentColor" strokeWidth="1.6" />
        </svg>
      )}
    </span>
  );
}

function Choice({ ticked, children }: { ticked: boolean | undefined; children: ReactNode }) {
  return (
    <span className={style.choice}>
      <Box ticked={ticked} />
      {children}
    </span>
  );
}

function DayRow({
  day,
  evening,
  planned,
}: {
  day: string;
  evening: Evening | undefined;
  planned: readonly Planned[];
}) {
  const time = useTimeWords();
  const { t } = useLingui();
  const told = evening?.told === 'told' ? evening : undefined;
  const halt = [
    { code: 'hungry', label: t`hungry` },
    { code: 'angry', label: t`angry` },
    { code: 'lonely', label: t`lonely` },
    { code: 'tired', label: t`tired` },
  ];
  return (
    <tr>
      <th scope="row">
        {time.weekday(day)}
        <span className={style.date}>{time.shortDay(day)}</span>
      </th>
      <td>
        <Choice ticked={told && told.used === false}>
          <Trans>no</Trans>
        </Choice>
        <Choice ticked={told && told.used === true}>
          <Trans>yes</Trans>
        </Choice>
      </td>
      <td className={style.number}>{told?.urge ?? ''}</td>
      <td className={style.number}>{told?.mood ?? ''}</td>
      <td>
        <span className={style.pairs}>
          {halt.map((each) => (
            <Choice key={each.code} ticked={told?.halt.includes(each.code)}>
              {each.label}
            </Choice>
          ))}
        </span>
      </td>
      <td>
        {planned.map((each) => (
          <Choice key={each.id} ticked={evening ? each.attended : undefined}>
            {each.name}, {time.time(each.startsAt)}
          </Choice>
        ))}
        {planned.length === 0 && <Choice ticked={told?.meeting ?? undefined}>{''}</Choice>}
      </td>
      <td>
        <Choice ticked={told?.sponsorContact ?? undefined}>
          <Trans>spoke with</Trans>
        </Choice>
      </td>
      <td className={style.line}>{told?.line}</td>
    </tr>
  );
}

/** The week on one page: a table a person can fill in with a pencil, or as it was told. */
export function JournalSheet({ fromDay, planned, tasks, review }: Props) {
  const lines = useLines();
  const { t } = useLingui();
  const days = Array.from({ length: 7 }, (_, index) => addDays(fromDay, index));
  return (
    <div className={`${style.sheet} ${review ? style.told : ''}`}>
      {review && <p className={style.human}>{review.line}</p>}
      {review?.sentence && <blockquote className={style.own}>{review.sentence.text}</blockquote>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={style.scroll} aria-label={t`The week, day by day`} tabIndex={0}>
        <table className={style.table}>
          <caption className="only-read-aloud">{t`The week, day by day`}</caption>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Day</Trans>
              </th>
              <th scope="col">
                <Trans>Used</Trans>
              </th>
              <th scope="col">
                <Trans>Urge 0–10</Trans>
              </th>
              <th scope="col">
                <Trans>Mood 1–5</Trans>
              </th>
              <th scope="col">
                <Trans>Was I</Trans>
              </th>
              <th scope="col">
                <Trans>Meeting</Trans>
              </th>
              <th scope="col">
                <Trans>Sponsor or friend</Trans>
              </th>
              <th scope="col">
                <Trans>One line, if you like</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <DayRow
                key={day}
                day={day}
                evening={review?.evenings.find((each) => each.day === day)}
                planned={planned.filter((each) => each.onDay === day)}
              />
            ))}
          </tbody>
        </table>
      </section>
      <div className={style.foot}>
        <section>
          <h2>
            <Trans>What I agreed to</Trans>
          </h2>
          <ul>
            {tasks.map((task) => (
              <li key={task.id}>
                <Choice ticked={undefined}>{task.text}</Choice>
              </li>
            ))}
            {tasks.length === 0 && <li className={style.rule} />}
          </ul>
        </section>
        <section>
          <h2>
            <Trans>At a meeting I heard, and it stirred up</Trans>
          </h2>
          {review
            ? review.meetings
                .filter((each) => each.stirred)
                .map((each) => (
                  <p key={each.key}>
                    {each.name}: {each.stirred}
                  </p>
                ))
            : [1, 2, 3].map((line) => <p key={line} className={style.rule} />)}
        </section>
      </div>
      <p className={style.help}>
        <Trans>
          In danger, or thinking of ending it: call {lines}. This page is not watched by anybody.
        </Trans>
      </p>
    </div>
  );
}
