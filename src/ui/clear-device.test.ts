import { IDBFactory } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { clearDevice } from './clear-device.ts';

afterEach(() => vi.unstubAllGlobals());

/** A browser with something of ours in every place that keeps things. */
async function browser() {
  const bases = new IDBFactory();
  for (const name of ['notebook-1', 'desk-drafts'])
    await new Promise((resolve) => {
      const opened = bases.open(name);
      opened.onsuccess = () => resolve(opened.result.close());
    });
  const kept = new Set(['companion-1']);
  const left = { local: true, session: true, worker: true };
  vi.stubGlobal('indexedDB', bases);
  vi.stubGlobal('caches', {
    keys: async () => [...kept],
    delete: async (name: string) => kept.delete(name),
  });
  const worker = { unregister: async () => (left.worker = false) };
  vi.stubGlobal('navigator', { serviceWorker: { getRegistrations: async () => [worker] } });
  vi.stubGlobal('localStorage', { clear: () => (left.local = false) });
  vi.stubGlobal('sessionStorage', { clear: () => (left.session = false) });
  return { bases, kept, left };
}

test('nothing of the site stays on a device that is told to forget, without any server', async () => {
  const { bases, kept, left } = await browser();
  await clearDevice();
  expect(await bases.databases()).toEqual([]);
  expect([...kept]).toEqual([]);
  expect(left).toEqual({ local: false, session: false, worker: false });
});

test('what a browser does not have keeps nothing else from going', async () => {
  const { left } = await browser();
  vi.stubGlobal('caches', undefined);
  vi.stubGlobal('indexedDB', undefined);
  await clearDevice();
  expect(left).toEqual({ local: false, session: false, worker: false });
});
