import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

type Chunk = {
  type: 'chunk';
  name: string;
  fileName: string;
  code: string;
  imports: string[];
  dynamicImports: string[];
  viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> };
};
type Bundle = Record<string, Chunk | { type: 'asset'; fileName: string; source: unknown }>;

const placeholder = /["'`]?__PRECACHE__["'`]?/;

/** Every file that a chunk can load, now or later, starting from the entry of that name. */
export function filesReachedFrom(entry: string, bundle: Bundle): string[] {
  const chunks = Object.values(bundle).filter((item): item is Chunk => item.type === 'chunk');
  const start = chunks.find((chunk) => chunk.name === entry);
  if (!start) throw new Error(`The build has no entry named ${entry}.`);
  const found = new Set<string>();
  const visit = (fileName: string): void => {
    const chunk = bundle[fileName];
    if (found.has(fileName) || chunk?.type !== 'chunk') return;
    found.add(fileName);
    for (const css of chunk.viteMetadata?.importedCss ?? []) found.add(css);
    for (const asset of chunk.viteMetadata?.importedAssets ?? []) found.add(asset);
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) visit(next);
  };
  visit(start.fileName);
  return [...found].sort();
}

/** One word for the whole set: it changes when any file's name or any fixed file's content does. */
function versionOf(files: readonly string[], contents: readonly string[]): string {
  const hash = createHash('sha256').update(files.join('\n'));
  for (const content of contents) hash.update('\0').update(content);
  return hash.digest('hex').slice(0, 16);
}

/**
 * Vite plugin: writes into `service-worker.js` what the companion needs without a network, as
 * `{version, files}`. Names carry content hashes; files that keep their names are hashed by content.
 *
 * @param fixed paths of files of the public folder, to be kept too.
 */
export function precacheList(fixed: readonly string[]): Plugin {
  let publicDir = '';
  return {
    name: 'precache-list',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      publicDir = config.publicDir;
    },
    generateBundle: {
      order: 'post',
      handler(_options, output) {
        const bundle = output as unknown as Bundle;
        const worker = bundle['service-worker.js'];
        if (worker?.type !== 'chunk') return;
        const fonts = Object.keys(bundle).filter((file) => /latin-wght-normal.*woff2$/.test(file));
        const files = [
          ...new Set([
            ...filesReachedFrom('companion', bundle),
            ...filesReachedFrom('page', bundle),
            ...fonts,
          ]),
        ].map((file) => `/${file}`);
        const shell = bundle['companion.html'];
        const contents = fixed.map((file) => readFileSync(join(publicDir, file), 'utf8'));
        if (shell?.type === 'asset') contents.push(String(shell.source));
        const version = versionOf(files, contents);
        const list = JSON.stringify({ version, files: [...files, ...fixed] });
        worker.code = worker.code.replace(placeholder, () => list);
      },
    },
  };
}
