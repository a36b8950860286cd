import { feeds } from '../features/feeds/routes.server.ts';
import { gazetteer } from '../features/gazetteer/server.ts';
import { directory } from '../features/meetings/directory.server.ts';
import { packRoutes } from '../features/meetings/packs.server.ts';
import { placeRoutes } from '../features/meetings/place-lists.server.ts';
import type { OpenRoute } from '../platform/open-route.ts';

/** Every route of the open plane that is not an operation, feature by feature. */
export const openRoutes: readonly OpenRoute[] = [
  ...feeds(directory, gazetteer),
  ...packRoutes(directory),
  ...placeRoutes(directory, gazetteer),
];
