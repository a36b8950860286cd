import { screen } from './screens.tsx';

/** The workspace's screens: one line each. */
export const workspaceScreens = [
  screen('/work/today', () => import('../features/caseload/caseload.tsx'), 'Caseload', {
    wide: true,
  }),
  screen('/work/settings', () => import('./settings.tsx'), 'Settings'),
  screen('/work/programme', () => import('../features/programme/programme.tsx'), 'Programme'),
  screen('/work/settings/keys', () => import('../features/account/security.tsx'), 'Security'),
  screen('/work/clients', () => import('../features/clients/client-list.tsx'), 'ClientList', {
    wide: true,
  }),
  screen('/work/clients/new', () => import('../features/clients/admit.tsx'), 'AdmitClient'),
  screen(
    '/work/clients/$client',
    () => import('../features/clients/client-page.tsx'),
    'ClientPage',
    { wide: true },
  ),
  screen(
    '/work/clients/$client/intake',
    () => import('../features/assessment/client-intake.tsx'),
    'ClientIntake',
    { wide: true },
  ),
  screen(
    '/work/clients/$client/safety-plan',
    () => import('../features/alerts/plan-editor.tsx'),
    'SafetyPlanEditor',
  ),
  screen('/work/alerts', () => import('../features/alerts/alert-list.tsx'), 'AlertList'),
  screen(
    '/work/clients/$client/course',
    () => import('../features/course/course-page.tsx'),
    'CoursePage',
  ),
  screen(
    '/work/clients/$client/journal',
    () => import('../features/review/journal-page.tsx'),
    'JournalPage',
  ),
  screen(
    '/work/clients/$client/week',
    () => import('../features/review/week-entry.tsx'),
    'WeekEntry',
  ),
  screen(
    '/work/sessions/$session',
    () => import('../features/sessions/runner.tsx'),
    'SessionRunner',
    { wide: true },
  ),
  screen(
    '/work/sessions/$session/note',
    () => import('../features/notes/note-page.tsx'),
    'NotePage',
  ),
  screen('/work/meetings', () => import('../features/lists/meeting-lists.tsx'), 'MeetingLists'),
  screen('/work/meetings/import', () => import('../features/lists/import-list.tsx'), 'ImportList'),
  screen(
    '/work/meetings/imports/$import',
    () => import('../features/lists/import-page.tsx'),
    'ImportPage',
    { wide: true },
  ),
  screen(
    '/work/meetings/imports',
    () => import('../features/lists/import-history.tsx'),
    'ImportHistory',
  ),
  screen(
    '/work/meetings/sources',
    () => import('../features/lists/list-sources.tsx'),
    'ListSources',
  ),
  screen(
    '/work/meetings/listings',
    () => import('../features/listing-care/listing-table.tsx'),
    'ListingTable',
    { wide: true },
  ),
  screen(
    '/work/meetings/listings/new/$list',
    () => import('../features/listing-care/new-listing.tsx'),
    'NewListing',
  ),
  screen(
    '/work/meetings/listings/$listing',
    () => import('../features/listing-care/edit-listing.tsx'),
    'EditListing',
    { wide: true },
  ),
  screen(
    '/work/meetings/doubles',
    () => import('../features/listing-care/duplicate-queue.tsx'),
    'DuplicateQueue',
    { wide: true },
  ),
  screen('/work/meetings/care', () => import('../features/confirmations/care.tsx'), 'Care'),
  screen(
    '/work/meetings/closures',
    () => import('../features/listing-care/closures.tsx'),
    'Closures',
  ),
  screen(
    '/work/meetings/servants',
    () => import('../features/listing-care/servants.tsx'),
    'Servants',
  ),
  screen(
    '/work/meetings/proposals',
    () => import('../features/listing-care/proposals.tsx'),
    'Proposals',
  ),
];
