import type { OpenRoute } from '../../platform/open-route.ts';
import type { DirectorySource } from '../meetings/directory.rules.ts';
import { bmltRoutes } from './bmlt.server.ts';
import { meetingGuideRoutes } from './meeting-guide.server.ts';

/** Everything of the directory that other software reads. */
export function feeds(directory: DirectorySource): OpenRoute[] {
  const say = () => '';
  return [...meetingGuideRoutes(directory, say), ...bmltRoutes(directory, say)];
}
