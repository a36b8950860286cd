import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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
    /** Our own address, for what has to be named whole. */
    origin: string;
    /** Asks one of our own open queries; nothing where it refuses. */
    ask: (name: string, input: object) => Promise<unknown>;
  }): Promise<Rendered>;
  /** Takes the page's own form, where it has one: without JavaScript, without an account. */
  submit?(request: {
    locale: 'en' | 'es';
    parameters: Record<string, string>;
    form: URLSearchParams;
    ask: Asking;
  }): Promise<Rendered>;
}

interface Rendered {
  title: string;
  body: string;
  status?: number;
}

/** What one of our own open operations answers: its output, or its refusal. */
type Asking = (name: string, input: object) => Promise<{ ok?: unknown; refusal?: string }>;

/** Which shell answers a path. The companion's paths tell nothing to whoever reads them. */
function shellFor(path: string): 'companion' | 'workspace' | 'public' | 'design' {
  // The door belongs to the companion: keys opened there must not be lost on the way in.
  if (/^\/(me|sign-in|demo)(\/|$)/.test(path)) return 'companion';
  if (/^\/work(\/|$)/.test(path)) return 'workspace';
  if (/^\/design(\/|$)/.test(path)) return 'design';
  return 'public';
}

/** The same door that a browser comes through, without a connection. */
function posted(app: FastifyInstance, name: string, input: object) {
  const headers = { 'content-type': 'application/json', 'x-stepwell': '1' };
  return app.inject({ method: 'POST', url: `/api/${name}`, headers, payload: input });
}

async function asked(app: FastifyInstance, name: string, input: object): Promise<unknown> {
  const answer = await posted(app, name, input);
  return answer.statusCode === 200 ? answer.json() : undefined;
}

/** A page as it is framed: its assets, and the feeds that its head names. */
interface Framing {
  locale: 'en' | 'es';
  assets: PageAssets;
  alternates: readonly Alternate[];
}

function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { title, body, status = 200 }: Rendered,
  { locale, assets, alternates }: Framing,
): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .header('vary', 'accept-language')
    .send(
      documentOf({
        locale,
        title,
        body: framed(locale, request.url, new Markup(body)),
        assets,
        alternates,
      }),
    );
}

/** A form of ours comes from a page of ours; browsers say where it was sent from. */
function isOurForm(request: FastifyRequest, origin: string): boolean {
  const { origin: from, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return from === undefined || from === origin || from === 'null';
}

/** Takes the forms of pages, each in a room of its own: nothing else reads that kind of body. */
function serveForms(
  app: FastifyInstance,
  pages: readonly Page[],
  assets: PageAssets,
  origin: string,
): void {
  app.register(async (room) => {
    room.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 20_000 },
      (_request, body, done) => done(null, new URLSearchParams(body.toString())),
    );
    for (const page of pages) {
      const { submit } = page;
      if (!submit) continue;
      room.post(page.path, { schema: { hide: true } }, async (request, reply) => {
        if (!isOurForm(request, origin)) return reply.code(403).send({ refusal: 'foreignOrigin' });
        const locale = localeOf(request);
        const rendered = await submit({
          locale,
          parameters: request.params as Record<string, string>,
          form: request.body instanceof URLSearchParams ? request.body : new URLSearchParams(),
          ask: async (name, input) => {
            const answer = await posted(app, name, input);
            return answer.statusCode === 200 ? { ok: answer.json() } : answer.json();
          },
        });
        return sendPage(request, reply, rendered, { locale, assets, alternates: [] });
      });
    }
  });
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
      const rendered = await page.render({
        locale,
        parameters,
        query,
        origin,
        ask: (name, input) => asked(app, name, input),
      });
      // Programs of the field take only whole addresses.
      const alternates = (page.alternates ?? []).map((one) => ({
        ...one,
        path: origin + one.path,
      }));
      return sendPage(request, reply, rendered, { locale, assets, alternates });
    });
  }
  serveForms(app, pages, assets, origin);

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
    // As they are imported: what stands upon another goes after it and may say otherwise.
    for (const next of manifest[key]?.imports ?? []) visit(next);
    for (const css of manifest[key]?.css ?? []) styles.add(css);
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
