import { describe, expect, it } from 'vitest';
import { smuggled } from './bundle.ts';

const manifest = {
  'companion.html': { file: 'c.js', imports: ['_shared.js'], dynamicImports: ['today.tsx'] },
  '_shared.js': { file: 's.js' },
  'today.tsx': { file: 't.js' },
  'workspace.html': { file: 'w.js' },
};
const code: Record<string, string> = { 'c.js': '', 's.js': '', 't.js': '', 'w.js': 'ZodError' };

describe('smuggled', () => {
  it('lets the workspace be', () => {
    expect(smuggled(manifest, (file) => code[file] ?? '')).toEqual([]);
  });
  it.each([
    ['s.js', 'class ZodError'],
    ['t.js', 'x.type==="InvocationExpression"'],
  ])('finds a validator planted in %s', (file, text) => {
    expect(smuggled(manifest, (name) => (name === file ? text : ''))).toEqual([file]);
  });
});
