import { Trans, useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { addDays } from '../../kit/day.ts';
import { DayField } from '../../ui/day-field.tsx';
import { useOperation } from '../../ui/operations.ts';
import { PrintPage } from '../../ui/print-page.tsx';
import { Trouble } from '../../ui/refusal-words.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TabStrip } from '../../ui/tab-strip.tsx';
import { useTimeWords } from '../../ui/time-words.ts';
import { readWeek } from '../attendance/contract.ts';
import { listTasks } from '../tasks/contract.ts';
import { readReview } from './contract.ts';
import { JournalSheet } from './journal-sheet.tsx';

/** One page on paper: the coming week to fill in, or a week as it was told. */
export function JournalPage() {
  const { client: clientId = '' } = useParams({ strict: false }) as { client?: string };
  const { t } = useLingui();
  const time = useTimeWords();
  const [view, setView] = useState<'blank' | 'told'>('blank');
  const [chosen, setChosen] = useState('');
  const now = useOperation(readReview, { clientId });
  const today = now.data?.client.today;
  const fromDay = chosen || (today ? (view === 'blank' ? today : addDays(today, -7)) : '');
  const ready = { enabled: fromDay !== '' };
  const toDay = fromDay && addDays(fromDay, 6);
  const told = useOperation(
    readReview,
    { clientId, ...(fromDay && { fromDay, toDay }) },
    { enabled: fromDay !== '' && view === 'told' },
  );
  const week = useOperation(readWeek, { clientId, fromDay: fromDay || '2000-01-01' }, ready);
  const tasks = useOperation(listTasks, { clientId });
  const error = now.error ?? week.error ?? tasks.error ?? told.error;
  if (error) return <Trouble error={error} onRetry={() => void now.refetch()} />;
  if (!now.data || !week.data || !tasks.data) return <Skeleton lines={10} />;
  const first = time.fullDay(fromDay);
  const open = tasks.data.tasks.filter((task) => task.report === null);
  return (
    <div className="stack">
      <div className="row apart not-printed">
        <TabStrip
          label={t`Which page`}
          value={view}
          onChange={(next) => {
            setView(next);
            setChosen('');
          }}
          tabs={[
            { value: 'blank', label: t`To fill in` },
            { value: 'told', label: t`As told` },
          ]}
        >
          <DayField label={t`First day`} value={fromDay} onChange={setChosen} />
        </TabStrip>
      </div>
      <PrintPage title={<Trans>My week</Trans>} aside={<Trans>from {first}</Trans>}>
        {view === 'told' && !told.data ? (
          <Skeleton lines={8} />
        ) : (
          <JournalSheet
            fromDay={fromDay}
            planned={week.data.planned}
            tasks={open}
            review={view === 'told' ? told.data?.review : undefined}
          />
        )}
      </PrintPage>
    </div>
  );
}
