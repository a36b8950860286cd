import { asSystem } from '../../platform/as-system.ts';
import type { Database } from '../../platform/database.ts';
import { askForJob, type Jobs, jobsUnder } from '../../platform/jobs.ts';
import type { FetchOptions } from './fetch-list.server.ts';
import { applyImport } from './import-apply.server.ts';
import { rollBackImport } from './import-roll-back.server.ts';
import { stageImport } from './import-stage.server.ts';
import type { Asks } from './import-state.server.ts';
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

/** What nobody came back for, or nobody will look at again, hour by hour. Imports stay as history. */
const tidying = [
  "DELETE FROM list_import WHERE state = 'handed' AND made_at < now() - interval '1 day'",
  "DELETE FROM list_import WHERE state = 'discarded' AND made_at < now() - interval '7 days'",
  "DELETE FROM list_import WHERE state = 'stopped' AND made_at < now() - interval '60 days'",
  // Row by row and change by change: of the latest twenty of each source, and of the last ninety days.
  ...['list_import_row', 'list_import_change'].map(
    (table) => `DELETE FROM ${table} WHERE import_id IN (SELECT id FROM
      (SELECT id, applied_at, row_number() OVER (PARTITION BY source_id ORDER BY applied_at DESC) AS n
       FROM list_import WHERE applied_at IS NOT NULL) old
      WHERE n > 20 AND applied_at < now() - interval '90 days')`,
  ),
];

async function tidy(database: Pick<Database, 'transaction'>): Promise<void> {
  await asSystem(database, async (tx) => {
    for (const statement of tidying) await tx.query(statement);
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
      if (new Date().getUTCMinutes() === 7) await tidy(database);
    },
  };
}

export const listJobsEveryMinute = ['lists.due'] as const;
