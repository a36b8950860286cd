import { Database } from '../platform/database.ts';
import { openEmbedded } from '../platform/embedded-postgres.ts';
import { migrate } from '../platform/migrate.ts';
import type { Settings } from './settings.ts';

/** The migrated database, as the app role, and how to let go of it. */
export interface Opened {
  database: Database;
  /** For what only the owner may do: verification of the audit chain, backups. */
  ownerUrl: string;
  close(): Promise<void>;
}

/**
 * Opens the operator's database, or the embedded one, migrates it, and makes sure that the role that
 * serves has no right that would void row-level security. Throws with words for the terminal.
 */
export async function openDatabase(
  settings: Settings,
  say: (line: string) => void,
): Promise<Opened> {
  const embedded = settings.databaseUrl
    ? null
    : await openEmbedded({ folder: settings.data, log: say });
  const ownerUrl = embedded?.ownerUrl ?? (settings.migrateUrl as string);
  const appUrl = embedded?.appUrl ?? (settings.databaseUrl as string);
  try {
    const applied = await migrate(ownerUrl, decodeURIComponent(new URL(appUrl).username));
    if (applied.length > 0) say(`Prepared the database (${applied.length} changes).`);
    const database = new Database(appUrl);
    const danger = await database.refuseDangerousRole();
    if (danger) {
      await database.close();
      throw new Error(danger);
    }
    return {
      database,
      ownerUrl,
      async close() {
        await database.close();
        await embedded?.close();
      },
    };
  } catch (error) {
    await embedded?.close();
    throw error;
  }
}
