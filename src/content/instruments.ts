/**
 * The instruments, each loaded when it is asked for, so that the companion carries none it does
 * not show. The order is the order of the intake.
 */
import type { Questionnaire } from './questionnaire.ts';

/** Ids in the order of the intake: what for, safety, readiness, alcohol, other drugs, mood, worry. */
export const instrumentIds = [
  'what-for',
  'safety-first',
  'readiness',
  'audit',
  'taps',
  'phq-9',
  'gad-7',
] as const;

export type InstrumentId = (typeof instrumentIds)[number];

const loaders: Record<InstrumentId, () => Promise<{ default: Questionnaire }>> = {
  'what-for': () => import('./instruments/what-for.json', { with: { type: 'json' } }),
  'safety-first': () => import('./instruments/safety-first.json', { with: { type: 'json' } }),
  readiness: () => import('./instruments/readiness.json', { with: { type: 'json' } }),
  audit: () => import('./instruments/audit.json', { with: { type: 'json' } }),
  taps: () => import('./instruments/taps.json', { with: { type: 'json' } }),
  'phq-9': () => import('./instruments/phq-9.json', { with: { type: 'json' } }),
  'gad-7': () => import('./instruments/gad-7.json', { with: { type: 'json' } }),
};

/** One instrument; the same object at every call, so that compiled scores can be kept by it. */
export async function loadInstrument(id: InstrumentId): Promise<Questionnaire> {
  return (await loaders[id]()).default;
}

export function isInstrumentId(id: string): id is InstrumentId {
  return instrumentIds.some((each) => each === id);
}
