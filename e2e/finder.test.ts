import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type App, desk, phone, startApp } from './app.ts';

let app: App;
beforeAll(async () => {
  app = await startApp(['--demo']);
}, 180_000);
afterEach(() => expect(app.faults()).toEqual([]));
afterAll(() => app?.close());

const here = { timezoneId: 'America/New_York' };
const rows = (page: Page) => page.locator('[aria-posinset] a');
const count = (page: Page) => page.locator('p[aria-hidden=true]', { hasText: /meeting/ });

async function openFinder(page: Page, choices = '?when=any'): Promise<void> {
  await page.goto(`${app.origin}/me/find${choices}`);
  await page.getByRole('heading', { name: 'Meetings', level: 1 }).waitFor();
  await rows(page).first().waitFor();
}

async function seriousFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

test('what is chosen stands in the address, never where one is, and can be taken back', async () => {
  const page = await app.somebody({ ...phone, ...here });
  await openFinder(page);
  await page.getByLabel('Where are you?').fill('alder falls');
  await page
    .getByRole('option', { name: /Alder Falls/ })
    .first()
    .waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('Near Alder Falls').waitFor();
  const all = await count(page).textContent();
  await page.getByRole('button', { name: /^Filter/ }).click();
  await page.getByLabel('Newcomers').check();
  await page.getByLabel('Not before').selectOption('18:00');
  await page.getByRole('button', { name: 'Show meetings' }).click();
  await page.waitForURL(/kind=newcomer/);
  expect(page.url()).toMatch(/after=18/);
  expect(decodeURIComponent(page.url())).not.toMatch(/alder|falls|42\.|-73/i);
  const few = await count(page).textContent();
  expect(few).not.toBe(all);

  await page.reload();
  await rows(page).first().or(page.getByText('Nothing fits just now')).waitFor();
  await page.getByRole('button', { name: 'Filter (2)' }).click();
  expect(await page.getByLabel('Newcomers').isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.getByRole('button', { name: 'Show meetings' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Filter (2)' }).waitFor();
  await app.leave(page);
}, 120_000);

/** Runs in the page before anything else: how far what was shown has moved by itself. */
const watchShifts = `globalThis.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries())
    if (!hadRecentInput) shifts.push(value.toFixed(3) + ' ' + (sources[0]?.node?.className ?? ''));
}).observe({ type: 'layout-shift', buffered: true });`;
const shiftsIn = (page: Page) => page.evaluate<string[]>('shifts');

test.each([
  ['with no place chosen', null],
  ['near a place', { label: 'Here', position: { lat: 42.69, lng: -73.83 } }],
])(
  'nothing jumps while the page comes, %s',
  async (_, where) => {
    const page = await app.somebody({ ...phone, ...here });
    await page.addInitScript(watchShifts);
    if (where)
      await page.addInitScript(`sessionStorage.where = ${JSON.stringify(JSON.stringify(where))}`);
    for (const choices of ['?when=6', '?when=any']) {
      await openFinder(page, choices);
      await page.getByText(/Searched on this device/).waitFor({ state: 'attached' });
      await page.waitForTimeout(1200);
      expect(await shiftsIn(page)).toEqual([]);
    }
    // The watch itself: what is put above all else moves it.
    await page.evaluate(`document.querySelector('main').prepend(
    Object.assign(document.createElement('p'), { textContent: 'planted' }))`);
    await expect.poll(async () => (await shiftsIn(page)).length).toBeGreaterThan(0);
    await app.leave(page);
  },
  120_000,
);

test('the list under the field for a place comes with the first letters, and keeps them', async () => {
  const page = await app.somebody({ ...phone, ...here });
  await openFinder(page);
  await page.getByLabel('Where are you?').pressSequentially('harr', { delay: 15 });
  await page
    .getByRole('option', { name: /Harrow/ })
    .first()
    .waitFor();
  expect(await page.getByRole('combobox').inputValue()).toBe('harr');
  await page.keyboard.type('ow');
  await page
    .getByRole('option', { name: /Harrow/ })
    .first()
    .waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('Near Harrow').waitFor();
  await app.leave(page);
}, 120_000);

test('by keyboard alone: words, then from row to row, then into a meeting', async () => {
  const page = await app.somebody({ ...desk, ...here });
  await openFinder(page);
  await page.getByLabel('Search by name').focus();
  await page.keyboard.type('tuesday');
  await page.waitForURL(/words=tuesday/);
  await rows(page).filter({ hasText: 'Tuesday' }).first().waitFor();
  for (let pressed = 0; pressed < 30; pressed++) {
    await page.keyboard.press('Tab');
    if (await page.locator('[aria-posinset="1"] a:focus').count()) break;
  }
  const most = Number(await page.locator('[aria-posinset="1"]').getAttribute('aria-setsize'));
  await page.keyboard.press('End');
  await page.locator(`[aria-posinset="${most}"] a:focus`).waitFor();
  await page.keyboard.press('Home');
  await page.locator('[aria-posinset="1"] a:focus').waitFor();
  const name = (await page.locator('[aria-posinset="1"] a').textContent()) ?? '';
  await page.keyboard.press('Enter');
  await page.waitForURL('**/me/find/*');
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  await app.leave(page);
}, 120_000);

test('the map moves by keys, says how many it shows, and asks nobody else', async () => {
  const page = await app.somebody({ ...desk, ...here });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  await openFinder(page, '?when=any&view=map');
  const map = page.getByRole('region', { name: /Map of the meetings/ });
  await map
    .getByRole('button', { name: /meetings?/ })
    .first()
    .waitFor();
  await page.getByText(/meetings? on the map/).waitFor({ state: 'attached' });
  await map.focus();
  for (const key of ['+', 'ArrowLeft', '-', '-', 'ArrowUp']) await page.keyboard.press(key);
  await map
    .getByRole('button', { name: /meetings?/ })
    .first()
    .waitFor();
  expect([...new Set(asked)]).toEqual([app.origin]);
  expect(await seriousFaults(page)).toEqual([]);
  await app.leave(page);
}, 120_000);

test('without room on the device it works, and says that it keeps nothing', async () => {
  const page = await app.somebody({ ...phone, ...here });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: app.origin, quotaSize: 1 });
  await page.goto(`${app.origin}/near?when=any`);
  await rows(page).first().waitFor();
  await page.getByText('Searched on this device, and not kept on it.').waitFor();
  await page.goto(`${app.origin}/me/find?when=any`);
  await rows(page).first().waitFor();
  await page.getByText(/It has no room to keep the list|also without a network/).waitFor();
  await app.leave(page);
}, 120_000);

for (const theme of ['light', 'dark'] as const)
  test(`nothing stands in anybody’s way, and it fits the narrowest phone (${theme})`, async () => {
    const narrow = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };
    // What is still being faded in has no contrast yet.
    const still = { reducedMotion: 'reduce' } as const;
    const page = await app.somebody({ ...narrow, ...here, ...still, colorScheme: theme });
    const isTooWide = () =>
      page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
    await openFinder(page);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await isTooWide()).toBe(false);
    await page.getByRole('button', { name: /^Filter/ }).click();
    expect(await seriousFaults(page)).toEqual([]);
    expect(await isTooWide()).toBe(false);
    await page.getByRole('button', { name: 'Show meetings' }).click();
    await rows(page).first().click();
    await page.getByRole('heading', { name: 'What to expect' }).waitFor();
    await page.getByText('Your first meeting').click();
    expect(await seriousFaults(page)).toEqual([]);
    expect(await isTooWide()).toBe(false);
    await page.getByRole('button', { name: 'The day or time is different' }).click();
    await page.getByText('Thank you. The day or time is different').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await app.leave(page);
  }, 120_000);
