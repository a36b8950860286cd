import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = fileURLToPath(
  new URL('../node_modules/kysely-codegen/dist/cli/bin.js', import.meta.url),
);

/**
 * Writes db/types.ts from a migrated database, or with `verify` only compares. Days and instants are
 * text, as src/platform/database.ts reads them.
 *
 * @returns what kysely-codegen said; throws when it failed or the types are not current
 */
export async function typesFrom(ownerUrl: string, verify: boolean): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      program,
      '--dialect',
      'postgres',
      '--url',
      ownerUrl,
      '--out-file',
      `${root}db/types.ts`,
      // The tables of waiting jobs are their package's own.
      '--exclude-pattern',
      'graphile_worker.*',
      '--date-parser',
      'string',
      '--type-mapping',
      '{"timestamptz":"string","int8":"number"}',
      ...(verify ? ['--verify'] : []),
    ],
    { cwd: root },
  );
  return stdout;
}
