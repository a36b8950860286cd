import { makeDemo } from '../../db/personas/make-demo.ts';
import { handlers as account } from '../features/account/server.ts';
import { handlers as alerts } from '../features/alerts/server.ts';
import { handlers as assessment } from '../features/assessment/server.ts';
import { handlers as attendance } from '../features/attendance/server.ts';
import { handlers as caseload } from '../features/caseload/server.ts';
import { handlers as checkin } from '../features/checkin/server.ts';
import { handlers as clients } from '../features/clients/server.ts';
import { handlers as confirmations } from '../features/confirmations/server.ts';
import { handlers as course } from '../features/course/server.ts';
import { demoHandlers } from '../features/demo/server.ts';
import { gazetteer } from '../features/gazetteer/server.ts';
import { score } from '../features/instruments/score.server.ts';
import { handlers as care } from '../features/lists/care.server.ts';
import { removeDemoMeetings } from '../features/lists/import-file.server.ts';
import { handlers as lists } from '../features/lists/server.ts';
import { handlers as meetings } from '../features/meetings/server.ts';
import { handlers as notes } from '../features/notes/server.ts';
import { handlers as privateSpace } from '../features/private/server.ts';
import { handlers as programme } from '../features/programme/server.ts';
import { handlers as review } from '../features/review/server.ts';
import { handlers as sessions } from '../features/sessions/server.ts';
import { handlers as sharing } from '../features/sharing/server.ts';
import { handlers as slip } from '../features/slip/server.ts';
import { handlers as tasks } from '../features/tasks/server.ts';
import { handlers as urge } from '../features/urge/server.ts';
import { announce } from '../platform/announcements.ts';
import type { Handler } from '../platform/handler.ts';
import { outboxHandlers } from '../platform/outbox.ts';

/** Every operation that Stepwell answers, feature by feature. */
export const handlers: readonly Handler[] = [
  ...outboxHandlers,
  ...account,
  ...programme,
  ...alerts,
  ...assessment(score),
  ...clients,
  ...sharing,
  ...attendance,
  ...caseload,
  ...checkin,
  ...meetings({ towns: gazetteer }),
  ...lists,
  ...confirmations,
  ...care,
  ...privateSpace,
  ...slip,
  ...urge,
  ...tasks,
  ...sessions,
  ...review,
  ...notes,
  ...course,
  ...demoHandlers({
    make: makeDemo,
    clearOpenPlane: removeDemoMeetings,
    changed: () => announce('directory'),
  }),
];
