import { readFileSync } from 'node:fs';
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

type Row = Record<string, unknown>;
const listed: Row[] = JSON.parse(
  readFileSync(new URL('../src/content/demo-meetings.json', import.meta.url), 'utf8'),
);

/** A list servant of the demonstration at work. */
async function lee(options: object = desk): Promise<Page> {
  const page = await app.somebody({ ...options, timezoneId: 'America/New_York' });
  await page.goto(`${app.origin}/demo`);
  await page.getByRole('button', { name: /^Lee/ }).click();
  await page.waitForURL('**/work/meetings');
  return page;
}

async function handOver(page: Page, rows: readonly Row[], into: string): Promise<void> {
  await page.goto(`${app.origin}/work/meetings/import`);
  await page.locator('input[type=file]').setInputFiles({
    name: 'area.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(rows)),
  });
  await page.getByRole('button', { name: 'Read the list' }).click();
  await page.getByLabel('Where it goes').selectOption({ label: into });
  await page.getByRole('button', { name: 'Read and compare' }).click();
  await page.waitForURL('**/work/meetings/imports/**');
}

const renews = 'Renews Demonstration in Demonstration';
const counts = (page: Page) => page.locator('dl dd').allTextContents();

async function noBarriers(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test('an import is looked at, a change left out by key, applied, and taken back', async () => {
  const page = await lee();
  const rows = listed.map((row, n) => (n === 1 ? { ...row, time: '12:45', end_time: '' } : row));
  rows[2] = { ...rows[2], name: 'Homeward Bound' };
  rows[7] = { ...rows[7], day: 9 };
  await handOver(page, rows, renews);
  await page
    .getByText('The list is as it was')
    .or(page.getByText('Nothing has changed yet'))
    .waitFor();
  await page.getByRole('tab', { name: /^Changed \d/ }).waitFor();
  await page.getByText('Homeward Bound').first().waitFor();
  await noBarriers(page);

  await page.locator('ol[aria-label="Changes"] > li').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('x');
  await page.getByRole('checkbox', { name: 'Leave out: Homeward Bound' }).waitFor();
  expect(await page.getByRole('checkbox', { name: 'Leave out: Homeward Bound' }).isChecked()).toBe(
    true,
  );

  await page.getByRole('tab', { name: /^Left out 1/ }).click();
  await page.getByText('The day “9” does not exist.').waitFor();
  await page.getByText('Column: day').waitFor();
  await noBarriers(page);

  await page.getByRole('button', { name: /^Apply \d+ changes?$/ }).click();
  await page.getByRole('button', { name: 'Take this import back' }).click({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Take it back' }).click();
  await page
    .getByText(/Taken back/)
    .first()
    .waitFor({ timeout: 30_000 });
  await app.leave(page);
});

test('the same meetings under new ids wait for a person, and the list stays', async () => {
  const page = await lee();
  await handOver(
    page,
    listed.map((row, n) => ({ ...row, slug: `x${n}` })),
    renews,
  );
  await page.getByText(/The same meetings come under new ids/).waitFor();
  const apply = page.getByRole('button', { name: /^Apply/ });
  expect(await apply.isDisabled()).toBe(true);
  expect((await counts(page)).slice(0, 2)).toEqual(['0', '0']);
  await page.getByRole('button', { name: 'Let it go' }).click();
  await page.getByText('It was let go. Nothing of the directory changed.').waitFor();
  await app.leave(page);
});

test('a source that does not answer is shown kindly, and what it gave stays', async () => {
  const page = await lee();
  await page.goto(`${app.origin}/work/meetings/sources`);
  await page.getByRole('button', { name: 'Add a source' }).click();
  await page.getByLabel('What you call it').fill('A far county');
  await page.getByLabel('Web address').fill('http://127.0.0.1/feed.json');
  await page.getByRole('button', { name: 'Save and read it' }).click();
  await page.getByText(/private network/).waitFor({ timeout: 30_000 });
  await page.getByText('The list is as it was').waitFor();
  await page.goto(`${app.origin}/work/meetings/sources`);
  await page.getByText('A far county').waitFor();
  await noBarriers(page);
  await app.leave(page);
});

test('where rows without an id cannot be read, what seems gone stays unless one says otherwise', async () => {
  const page = await lee();
  const { slug: _, ...unnamed }: Row = { ...listed[3], day: 9 };
  const rows = listed.map((row, n) => (n === 3 ? unnamed : row));
  await handOver(page, rows, renews);
  await page.getByText(/may be among the rows that cannot be read/).waitFor();
  expect(await page.getByRole('radio', { name: /^Leave them as they are/ }).isChecked()).toBe(true);
  await noBarriers(page);
  await page.getByRole('button', { name: 'Let it go' }).click();
  await page.getByText('It was let go. Nothing of the directory changed.').waitFor();
  await app.leave(page);
});

test('a source is removed with its meetings, its empty list put away, and all of it brought back', async () => {
  const page = await lee();
  const sources = page.getByRole('list', { name: 'Sources' });
  await page.goto(`${app.origin}/work/meetings/sources`);
  const line = sources.getByRole('listitem').filter({ hasText: 'Neighbouring area' });
  await line.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('They go out of the directory').click();
  await noBarriers(page);
  await page.getByRole('button', { name: /^Remove it and \d+ meetings$/ }).click();
  await page.getByText(/went out with it, and would come back/).waitFor();
  await noBarriers(page);
  await page.goto(`${app.origin}/work/meetings`);
  await page.getByRole('button', { name: 'Put away' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Put away' }).click();
  await page.getByText('Lists put away').click();
  await page.getByRole('button', { name: 'Take out again' }).waitFor();
  await noBarriers(page);
  await page.goto(`${app.origin}/work/meetings/sources`);
  await page.getByRole('button', { name: 'Bring back' }).click();
  await line.waitFor();
  await page.goto(`${app.origin}/work/meetings`);
  await page.getByText('4 meetings').waitFor();
  await app.leave(page);
});

test('on a phone, in Spanish, at night: nothing is cut off and nothing bars the way', async () => {
  const page = await lee({ ...phone, locale: 'es-US', colorScheme: 'dark' });
  for (const path of ['meetings', 'meetings/sources', 'meetings/imports', 'meetings/import']) {
    await page.goto(`${app.origin}/work/${path}`);
    await page.locator('main h1').waitFor();
    await page.waitForLoadState('networkidle');
    await noBarriers(page);
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    expect(wide, path).toBeLessThanOrEqual(390);
  }
  await page.goto(`${app.origin}/work/meetings/imports`);
  await page.locator('main a[href*="/imports/"]').last().click();
  await page.locator('main dl').first().waitFor();
  await noBarriers(page);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await app.leave(page);
});
