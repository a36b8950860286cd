import { screen } from './screens.tsx';

/** The companion's screens: one line each. Paths and titles tell nothing to whoever looks over. */
export const companionScreens = [
  screen('/demo', 'demo', () => import('../features/demo/demo.tsx'), 'Demo', { bare: true }),
  screen('/me/help', 'crisis', () => import('../features/crisis/crisis.tsx'), 'Crisis', {
    alone: true,
  }),
  screen('/me/settings', 'web', () => import('./phone-settings.tsx'), 'PhoneSettings'),
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
  screen(
    '/me/settings/drill',
    'account',
    () => import('../features/account/recovery-drill.tsx'),
    'RecoveryDrill',
  ),
  screen('/me/plan', 'alerts', () => import('../features/alerts/my-plan.tsx'), 'MySafetyPlan'),
  screen('/me/begin', 'clients', () => import('../features/clients/begin.tsx'), 'Begin', {
    alone: true,
  }),
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
  screen(
    '/me/today',
    'today account private sobriety attendance',
    () => import('../features/today/today.tsx'),
    'Today',
    { first: true },
  ),
  screen(
    '/me/practice',
    'today account private tasks',
    () => import('../features/today/practice.tsx'),
    'Practice',
  ),
  screen(
    '/me/people',
    'people account private',
    () => import('../features/people/people.tsx'),
    'People',
  ),
  screen(
    '/me/card',
    'people account private',
    () => import('../features/people/card.tsx'),
    'CarryCard',
  ),
  screen(
    '/me/evening',
    'checkin account private',
    () => import('../features/checkin/evening.tsx'),
    'Evening',
  ),
  screen('/me/now', 'urge people private', () => import('../features/urge/urge.tsx'), 'Urge', {
    bare: true,
    dark: true,
  }),
  screen(
    '/me/again',
    'slip people private sobriety',
    () => import('../features/slip/slip.tsx'),
    'Slip',
    { bare: true },
  ),
  screen(
    '/me/later',
    'slip account private',
    () => import('../features/slip/slip-later.tsx'),
    'SlipLater',
  ),
  screen(
    '/me/there',
    'attendance account private',
    () => import('../features/attendance/there.tsx'),
    'There',
  ),
  screen(
    '/me/week',
    'attendance account private',
    () => import('../features/attendance/week.tsx'),
    'Week',
  ),
  screen(
    '/me/count',
    'sobriety account private',
    () => import('../features/sobriety/count.tsx'),
    'Count',
  ),
  screen(
    '/me/returned',
    'private account',
    () => import('../features/private/returned.tsx'),
    'Returned',
  ),
  screen('/me/find', 'finder', () => import('../features/finder/find.tsx'), 'Find'),
  screen(
    '/me/find/$meeting',
    'finder',
    () => import('../features/finder/meeting-page.tsx'),
    'MeetingPage',
  ),
];
