import type { Handler } from '../../platform/handler.ts';
import { joiningHandlers } from './joining.server.ts';
import { staffHandlers } from './staff.server.ts';

export const handlers: readonly Handler[] = [...joiningHandlers, ...staffHandlers];
