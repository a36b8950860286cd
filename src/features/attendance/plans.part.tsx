import { addDays, type Day } from '../../kit/day.ts';
import { useEntries, useKept } from '../../ui/use-kept.ts';
import { readWeek } from './contract.ts';
import type { AttendedFields, PlanFields } from './rules.ts';

/** A meeting in the week, from the chart or from one's own notebook. */
export interface Plan extends PlanFields {
  onDay: Day;
  createdBy: 'client' | 'staff';
  attended: boolean;
  /** The private item, where the person put it there. */
  obj: string | null;
}

/** Everything planned in the seven days from a day; works without a network. */
export function usePlans(fromDay: Day): { plans: Plan[]; isPending: boolean } {
  const own = useEntries<PlanFields>('plan');
  const been = useEntries<AttendedFields>('meeting');
  const { data, isPending } = useKept(readWeek, { fromDay }, `week-${fromDay}`);
  const last = addDays(fromDay, 6);
  const logged = new Set(been.map(({ fields }) => fields.plannedId));
  const mine: Plan[] = own
    .filter(({ onDay }) => onDay >= fromDay && onDay <= last)
    .map(({ fields, onDay, obj }) => ({
      ...fields,
      onDay,
      obj,
      createdBy: 'client',
      attended: logged.has(fields.id),
    }));
  const known = new Set(mine.map(({ id }) => id));
  const charted: Plan[] = (data?.planned ?? [])
    // What the person took out of the week is out at once, whenever the server hears of it.
    .filter((plan) => !known.has(plan.id) && plan.createdBy === 'staff')
    .map((plan) => ({ ...plan, obj: null, attended: plan.attended || logged.has(plan.id) }));
  const plans = [...mine, ...charted].sort((a, b) =>
    `${a.onDay}${a.startsAt}` < `${b.onDay}${b.startsAt}` ? -1 : 1,
  );
  return { plans, isPending: isPending && own.length === 0 };
}
