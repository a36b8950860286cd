// The few parts of a service worker's world that are used here; the whole library of it would
// redefine the window's.
type Extendable = Event & { waitUntil(work: Promise<unknown>): void };
type Fetching = Extendable & { request: Request; respondWith(answer: Promise<Response>): void };
type Scope = {
  location: Location;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listen: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', listen: (event: Fetching) => void): void;
  addEventListener(type: 'message', listen: (event: MessageEvent) => void): void;
};
const worker = globalThis as unknown as Scope;

type Precache = { version: string; files: string[] };

// The build writes the list of files in place of this word.
const { version, files } = '__PRECACHE__' as unknown as Precache;

const shell = '/companion.html';
const pages = [shell, '/help?lang=en', '/help?lang=es'];
const cacheName = `companion-${version}`;

async function precache(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll([...pages, ...files].map((file) => new Request(file, { cache: 'reload' })));
}

async function forgetOlder(): Promise<void> {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith('companion-') && name !== cacheName);
  await Promise.all(older.map((name) => caches.delete(name)));
}

/** Kept first: these names carry their content's hash, or belong to this version. */
async function keptFirst(request: Request, kept: Request | string): Promise<Response> {
  return (await caches.match(kept, { cacheName })) ?? fetch(request);
}

/** The network first for three seconds, so that numbers are the newest; else what is kept. */
async function newestOf(request: Request, kept: string): Promise<Response> {
  const known = await caches.match(kept, { cacheName });
  if (!known) return fetch(request);
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(known.clone()), 3000));
  const fresh = fetch(request).then(async (response) => {
    if (!response.ok) return known.clone();
    await (await caches.open(cacheName)).put(kept, response.clone());
    return response;
  });
  return Promise.race([fresh.catch(() => known.clone()), late]);
}

function answerTo(request: Request, url: URL): Promise<Response> | undefined {
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return undefined;
  if (url.pathname.startsWith('/api/')) return undefined;
  if (request.mode === 'navigate') {
    if (/^\/me(\/|$)/.test(url.pathname)) return keptFirst(request, shell);
    if (url.pathname === '/help') {
      const language = url.searchParams.get('lang') === 'es' ? 'es' : 'en';
      return newestOf(request, `/help?lang=${language}`);
    }
  }
  if (files.includes(url.pathname)) return keptFirst(request, url.pathname);
  return undefined;
}

worker.addEventListener('install', (event) => event.waitUntil(precache()));

worker.addEventListener('activate', (event) =>
  event.waitUntil(forgetOlder().then(() => worker.clients.claim())),
);

worker.addEventListener('fetch', (event) => {
  const answer = answerTo(event.request, new URL(event.request.url));
  if (answer) event.respondWith(answer);
});

// A new version takes over when the person says so; without an open page the browser does it itworker.
worker.addEventListener('message', (event) => {
  if (event.data === 'take-over') void worker.skipWaiting();
});
