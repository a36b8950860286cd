import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesReachedFrom, precacheList } from './vite-precache.ts';

const chunk = (name: string, more: object = {}) => ({
  type: 'chunk' as const,
  name,
  fileName: `${name}.js`,
  code: '',
  imports: [] as string[],
  dynamicImports: [] as string[],
  ...more,
});
const bundle = {
  'companion.js': chunk('companion', { imports: ['shared.js'], dynamicImports: ['today.js'] }),
  'shared.js': chunk('shared', { imports: ['companion.js'] }),
  'today.js': chunk('today', {
    viteMetadata: { importedCss: new Set(['today.css']), importedAssets: new Set(['leaf.svg']) },
  }),
  'page.js': chunk('page'),
  'workspace.js': chunk('workspace'),
  'service-worker.js': chunk('service-worker', { code: 'const {files} = "__PRECACHE__";' }),
};

describe('filesReachedFrom', () => {
  it('follows what comes later and styles, survives circles, leaves other shells', () => {
    expect(filesReachedFrom('companion', bundle)).toEqual(
      ['companion.js', 'leaf.svg', 'shared.js', 'today.css', 'today.js'].sort(),
    );
  });
  it('stops the build where the entry is gone', () => {
    expect(() => filesReachedFrom('phone', bundle)).toThrow('no entry named phone');
  });
});

describe('precacheList', () => {
  const written = (changed: object) => {
    const copy = structuredClone({ ...bundle, ...changed });
    const plugin = precacheList(['/blank.html']) as unknown as {
      configResolved: (config: object) => void;
      generateBundle: { handler: (options: object, output: object) => void };
    };
    plugin.configResolved({ publicDir: join(import.meta.dirname, 'src/web/public') });
    plugin.generateBundle.handler({}, copy);
    return copy['service-worker.js'].code;
  };
  it('puts the list in place of the word, with the files of fixed names', () => {
    const code = written({});
    expect(code).toContain('"/today.css"');
    expect(code).toContain('"/blank.html"');
    expect(code).not.toContain('__PRECACHE__');
    expect(code).not.toContain('workspace');
  });
  it('changes the version when a file changes its name', () => {
    const renamed = chunk('today', { fileName: 'today-2.js' });
    const other = written({
      'companion.js': chunk('companion', { dynamicImports: ['today-2.js'] }),
      'today-2.js': renamed,
    });
    const version = (code: string) => code.match(/"version":"(\w+)"/)?.[1];
    expect(version(other)).not.toBe(version(written({})));
    const shell = (source: string) => ({ 'companion.html': { type: 'asset', source } });
    expect(version(written(shell('a')))).not.toBe(version(written(shell('b'))));
  });
});
