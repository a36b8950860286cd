import { once } from 'node:events';
import { createServer } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import type { FastifyInstance } from 'fastify';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handlers } from '../src/server/features.ts';
import { buildServer } from '../src/server/http.ts';
import { type Person, type TestHouse, testHouse } from '../src/server/testing.ts';
import { launchBrowser } from './browser.ts';

// Admission at a desk by keyboard alone, joining on a phone, the intake without a network, the alert.
let house: TestHouse;
let app: FastifyInstance;
let browser: Browser;
let origin: string;
let therapist: Person;
const contexts: BrowserContext[] = [];
const foreign: string[] = [];

beforeAll(async () => {
  const probe = createServer().listen(0, 'localhost');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  origin = `http://localhost:${port}`;
  house = await testHouse();
  therapist = await house.member(await house.programme('Riverside'), 'therapist', 'Dr Reyes');
  app = await buildServer({ database: house.database, handlers, origin });
  await app.listen({ port, host: 'localhost' });
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  for (const context of contexts) await context.close();
  await browser?.close();
  await app?.close();
  await house?.close();
});

async function somebody(size: 'phone' | 'desk', person?: Person): Promise<Page> {
  const viewport = size === 'phone' ? { width: 390, height: 844 } : { width: 1280, height: 800 };
  const context = await browser.newContext({ locale: 'en-US', viewport });
  contexts.push(context);
  if (person)
    await context.addCookies([{ name: 'stepwell-localhost', value: person.token, url: origin }]);
  context.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== origin)
      foreign.push(request.url());
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
}

const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click();

/** The name of what has the focus; text, because this side knows no DOM. */
const focusedName = `(() => {
  const element = document.activeElement;
  const labels = [...(element?.labels ?? [])].map((label) => label.textContent).join(' ');
  return [labels, element?.getAttribute('aria-label') ?? '', element?.textContent ?? ''].join(' ');
})()`;

