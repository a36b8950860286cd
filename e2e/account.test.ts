import { once } from 'node:events';
import { createServer } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import type { FastifyInstance } from 'fastify';
import { Secret, TOTP } from 'otpauth';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { offerSetup } from '../src/features/programme/terminal.server.ts';
import { Database } from '../src/platform/database.ts';
import { type FreshDatabase, freshDatabase } from '../src/platform/pgtest.ts';
import { handlers } from '../src/server/features.ts';
import { buildServer } from '../src/server/http.ts';
import { launchBrowser } from './browser.ts';

let fresh: FreshDatabase;
let database: Database;
let app: FastifyInstance;
let browser: Browser;
let origin: string;
const contexts: BrowserContext[] = [];
const faults: string[] = [];

beforeAll(async () => {
  const probe = createServer().listen(0, 'localhost');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  origin = `http://localhost:${port}`;
  fresh = await freshDatabase();
  database = new Database(fresh.appUrl);
  app = await buildServer({ database, handlers, origin });
  await app.listen({ port, host: 'localhost' });
  browser = await launchBrowser();
}, 120_000);
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
  // Refused scripts, styles and workers show here: the policy and the app must agree.
  expect(faults.splice(0)).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await database?.close();
  await fresh?.drop();
});

/** An empty browser of somebody, as a phone or a desk. */
async function somebody(size: 'phone' | 'desk'): Promise<Page> {
  const viewport = size === 'phone' ? { width: 390, height: 844 } : { width: 1280, height: 800 };
  const context = await browser.newContext({ locale: 'en-US', viewport });
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (line) => {
    if (/Content Security Policy|Trusted Type/.test(line.text())) faults.push(line.text());
  });
  return page;
}

/** A fingerprint reader with a secret of its own (PRF), as phones have. */
async function giveFingerprint(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      hasPrf: true,
      automaticPresenceSimulation: true,
    },
  });
}

const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click();

/** Makes an account with what is proposed, and keeps what a person would write down. */
async function register(page: Page): Promise<{ name: string; passphrase: string }> {
  await press(page, 'Make my account');
  const name = (await page.locator('[data-account-name]').textContent()) ?? '';
  const passphrase = (await page.locator('[data-passphrase]').textContent()) ?? '';
  expect(name).toMatch(/^[a-z]+-[a-z]+-\d{4}$/);
  expect(passphrase.split(' ')).toHaveLength(6);
  await press(page, 'I have written them down');
  return { name, passphrase };
}

async function noBarriers(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((each) => `${each.id}: ${each.nodes[0]?.html.slice(0, 120)}`)).toEqual([]);
}

const lock = (page: Page) => page.evaluate("dispatchEvent(new Event('stepwell-lock'))");

