import type { OpenRoute } from '../platform/open-route.ts';

/** Every route of the open plane that is not an operation, feature by feature. */
export const openRoutes: readonly OpenRoute[] = [];