/** Walks with Tab until the focus is on what has this name; the keyboard is all it uses. */
async function reach(page: Page, name: RegExp): Promise<void> {
  for (let step = 0; step < 120; step++) {
    const here = await page.evaluate<string>(focusedName);
    if (name.test(here.trim().replace(/\s+/g, ' ').slice(0, 200))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${name} cannot be reached with Tab`);
}

async function noBarriers(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  // What is still fading in has not its colours yet.
  await page.evaluate(
    'Promise.all(document.getAnimations().filter((each) => each.effect.getComputedTiming().iterations !== Infinity).map((each) => each.finished)).then(() => null)',
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((each) => `${each.id}: ${each.nodes[0]?.html.slice(0, 120)}`)).toEqual([]);
}

let code = '';
let phone: Page;

test('a therapist admits a client by keyboard and gets a code and a QR code', async () => {
  const desk = await somebody('desk', therapist);
  await desk.goto(`${origin}/work/clients`);
  await desk.getByRole('heading', { name: 'Nobody is admitted yet' }).waitFor();
  await noBarriers(desk);
  await reach(desk, /^Admit a client$/);
  await desk.keyboard.press('Enter');
  await desk.getByLabel('Display name').waitFor();
  await reach(desk, /^Display name/);
  await desk.keyboard.type('Blue Heron');
  await reach(desk, /^Record number/);
  await desk.keyboard.type('R-1');
  await desk.keyboard.press('Enter');
  await desk.getByRole('img', { name: 'QR code of this invitation' }).waitFor();
  await noBarriers(desk);
  code = (await desk.locator('[translate=no]').textContent()) ?? '';
  expect(code).toMatch(/^(\w{4}-){3}\w{4}$/);
});

test('the client joins on a phone: help first, then an account, then the choices', async () => {
  phone = await somebody('phone');
  await phone.goto(`${origin}/join`);
  await noBarriers(phone);
  await press(phone, 'I was given a code');
  await phone.getByRole('heading', { name: 'Tonight' }).waitFor();
  await phone
    .getByRole('link', { name: /^Call / })
    .first()
    .waitFor();
  const typed = phone.getByLabel('Code on your card');
  await typed.fill('7KQM-2RTA-9XHP');
  await press(phone, 'Use this code');
  await phone.getByText('A code has sixteen letters and digits').waitFor();
  await typed.fill('7KQM-2RTA-9XHP-04WD');
  await press(phone, 'Use this code');
  await phone.getByText('This code is not one of ours.').waitFor();
  await press(phone, 'Type another code');
  await phone.getByLabel('Code on your card').fill(code.toLowerCase().replaceAll('-', ' '));
  await press(phone, 'Use this code');
  await phone.getByText('Riverside').waitFor();
  await noBarriers(phone);
  await phone.getByRole('link', { name: 'Go on with this invitation' }).click();
  await press(phone, 'Make my account');
  await press(phone, 'I have written them down');
  await press(phone, 'Go on without');
  await noBarriers(phone);
  await press(phone, 'At my next visit');
  await phone.getByRole('heading', { name: 'Join Riverside' }).waitFor();
  expect(phone.url()).not.toContain(code);
  await noBarriers(phone);
  await press(phone, 'Join with this account');
  await phone.getByRole('switch', { name: 'Slips' }).waitFor();
  for (const kind of await phone.getByRole('switch').all())
    expect(await kind.isChecked()).toBe(false);
  await noBarriers(phone);
  await phone.getByRole('switch', { name: 'Evening check-ins' }).click();
  await press(phone, 'Go on with this');
  await phone.waitForURL('**/me/today');
  await expect
    .poll(() => house.admin('SELECT kind FROM standing_choice WHERE share'))
    .toEqual([{ kind: 'checkIn' }]);
  await expect.poll(() => house.admin('SELECT FROM standing_choice')).toHaveLength(5);
});

/** Goes to another screen of the app without loading the page again: the keys stay in memory. */
async function turnTo(path: string): Promise<void> {
  await phone.evaluate(
    `history.pushState({}, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
  );
}

test('safety comes first, and a dangerous answer shows help at once', async () => {
  await turnTo('/me/questions');
  await phone.getByText('after Safety first').first().waitFor();
  await phone.getByRole('link', { name: 'Safety first' }).click();
  await press(phone, 'Begin');
  await phone.getByText('Yes', { exact: true }).click();
  await phone.getByRole('link', { name: 'Call 911' }).waitFor({ timeout: 1000 });
  await phone.getByText('Nobody is watching this in real time.').waitFor();
  await noBarriers(phone);
  for (let i = 0; i < 40 && (await phone.getByText('That was this part').count()) === 0; i++)
    await press(phone, /^(Next|Leave this out)$/);
  await press(phone, 'Hand this in');
  await phone.getByText('It has arrived. It is read later, not now.').waitFor();
  await press(phone, 'Go on');
  await phone.getByRole('heading', { name: 'A doctor first' }).waitFor();
});

test('without a network: help at once, handed in once, one alert when it arrives', async () => {
  // What the service worker keeps must be enough for a part that was never opened before.
  await phone.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await phone.waitForTimeout(1500);
  await phone.context().setOffline(true);
  await phone.getByRole('link', { name: 'Low mood' }).click();
  await press(phone, 'Begin');
  for (let item = 1; item <= 9; item++) {
    await phone.getByText(`Question ${item} of 10`).waitFor();
    await phone.getByText('Several days', { exact: true }).click();
    if (item < 9) await press(phone, 'Next');
  }
  await phone.getByRole('link', { name: 'Call 988' }).waitFor({ timeout: 1000 });
  await phone.getByText('This has not reached anyone yet. Call now').waitFor();
  await press(phone, 'Next');
  await press(phone, 'Leave this out');
  await press(phone, 'Hand this in');
  await phone.getByText('Saved on this phone. It has not reached anyone yet.').waitFor();
  await press(phone, 'Go on');
  await phone.getByText('saved on this phone, on its way').waitFor();
  await phone.context().setOffline(false);
  await expect
    .poll(() => house.admin("SELECT kind FROM alert WHERE kind = 'item9'"), { timeout: 30_000 })
    .toHaveLength(1);
  await turnTo('/me/answers');
  await phone.getByRole('heading', { name: /PHQ-9/ }).waitFor();
  expect(await phone.locator('main').textContent()).not.toMatch(/\b9 ?\/ ?27/);
  await noBarriers(phone);
});

test('a named therapist takes the alert on and clears the danger, by keyboard', async () => {
  const desk = await somebody('desk', therapist);
  await desk.goto(`${origin}/work/alerts`);
  await desk.getByText('PHQ-9, question 9').waitFor();
  await noBarriers(desk);
  await reach(desk, /^Take this on: Blue Heron$/);
  for (let i = 0; i < 2; i++) {
    await reach(desk, /^Take this on: Blue Heron$/);
    await desk.keyboard.press('Enter');
    await desk.getByRole('dialog').waitFor();
    await noBarriers(desk);
    if ((await desk.getByText('I asked directly').count()) > 0) {
      await reach(desk, /^I asked directly/);
      await desk.keyboard.press('Space');
    }
    await reach(desk, /^What was done/);
    await desk.keyboard.type('Called, came in, seen by Dr Ames');
    await reach(desk, /^Take this on under my name$/);
    await desk.keyboard.press('Enter');
    await desk.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await desk.getByText('No open alert').waitFor();
  expect(await house.admin('SELECT FROM alert WHERE closed_at IS NULL')).toHaveLength(0);

  const [client] = await house.admin<{ id: string }>('SELECT id FROM client');
  await desk.goto(`${origin}/work/clients/${client?.id}`);
  await desk.getByRole('heading', { name: 'Medical contact first' }).waitFor();
  await noBarriers(desk);
  await reach(desk, /^Clear: In the last 24 hours/);
  await desk.keyboard.press('Enter');
  await reach(desk, /^Why it is safe/);
  await desk.keyboard.type('Seen in the emergency room, discharged with a plan');
  await reach(desk, /^Clear it under my name$/);
  await desk.keyboard.press('Enter');
  await desk.getByText('Cleared safety points').waitFor();
  expect(await house.admin('SELECT FROM safety_flag WHERE cleared_at IS NULL')).toHaveLength(0);
  expect(foreign).toEqual([]);
});
