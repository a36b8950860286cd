import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { prepareJobs } from './jobs.ts';

const folder = fileURLToPath(new URL('../../db/migrations/', import.meta.url));

/** A migration that was changed after it had been applied, or that is missing here: never guessed at. */
export class MigrationError extends Error {}

/**
 * Applies the forward-only SQL files of db/migrations, in order, each in its own transaction, under
 * an advisory lock so that several processes may start at once.
 *
 * @param ownerUrl connection of the role that owns the tables
 * @param appRole the role that the server uses; stands in the files as `stepwell_app`
 * @returns the names that were applied now
 * @throws MigrationError when an applied file has changed or is unknown to this version
 */
export async function migrate(ownerUrl: string, appRole: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('stepwell migrations'))");
    await client.query(
      'CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    await client.query(`GRANT SELECT ON migration TO ${pg.escapeIdentifier(appRole)}`);
    const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
    const { rows } = await client.query<{ name: string; sha256: string }>(
      'SELECT name, sha256 FROM migration',
    );
    const applied = new Map(rows.map((row) => [row.name, row.sha256]));
    for (const name of applied.keys()) {
      if (!files.includes(name))
        throw new MigrationError(
          `This database was used by a newer Stepwell: it has the migration ${name}, which this version does not know.`,
        );
    }
    const done: string[] = [];
    for (const name of files) {
      const sql = await readFile(folder + name, 'utf8');
      const sha256 = createHash('sha256').update(sql).digest('hex');
      const earlier = applied.get(name);
      if (earlier === sha256) continue;
      if (earlier !== undefined)
        throw new MigrationError(`The migration ${name} was changed after it had been applied.`);
      await client.query('BEGIN');
      try {
        await client.query(sql.replaceAll('stepwell_app', pg.escapeIdentifier(appRole)));
        await client.query('INSERT INTO migration (name, sha256) VALUES ($1, $2)', [name, sha256]);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw new MigrationError(`The migration ${name} failed: ${(error as Error).message}`, {
          cause: error,
        });
      }
      done.push(name);
    }
    await prepareJobs(ownerUrl, appRole);
    return done;
  } finally {
    await client.end();
  }
}
