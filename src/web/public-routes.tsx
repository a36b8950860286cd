import { screen } from './screens.tsx';

/** The public shell's screens: one line each. `/` and `/help` come from the server alone. */
export const publicScreens = [
  screen('/settings', () => import('./settings.tsx'), 'Settings'),
  screen('/setup', () => import('../features/programme/set-up.tsx'), 'SetUp'),
  screen('/join/staff', () => import('../features/programme/join-staff.tsx'), 'JoinStaff'),
  screen('/join', () => import('../features/clients/join.tsx'), 'Join'),
  screen('/near', () => import('../features/finder/find-near.part.tsx'), 'FindNear'),
];
