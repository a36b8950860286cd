import type { OpenRoute } from '../../platform/open-route.ts';
import type { Gazetteer } from '../gazetteer/gazetteer.rules.ts';
import type { DirectorySource } from '../meetings/directory.rules.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';
import { typeNamesOf } from '../meetings/type-names.rules.ts';
import { scheduleToSay } from '../meetings/weekly-projection.rules.ts';
import { bmltRoutes } from './bmlt.server.ts';
import { calendarRoutes } from './calendar.server.ts';
import { meetingGuideRoutes } from './meeting-guide.server.ts';

/** Everything of the directory that other software reads. `gazetteer` finds typed places. */
export function feeds(
  directory: DirectorySource,
  gazetteer: () => Promise<Gazetteer>,
): OpenRoute[] {
  const say = (meeting: Meeting) => scheduleToSay(meeting, '', typeNamesOf(meeting.fellowship));
  return [
    ...meetingGuideRoutes(directory, say),
    ...bmltRoutes(directory, say),
    ...calendarRoutes(directory, gazetteer),
  ];
}
