import { screen } from './screens.tsx';

/** The companion's screens: one line each. Paths and titles tell nothing to whoever looks over. */
export const companionScreens = [
  screen('/me/settings', 'crisis', () => import('./settings.tsx'), 'Settings'),
  screen(
    '/me/choices',
    'sharing',
    () => import('../features/sharing/choices.tsx'),
    'SharingChoices',
  ),
  screen('/me/plan', 'alerts', () => import('../features/alerts/my-plan.tsx'), 'MySafetyPlan'),
];
