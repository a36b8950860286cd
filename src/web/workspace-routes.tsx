import { screen } from './screens.tsx';

/** The workspace's screens: one line each. */
export const workspaceScreens = [
  screen('/work/settings', 'crisis', () => import('./settings.tsx'), 'Settings'),
];
