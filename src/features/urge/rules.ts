/** What carried somebody through an urge. */
export const helps = ['person', 'meeting', 'waiting', 'breathing', 'leaving', 'other'] as const;
export type Help = (typeof helps)[number];
