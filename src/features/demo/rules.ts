/** The people of the demo who can be entered; tests and development use the same. */
export const personaKeys = ['ana', 'maya', 'sam', 'jo', 'ray', 'lee', 'kim'] as const;
export type PersonaKey = (typeof personaKeys)[number];

/** Where a person of this role is at home. */
export function homeOf(role: string): '/me/today' | '/work/today' | '/work/meetings' {
  if (role === 'client' || role === 'sponsor' || role === 'partner') return '/me/today';
  return role === 'listServant' ? '/work/meetings' : '/work/today';
}
