import { screen } from './screens.tsx';

/** The workspace's screens: one line each. */
export const workspaceScreens = [
  screen('/work/today', 'caseload', () => import('../features/caseload/caseload.tsx'), 'Caseload', {
    wide: true,
  }),
  screen('/work/settings', 'crisis', () => import('./settings.tsx'), 'Settings'),
  screen(
    '/work/programme',
    'programme',
    () => import('../features/programme/programme.tsx'),
    'Programme',
  ),
  screen(
    '/work/settings/keys',
    'account',
    () => import('../features/account/security.tsx'),
    'Security',
  ),
  screen(
    '/work/clients',
    'clients',
    () => import('../features/clients/client-list.tsx'),
    'ClientList',
    { wide: true },
  ),
  screen(
    '/work/clients/new',
    'clients',
    () => import('../features/clients/admit.tsx'),
    'AdmitClient',
  ),
  screen(
    '/work/clients/$client',
    'clients',
    () => import('../features/clients/client-page.tsx'),
    'ClientPage',
    { wide: true },
  ),
  screen(
    '/work/clients/$client/intake',
    'assessment',
    () => import('../features/assessment/client-intake.tsx'),
    'ClientIntake',
    { wide: true },
  ),
  screen(
    '/work/clients/$client/safety-plan',
    'alerts',
    () => import('../features/alerts/plan-editor.tsx'),
    'SafetyPlanEditor',
  ),
  screen('/work/alerts', 'alerts', () => import('../features/alerts/alert-list.tsx'), 'AlertList'),
  screen(
    '/work/clients/$client/course',
    'course',
    () => import('../features/course/course-page.tsx'),
    'CoursePage',
  ),
  screen(
    '/work/clients/$client/journal',
    'review',
    () => import('../features/review/journal-page.tsx'),
    'JournalPage',
  ),
  screen(
    '/work/clients/$client/week',
    'review',
    () => import('../features/review/week-entry.tsx'),
    'WeekEntry',
  ),
  screen(
    '/work/sessions/$session',
    'sessions',
    () => import('../features/sessions/runner.tsx'),
    'SessionRunner',
    { wide: true },
  ),
  screen(
    '/work/sessions/$session/note',
    'notes',
    () => import('../features/notes/note-page.tsx'),
    'NotePage',
  ),
  screen(
    '/work/meetings',
    'lists',
    () => import('../features/lists/meeting-lists.tsx'),
    'MeetingLists',
  ),
  screen(
    '/work/meetings/import',
    'lists',
    () => import('../features/lists/import-list.tsx'),
    'ImportList',
  ),
  screen(
    '/work/meetings/imports/$import',
    'lists',
    () => import('../features/lists/import-report.tsx'),
    'ImportReport',
    { wide: true },
  ),
];
