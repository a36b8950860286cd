import type { HtmlTagDescriptor, Plugin } from 'vite';

type Chunk = {
  type: 'chunk';
  fileName: string;
  facadeModuleId: string | null;
  imports: string[];
  viteMetadata?: { importedCss: Set<string> };
};
export type Bundle = Record<string, Chunk | { type: 'asset' }>;

/** What must be there before a module can run: its own file, what it imports, and their styles. */
export function neededBy(module: string, bundle: Bundle): { scripts: string[]; styles: string[] } {
  const chunks = Object.values(bundle).filter((item): item is Chunk => item.type === 'chunk');
  const start = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module));
  if (!start) throw new Error(`The build has no chunk for ${module}.`);
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const visit = (fileName: string): void => {
    const chunk = bundle[fileName];
    if (scripts.has(fileName) || chunk?.type !== 'chunk') return;
    scripts.add(fileName);
    for (const css of chunk.viteMetadata?.importedCss ?? []) styles.add(css);
    for (const next of chunk.imports) visit(next);
  };
  visit(start.fileName);
  return { scripts: [...scripts], styles: [...styles] };
}

/**
 * Vite plugin: a page whose small entry runs `module` a turn later fetches all that needs from the
 * first byte on, as if it were imported at once.
 */
export function preloadFor(page: string, module: string): Plugin {
  return {
    name: 'preload-for',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle, path }) {
        if (!bundle || !path.endsWith(page)) return undefined;
        const { scripts, styles } = neededBy(module, bundle as unknown as Bundle);
        const link = (attrs: Record<string, string | true>): HtmlTagDescriptor => ({
          tag: 'link',
          attrs: { crossorigin: true, ...attrs },
          injectTo: 'head',
        });
        const isNew = (file: string) => !html.includes(`"/${file}"`);
        return [
          ...styles.filter(isNew).map((file) => link({ rel: 'stylesheet', href: `/${file}` })),
          ...scripts.filter(isNew).map((file) => link({ rel: 'modulepreload', href: `/${file}` })),
        ];
      },
    },
  };
}
