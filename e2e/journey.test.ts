import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type App, desk, phone, startApp } from './app.ts';

// One story through every wall of the house, in real browsers, on the product as it is started:
// therapist → session → phone → meeting → next session. Each step stands on the one before.
let app: App;
beforeAll(async () => {
  app = await startApp();
}, 180_000);
afterAll(() => app?.close());
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') process.stdout.write(await app.shown());
  expect(app.faults()).toEqual([]);
});

const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click();
const feed = (name: string) => new URL(`./feeds/${name}.json`, import.meta.url).pathname;

interface Keys {
  name: string;
  passphrase: string;
}

/** Makes an account with what is proposed, and keeps what a person would write down. */
async function register(page: Page): Promise<Keys> {
  await press(page, 'Make my account');
  const name = (await page.locator('[data-account-name]').textContent()) ?? '';
  const passphrase = (await page.locator('[data-passphrase]').textContent()) ?? '';
  await press(page, 'I have written them down');
  return { name, passphrase };
}

/** The second factor of somebody without a passkey; the app on their phone is this function. */
async function secondFactor(page: Page): Promise<void> {
  await press(page, 'Use an authenticator app');
  const secret = (await page.locator('[data-totp-secret]').textContent()) ?? '';
  const digits = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  await page.getByLabel('Six digits from the app').fill(digits);
  await press(page, 'Go on');
}

/** Goes to another screen as a tap would: without loading the page, so that keys stay in memory. */
async function turnTo(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState({}, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
  );
}

let administrator: Page;
let servant: Page;
let therapist: Page;
let client: Page;
let code = '';
let chart = '';

async function invite(role: string, name: string): Promise<string> {
  await administrator.goto(`${app.origin}/work/programme`);
  await administrator.getByLabel('Name', { exact: true }).fill(name);
  await administrator.getByLabel('Works as').selectOption({ label: role });
  await press(administrator, 'Make a link');
  return (await administrator.locator('[data-staff-link]').textContent()) ?? '';
}

async function joinStaff(link: string): Promise<Page> {
  const page = await app.somebody(desk);
  await page.goto(link);
  await page.getByRole('heading', { name: 'Work for Harbour House' }).waitFor();
  await register(page);
  await press(page, 'Join with this account');
  await secondFactor(page);
  await page.waitForURL('**/work/**');
  return page;
}

test('1 the programme is set up by the link in the terminal, and staff are invited', async () => {
  administrator = await app.somebody(desk);
  await administrator.goto(app.origin);
  await administrator.getByRole('link', { name: 'Set up my programme' }).first().waitFor();
  await administrator.goto(app.link('/setup'));
  await register(administrator);
  await administrator.getByLabel('Name of the programme').fill('Harbour House');
  await administrator.getByLabel('Your name at work').fill('Ada');
  await press(administrator, 'Found the programme');
  await secondFactor(administrator);
  await administrator.waitForURL('**/work/today');
  therapist = await joinStaff(await invite('Therapist', 'Dr Reyes'));
  servant = await joinStaff(await invite('Meeting list servant', 'Lee'));
}, 120_000);

test.each([
  ['philadelphia-2022', 'Southeastern Pennsylvania', 2098],
  ['orange-county-2023', 'Orange County', 1967],
])(
  '2 a list servant imports %s; every row is imported or has its reason',
  async (name, body, rows) => {
    await servant.goto(`${app.origin}/work/meetings/import`);
    const whose = servant.getByLabel('Whose list is it');
    await servant.getByText('It has a web address').waitFor();
    if (await whose.count()) await whose.selectOption({ label: 'Another service body' });
    await servant.getByLabel('Service body').fill(body);
    await servant.locator('input[type=file]').setInputFiles(feed(name));
    await press(servant, 'Read the list');
    await servant.getByLabel('Fellowship').selectOption('aa');
    await servant.getByLabel('Time zone').fill(body === 'Orange County' ? 'los ang' : 'new york');
    await servant.getByRole('option').first().click();
    await press(servant, 'Read and compare');
    await servant.waitForURL('**/work/meetings/imports/**', { timeout: 60_000 });
    // The first time of a source a person looks before anything is published.
    await servant.getByText('I have looked, and it is right').click({ timeout: 60_000 });
    await servant.getByRole('button', { name: /^Apply [\d,]+ changes$/ }).click();
    await servant
      .getByRole('button', { name: 'Take this import back' })
      .waitFor({ timeout: 60_000 });
    const counted = async (what: string) =>
      Number(
        (
          await servant.locator('dl div', { hasText: what }).locator('dd').first().textContent()
        )?.replace(/\D/g, ''),
      );
    const taken = await counted('new');
    const left = await counted('rows left out');
    expect(taken + left).toBe(rows);
    expect(taken).toBeGreaterThan(rows * 0.95);
  },
  120_000,
);

