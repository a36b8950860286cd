import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Markup, markup } from '../kit/markup.ts';
import { localeOf } from './locale.ts';
import { framed } from './page-frame.ts';

/** Where the content of a page is found in another form, for programs that look into its head. */
export interface Alternate {
  type: string;
  title: string;
  path: string;
}

/** A page that is whole without JavaScript, made by a feature. */
export interface Page {
  readonly path: string;
  readonly alternates?: readonly Alternate[];
  /** Body markup (already escaped) and title, in the visitor's language. */
  render(request: {
    locale: 'en' | 'es';
    parameters: Record<string, string>;
    /** The question of the address; a name may be in it several times. */
    query: URLSearchParams;
    /** Asks one of our own open queries; nothing where it refuses. */
    ask: (name: string, input: object) => Promise<unknown>;
  }): Promise<{ title: string; body: string; status?: number }>;
}

/** Which shell answers a path. The companion's paths tell nothing to whoever reads them. */
function shellFor(path: string): 'companion' | 'workspace' | 'public' | 'design' {
  // The door belongs to the companion: keys opened there must not be lost on the way in.
  if (/^\/(me|sign-in|demo)(\/|$)/.test(path)) return 'companion';
  if (/^\/work(\/|$)/.test(path)) return 'workspace';
  if (/^\/design(\/|$)/.test(path)) return 'design';
  return 'public';
}

/** The same door that a browser comes through, without a connection. */
async function asked(app: FastifyInstance, name: string, input: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json', 'x-stepwell': '1' };
  const answer = await app.inject({ method: 'POST', url: `/api/${name}`, headers, payload: input });
  return answer.statusCode === 200 ? answer.json() : undefined;
}

/** Serves the three shells, and the pages that features render on the server. */
export function servePages(
  app: FastifyInstance,
  folder: string,
  pages: readonly Page[],
  origin: string,
): void {
  const shell = (name: string) => {
    const file = join(folder, `${name}.html`);
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  };
  const shells = new Map(
    ['companion', 'workspace', 'public', 'design'].map((name) => [name, shell(name)]),
  );
  const assets = pageAssets(folder);

  for (const page of pages) {
    app.get(page.path, { schema: { hide: true } }, async (request, reply) => {
      const locale = localeOf(request);
      const query = new URLSearchParams(request.url.split('?')[1] ?? '');
      const parameters = {
        ...Object.fromEntries([...query].reverse()),
        ...(request.params as Record<string, string>),
      };
      const { title, body, status } = await page.render({
        locale,
        parameters,
        query,
        ask: (name, input) => asked(app, name, input),
      });
      reply
        .code(status ?? 200)
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-cache')
        .header('vary', 'accept-language');
      return documentOf({
        locale,
        title,
        body: framed(locale, request.url, new Markup(body)),
        assets,
        // Programs of the field take only whole addresses.
        alternates: (page.alternates ?? []).map((one) => ({ ...one, path: origin + one.path })),
      });
    });
  }

  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    const html = shells.get(shellFor(path)) ?? null;
    const isFile = /\.[a-z0-9]+$/i.test(path);
    if (request.method !== 'GET' || path.startsWith('/api/') || isFile || html === null)
      return reply.code(404).send({ refusal: 'notFound' });
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html);
  });
}

/** Files of the small client entry that serves pages without the app: styles, and leaving at once. */
interface PageAssets {
  scripts: string[];
  styles: string[];
}

function pageAssets(folder: string): PageAssets {
  const file = join(folder, 'manifest.json');
  if (!existsSync(file)) return { scripts: [], styles: [] };
  type Chunk = { file: string; css?: string[]; imports?: string[] };
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Chunk>;
  const styles = new Set<string>();
  const visit = (key: string): void => {
    for (const css of manifest[key]?.css ?? []) styles.add(css);
    for (const next of manifest[key]?.imports ?? []) visit(next);
  };
  visit('page.ts');
  const script = manifest['page.ts']?.file;
  return { scripts: script ? [script] : [], styles: [...styles] };
}

function documentOf(page: {
  locale: string;
  title: string;
  body: string;
  assets: PageAssets;
  alternates: readonly Alternate[];
}): string {
  const { scripts, styles } = page.assets;
  return `<!doctype html>
<html lang="${page.locale}" class="public">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${markup`${page.title}`}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${page.alternates.map(({ type, title, path }) => markup`<link rel="alternate" type="${type}" title="${title}" href="${path}">`).join('\n')}
<script src="/appearance.js"></script>
${styles.map((file) => `<link rel="stylesheet" href="/${file}">`).join('\n')}
${scripts.map((file) => `<script type="module" src="/${file}"></script>`).join('\n')}
</head>
<body>
${page.body}
</body>
</html>
`;
}
