import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listOf } from '../src/features/feeds/house.test-data.ts';
import { meetingWith } from '../src/features/feeds/listed.test-data.ts';
import { type TestHouse, testHouse } from '../src/server/testing.ts';
import { desk, phone } from './app.ts';
import { launchBrowser } from './browser.ts';

// An intergroup's own page, on another origin, with the finder in it.

let house: TestHouse;
let site: Server;
let browser: Browser;
let origin: string;
let siteOrigin: string;

const days = [0, 1, 2, 3, 4, 5, 6] as const;
const asked: string[] = [];

beforeAll(async () => {
  house = await testHouse();
  await listOf(
    house,
    'Hudson Region',
    days.flatMap((day) => [
      meetingWith({ key: `a${day}`, days: [day], name: 'Serenity at Noon', startsAt: '12:00' }),
      meetingWith({
        key: `b${day}`,
        days: [day],
        name: 'The Long Way Home',
        attendance: 'hybrid',
        link: 'https://zoom.us/j/1',
        types: ['C', 'W', 'X', 'BE'],
        facets: ['closed', 'women', 'wheelchair', 'newcomer'],
      }),
      meetingWith({
        key: `c${day}`,
        days: [day],
        name: 'Shut for Repairs',
        closure: { from: null, until: null, note: '' },
      }),
    ]),
  );
  await house.app.listen({ port: 0, host: '127.0.0.1' });
  origin = `http://127.0.0.1:${(house.app.server.address() as AddressInfo).port}`;
  site = createServer((request, response) => {
    const style = request.url === '/blue' ? ' style="--stepwell-accent: #003388"' : '';
    const language = request.url === '/uk' ? 'uk' : 'en';
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src ${origin}; frame-src ${origin}; style-src 'unsafe-inline'`,
    );
    response.end(
      `<!doctype html><html lang="${language}" style="color-scheme: light dark"><meta name="viewport" content="width=device-width"><title>Intergroup</title><main${style}><h1>Meetings</h1>
       <script src="${origin}/embed/finder.js" data-fellowship="aa" data-title="Find a meeting"></script>
       <p>After</p></main></html>`,
    );
  });
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
  siteOrigin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  site?.close();
  await house?.close();
});

/** A window, as the other journeys name it. */
type Size = { viewport: { width: number; height: number } };

async function opened(path: string, size: Size, dark = false) {
  const context = await browser.newContext({ ...size, colorScheme: dark ? 'dark' : 'light' });
  const page = await context.newPage();
  asked.length = 0;
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(siteOrigin + path);
  const frame = page.frameLocator('iframe');
  await frame.locator('h3').first().waitFor();
  return { page, frame, context };
}

async function picture(page: { screenshot(options: object): Promise<Buffer> }, name: string) {
  const folder = process.env.STEPWELL_SHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

test.each([
  ['phone', phone, false],
  ['phone dark', phone, true],
  ['desk', desk, false],
  ['desk dark', desk, true],
  ['narrow', { viewport: { width: 320, height: 700 } }, false],
] as const)('stands in the page, whole and readable: %s', async (name, size, dark) => {
  const { page, frame, context } = await opened('/', size, dark);
  expect(await frame.locator('h3').count()).toBe(3);
  const inner = page.frames()[1];
  // As high as what it holds: no second bar to scroll, and no bar across.
  await expect
    .poll(() => inner?.evaluate('document.documentElement.scrollHeight - innerHeight'))
    .toBeLessThan(2);
  expect(await inner?.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  for (const url of asked) expect(url.startsWith(origin) || url.startsWith(siteOrigin)).toBe(true);
  await picture(page, `embed-${name.replace(' ', '-')}`);
  await context.close();
});

test.each([
  ['light', false],
  ['dark', true],
])('has nothing that axe finds: %s', async (_, dark) => {
  const context = await browser.newContext({ colorScheme: dark ? 'dark' : 'light' });
  const page = await context.newPage();
  for (const query of [
    '',
    '?accent=003388',
    '?lang=th&day=any',
    '?paper=222222&accent=ffcc00',
    '?text=zzz',
  ]) {
    await page.goto(`${origin}/embed/finder${query}`);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [query, id, nodes[0]?.failureSummary])).toEqual([]);
  }
  await context.close();
});

test('is used by keyboard alone, in the language of the page', async () => {
  const { page, frame, context } = await opened('/uk', phone);
  await frame.locator('input[type=search]').focus();
  await page.keyboard.type('long way');
  await page.keyboard.press('Enter');
  await expect.poll(() => frame.locator('h3').allTextContents()).toEqual(['The Long Way Home']);
  expect(await frame.locator('[role=status]').textContent()).toBe('Зібрань: 1');
  expect(await frame.locator('.tags li').allTextContents()).toContain('Жінки');
  // From the results on: the first link is the next stop.
  await frame.locator('#results').focus();
  await page.keyboard.press('Tab');
  expect(await page.frames()[1]?.evaluate('document.activeElement.textContent')).toBe('Подробиці');
  await picture(page, 'embed-uk');
  await context.close();
});

test('takes the colours of the page around it', async () => {
  const { page, context } = await opened('/blue', desk);
  const background = await page
    .frames()[1]
    ?.evaluate("getComputedStyle(document.querySelector('button')).backgroundColor");
  expect(background).toBe('rgb(0, 51, 136)');
  await picture(page, 'embed-blue');
  await context.close();
});
