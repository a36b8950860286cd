import {
  confirmationJobs,
  confirmationJobsEveryMinute,
} from '../features/confirmations/letters.server.ts';
import { listJobs, listJobsEveryMinute } from '../features/lists/list-jobs.server.ts';
import type { Database } from '../platform/database.ts';
import type { Jobs } from '../platform/jobs.ts';

/** Everything that Stepwell does beside answering, feature by feature. */
export function houseJobs(database: Pick<Database, 'transaction'>, origin: string): Jobs {
  return { ...listJobs(database), ...confirmationJobs(database, origin) };
}

/** Those of them that the clock asks for each minute. */
export const jobsEveryMinute = [...listJobsEveryMinute, ...confirmationJobsEveryMinute];
