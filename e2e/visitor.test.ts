import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type App, desk, phone, startApp } from './app.ts';

// A visitor without an account and without JavaScript: everything about a meeting, and saying what is wrong.
let app: App;
beforeAll(async () => {
  app = await startApp(['--demo']);
}, 180_000);
afterEach(() => expect(app.faults()).toEqual([]));
afterAll(() => app?.close());

const visitor = (more: object = {}) =>
  app.somebody({ ...phone, javaScriptEnabled: false, ...more });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first();
const open = async (page: Page, path: string) => {
  const answer = await page.goto(app.origin + path);
  return answer?.status() ?? 0;
};

test('a choice is a chip that can be taken away, and an empty answer says what to leave out', async () => {
  const page = await visitor();
  await open(page, '/meetings?place=alder+falls&when=any&type=sign-language&type=men');
  await heading(page, '0 meetings').waitFor();
  await page.getByRole('link', { name: /Without “Men”: \d+/ }).click();
  await heading(page, /^\d+ meetings?$/).waitFor();
  await page.getByRole('link', { name: /Signs of Recovery/ }).waitFor();
  await page.getByRole('link', { name: 'Leave out: Sign language' }).click();
  await page.waitForURL((url) => !url.search.includes('sign-language'));
  expect(await page.locator('.p-list li').count()).toBeGreaterThan(10);
  await app.leave(page);
}, 60_000);

test.each([
  ['/meetings?place=alder+falls&on=2026-12-25', 'Friday, December 25'],
  ['/meetings?place=alder+falls&when=5&from=21:00', 'Candle Friday'],
  ['/meetings?how=online&how=phone&when=any', 'online'],
  ['/meetings?place=alder+falls&nearest=10&when=any', '10 meetings'],
  [
    '/meetings?place=alder+falls&when=any&fellowship=smart&fellowship=lifering',
    'SMART at Riverside',
  ],
  ['/meetings?when=3&zone=Europe/Madrid', 'Wednesday'],
  ['/meetings?lang=es&when=any', 'reuniones'],
])(
  '%s shows %s',
  async (path, words) => {
    const page = await visitor();
    expect(await open(page, path)).toBe(200);
    expect(await page.locator('main').textContent()).toContain(words);
    await app.leave(page);
  },
  60_000,
);

test.each([
  '/meetings?place=a&place=b&when=9&type=%3Cscript%3E&offset=-4',
  `/meetings?place=${'x'.repeat(3000)}`,
  '/meetings?place=%F0%9F%99%82&text=%00%FF&zone=Mars&on=2026-02-31&nearest=1e9',
  '/meetings?near=91,181&km=Infinity',
])(
  'nonsense in the address is answered kindly: %.60s',
  async (path) => {
    const page = await visitor();
    expect(await open(page, path)).toBe(200);
    await page.getByLabel('Where are you?').waitFor();
    await app.leave(page);
  },
  60_000,
);

