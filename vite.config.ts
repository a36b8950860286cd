import { lingui } from '@lingui/vite-plugin';
import babel from '@rolldown/plugin-babel';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { contractStubs } from './vite-contracts.ts';
import { precacheList } from './vite-precache.ts';
import { preloadFor } from './vite-preload.ts';
import { words } from './vite-words.ts';

/** Which page answers which path while developing; the server does the same for the built files. */
function pageFor(path: string): string | undefined {
  if (/^\/(me|sign-in|demo)(\/|$)/.test(path)) return '/companion.html';
  if (/^\/work(\/|$)/.test(path)) return '/workspace.html';
  if (/^\/design(\/|$)/.test(path)) return '/design.html';
  if (/^\/blank$/.test(path)) return '/blank.html';
  if (/^\/(welcome|sign-in|join|setup|demo|meetings|recover)?(\/|$)/.test(path)) {
    return '/public.html';
  }
  return undefined;
}

function developmentPages(): Plugin {
  return {
    name: 'development-pages',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const path = (request.url ?? '/').split('?')[0] ?? '/';
        const page = path.includes('.') || path.startsWith('/@') ? undefined : pageFor(path);
        if (page && request.headers.accept?.includes('text/html')) request.url = page;
        next();
      });
    },
  };
}

const entry = (name: string) => new URL(`./src/web/${name}`, import.meta.url).pathname;
const testing = process.env.VITEST !== undefined;
const api = `http://localhost:${process.env.STEPWELL_API_PORT ?? '8010'}`;

export default defineConfig({
  root: testing ? '.' : 'src/web',
  publicDir: testing ? false : 'public',
  plugins: [
    contractStubs(),
    react(),
    babel({ presets: [words] }),
    lingui(),
    developmentPages(),
    preloadFor('companion.html', '/src/web/companion-app.tsx'),
    precacheList([
      '/blank.html',
      '/blank-es.html',
      '/blank.css',
      '/appearance.js',
      '/manifest.webmanifest',
    ]),
  ],
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  build: {
    outDir: '../../dist',
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    rolldownOptions: {
      input: {
        companion: entry('companion.html'),
        workspace: entry('workspace.html'),
        public: entry('public.html'),
        page: entry('page.ts'),
        'service-worker': entry('service-worker.ts'),
        ...(process.env.STEPWELL_DESIGN ? { design: entry('design.html') } : {}),
      },
      output: {
        entryFileNames: (chunk) =>
          chunk.name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js',
      },
    },
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': api, '^/(help)?([?].*)?$': api }, fs: { allow: ['../..'] } },
});
