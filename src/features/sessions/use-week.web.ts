import { addDays } from '../../kit/day.ts';
import { type Got, useOperation } from '../../ui/operations.ts';
import { readWeek } from '../attendance/contract.ts';

export type Planned = Got<typeof readWeek>['planned'][number];

/** The client's coming seven days, from the session's own day on. */
export function useWeek(clientId: string, today: string) {
  const week = useOperation(
    readWeek,
    { clientId, fromDay: today || '2000-01-01' },
    { enabled: clientId !== '' },
  );
  const planned = [...(week.data?.planned ?? [])].sort((a, b) =>
    `${a.onDay} ${a.startsAt}` < `${b.onDay} ${b.startsAt}` ? -1 : 1,
  );
  return { week, planned, lastDay: today && addDays(today, 6) };
}