test('a person alone: account, recovery code, passkey, locking, and back in three ways', async () => {
  const phone = await somebody('phone');
  await giveFingerprint(phone);
  await phone.goto(`${origin}/me/begin`);
  const { name, passphrase } = await register(phone);
  await press(phone, 'Go on without');
  await press(phone, 'At my next visit');
  await phone.waitForURL('**/me/today');

  await phone.goto(`${origin}/me/settings/keys`);
  await phone.getByText('Not written down yet.').waitFor();
  await noBarriers(phone);
  await press(phone, 'Write it down now');
  // The page was loaded anew, so the keys are gone from memory: nothing shows before they are back.
  await phone.getByRole('heading', { name: 'Locked' }).waitFor();
  await noBarriers(phone);
  expect(await phone.locator('[data-recovery-code]').count()).toBe(0);
  await phone.getByLabel('Passphrase or recovery code').fill('gravy tricycle');
  await press(phone, 'Open');
  await phone.getByText('That did not open it.').waitFor();
  await phone.getByLabel('Passphrase or recovery code').fill(` ${passphrase.toUpperCase()} `);
  await press(phone, 'Open');

  await phone.locator('[data-recovery-code]').waitFor();
  const groups = await phone.locator('[data-recovery-code] li').allTextContents();
  expect(groups).toHaveLength(8);
  const code = groups.map((group) => group.slice(1).trim());
  await press(phone, 'I have copied it');
  const asked = phone.getByLabel(/The first four characters of group \d/);
  const group = Number(
    /group (\d)/.exec((await asked.locator('xpath=../label').textContent()) ?? '')?.[1],
  );
  await asked.fill('ZZZZ');
  await press(phone, 'Keep this code');
  await phone.getByText(`That is not what stands in group ${group}.`).waitFor();
  await asked.fill((code[group - 1] ?? '').slice(0, 4).toLowerCase());
  await press(phone, 'Keep this code');
  await phone.getByText('It holds.').waitFor();
  await press(phone, 'Back');
  await phone.getByText('Written down since').waitFor();

  await press(phone, 'Add a passkey');
  await phone.getByText('Opens what is private too.').waitFor();

  // Locked: nothing that opens stands in the page or in what the browser keeps in the clear.
  await lock(phone);
  const kept = await phone.evaluate(
    'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML])',
  );
  for (const secret of [passphrase, ...code]) {
    expect(new RegExp(`\\b${secret}\\b`, 'i').test(String(kept))).toBe(false);
  }
  expect(String(kept)).toContain('notebook.unlock');

  // Locked, without a network: each way in, and none of them asks the server.
  await phone.goto(`${origin}/me/settings/code`);
  await phone.getByRole('heading', { name: 'Locked' }).waitFor();
  await phone.context().setOffline(true);
  for (const way of ['passkey', passphrase, code.join('-')]) {
    await lock(phone);
    if (way === 'passkey') await press(phone, 'Open with a passkey');
    else {
      await phone.getByLabel('Passphrase or recovery code').fill(way);
      await press(phone, 'Open');
    }
    await phone.locator('[data-recovery-code]').waitFor();
  }
  await phone.context().setOffline(false);

  const other = await somebody('phone');
  await other.goto(`${origin}/sign-in`);
  await other.getByLabel('Account name').fill(name);
  await other.getByLabel('Passphrase').fill('not this one');
  await press(other, 'Sign in');
  await other.getByText('This was not recognised.').waitFor();
  await other.getByLabel('Passphrase').fill(passphrase);
  await press(other, 'Sign in');
  await other.waitForURL('**/me/today');

  const third = await somebody('phone');
  await third.goto(`${origin}/sign-in`);
  await third.getByRole('link', { name: 'I have my recovery code' }).click();
  const slip = [...code];
  slip[2] = (slip[2] ?? '').replace(/^./, (first) => (first === '7' ? '8' : '7'));
  await third.getByLabel('Recovery code').fill(slip.join(' '));
  await third.getByText('There is a slip in group 3.').waitFor();
  await third.getByLabel('Recovery code').fill(code.join(' ').toLowerCase());
  await press(third, 'Go on');
  await third.getByRole('switch', { name: 'I forgot my account name too' }).check();
  await press(third, 'Set the new passphrase');
  const renamed = (await third.locator('[data-account-name]').textContent()) ?? '';
  const changed = (await third.locator('[data-passphrase]').textContent()) ?? '';
  await press(third, 'I have written it down');
  await third.waitForURL('**/me/today');

  // The other phones were signed out with it, and the old words open nothing any more.
  await other.goto(`${origin}/sign-in`);
  for (const [account, words, opens] of [
    [name, passphrase, false],
    [renamed, passphrase, false],
    [renamed, changed, true],
  ] as const) {
    await other.getByLabel('Account name').fill(account);
    await other.getByLabel('Passphrase').fill(words);
    await press(other, 'Sign in');
    if (opens) await other.waitForURL('**/me/today');
    else await other.getByText('This was not recognised.').waitFor();
  }
}, 180_000);

