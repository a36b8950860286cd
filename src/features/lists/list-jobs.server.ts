import type { Database } from '../../platform/database.ts';
import { askForJob, type Jobs, jobsUnder } from '../../platform/jobs.ts';
import type { FetchOptions } from './fetch-list.server.ts';
import { applyImport } from './import-apply.server.ts';
import { rollBackImport } from './import-roll-back.server.ts';
import { stageImport } from './import-stage.server.ts';
import { type Asks, asSystem } from './import-state.server.ts';
import { beginDue, refreshSource } from './source-refresh.server.ts';

type Step = 'stage' | 'apply' | 'rollBack' | 'refresh';

const prefix = 'lists ';

/** Puts the next step of an import behind the transaction that decides on it. */
export async function askForStep(
  tx: Asks,
  step: Step,
  importId: string,
  by?: string,
): Promise<void> {
  await askForJob(tx, `lists.${step}`, { importId, ...(by && { by }) }, `${prefix}${importId}`);
}

// What was only half done was done in one transaction, and so not at all.
const setFree = `UPDATE list_import SET progress = NULL, trouble = 'interrupted',
    state = CASE state WHEN 'applying' THEN 'staged' WHEN 'rollingBack' THEN 'applied' ELSE 'stopped' END
  WHERE state IN ('fetching','reading','applying','rollingBack') AND NOT id = ANY ($1)`;

/** Imports under way whose job has been given up say so, rather than seem busy for ever. */
async function freeAbandoned(database: Pick<Database, 'transaction'>): Promise<void> {
  await asSystem(database, async (tx) => {
    const keys = await jobsUnder(tx, prefix);
    await tx.query(setFree, [keys.map((key) => key.slice(prefix.length))]);
  });
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
    'lists.due': async () => {
      await freeAbandoned(database);
      await beginDue(database, (tx, id) => askForStep(tx, 'refresh', id));
    },
  };
}

export const listJobsEveryMinute = ['lists.due'] as const;
