import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type App, desk, phone, startApp } from './app.ts';

let app: App;
beforeAll(async () => {
  app = await startApp(['--demo']);
}, 180_000);
afterEach(() => expect(app.faults()).toEqual([]));
afterAll(() => app?.close());

const rows = (page: Page) => page.locator('[aria-posinset] a');

test('without a script: a place, tonight, one meeting, in both languages', async () => {
  const page = await app.somebody({ ...desk, javaScriptEnabled: false });
  await page.goto(`${app.origin}/`);
  await page.getByLabel('Where are you?').fill('alder falls');
  await page.getByRole('button', { name: 'Find meetings' }).click();
  await page.getByRole('heading', { name: 'Meetings near Alder Falls, NY' }).waitFor();
  await page.getByLabel('When').selectOption('Tuesday');
  await page.getByRole('button', { name: 'Show meetings' }).click();
  await page.getByRole('link', { name: /Tuesday Step Night/ }).click();
  await page.getByRole('heading', { name: 'What to expect' }).waitFor();
  await page.getByRole('link', { name: 'Español' }).click();
  await page.getByRole('heading', { name: 'Qué esperar' }).waitFor();
  expect(await page.locator('main').textContent()).toContain('Tuesday Step Night');
  await app.leave(page);
}, 120_000);

test('by keyboard alone: from the first field to a meeting', async () => {
  const page = await app.somebody(desk);
  await page.goto(`${app.origin}/meetings?when=any`);
  await page.getByLabel('Where are you?').focus();
  await page.keyboard.type('harrow');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Meetings near Harrow, NY' }).waitFor();
  const name = (await page.locator('.p-list strong').first().textContent()) ?? '';
  for (let pressed = 0; pressed < 40; pressed++) {
    await page.keyboard.press('Tab');
    if (await page.locator('.p-list li:first-child a:focus').count()) break;
  }
  await page.keyboard.press('Enter');
  await page.waitForURL('**/meetings/*');
  expect(await page.locator('h1').textContent()).toBe(name);
  await app.leave(page);
}, 120_000);

test('on the phone: the position is searched there, and tonight stands offline too', async () => {
  const page = await app.somebody({
    ...phone,
    timezoneId: 'America/New_York',
    geolocation: { latitude: 42.68713, longitude: -73.83021 },
    permissions: ['geolocation'],
  });
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  // Late in the evening nothing is left that one could walk to: any day, so that there is.
  await page.goto(`${app.origin}/me/find?when=any`);
  await rows(page).first().waitFor();
  await page.getByRole('button', { name: 'Use this phone’s position' }).click();
  await page.getByText('Near where you are').waitFor();
  await page
    .getByText(/min walk|miles/)
    .first()
    .waitFor();
  expect(sent.filter((text) => /42\.68|73\.83/.test(text))).toEqual([]);

  await page.waitForFunction('navigator.serviceWorker.ready.then(() => true)');
  await page.reload();
  await rows(page).first().waitFor();
  app.offline = true;
  await page.context().setOffline(true);
  await page.reload();
  await rows(page).first().click();
  await page.getByRole('heading', { name: 'What to expect' }).waitFor();
  await page.context().setOffline(false);
  app.offline = false;
  await app.leave(page);
}, 180_000);
