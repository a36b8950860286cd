import { Plural, Trans } from '@lingui/react/macro';
import type { Day } from '../../kit/day.ts';
import { useTimeWords } from '../../ui/time-words.ts';
import { starting } from '../today/rules.ts';
import type { Plan } from './plans.part.tsx';

/** "Starts in 40 minutes", "Tomorrow at 7:00 PM", "Tuesday at 7:00 PM". */
export function Starts({ plan, today, now }: { plan: Plan; today: Day; now: number }) {
  const words = useTimeWords();
  const time = words.time(plan.startsAt);
  const start = starting(plan, today, now);
  if (start.kind === 'underWay') return <Trans>Under way since {time}</Trans>;
  if (start.kind === 'minutes') {
    return (
      <Plural
        value={start.minutes}
        one={`Starts in # minute, at ${time}`}
        other={`Starts in # minutes, at ${time}`}
      />
    );
  }
  if (start.kind === 'today') return <Trans>Today at {time}</Trans>;
  if (start.kind === 'tomorrow') return <Trans>Tomorrow at {time}</Trans>;
  return (
    <Trans>
      {words.weekday(start.day)} at {time}
    </Trans>
  );
}