test('3 a therapist sees an empty caseload that says what to do, and admits a client', async () => {
  await therapist.goto(`${app.origin}/work/today`);
  await therapist.getByText('Nobody here yet').waitFor();
  await therapist.getByRole('link', { name: 'Admit a client' }).first().click();
  await therapist.getByLabel('Display name').fill('Blue Heron');
  await therapist.getByLabel('Record number').fill('R-1');
  await therapist.getByLabel('Record number').press('Enter');
  await therapist.getByRole('img', { name: 'QR code of this invitation' }).waitFor();
  code = (await therapist.locator('[translate=no]').textContent()) ?? '';
  expect(code).toMatch(/^(\w{4}-){3}\w{4}$/);
});

test('4 the client: help first, then an account, a recovery code, and what goes to the therapist', async () => {
  client = await app.somebody(phone);
  await client.goto(`${app.origin}/join`);
  await press(client, 'I was given a code');
  await client.getByRole('heading', { name: 'Tonight' }).waitFor();
  await client
    .getByRole('link', { name: /^Call / })
    .first()
    .waitFor();
  await client.getByLabel('Code on your card').fill(code);
  await press(client, 'Use this code');
  await client.getByRole('link', { name: 'Go on with this invitation' }).click();
  await register(client);
  await press(client, 'Go on without');
  await press(client, 'Write it down now');
  await client.locator('[data-recovery-code]').waitFor();
  const groups = await client.locator('[data-recovery-code] li').allTextContents();
  await press(client, 'I have copied it');
  const asked = client.getByLabel(/The first four characters of group \d/);
  const label = (await asked.locator('xpath=../label').textContent()) ?? '';
  const group = Number(/group (\d)/.exec(label)?.[1]);
  await asked.fill((groups[group - 1] ?? '').slice(1).trim().slice(0, 4));
  await press(client, 'Keep this code');
  await press(client, 'Join with this account');
  await client.getByRole('switch', { name: 'Evening check-ins' }).waitFor();
  for (const kind of await client.getByRole('switch').all())
    expect(await kind.isChecked()).toBe(false);
  for (const kind of ['Evening check-ins', 'Meetings', 'Tasks'])
    await client.getByRole('switch', { name: kind }).click();
  await press(client, 'Go on with this');
  await client.waitForURL('**/me/today');
}, 60_000);

test('5 intake: safety first, then question 9 of the PHQ-9 shows help at once', async () => {
  await turnTo(client, '/me/questions');
  await client.getByRole('link', { name: 'Safety first' }).click();
  await press(client, 'Begin');
  // Nothing applies: each question is left out, and the part is handed in.
  const done = client.getByRole('button', { name: 'Hand this in' });
  while ((await done.count()) === 0) await press(client, 'Leave this out');
  await done.click();
  await done.waitFor({ state: 'detached' });
  await turnTo(client, '/me/questions');
  await client.getByRole('link', { name: 'Low mood' }).click();
  await press(client, 'Begin');
  for (let item = 1; item <= 9; item++) {
    await client.getByText(`Question ${item} of 10`).waitFor();
    const answer = item === 9 ? 'Several days' : 'Not at all';
    await client.getByText(answer, { exact: true }).click();
    if (item < 9) await press(client, 'Next');
  }
  await client.getByRole('link', { name: 'Call 988' }).waitFor({ timeout: 1000 });
  await client.getByText('Nobody is watching this in real time.').waitFor();
  await press(client, 'Next');
  await press(client, 'Leave this out');
  await press(client, 'Hand this in');
  await client.getByText('It has arrived.').waitFor();

  await therapist.goto(`${app.origin}/work/today`);
  await therapist.getByRole('link', { name: /thoughts of death or self-harm/ }).click();
  await press(therapist, /^Take this on ?: Blue Heron/);
  await therapist.getByLabel(/^I asked directly/).check();
  await therapist
    .getByLabel(/^What was done/)
    .fill('Called; no plan, no means; safety plan on Friday');
  await press(therapist, 'Take this on under my name');
  await therapist.getByText('No open alert').waitFor();
}, 90_000);

/** Plans the next session by the guide and opens it. */
async function openNext(): Promise<void> {
  await therapist.goto(`${chart}/course`);
  await press(therapist, 'Plan and open now');
  await therapist.waitForURL('**/work/sessions/**');
  await press(therapist, 'Start the session');
  await therapist.getByRole('button', { name: 'End, and to the note' }).waitFor();
}

