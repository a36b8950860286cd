import { createHash } from 'node:crypto';
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

/**
 * Vite plugin: writes into `service-worker.js` what the companion needs without a network, as
 * `{version, files}`. The version changes when any file does, because names carry content hashes;
 * the files of fixed name are hashed in as well.
 *
 * @param fixed paths of files that keep their names (from the public folder), to be kept too.
 */
export function precacheList(fixed: readonly string[]): Plugin {
  return {
    name: 'precache-list',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, output) {
        const bundle = output as unknown as Bundle;
        const worker = bundle['service-worker.js'];
        if (worker?.type !== 'chunk') return;
        const latinFonts = Object.keys(bundle).filter((file) =>
          /latin-wght-normal.*woff2$/.test(file),
        );
        const files = [
          ...new Set([
            ...filesReachedFrom('companion', bundle),
            ...filesReachedFrom('page', bundle),
            ...latinFonts,
          ]),
        ].map((file) => `/${file}`);
        const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 16);
        const list = JSON.stringify({ version, files: [...files, ...fixed] });
        worker.code = worker.code.replace(placeholder, () => list);
      },
    },
  };
}
