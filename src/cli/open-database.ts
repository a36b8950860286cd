import { Database } from '../platform/database.ts';
import { openEmbedded, useEmbedded } from '../platform/embedded-postgres.ts';
import { CannotStart } from '../platform/embedded-postgres-refusal.ts';
import { migrate } from '../platform/migrate.ts';
import type { Settings } from './settings.ts';

/** The migrated database, as the app role, and how to let go of it. */
export interface Opened {
  database: Database;
  /** For what only the owner may do: verification of the audit chain, backups. */
  ownerUrl: string;
  /** For the connections of the jobs, which are their own. */
  appUrl: string;
  close(): Promise<void>;
}

/**
 * Opens the operator's database, or the embedded one, migrates it, and makes sure that the role that
 * serves has no right that would void row-level security. Throws with words for the terminal.
 *
 * @param beside a command beside a Stepwell that may be serving: both use its embedded database
 */
export async function openDatabase(
  settings: Settings,
  say: (line: string) => void,
  { beside = false }: { beside?: boolean } = {},
): Promise<Opened> {
  const open = beside ? useEmbedded : openEmbedded;
  const embedded = settings.databaseUrl ? null : await open({ folder: settings.data, log: say });
  const ownerUrl = embedded?.ownerUrl ?? (settings.migrateUrl as string);
  const appUrl = embedded?.appUrl ?? (settings.databaseUrl as string);
  try {
    const applied = await migrate(ownerUrl, decodeURIComponent(new URL(appUrl).username));
    if (applied.length > 0) say(`Prepared the database (${applied.length} changes).`);
    const database = new Database(appUrl);
    const danger = await database.refuseDangerousRole();
    if (danger) {
      await database.close();
      throw new CannotStart(danger);
    }
    return {
      database,
      ownerUrl,
      appUrl,
      async close() {
        await database.close();
        await embedded?.close();
      },
    };
  } catch (error) {
    await embedded?.close();
    throw inWords(error);
  }
}

/** What a server of the operator's own answers when its address is not right; the keys are its codes. */
const answers: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing answers at that address.',
  ENOTFOUND: 'There is no machine of that name.',
  EAI_AGAIN: 'There is no machine of that name.',
  ENOENT: 'There is no socket at that path.',
  ETIMEDOUT: 'It did not answer in time.',
  '28P01': 'It refuses the password.',
  '28000': 'It does not let this role in.',
  '3D000': 'It has no database of that name.',
  '42501': 'The role in DATABASE_MIGRATE_URL must own the database.',
};

function inWords(error: unknown): unknown {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  const answer = answers[(cause as { code?: string }).code ?? ''];
  if (!answer) return error;
  return new CannotStart(
    `The database cannot be used (DATABASE_URL, DATABASE_MIGRATE_URL). ${answer}`,
  );
}
