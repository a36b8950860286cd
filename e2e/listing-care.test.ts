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

/** A list servant of the demonstration at work. */
async function lee(options: object = desk): Promise<Page> {
  // What is still being faded in has no contrast yet.
  const still = { reducedMotion: 'reduce', timezoneId: 'America/New_York' } as const;
  const page = await app.somebody({ ...options, ...still });
  await page.goto(`${app.origin}/demo`);
  await page.getByRole('button', { name: /^Lee/ }).click();
  await page.waitForURL('**/work/meetings');
  return page;
}

/** Goes to another screen without loading the page anew. */
async function turnTo(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState({}, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
  );
  await page.locator('main h1').first().waitFor();
  await page.waitForLoadState('networkidle');
}

async function open(page: Page, name: string): Promise<void> {
  await turnTo(page, '/work/meetings/listings');
  await page.getByPlaceholder('Name, group, place or town').fill(name);
  await page
    .getByRole('row', { name: new RegExp(name) })
    .first()
    .click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
}

test('a correction is kept against the source, said so, and taken back', async () => {
  const page = await lee();
  await open(page, 'Rainbow Room');
  await page.getByLabel('Begins', { exact: true }).fill('18:45');
  await page.getByText('Changed. Once saved, the source no longer overwrites it.').waitFor();
  await page.getByText(/Next: Fri, .* 6:45\sPM/).waitFor();
  await page.getByLabel('Notes', { exact: true }).fill('Ask for Mary Jones, 212 555 0123 4');
  await page.getByText(/Does it name somebody/).waitFor();
  await page.getByLabel('Notes', { exact: true }).fill('Ring twice.');
  // Looking at something else does not take what was typed.
  await turnTo(page, '/work/meetings/closures');
  await open(page, 'Rainbow Room');
  await page.getByText('Not saved yet: 2 changed').waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('Corrected by hand. The source says: 6:30 PM').waitFor();
  await page.getByRole('button', { name: 'Begins: take the source’s again' }).click();
  await page
    .getByText('Corrected by hand. The source says: 6:30 PM')
    .waitFor({ state: 'detached' });
  expect(await page.getByLabel('Begins', { exact: true }).inputValue()).toBe('18:30');
  await page.getByText('nothing Ring twice.').waitFor();
  await page.getByRole('button', { name: 'Take this back' }).first().click();
  await page.getByText('Taken back.').first().waitFor();
  await app.leave(page);
}, 120_000);

test('what cannot stand is refused at its field, and what was typed is still there', async () => {
  const page = await lee();
  await turnTo(page, '/work/meetings/listings');
  await page.getByRole('link', { name: 'Add a meeting' }).click();
  await page.getByRole('heading', { name: 'Add a meeting' }).waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Thursday Beginners');
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('In person: give an address or a point on the map.').waitFor();
  await page.getByLabel('Address').fill('1 Depot Square');
  await page.getByText('Thu', { exact: true }).click();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Say when it begins, or leave the days empty too.').waitFor();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Thursday Beginners');
  await page.getByLabel('Begins', { exact: true }).fill('19:00');
  await page
    .getByLabel('Which weeks', { exact: true })
    .selectOption('By the month: first, third, last …');
  await page.getByText('last', { exact: true }).click();
  await page.getByText('The first and last Thursday of the month').waitFor();
  await page.getByRole('button', { name: 'Keep as a draft' }).click();
  await page.getByText('A draft: only those who care for it see it.').waitFor();
  await app.leave(page);
}, 120_000);

test('doubles are decided by keyboard alone, and a decision can be taken back', async () => {
  const page = await lee();
  await turnTo(page, '/work/meetings/doubles');
  await page.getByText('1 of 4').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.getByText('2 of 4').waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.getByText('1 of 4').waitFor();
  await page.keyboard.press('d');
  await page.getByText('1 of 3').waitFor();
  await page.keyboard.press('2');
  await page.keyboard.press('s');
  await page.getByText('1 of 2').waitFor();
  await page.keyboard.press('u');
  await page.getByText('1 of 3').waitFor();
  await page.keyboard.press('u');
  await page.getByText('1 of 4').waitFor();
  await app.leave(page);
}, 120_000);

test('a group of meetings is closed in one action after a look, and opened again', async () => {
  const page = await lee(phone);
  await open(page, 'Tuesday Step Night');
  await page.getByRole('button', { name: 'Close for a time' }).click();
  await page.getByText('6 meetings will be closed').waitFor();
  // The meeting it began from stands first.
  await page.getByRole('dialog').getByRole('checkbox').last().uncheck();
  await page.getByText('5 meetings will be closed').waitFor();
  await page.getByLabel('What people should know').fill('Pipes have burst.');
  await page.getByRole('button', { name: 'Close 5 meetings' }).click();
  await page.getByText('Closed. It is shown as closed everywhere.').waitFor();
  await page
    .getByText(/Pipes have burst/)
    .first()
    .waitFor();
  await turnTo(page, '/work/meetings/closures');
  await page.getByText('5 meetings').waitFor();
  await page.getByRole('button', { name: 'Open again now' }).first().click();
  await page.getByText('Open again.').waitFor();
  await app.leave(page);
}, 120_000);

test('a proposal is approved and is in the directory', async () => {
  const page = await lee();
  await turnTo(page, '/work/meetings/proposals');
  const one = page.getByRole('listitem').filter({ hasText: 'Later since the clocks changed.' });
  await one.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('Approved. It is in the directory now.').waitFor();
  await open(page, 'Early Risers');
  expect(await page.getByLabel('Begins', { exact: true }).inputValue()).toBe('06:45');
  await app.leave(page);
}, 120_000);

const screens = ['listings', 'doubles', 'proposals', 'closures', 'servants'];

test.each([
  ['phone, light', { ...phone, colorScheme: 'light' }],
  ['desk, dark', { ...desk, colorScheme: 'dark' }],
])(
  'axe finds nothing, and nothing is wider than the screen: %s',
  async (_name, options) => {
    const page = await lee(options);
    const found: string[] = [];
    const look = async (name: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations)
        found.push(`${name}: ${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
      const wide = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (wide > 0) found.push(`${name} is ${wide} px too wide`);
    };
    for (const name of screens) {
      await turnTo(page, `/work/meetings/${name}`);
      await page.waitForTimeout(600);
      await look(name);
    }
    await open(page, 'Lunch Hour');
    await look('editor');
    await page.getByRole('button', { name: 'Close for a time' }).click();
    await page.getByText(/will be closed/).waitFor();
    await look('closing');
    expect(found).toEqual([]);
    await app.leave(page);
  },
  120_000,
);
