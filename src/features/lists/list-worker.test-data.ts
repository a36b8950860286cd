import { Database } from '../../platform/database.ts';
import { keepWorking } from '../../platform/jobs.ts';
import { listJobs } from './list-jobs.server.ts';

// A process of its own that works off jobs until it is killed: `node list-worker.test-data.ts <address>`.
const [, , appUrl = ''] = process.argv;
keepWorking(appUrl, listJobs(new Database(appUrl)));
process.stdout.write('working\n');
