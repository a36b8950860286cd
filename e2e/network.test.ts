import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type App, phone, startApp } from './app.ts';

let app: App;
beforeAll(async () => {
  app = await startApp();
}, 120_000);
afterAll(() => app?.close());

describe('no request to a stranger', () => {
  afterEach(() => expect(app.faults()).toEqual([]));

  test('the public pages, with the service worker and its precache', async () => {
    const page = await app.somebody(phone);
    for (const path of ['/', '/help', '/near', '/me/today', '/sign-in', '/settings', '/no-such']) {
      await page.goto(app.origin + path);
      await page.waitForLoadState('networkidle');
    }
    expect(app.proxy.passed()).toBeGreaterThan(20);
  });
});

describe('a planted request is caught, where the page itself says nothing', () => {
  const host = 'third.example';
  const planted: [string, string][] = [
    [
      'an image',
      `document.body.append(Object.assign(new Image(), { src: 'https://${host}/x.png' }))`,
    ],
    ['a fetch', `void fetch('https://${host}/x').catch(() => undefined)`],
    ['a beacon', `navigator.sendBeacon('http://${host}/x', 'x')`],
    [
      'a prefetch',
      `document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: 'http://${host}/x' }))`,
    ],
    ['a web socket', `void new WebSocket('ws://${host}/x')`],
  ];

  test.each(planted)('%s, with the policy switched off', async (_what, plant) => {
    const page = await app.somebody({ bypassCSP: true });
    await page.goto(`${app.origin}/help`);
    await page.evaluate(plant);
    await expect.poll(() => app.proxy.strangers.length, { timeout: 5_000 }).toBeGreaterThan(0);
    expect(app.faults().join('\n')).toContain(host);
    await app.leave(page);
    app.faults();
  });

  test.each(planted.slice(0, 2))('%s is stopped by the policy, and said', async (_what, plant) => {
    const page = await app.somebody();
    await page.goto(`${app.origin}/help`);
    await page.evaluate(plant);
    const seen: string[] = [];
    await expect
      .poll(() => {
        seen.push(...app.faults());
        return seen.join('\n');
      })
      .toContain('Content Security Policy');
    expect(seen.filter((fault) => fault.startsWith('request to'))).toEqual([]);
    await app.leave(page);
  });
});