test('6 and 7 a course starts; session 1 runs from the guide; what is typed survives the browser', async () => {
  await therapist.goto(`${app.origin}/work/clients`);
  await therapist.getByRole('row', { name: /Blue Heron/ }).click();
  await therapist.waitForURL(/\/work\/clients\/[0-9a-f-]{36}$/);
  chart = therapist.url();
  await therapist.goto(`${chart}/course`);
  await press(therapist, 'Start this course');
  await therapist.getByRole('heading', { name: 'Closing' }).waitFor();
  await openNext();
  await therapist
    .getByRole('navigation', { name: 'Parts of the session' })
    .getByRole('button')
    .nth(1)
    .click();
  await therapist.getByLabel('Your notes').fill('Weekends at first; since the move most evenings.');
  await therapist.waitForTimeout(400);
  const address = therapist.url();
  const context = therapist.context();
  await therapist.close();
  therapist = await context.newPage();
  await therapist.goto(address);
  await expect
    .poll(() => therapist.getByLabel('Your notes').inputValue())
    .toBe('Weekends at first; since the move most evenings.');

  await therapist
    .getByRole('navigation', { name: 'Parts of the session' })
    .getByRole('button')
    .nth(2)
    .click();
  await therapist.getByLabel('In their own words').fill('Call Ray before Friday');
  await press(therapist, 'Agree this');
  await therapist.getByRole('complementary').getByText('Call Ray before Friday').first().waitFor();
  await therapist.getByLabel('Near', { exact: true }).fill('Philadelphia');
  await therapist
    .getByRole('button', { name: /^Put in the week/ })
    .first()
    .click();
  await therapist.getByText('In the week', { exact: true }).first().waitFor();
}, 90_000);

test('8 the client’s Today shows at most three things, with the meeting and the task', async () => {
  await turnTo(client, '/me/today');
  await client.getByText('Call Ray before Friday').first().waitFor();
  await client.getByText('Nothing in your week yet').waitFor({ state: 'hidden' });
  await client.getByText('How was the day?').first().waitFor();
  await client.getByRole('link', { name: 'I have an urge' }).waitFor();
  await client.getByRole('link', { name: 'I used' }).waitFor();
});

async function logMeeting(name: string, line: string): Promise<void> {
  await turnTo(client, '/me/there');
  await client.getByRole('heading', { name: 'I was there' }).waitFor();
  const other = client.getByText('Another one', { exact: true });
  if (await other.count()) await other.click();
  await client.getByLabel('Name of the meeting').fill(name);
  await client.getByText('Hope', { exact: true }).first().click();
  await client.getByRole('textbox').last().fill(line);
  await press(client, 'Log this meeting');
  await client.getByRole('heading', { name: 'You were there.' }).waitFor();
}

test('9 without a network the client logs a meeting and checks in; it arrives once, in order', async () => {
  await client.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  app.offline = true;
  await client.context().setOffline(true);
  await logMeeting('Sunrise Group', 'I belong here');
  await client.context().setOffline(false);
  // And once more with a server that is not there.
  await app.stopServing('SIGKILL');
  await turnTo(client, '/me/evening');
  await client.getByText('No', { exact: true }).first().click();
  await client
    .getByRole('group', { name: 'Strongest urge' })
    .getByText('3', { exact: true })
    .click();
  await client.getByText('so-so', { exact: true }).click();
  await client.getByLabel('A line, if you like').fill('It was quieter than I feared');
  await press(client, 'Close the day');
  await client
    .getByText(/Saved on this phone/)
    .first()
    .waitFor();
  await app.serve();
  await client
    .getByText(/Backed up/)
    .first()
    .waitFor({ timeout: 60_000 });
  app.faults();
  app.offline = false;
}, 120_000);

test('10 the caseload says why; session 2 opens on the review; the note is drafted, signed, added to', async () => {
  await therapist.goto(chart.replace(/clients.*/, 'today'));
  await therapist.getByRole('link', { name: /^Blue Heron/ }).waitFor();
  await therapist.goto(`${chart}/course`);
  await therapist.getByRole('list', { name: 'Sessions' }).getByRole('button').first().click();
  await press(therapist, 'End, and to the note');
  const note = therapist.getByRole('textbox', { name: 'Note' });
  await note.waitFor();
  await expect.poll(() => note.inputValue()).toContain('Weekends at first');
  expect(await note.inputValue()).toContain('Call Ray before Friday');
  await note.press('End');
  await press(therapist, 'Sign this note');
  await therapist.getByText('Signed by Dr Reyes').first().waitFor();
  await therapist.getByLabel('Add to this note').fill('The client rang: all is well.');
  await press(therapist, 'Add this addendum');
  await therapist.getByText('Addendum by Dr Reyes').first().waitFor();

  await openNext();
  const brought = therapist.getByRole('region', { name: 'What the client brings' });
  await brought
    .getByText(/quieter than I feared|I belong here/)
    .first()
    .waitFor();
  await brought.getByText('Sunrise Group').first().waitFor();
  expect(await brought.getByText('Sunrise Group').count()).toBe(1);
  await brought.getByText('Not shared').first().waitFor();
  expect(await brought.textContent()).not.toMatch(/missed/i);
}, 120_000);
