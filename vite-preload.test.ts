import { describe, expect, it } from 'vitest';
import { type Bundle, neededBy } from './vite-preload.ts';

const chunk = (fileName: string, imports: string[] = [], css: string[] = []) => ({
  type: 'chunk' as const,
  fileName,
  facadeModuleId: `/src/${fileName}`,
  imports,
  viteMetadata: { importedCss: new Set(css) },
});
const bundle: Bundle = {
  'app.js': chunk('app.js', ['shared.js'], ['app.css']),
  'shared.js': chunk('shared.js', ['app.js', 'deep.js'], ['shared.css']),
  'deep.js': chunk('deep.js'),
  'other.js': chunk('other.js', [], ['other.css']),
  'app.css': { type: 'asset' },
};

describe('what a module needs', () => {
  it('is all that it imports, and their styles, once', () => {
    expect(neededBy('/app.js', bundle)).toEqual({
      scripts: ['app.js', 'shared.js', 'deep.js'],
      styles: ['app.css', 'shared.css'],
    });
  });

  it('is not guessed at', () => {
    expect(() => neededBy('/gone.js', bundle)).toThrow(/no chunk/);
  });
});
