import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const here = import.meta.dirname;

/** Features that speak to somebody on screens reached from this file; `lazily`: also later. */
function speakers(start: string, lazily = true): Set<string> {
  const seen = new Set<string>();
  const found = new Set<string>();
  const importing = lazily ? /(?:from |import\()'(\.[^']+\.tsx?)'/g : /from '(\.[^']+\.tsx?)'/g;
  const visit = (file: string): void => {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    const code = readFileSync(file, 'utf8');
    const feature = file.match(/\/features\/([^/]+)\//)?.[1];
    if (feature && /@lingui\/(core|react)\/macro/.test(code)) found.add(feature);
    for (const [, target = ''] of code.matchAll(importing)) visit(join(dirname(file), target));
  };
  visit(join(here, start));
  return found;
}

function named(file: string, pattern: RegExp): string[] {
  const code = readFileSync(join(here, file), 'utf8');
  return [...code.matchAll(pattern)].map(([, feature = '']) => feature);
}
const leftOut = (file: string) => named(file, /'!\.\.\/features\/([\w-]+)\//g);
const brought = (file: string) => named(file, /'\.\.\/features\/([\w-]+)\//g);

describe('the Spanish of the public shell', () => {
  it('brings every feature that speaks there', () => {
    const brings = /import\('\.\/(spanish[-\w]*)\.ts'\)/.exec(
      readFileSync(join(here, 'public.tsx'), 'utf8'),
    )?.[1];
    const spoken = speakers('public.tsx');
    expect(spoken.has('programme')).toBe(true);
    expect(leftOut(`${brings}.ts`).filter((feature) => spoken.has(feature))).toEqual([]);
  });
});

describe('the Spanish of the phone', () => {
  const first = brought('spanish-first.ts');
  const left = leftOut('spanish-phone.ts').filter((feature) => !first.includes(feature));

  it('leaves out only what no screen of the companion says', () => {
    const spoken = speakers('companion-app.tsx');
    expect(spoken.size).toBeGreaterThan(8);
    expect(left.filter((feature) => spoken.has(feature))).toEqual([]);
  });

  it('would notice: the workspace does speak what is left out', () => {
    const spoken = speakers('workspace.tsx');
    expect(left.some((feature) => spoken.has(feature))).toBe(true);
  });

  it('brings at first what the bars and the first screen say, and only that', () => {
    const spoken = [
      ...speakers('companion-app.tsx', false),
      ...speakers('../features/today/today.tsx'),
    ];
    expect([...new Set(spoken)].sort()).toEqual(first);
  });
});
