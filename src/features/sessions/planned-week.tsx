import { WeekCalendar } from '../../ui/week-calendar.tsx';
import type { Planned } from './use-week.web.ts';

/** The client's coming week with the meetings that are in it. */
export function PlannedWeek({ today, planned }: { today: string; planned: readonly Planned[] }) {
  return (
    <WeekCalendar
      from={today}
      today={today}
      items={planned.map((each) => ({
        id: each.id,
        day: each.onDay,
        time: each.startsAt.slice(0, 5),
        title: each.name,
        // The column is narrow: the house is enough, the address is in the listing.
        detail: each.contactName ?? each.place?.split(',')[0] ?? '',
        state: each.attended ? ('done' as const) : ('planned' as const),
      }))}
    />
  );
}
