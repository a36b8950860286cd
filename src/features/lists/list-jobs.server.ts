import type { Database } from '../../platform/database.ts';
import { askForJob, type Jobs } from '../../platform/jobs.ts';
import type { FetchOptions } from './fetch-list.server.ts';
import { applyImport } from './import-apply.server.ts';
import { rollBackImport } from './import-roll-back.server.ts';
import { stageImport } from './import-stage.server.ts';
import type { Asks } from './import-state.server.ts';
import { beginDue, refreshSource } from './source-refresh.server.ts';

type Step = 'stage' | 'apply' | 'rollBack' | 'refresh';

/** Puts the next step of an import behind the transaction that decides on it. */
export async function askForStep(
  tx: Asks,
  step: Step,
  importId: string,
  by?: string,
): Promise<void> {
  await askForJob(tx, `lists.${step}`, { importId, ...(by && { by }) }, `lists ${importId}`);
}

/** What of the lists is done by jobs, and what the clock asks for each minute. */
export function listJobs(
  database: Pick<Database, 'transaction'>,
  fetching: FetchOptions = {},
): Jobs {
  const importId = (payload: Record<string, unknown>) => String(payload.importId);
  return {
    'lists.stage': async (payload) => void (await stageImport(database, importId(payload))),
    'lists.apply': async (payload) => void (await applyImport(database, importId(payload))),
    'lists.rollBack': (payload) =>
      rollBackImport(
        database,
        importId(payload),
        typeof payload.by === 'string' ? payload.by : null,
      ),
    'lists.refresh': (payload) => refreshSource(database, importId(payload), fetching),
    'lists.due': async () =>
      void (await beginDue(database, (tx, id) => askForStep(tx, 'refresh', id))),
  };
}

export const listJobsEveryMinute = ['lists.due'] as const;
