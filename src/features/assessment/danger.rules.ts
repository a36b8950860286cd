import type { CrisisLine } from '../../content/crisis.ts';
import type { Trigger } from '../instruments/rules.ts';

/**
 * The lines to offer for dangers, the fitting one first: the crisis line for suicide, the emergency
 * number for what cannot wait, treatment and medical advice for what can wait until today.
 */
export function linesFor(triggers: readonly Trigger[], lines: readonly CrisisLine[]): CrisisLine[] {
  const isNow = triggers.some((trigger) => trigger.urgency === 'now');
  const isSuicide = triggers.some((trigger) => trigger.kind === 'suicide');
  const isOverdose = triggers.some((trigger) => trigger.kind === 'overdose');
  const wanted = [
    ...(isSuicide ? ['suicide', 'crisis'] : []),
    ...(isNow || isSuicide ? ['emergency'] : []),
    ...(isOverdose ? ['poison'] : []),
    ...(isNow || isSuicide ? [] : ['medical', 'treatment', 'emergency']),
  ];
  return [...new Set(wanted)].flatMap((kind) => lines.find((line) => line.kind === kind) ?? []);
}