test('WebAssembly may be compiled in the worker of its own and nowhere else', async () => {
  const phone = await somebody('phone');
  const policies = new Map<string, string>();
  phone.on('response', (response) => {
    const path = new URL(response.url()).pathname;
    if (/\.js$|^\/sign-in$/.test(path)) {
      policies.set(path, response.headers()['content-security-policy'] ?? '');
    }
  });
  await phone.goto(`${origin}/sign-in`);
  await expect.poll(() => [...policies.keys()].some((path) => /opaque/.test(path))).toBe(true);
  const free = [...policies].filter(([, policy]) => policy.includes('wasm-unsafe-eval'));
  expect(free.map(([path]) => path.replace(/-[\w-]+\.js$/, ''))).toEqual(['/assets/opaque.worker']);
  expect(policies.size).toBeGreaterThan(3);
  const refused = await phone.evaluate(
    'WebAssembly.compile(new Uint8Array([0,97,115,109,1,0,0,0])).then(() => "compiled", (e) => e.name)',
  );
  expect(refused).toBe('CompileError');
  faults.length = 0;
});

test('a programme: set up by the link, a colleague invited, locked, removed', async () => {
  const desk = await somebody('desk');
  const link = await offerSetup(database, origin);
  await desk.goto(`${origin}/setup`);
  await desk.getByText('Setting up takes the one-time link').waitFor();
  await desk.goto(link ?? '');
  await desk.reload();
  const admin = await register(desk);
  await desk.getByLabel('Name of the programme').fill('Harbour House');
  await desk.getByLabel('Your name at work').fill('Ada');
  await press(desk, 'Found the programme');
  await press(desk, 'Use an authenticator app');
  const secret = (await desk.locator('[data-totp-secret]').textContent()) ?? '';
  const codeNow = () => new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  await desk.getByLabel('Six digits from the app').fill(codeNow());
  await press(desk, 'Go on');
  await desk.waitForURL('**/work/today');

  await desk.goto(`${origin}/work/programme`);
  await desk.getByLabel('Name').fill('Dr T');
  await press(desk, 'Make a link');
  await noBarriers(desk);
  const invitation = (await desk.locator('[data-staff-link]').textContent()) ?? '';

  const colleague = await somebody('desk');
  await giveFingerprint(colleague);
  await colleague.goto(invitation);
  await colleague.getByRole('heading', { name: 'Work for Harbour House' }).waitFor();
  await register(colleague);
  await press(colleague, 'Join with this account');
  await press(colleague, 'Add a passkey');
  await colleague.waitForURL('**/work/today');
  await colleague.goto(`${origin}/work/programme`);
  await colleague.getByText('You work here as: Therapist').waitFor();

  // The link is worth nothing now.
  const late = await somebody('desk');
  await late.goto(invitation);
  await late.getByText('This invitation was used already.').waitFor();

  // Locked over what is typed, which is still there afterwards.
  await desk.getByLabel('Name').fill('half a name');
  await desk.evaluate(() =>
    fetch('/api/account.lock', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-stepwell': '1' },
      body: '{}',
    }),
  );
  await press(desk, 'Make a link');
  await desk.getByRole('dialog', { name: 'Locked' }).waitFor();
  expect(await desk.getByLabel('Name', { exact: true }).isVisible()).toBe(false);
  await desk.getByLabel('Passphrase, or six digits').fill(admin.passphrase);
  await press(desk, 'Unlock');
  await desk.getByRole('dialog', { name: 'Locked' }).waitFor({ state: 'hidden' });
  expect(await desk.getByLabel('Name', { exact: true }).inputValue()).toBe('half a name');

  await desk.reload();
  await press(desk, 'Remove');
  await press(desk, 'Remove from the programme');
  await desk.getByText('Dr T').first().waitFor({ state: 'hidden' });
  await colleague.goto(`${origin}/work/programme`);
  await colleague.waitForURL('**/sign-in**');
}, 180_000);
