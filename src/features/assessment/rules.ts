import { type InstrumentId, instrumentIds } from '../../content/instruments.ts';
import { type Day, dayInZone, isZone } from '../../kit/day.ts';
import type { Trigger } from '../instruments/rules.ts';

/** The parts of the intake, in the order in which they are asked: safety comes before everything else. */
export const intakeParts: readonly InstrumentId[] = instrumentIds;

/** Kinds of alert that answers can raise. */
export type AnswerAlert = 'item9' | 'suicide' | 'safety';

/**
 * The alerts that a response raises: thoughts of suicide always, other dangers where help is needed
 * now. What can wait until today or this week stays a flag on the client's page.
 */
export function alertsFor(instrument: string, triggers: readonly Trigger[]): AnswerAlert[] {
  const kinds = new Set<AnswerAlert>();
  for (const trigger of triggers) {
    if (trigger.kind === 'suicide') kinds.add(instrument === 'phq-9' ? 'item9' : 'suicide');
    else if (trigger.urgency === 'now') kinds.add('safety');
  }
  return [...kinds];
}

/** The triggers that become flags, which a clinician clears one by one; suicide is an alert instead. */
export function flagsFor(triggers: readonly Trigger[]): Trigger[] {
  return triggers.filter((trigger) => trigger.kind !== 'suicide');
}

/** A flag as far as the order of things depends on it. */
export type OpenFlag = { blocksAbstinence: boolean; clearedAt: string | null };

/** Whether medical contact comes before everything: no task may ask for abstinence until it is cleared. */
export function medicalFirst(flags: readonly OpenFlag[]): boolean {
  return flags.some((flag) => flag.blocksAbstinence && flag.clearedAt === null);
}

/**
 * The day that an answer counts for: the person's own day, but never later than today where they
 * are. A device whose clock runs ahead must not cost anybody an answer, so this corrects and does
 * not refuse; an unknown zone falls back to the client's.
 */
export function dayOfAnswer(
  onDay: Day,
  zone: string,
  now: string,
  clientZone: string,
): { onDay: Day; corrected: boolean } {
  const today = dayInZone(now, isZone(zone) ? zone : clientZone);
  return onDay > today ? { onDay: today, corrected: true } : { onDay, corrected: false };
}

/** What is known of one part of the intake. */
export type PartState = 'open' | 'draft' | 'complete';

/** The part to go on with: safety while it is open, then the first that is not complete; null at the end. */
export function nextPart(
  states: readonly { instrument: InstrumentId; state: PartState }[],
): InstrumentId | null {
  const open = states.filter((part) => part.state !== 'complete');
  const first = intakeParts.find((id) => open.some((part) => part.instrument === id));
  return first ?? null;
}
