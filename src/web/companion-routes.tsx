import { screen } from './screens.tsx';

/** The companion's screens: one line each. Paths and titles tell nothing to whoever looks over. */
export const companionScreens = [
  screen('/demo', () => import('../features/demo/demo.tsx'), 'Demo', { bare: true }),
  screen('/me/help', () => import('../features/crisis/crisis.tsx'), 'Crisis', {
    alone: true,
  }),
  screen('/me/settings', () => import('./phone-settings.tsx'), 'PhoneSettings'),
  screen('/me/choices', () => import('../features/sharing/choices.tsx'), 'SharingChoices'),
  screen('/sign-in', () => import('../features/account/sign-in.tsx'), 'SignIn', {
    alone: true,
  }),
  screen('/sign-in/code', () => import('../features/account/recover.tsx'), 'Recover', {
    alone: true,
  }),
  screen('/me/settings/keys', () => import('../features/account/security.tsx'), 'Security'),
  screen(
    '/me/settings/code',
    () => import('../features/account/recovery-code.tsx'),
    'RecoveryCode',
  ),
  screen(
    '/me/settings/drill',
    () => import('../features/account/recovery-drill.tsx'),
    'RecoveryDrill',
  ),
  screen('/me/plan', () => import('../features/alerts/my-plan.tsx'), 'MySafetyPlan'),
  screen('/me/begin', () => import('../features/clients/begin.tsx'), 'Begin', {
    alone: true,
  }),
  screen('/me/questions', () => import('../features/assessment/phone-intake.tsx'), 'PhoneIntake'),
  screen('/me/questions/$part', () => import('../features/assessment/phone-part.tsx'), 'PhonePart'),
  screen('/me/answers', () => import('../features/assessment/phone-results.tsx'), 'PhoneResults'),
  screen('/me/today', () => import('../features/today/today.tsx'), 'Today', { first: true }),
  screen('/me/practice', () => import('../features/today/practice.tsx'), 'Practice'),
  screen('/me/people', () => import('../features/people/people.tsx'), 'People'),
  screen('/me/card', () => import('../features/people/card.tsx'), 'CarryCard'),
  screen('/me/evening', () => import('../features/checkin/evening.tsx'), 'Evening'),
  screen('/me/now', () => import('../features/urge/urge.tsx'), 'Urge', {
    bare: true,
    dark: true,
  }),
  screen('/me/again', () => import('../features/slip/slip.tsx'), 'Slip', { bare: true }),
  screen('/me/later', () => import('../features/slip/slip-later.tsx'), 'SlipLater'),
  screen('/me/there', () => import('../features/attendance/there.tsx'), 'There'),
  screen('/me/week', () => import('../features/attendance/week.tsx'), 'Week'),
  screen('/me/count', () => import('../features/sobriety/count.tsx'), 'Count'),
  screen('/me/returned', () => import('../features/private/returned.tsx'), 'Returned'),
  screen('/me/find', () => import('../features/finder/find.tsx'), 'Find'),
  screen('/me/find/$meeting', () => import('../features/finder/meeting-page.tsx'), 'MeetingPage'),
];
