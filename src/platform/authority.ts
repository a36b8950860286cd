import type { Operation } from '../kit/operation.ts';
import { staffRoles } from '../kit/operation.ts';
import { type Refused, refuse } from '../kit/refusal.ts';
import type { Asker } from './context.ts';

type Denied = Refused<'signedOut' | 'secondFactor' | 'locked' | 'notFound'>;

/**
 * The first of the two authorities: decides from the declaration whether this person may ask at all.
 * Default deny; a role that is not named gets the answer that something absent would get.
 */
export function mayAsk(operation: Operation, asker: Asker | null): Denied | null {
  const { who } = operation;
  if (who === 'anyone') return null;
  if (!asker) return refuse('signedOut');
  if (who === 'account') return null;
  const { membership } = asker;
  if (!membership || !who.includes(membership.role)) return refuse('notFound');
  const staff = (staffRoles as readonly string[]).includes(membership.role);
  if (staff && !asker.secondFactor) return refuse('secondFactor');
  // Whoever locked it: a locked session has no programme in the database either.
  if (asker.locked) return refuse('locked');
  return null;
}
