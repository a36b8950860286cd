import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CannotStart } from '../platform/embedded-postgres-refusal.ts';
import { type AuditHead, verifyAudit } from '../platform/verify-audit.ts';
import { openDatabase } from './open-database.ts';
import type { Settings } from './settings.ts';

const checkpoint = z.object({
  heads: z.array(
    z.object({ programmeId: z.uuid(), number: z.int(), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});

const say = (line: string) => process.stdout.write(`${line}\n`);

async function readCheckpoint(path: string): Promise<AuditHead[]> {
  try {
    return checkpoint.parse(JSON.parse(await readFile(path, 'utf8'))).heads;
  } catch {
    throw new CannotStart(`${path} is not a checkpoint that "stepwell verify --keep" has written.`);
  }
}

/**
 * `stepwell verify [--since file] [--keep file]`: recomputes the audit chains and says in words what
 * is broken. Resolves to 0 when all are whole, else to 1. `--keep` writes a new checkpoint only then.
 */
export async function verify(settings: Settings, rest: string[]): Promise<number> {
  const { values } = parseArgs({
    args: rest,
    options: { since: { type: 'string' }, keep: { type: 'string' } },
  });
  const since = values.since ? await readCheckpoint(values.since) : [];
  const opened = await openDatabase(settings, () => undefined, { beside: true });
  const report = await verifyAudit(opened.ownerUrl, since).finally(() => opened.close());
  for (const fault of report.faults) say(fault);
  const rows = `${report.rows} rows in ${report.heads.length} chains`;
  if (report.faults.length > 0) {
    say(`The audit record is broken in ${report.faults.length} places (${rows}).`);
    return 1;
  }
  say(`The audit record is whole: ${rows}, ${report.unsealed} not sealed yet.`);
  if (!values.since)
    say('Without an earlier checkpoint (--since) an end that was cut off is not seen.');
  if (values.keep) {
    const kept = { at: new Date().toISOString(), heads: report.heads };
    await writeFile(values.keep, `${JSON.stringify(kept, null, 2)}\n`);
    say(`Checkpoint written to ${values.keep}. Keep it on another machine.`);
  }
  return 0;
}
