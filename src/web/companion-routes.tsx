import { screen } from './screens.tsx';

/** The companion's screens: one line each. Paths and titles tell nothing to whoever looks over. */
export const companionScreens = [
  screen('/me/settings', 'crisis', () => import('./settings.tsx'), 'Settings'),
];
