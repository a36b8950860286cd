/** An expected "no": a declared value, never an exception. `details` holds facts for the sentence, no personal data. */
export interface Refused<Code extends string = string> {
  readonly refusal: Code;
  readonly details?: unknown;
}

const refusals = new WeakSet<object>();

/** Makes a refusal. Only values made here count as one, so that no output is mistaken for it. */
export function refuse<const Code extends string>(code: Code, details?: unknown): Refused<Code> {
  const refused: Refused<Code> =
    details === undefined ? { refusal: code } : { refusal: code, details };
  refusals.add(refused);
  return refused;
}

/** Tells a refusal from an output. */
export function isRefused<Output, Code extends string>(
  result: Output | Refused<Code>,
): result is Refused<Code> {
  return typeof result === 'object' && result !== null && refusals.has(result);
}

/** Refusals that the house itself gives, before any feature is asked. */
const houseRefusals = [
  'notFound',
  'signedOut',
  'secondFactor',
  'locked',
  'invalid',
  'slowDown',
  'foreignOrigin',
  'unexpected',
  'outOfOrder',
  'differentContent',
  'anotherProgramme',
] as const;
export type HouseRefusal = (typeof houseRefusals)[number];