test('one meeting: when next, what to expect, into a calendar, what is wrong', async () => {
  const page = await visitor();
  await open(page, '/meetings?when=any&text=tuesday+step');
  await page.getByRole('link', { name: /Tuesday Step Night/ }).click();
  await heading(page, 'The next times').waitFor();
  expect(await page.locator('.p-coming li').count()).toBe(4);
  // What is made up for the demonstration is no event for search engines.
  expect(await page.locator('script[type="application/ld+json"]').count()).toBe(0);
  await page.getByText('Follow it in my calendar').click();
  const webcal = await page.getByRole('link', { name: 'Open in my calendar' }).getAttribute('href');
  expect(webcal).toMatch(/^webcal:\/\/localhost:\d+\/feeds\/meetings\.ics\?meeting=/);
  const address = await page.getByLabel('If nothing opens').inputValue();
  expect(address).toBe(webcal?.replace('webcal:', 'http:'));
  const followed = await page.request.get(address);
  expect(await followed.text()).toMatch(/^BEGIN:VCALENDAR[\s\S]+SUMMARY:Tuesday Step Night/);
  const calendar = await page
    .getByRole('link', { name: 'Put it in a calendar' })
    .getAttribute('href');
  const file = await page.request.get(app.origin + calendar);
  expect(await file.text()).toMatch(/^BEGIN:VCALENDAR[\s\S]+RRULE:FREQ=WEEKLY/);

  // One tap on the page itself; a sentence afterwards, and all of it can be taken back.
  await page.getByRole('button', { name: 'The day or time is different' }).click();
  await heading(page, 'Thank you').waitFor();
  await page.getByRole('button', { name: 'Take my report back' }).click();
  await heading(page, 'It is taken back').waitFor();
  await page.getByRole('link', { name: 'Back to the listing' }).click();
  await page.getByRole('button', { name: 'Nobody was there' }).click();
  await page.getByLabel('Add a sentence').fill('Ask Mary Jones, 518-555-0100');
  await page.getByRole('button', { name: 'Add it' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('518-555-0100');
  expect(await page.getByLabel('Add a sentence').inputValue()).toContain('Ask Mary');
  await page.getByLabel('Add a sentence').fill('The door was locked.');
  await page.getByRole('button', { name: 'Add it' }).click();
  await page.getByText('The door was locked.').waitFor();
  await app.leave(page);

  const lee = await app.somebody(desk);
  await lee.goto(`${app.origin}/demo`);
  await lee.getByRole('button', { name: /^Lee/ }).click();
  await lee.waitForURL('**/work/meetings');
  await lee.getByRole('link', { name: 'Still right?' }).click();
  await lee.getByText('The door was locked.').waitFor();
  await lee.getByRole('button', { name: 'The listing is right' }).first().click();
  await lee.getByRole('button', { name: 'Open again' }).first().waitFor();
  await app.leave(lee);

  const again = await visitor();
  await open(again, '/meetings?when=any&text=tuesday+step');
  await again.getByRole('link', { name: /Tuesday Step Night/ }).click();
  await again.getByText(/confirmed \w+ \d+ by those who keep the list/).waitFor();
  await app.leave(again);
}, 120_000);

test('a report by keyboard alone: no barrier before, after, nor where words were refused', async () => {
  const page = await app.somebody({ viewport: { width: 320, height: 640 } });
  const isClear = async () => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  };
  await open(page, '/meetings?when=any&text=late+lamp');
  await page.getByRole('link', { name: /Late Lamp/ }).click();
  await page.getByText('Follow it in my calendar').click();
  await isClear();
  await page.getByRole('button', { name: 'It does not meet any more' }).press('Enter');
  await heading(page, 'Thank you').waitFor();
  await isClear();
  await page.getByLabel('Add a sentence').fill('Ask Mary Jones, 518-555-0100');
  await page.getByRole('button', { name: 'Add it' }).press('Enter');
  await page.getByRole('alert').waitFor();
  await isClear();
  await page.getByRole('button', { name: 'Take my report back' }).press('Enter');
  await heading(page, 'It is taken back').waitFor();
  await isClear();
  await app.leave(page);
}, 60_000);

test('what was found can be printed, large and in order, and followed in a calendar', async () => {
  const page = await visitor();
  await open(page, '/meetings?place=alder+falls&when=2&lang=es');
  await page.getByText('Seguirlas en mi calendario').click();
  const followed = await page.request.get(await page.getByLabel('Si no se abre nada').inputValue());
  expect(await followed.text()).toContain('BEGIN:VEVENT');
  await page.getByRole('link', { name: 'Imprimir esta lista' }).click();
  await heading(page, 'Imprimir esta lista').waitFor();
  await page.getByLabel('En orden').selectOption('region');
  await page.getByLabel('Letra').selectOption('1');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Hacer la lista (PDF)' }).click();
  const asked = new URL((await download).url()).searchParams;
  expect(Object.fromEntries(asked)).toMatchObject({
    ...{ place: 'alder falls', when: '2', by: 'region', large: '1', lang: 'es' },
  });
  await open(page, '/meetings/print?place=alder+falls&type=sign-language&type=men');
  await page.getByText('Nothing fits, so there is nothing to print.').waitFor();
  const refused = await page.request.get(`${app.origin}/feeds/booklet.pdf?place=nowherewhatever`);
  expect(await refused.text()).toContain('Back to the finder');
  await app.leave(page);
}, 60_000);

test('a group says in one tap that its listing is right', async () => {
  const lee = await app.somebody(desk);
  await lee.goto(`${app.origin}/demo`);
  await lee.getByRole('button', { name: /^Lee/ }).click();
  await lee.waitForURL('**/work/meetings');
  await lee.getByRole('link', { name: 'Still right?' }).click();
  await lee.getByRole('button', { name: 'Write the letters for me to send' }).first().click();
  const letter = (await lee.getByRole('dialog').locator('pre').first().textContent()) ?? '';
  await app.leave(lee);
  const address = /http:\S+\/still-right\/[\w-]{43}/.exec(letter)?.[0] ?? '';

  const contact = await visitor();
  await contact.goto(address);
  await contact.getByText('Old Timers').first().waitFor();
  await contact.getByRole('button', { name: 'Yes, all of it is right' }).click();
  await contact.getByText('Written down: confirmed by the group today.').waitFor();
  await open(contact, '/meetings?when=any&text=old+timers');
  await contact.getByRole('link', { name: /Old Timers/ }).click();
  await contact.getByText(/confirmed \w+ \d+ by the group/).waitFor();
  await app.leave(contact);
}, 120_000);

test('the guide to a first meeting speaks both languages', async () => {
  const page = await visitor();
  await open(page, '/first-meeting');
  await heading(page, 'If something is not right').waitFor();
  await page.getByRole('link', { name: 'Español' }).click();
  await heading(page, 'Si algo no va bien').waitFor();
  await app.leave(page);
}, 60_000);
