import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { addDays } from '../../kit/day.ts';
import { DayField } from '../../ui/day-field.tsx';
import { useOperation } from '../../ui/operations.ts';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { readReview } from './contract.ts';
import { EntryRow } from './entry-row.tsx';
import { MeetingEntry } from './meeting-entry.tsx';
import style from './week-entry.module.css';

/** A week from paper, typed in: one row a day, all of it from the keyboard. */
export function WeekEntry() {
  const { client: clientId = '' } = useParams({ strict: false }) as { client?: string };
  const { t } = useLingui();
  const [chosen, setChosen] = useState('');
  const now = useOperation(readReview, { clientId });
  const today = now.data?.client.today ?? '';
  const fromDay = chosen || (today && addDays(today, -7));
  const week = useOperation(
    readReview,
    { clientId, ...(fromDay && { fromDay, toDay: addDays(fromDay, 6) }) },
    { enabled: fromDay !== '' },
  );
  if (now.error) return <Trouble error={now.error} onRetry={() => void now.refetch()} />;
  if (!now.data || !week.data) return <Skeleton lines={9} />;
  const { client } = now.data;
  const days = Array.from({ length: 7 }, (_, index) => addDays(fromDay, index));
  return (
    <div className="stack loose">
      <div className="row apart">
        <div>
          <p className="eyebrow">{client.displayName}</p>
          <h1>
            <Trans>A week from paper</Trans>
          </h1>
        </div>
        <DayField label={t`First day`} value={fromDay} max={today} onChange={setChosen} />
      </div>
      <p className="soft">
        <Trans>
          Tab goes on, <kbd>Enter</kbd> keeps a row and goes to the next day. What the client told
          before stays in the record; the last telling of a day counts.
        </Trans>
      </p>
      <div className={style.scroll}>
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
                <abbr title={t`hungry, angry, lonely, tired`}>HALT</abbr>
              </th>
              <th scope="col">
                <Trans>Meeting</Trans>
              </th>
              <th scope="col">
                <Trans>Sponsor</Trans>
              </th>
              <th scope="col">
                <Trans>Line</Trans>
              </th>
              <th scope="col">
                <span className="only-read-aloud">
                  <Trans>State</Trans>
                </span>
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <EntryRow
                key={day}
                clientId={clientId}
                zone={client.timeZone}
                day={day}
                isAhead={day > today}
                told={week.data?.review.evenings.find((each) => each.day === day)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <Section title={<Trans>Meetings of the week</Trans>}>
        <MeetingEntry
          clientId={clientId}
          zone={client.timeZone}
          days={days.filter((day) => day <= today)}
          meetings={week.data.review.meetings}
        />
      </Section>
    </div>
  );
}
