import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A small tree with one planted fault for each wall of docs/architecture.md. */
const planted: [rule: string, files: Record<string, string>][] = [
  [
    '1-no-cycles',
    {
      'src/platform/a.ts': "import './b.ts';\nexport const a = 1;",
      'src/platform/b.ts': "import './a.ts';\nexport const b = 1;",
    },
  ],
  ['2-kit-stands-alone', { 'src/kit/a.ts': "import pg from 'pg';\nexport const a = pg;" }],
  [
    '3-contract-rules-fhir-content-are-pure',
    {
      'src/features/a/rules.ts': "import { b } from '../../platform/b.ts';\nexport const a = b;",
      'src/platform/b.ts': 'export const b = 1;',
    },
  ],
  [
    '4-tools-know-no-feature',
    {
      'src/ui/a.ts': "import { b } from '../features/a/rules.ts';\nexport const a = b;",
      'src/features/a/rules.ts': 'export const b = 1;',
    },
  ],
  [
    '5-features-meet-at-contracts-and-rules',
    {
      'src/features/a/server.ts': "import { b } from '../b/server.ts';\nexport const a = b;",
      'src/features/b/server.ts': 'export const b = 1;',
    },
  ],
  [
    '6-the-browser-never-loads-the-server',
    {
      'src/features/a/a.tsx': "import { b } from './server.ts';\nexport const a = b;",
      'src/features/a/server.ts': 'export const b = 1;',
    },
  ],
  [
    '6b-no-node-in-the-browser',
    { 'src/ui/a.ts': "import { join } from 'node:path';\nexport const a = join;" },
  ],
  [
    '7-the-server-never-loads-the-browser',
    {
      'src/server/a.ts': "import { b } from '../ui/b.ts';\nexport const a = b;",
      'src/ui/b.ts': 'export const b = 1;',
    },
  ],
];

async function cruise(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stepwell-walls-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(
      join(folder, 'tsconfig.json'),
      '{"compilerOptions":{"allowImportingTsExtensions":true,"noEmit":true}}',
    );
    const cruiser = join(
      root,
      'node_modules',
      'dependency-cruiser',
      'bin',
      'dependency-cruise.mjs',
    );
    const args = [cruiser, '--config', join(root, '.dependency-cruiser.mjs'), 'src'];
    return await new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: folder }, (_error, out, err) => resolve(out + err));
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test.each(planted)('a breach of "%s" is found', async (rule, files) => {
  expect(await cruise(files)).toContain(rule);
});

test('what the walls allow is not complained about', async () => {
  const output = await cruise({
    'src/kit/day.ts': 'export const day = 1;',
    'src/features/a/contract.ts': "import { day } from '../../kit/day.ts';\nexport const a = day;",
    'src/features/b/server.ts': "import { a } from '../a/contract.ts';\nexport const b = a;",
  });
  expect(output).toContain('no dependency violations');
});
