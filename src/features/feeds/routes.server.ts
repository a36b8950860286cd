import type { OpenRoute } from '../../platform/open-route.ts';
import type { Gazetteer } from '../gazetteer/gazetteer.rules.ts';
import type { DirectorySource } from '../meetings/directory.rules.ts';
import { bmltRoutes } from './bmlt.server.ts';
import { bookletRoutes } from './booklet.server.ts';
import { calendarRoutes } from './calendar.server.ts';
import { embedRoutes } from './embed.server.ts';
import { meetingGuideRoutes } from './meeting-guide.server.ts';

/** Everything of the directory that other software reads. `gazetteer` finds typed places. */
export function feeds(
  directory: DirectorySource,
  gazetteer: () => Promise<Gazetteer>,
): OpenRoute[] {
  return [
    ...meetingGuideRoutes(directory),
    ...bmltRoutes(directory, gazetteer),
    ...calendarRoutes(directory, gazetteer),
    ...embedRoutes(directory),
    ...bookletRoutes(directory, gazetteer),
  ];
}
