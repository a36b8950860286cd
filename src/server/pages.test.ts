import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { expect, test } from 'vitest';
import { servePages } from './pages.ts';
import { pages } from './public-pages.ts';

test('the finder and the front page say where programs find the list, by its whole address', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stepwell-pages-'));
  writeFileSync(join(folder, 'public.html'), '<!doctype html><title>Stepwell</title>');
  const app = fastify();
  const open = (path: string) => ({ path, render: async () => ({ title: 'A', body: '<p>a' }) });
  const alternatesOf = (path: string) => {
    const alternates = pages.find((page) => page.path === path)?.alternates;
    return alternates && { alternates };
  };
  servePages(
    app,
    folder,
    ['/', '/meetings', '/help'].map((path) => ({ ...open(path), ...alternatesOf(path) })),
    'https://house.example',
  );
  const link =
    '<link rel="alternate" type="application/json" title="Meetings Feed" href="https://house.example/feeds/meeting-guide.json">';
  expect((await app.inject('/')).body).toContain(link);
  expect((await app.inject('/meetings')).body).toContain(link);
  expect((await app.inject('/help')).body).not.toContain('alternate');
});
