import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const here = import.meta.dirname;

/** Features that speak to somebody on screens reached from this file. */
function speakers(start: string): Set<string> {
  const seen = new Set<string>();
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    const code = readFileSync(file, 'utf8');
    const feature = file.match(/\/features\/([^/]+)\//)?.[1];
    if (feature && /@lingui\/(core|react)\/macro/.test(code)) found.add(feature);
    const imports = code.matchAll(/(?:from |import\()'(\.[^']+\.tsx?)'/g);
    for (const [, target = ''] of imports) visit(join(dirname(file), target));
  };
  visit(start);
  return found;
}

const leftOut = (code: string) => [...code.matchAll(/'!\.\.\/features\/(\w+)\//g)].map((m) => m[1]);

describe('the Spanish of the public shell', () => {
  it('brings every feature that speaks there', () => {
    const brings = /import\('\.\/(spanish[-\w]*)\.ts'\)/.exec(
      readFileSync(join(here, 'public.tsx'), 'utf8'),
    )?.[1];
    const missing = leftOut(readFileSync(join(here, `${brings}.ts`), 'utf8'));
    const spoken = speakers(join(here, 'public.tsx'));
    expect(spoken.has('programme')).toBe(true);
    expect(missing.filter((feature) => feature && spoken.has(feature))).toEqual([]);
  });
});

describe('the Spanish of the phone', () => {
  const left = leftOut(readFileSync(join(here, 'spanish-phone.ts'), 'utf8'));

  it('leaves out only what no screen of the companion says', () => {
    const spoken = speakers(join(here, 'companion.tsx'));
    expect(spoken.size).toBeGreaterThan(8);
    expect(left.filter((feature) => feature && spoken.has(feature))).toEqual([]);
  });

  it('would notice: the workspace does speak what is left out', () => {
    const spoken = speakers(join(here, 'workspace.tsx'));
    expect(left.some((feature) => feature && spoken.has(feature))).toBe(true);
  });
});
