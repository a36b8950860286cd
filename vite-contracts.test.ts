import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contractStub } from './vite-contracts.ts';

describe('contractStub', () => {
  it('keeps operations and plain data, leaves the rest out', () => {
    const code = contractStub({
      log: { kind: 'command', name: 'attendance.log', offline: true, input: z.object({}) },
      read: { kind: 'query', name: 'caseload.read', offline: false, input: z.object({}) },
      kinds: ['open', 'closed'],
      limits: { days: 30, words: { en: 'Too old' } },
      shape: z.object({ on: z.iso.date() }),
      helper: () => 1,
      when: new Date(0),
    });
    expect(code.match(/export const (\w+)/g)).toEqual(
      ['log', 'read', 'kinds', 'limits'].map((name) => `export const ${name}`),
    );
    expect(code).toContain('attendance.log');
    expect(code).not.toContain('caseload.read.input');
  });
});

describe('the browser build', () => {
  let root = '';
  beforeAll(async () => {
    root = mkdtempSync(join(import.meta.dirname, '.contract-test-'));
    await mkdir(join(root, 'src/features/walk'), { recursive: true });
    writeFileSync(
      join(root, 'src/features/walk/contract.ts'),
      `import { z } from 'zod';
       export const shape = z.object({ steps: z.number() });
       export type Walk = z.infer<typeof shape>;
       export const kinds = ['slow', 'fast'] as const;
       export const take = { kind: 'command', name: 'walk.take', offline: true, input: shape };`,
    );
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  // In a Node of its own: the test runner would load the contract its own way.
  async function built(screen: string): Promise<string> {
    writeFileSync(join(root, 'screen.ts'), screen);
    const script = `
      import { build } from 'vite';
      import { contractStubs } from '../vite-contracts.ts';
      const output = await build({
        root: import.meta.dirname, configFile: false, logLevel: 'silent',
        plugins: [contractStubs()],
        build: { write: false, minify: false, rolldownOptions: { input: 'screen.ts' } },
      });
      console.log(output.output[0].code);`;
    writeFileSync(join(root, 'build.ts'), script);
    const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'build.ts')]);
    return stdout;
  }

  it('gives a screen the operation without its validators', async () => {
    const code = await built(
      `import { take, kinds, type Walk } from './src/features/walk/contract.ts';
       console.log(take, kinds, null as unknown as Walk);`,
    );
    expect(code).toContain('walk.take');
    expect(code).toContain('slow');
    expect(code).not.toMatch(/ZodObject|z\.object/);
  });

  it.each([
    [
      'a schema',
      `import { shape } from './src/features/walk/contract.ts'; console.log(shape);`,
      /shape of .*contract\.ts is not for the browser/,
    ],
    ['zod itself', `import { z } from 'zod'; console.log(z);`, /imports zod into the browser/],
  ])('stops with a sentence where a screen asks for %s', async (_, screen, sentence) => {
    await expect(built(screen)).rejects.toThrow(sentence);
  });
});
