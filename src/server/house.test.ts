import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root })
  .toString()
  .split('\n')
  .filter((path) => /^(src|e2e|bench|db)\/.*\.(ts|tsx|css|mjs)$/.test(path))
  .filter((path) => path !== 'db/types.ts');

/** Lines a file may have (docs/architecture.md). Data written as code, such as a word list, is named. */
const longest = 400;
const lists = /^src\/features\/account\/words\.(english|spanish)\.web\.ts$/;

const faults: Record<string, (path: string, text: string) => string[]> = {
  'a file is longer than 400 lines': (path, text) =>
    !lists.test(path) && text.split('\n').length - 1 > longest ? [path] : [],
  'a file has a name that says nothing': (path) =>
    /\/(utils?|misc|common|helpers?|constants|index)\.(ts|tsx)$/.test(path) ? [path] : [],
  'a file only passes on what others export': (path, text) =>
    /^\s*(export (\*|\{[^}]*\}) from '[^']+';\s*)+$/.test(text) ? [path] : [],
  'a feature has a folder in it': (path) =>
    /^src\/features\/[^/]+\/[^/]+\//.test(path) && !/\/locales\//.test(path) ? [path] : [],
  'a check is switched off': (path, text) =>
    [
      ...text.matchAll(
        /@ts-(ignore|expect-error|nocheck)|biome-ignore(?![^\n]*: .{15})|\.(skip|only)\(|: any[;,)\]>=]|\bas any\b/g,
      ),
    ]
      .filter(() => !path.endsWith('house.test.ts'))
      .map((match) => `${path}: ${match[0]}`),
  'a default export': (path, text) =>
    /^export default/m.test(text) && !/\.config\.ts$|pgtest-global\.ts$/.test(path) ? [path] : [],
};

test.each(Object.keys(faults))('nowhere: %s', (name) => {
  const found = tracked.flatMap((path) => faults[name]?.(path, read(path)) ?? []);
  expect(found).toEqual([]);
});

test('each table has one writer', () => {
  expect(writers(tracked.map((path) => [path, read(path)]))).toEqual([]);
});

test('the check of writers finds a second one', () => {
  expect(
    writers([
      ['src/features/a/server.ts', 'INSERT INTO client (id) VALUES ($1)'],
      ['src/features/b/server.ts', ".updateTable('client')"],
    ]),
  ).toEqual(['client: a, b']);
});

/** Tables written from more than one feature or tool, as `table: writer, writer`. */
function writers(files: [path: string, text: string][]): string[] {
  const byTable = new Map<string, Set<string>>();
  const writes =
    /(?:INSERT INTO|UPDATE|DELETE FROM)\s+(?!SET\b)([a-z_]+)\b|\.(?:insertInto|updateTable|deleteFrom)\(\s*'([a-z_]+)/g;
  for (const [path, text] of files) {
    const writer = /^src\/(?:features\/([^/]+)|(platform|server|cli))\//.exec(path);
    if (!writer || /\.(test|test-data)\.ts$|testing\.ts$|pgtest/.test(path)) continue;
    for (const match of text.matchAll(writes)) {
      const table = match[1] ?? match[2] ?? '';
      byTable.set(table, (byTable.get(table) ?? new Set()).add(writer[1] ?? writer[2] ?? ''));
    }
  }
  return [...byTable]
    .filter(([, by]) => by.size > 1)
    .map(([table, by]) => `${table}: ${[...by].sort().join(', ')}`);
}

test('the server stands on at most 25 packages', () => {
  const { dependencies } = JSON.parse(read('package.json')) as {
    dependencies: Record<string, string>;
  };
  expect(Object.keys(dependencies).length).toBeLessThanOrEqual(25);
  for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d/);
});
