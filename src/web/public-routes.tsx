import { screen } from './screens.tsx';

/** The public shell's screens: one line each. `/` and `/help` come from the server alone. */
export const publicScreens = [
  screen('/settings', 'crisis', () => import('./settings.tsx'), 'Settings'),
  screen('/setup', 'programme', () => import('../features/programme/set-up.tsx'), 'SetUp'),
  screen(
    '/join/staff',
    'programme',
    () => import('../features/programme/join-staff.tsx'),
    'JoinStaff',
  ),
  screen('/join', 'clients', () => import('../features/clients/join.tsx'), 'Join'),
  screen('/near', 'finder', () => import('../features/finder/find-near.part.tsx'), 'FindNear'),
];
