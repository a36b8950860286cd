/** "Are you safe?" */
export const safeAnswers = ['yes', 'notSure', 'no'] as const;
export type Safe = (typeof safeAnswers)[number];

/** What was reached for after a slip. */
export const slipHelps = ['call', 'meeting', 'emergency'] as const;
export type SlipHelp = (typeof slipHelps)[number];
