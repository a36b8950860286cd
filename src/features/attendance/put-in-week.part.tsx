import { uuidv7 } from '../../kit/id.ts';
import { copyOf, type Journal } from '../../ui/journal.ts';
import { planMeeting, unplanMeeting } from './contract.ts';
import type { Plan } from './plans.part.tsx';
import type { PlanFields } from './rules.ts';

type NewPlan = Omit<PlanFields, 'id'> & { onDay: string };

/**
 * Puts a meeting in one's own week, and with `share` in the therapist's view of it. Resolves when
 * it is saved on this device.
 *
 * @returns the plan's id
 * @throws NotSavedError
 */
export async function putInWeek(journal: Journal, plan: NewPlan, share: boolean): Promise<string> {
  const id = uuidv7();
  const { onDay, ...rest } = plan;
  const fields: PlanFields = { id, ...rest };
  const { name, startsAt, zone, types } = fields;
  const copy = copyOf(planMeeting, {
    id,
    name,
    startsAt,
    zone,
    types,
    onDay,
    ...told('meetingId', fields.meetingId),
    ...told('place', fields.place),
    ...told('fellowship', fields.fellowship),
    ...told('url', fields.url),
    ...told('phone', fields.phone),
    ...told('note', fields.note),
    ...told('contactName', fields.contactName),
  });
  await journal.save({
    kind: 'plan',
    day: onDay,
    fields: { ...fields },
    copy: share ? copy : undefined,
  });
  return id;
}

/** A field that goes along only when there is something in it. */
function told<Name extends string>(name: Name, text: string | null): Partial<Record<Name, string>> {
  return text ? ({ [name]: text } as Record<Name, string>) : {};
}

/** Takes a planned meeting out of the week, there and here. */
export async function takeOut(journal: Journal, plan: Plan): Promise<void> {
  const copy = copyOf(unplanMeeting, { id: plan.id });
  const own = journal.of<PlanFields>('plan').find(({ fields }) => fields.id === plan.id);
  if (!own) return journal.outbox.enqueue(unplanMeeting, { id: plan.id });
  await journal.save({
    kind: 'plan',
    day: own.onDay,
    obj: own.obj,
    fields: { ...own.fields },
    removed: true,
    copy: own.shared ? copy : undefined,
  });
}
