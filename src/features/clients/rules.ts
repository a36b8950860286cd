/** Settings of care that an episode can have. */
export const settings = ['outpatient', 'intensiveOutpatient', 'inpatient', 'aftercare'] as const;
export type Setting = (typeof settings)[number];

/** Days that an invitation is good for. */
export const invitationDays = 7;

/** Text as it is kept: without spaces around it or doubled inside. */
export function tidy(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** How it stands with a client's way in. */
export type InvitationState = 'none' | 'waiting' | 'expired' | 'joined';

/** The state of a client's way in: an account, a code that still waits, one that ran out, or nothing yet. */
export function invitationState(
  joined: boolean,
  expiresAt: string | null,
  now: string,
): InvitationState {
  if (joined) return 'joined';
  if (expiresAt === null) return 'none';
  return Date.parse(expiresAt) > Date.parse(now) ? 'waiting' : 'expired';
}
