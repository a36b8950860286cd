// Size of the first load of each shell, from the built files: everything that must arrive before the
// first screen stands (entry and its static imports, their styles, and today's screen with its own).
// Prints one JSON line; ends with 1 over budget, or where a validator got into the companion.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

type Chunk = {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
};
type Manifest = Record<string, Chunk>;

const dist = join(import.meta.dirname, '..', 'dist');
const budget = {
  companionJsKB: 200,
  companionSpanishJsKB: 200,
  companionOpenJsKB: 200,
  companionCssKB: 25,
};
/** Names that only zod and fhirpath carry, whatever a minifier did to them. */
const forbidden = [/ZodError/, /invalid_union/, /InvocationExpression/, /MembershipExpression/];

function reached(manifest: Manifest, keys: readonly string[], lazily: boolean): Set<string> {
  const found = new Set<string>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || found.has(key)) return;
    found.add(key);
    for (const next of chunk.imports ?? []) visit(next);
    if (lazily) for (const next of chunk.dynamicImports ?? []) visit(next);
  };
  for (const key of keys) visit(key);
  return found;
}

function kilobytes(files: Iterable<string>): number {
  let bytes = 0;
  for (const file of files) bytes += gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
  return Math.round(bytes / 100) / 10;
}

/** JavaScript and CSS, gzipped kB (1,000 bytes), of a shell and its first screen. */
export function firstLoad(manifest: Manifest, shell: string, screens: readonly string[]) {
  const missing = screens.filter((key) => !manifest[key]);
  if (missing.length > 0) throw new Error(`The build has no ${missing.join(', ')}.`);
  const chunks = reached(manifest, [`${shell}.html`, ...screens], false);
  const files = [...chunks].map((key) => manifest[key] as Chunk);
  return {
    js: kilobytes(new Set(files.map((chunk) => chunk.file))),
    css: kilobytes(new Set(files.flatMap((chunk) => chunk.css ?? []))),
  };
}

/** Files the companion can ever load that carry a validator; workers are entries of their own. */
export function smuggled(manifest: Manifest, read: (file: string) => string): string[] {
  const chunks = reached(manifest, ['companion.html'], true);
  return [...chunks]
    .map((key) => manifest[key]?.file ?? '')
    .filter((file) => file.endsWith('.js') && forbidden.some((name) => name.test(read(file))));
}

if (import.meta.main) {
  const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as Manifest;
  const today = Object.keys(manifest).filter((key) => /features\/today\/today\.tsx$/.test(key));
  // The entry only begins the app, a turn later; with somebody here the store is fetched besides.
  const screens = ['companion-app.tsx', ...today];
  const companion = firstLoad(manifest, 'companion', screens);
  const spanish = [...screens, 'spanish-first.ts'];
  const figures = {
    companionJsKB: companion.js,
    companionSpanishJsKB: firstLoad(manifest, 'companion', spanish).js,
    companionOpenJsKB: firstLoad(manifest, 'companion', [...spanish, '../ui/store.ts']).js,
    companionCssKB: companion.css,
    publicJsKB: firstLoad(manifest, 'public', []).js,
    workspaceJsKB: firstLoad(manifest, 'workspace', []).js,
  };
  const faults = [
    ...smuggled(manifest, (file) => readFileSync(join(dist, file), 'utf8')).map(
      (file) => `${file} brings a validator into the companion`,
    ),
    ...Object.entries(budget)
      .filter(([name, most]) => figures[name as keyof typeof budget] > most)
      .map(([name, most]) => `${name} is over ${most}`),
  ];
  for (const fault of faults) console.error(fault);
  console.log(JSON.stringify({ bench: 'bundle', figures }));
  process.exitCode = faults.length ? 1 : 0;
}
