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
  screen('/sign-in', 'account', () => import('../features/account/sign-in.tsx'), 'SignIn', {
    alone: true,
  }),
  screen('/sign-in/code', 'account', () => import('../features/account/recover.tsx'), 'Recover', {
    alone: true,
  }),
  screen(
    '/me/settings/keys',
    'account',
    () => import('../features/account/security.tsx'),
    'Security',
  ),
  screen(
    '/me/settings/code',
    'account',
    () => import('../features/account/recovery-code.tsx'),
    'RecoveryCode',
  ),
  screen('/me/plan', 'alerts', () => import('../features/alerts/my-plan.tsx'), 'MySafetyPlan'),
  screen('/me/begin', 'clients', () => import('../features/clients/begin.tsx'), 'Begin'),
  screen(
    '/me/questions',
    'assessment',
    () => import('../features/assessment/phone-intake.tsx'),
    'PhoneIntake',
  ),
  screen(
    '/me/questions/$part',
    'assessment',
    () => import('../features/assessment/phone-part.tsx'),
    'PhonePart',
  ),
  screen(
    '/me/answers',
    'assessment',
    () => import('../features/assessment/phone-results.tsx'),
    'PhoneResults',
  ),
];
