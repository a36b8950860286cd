import { handlers as attendance } from '../features/attendance/server.ts';
import { handlers as checkin } from '../features/checkin/server.ts';
import { handlers as privateSpace } from '../features/private/server.ts';
import { handlers as slip } from '../features/slip/server.ts';
import { handlers as urge } from '../features/urge/server.ts';
import type { Handler } from '../platform/handler.ts';
import { outboxHandlers } from '../platform/outbox.ts';

/** Every operation that Stepwell answers, feature by feature. */
export const handlers: readonly Handler[] = [
  ...outboxHandlers,
  ...attendance,
  ...checkin,
  ...privateSpace,
  ...slip,
  ...urge,
];
