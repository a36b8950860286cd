import type { Handler } from '../platform/handler.ts';
import { outboxHandlers } from '../platform/outbox.ts';

/** Every operation that Stepwell answers, feature by feature. */
export const handlers: readonly Handler[] = [...outboxHandlers];
