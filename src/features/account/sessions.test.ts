import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../server/testing.ts';
import { passphrase, TestBrowser } from './browser.test-data.ts';
import {
  membershipUse,
  sessionLabel,
  sessionLock,
  sessionRevoke,
  sessionsRead,
  signOut,
  totpCheck,
  totpFinish,
  totpStart,
} from './contract.ts';
import { signIn } from './entering.web.ts';
import { resetSecondFactor } from './terminal.server.ts';

let house: TestHouse;
// Idle time is counted by the database's own clock, so the server's starts beside it.
let now = Date.now();
const later = (minutes: number): void => {
  now += minutes * 60_000;
};
beforeAll(async () => {
  house = await testHouse({ clock: () => new Date(now) });
});
afterAll(() => house.close());
const aBrowser = (): TestBrowser => new TestBrowser(house);

describe('sessions', () => {
  test('are listed without address or machine, labelled, and die at once when revoked', async () => {
    const [here, there] = [aBrowser(), aBrowser()];
    const { name } = await here.register();
    await there.signIn(name);
    const { sessions } = await here.tools.ask(sessionsRead, {});
    expect(sessions).toHaveLength(2);
    expect(Object.keys(sessions[0] ?? {}).sort()).toEqual([
      'here',
      'id',
      'label',
      'lastUsed',
      'since',
    ]);
    for (const session of sessions) {
      expect(session.since).toMatch(/:00:00.000Z$/);
      expect(session.lastUsed).toMatch(/:00:00.000Z$/);
    }
    const other = sessions.find((session) => !session.here)?.id ?? '';
    await here.tools.ask(sessionLabel, { id: other, label: 'The old tablet' });
    expect((await here.tools.ask(sessionsRead, {})).sessions.map((s) => s.label)).toContain(
      'The old tablet',
    );
    expect(await here.tools.ask(sessionRevoke, { id: other })).toEqual({ ended: 1 });
    expect(await there.me()).toBeNull();
    expect((await there.ask(sessionsRead, {})).body).toMatchObject({ refusal: 'signedOut' });
  });

  test('of others cannot be seen, named or ended', async () => {
    const [mine, theirs] = [aBrowser(), aBrowser()];
    await mine.register();
    await theirs.register();
    const id = (await theirs.me())?.sessionId ?? '';
    for (const reply of [
      await mine.ask(sessionRevoke, { id }),
      await mine.ask(sessionRevoke, { id: crypto.randomUUID() }),
      await mine.ask(sessionLabel, { id, label: 'x' }),
    ]) {
      expect([reply.status, reply.body]).toEqual([404, { refusal: 'notFound' }]);
    }
    expect(await theirs.me()).not.toBeNull();
  });

  test('signing out ends the session; forgetting the device clears the site', async () => {
    const browser = aBrowser();
    await browser.register();
    const { token } = browser.person;
    await browser.tools.ask(signOut, { forgetDevice: true });
    expect(browser.lastReply?.headers['clear-site-data']).toBe('"cache", "storage"');
    expect(browser.person.token).toBe('');
    browser.person.token = token;
    expect(await browser.me()).toBeNull();
  });

  test('a second sign-in of the same account in one browser keeps one session', async () => {
    const browser = aBrowser();
    const { name } = await browser.register();
    const { token } = browser.person;
    await browser.signIn(name);
    expect(browser.person.token).toBe(token);
    expect((await browser.tools.ask(sessionsRead, {})).sessions).toHaveLength(1);
    // Another account replaces it and ends the first.
    const second = await browser.register('somebody else');
    expect((await browser.me())?.id).toBe(second.master.account);
    browser.person.token = token;
    expect(await browser.me()).toBeNull();
  });

  test('the account of this session is unlocked without its name; without a session, not', async () => {
    const browser = aBrowser();
    const made = await browser.register();
    const here = { name: null, deviceLabel: '' };
    expect((await signIn(browser.tools, { ...here, passphrase }))?.master).toEqual(made.master);
    expect(await signIn(browser.tools, { ...here, passphrase: 'wrong' })).toBeNull();
    await expect(signIn(aBrowser().tools, { ...here, passphrase })).rejects.toThrow('signedOut');
  });

  test('the cookie is closed to scripts and to other sites', async () => {
    const browser = aBrowser();
    await browser.register();
    const reply = await browser.ask(signOut, { forgetDevice: false });
    expect(String(reply.headers['set-cookie'])).toMatch(/Path=\/; HttpOnly; SameSite=Strict/);
  });
});

describe('staff', () => {
  async function therapist(): Promise<{ browser: TestBrowser; name: string; programme: string }> {
    const browser = aBrowser();
    const { name, master } = await browser.register('staff member');
    const programme = await house.programme();
    await house.admin(
      "INSERT INTO membership (programme_id, id, account_id, role, display_name) VALUES ($1, $2, $3, 'therapist', 'Dr T')",
      [programme, crypto.randomUUID(), master.account],
    );
    const joined = (await browser.me())?.memberships[0];
    await browser.tools.ask(membershipUse, {
      programmeId: programme,
      membershipId: joined?.membershipId ?? '',
    });
    return { browser, name, programme };
  }
  const codeOf = (secret: string): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });

  async function setUp(browser: TestBrowser): Promise<string> {
    const { secret, ticket } = await browser.tools.ask(totpStart, {});
    await browser.tools.ask(totpFinish, { ticket, code: codeOf(secret) });
    return secret;
  }

  test('can do nothing but set up a second factor until there is one', async () => {
    const { browser, name } = await therapist();
    expect(await browser.me()).toMatchObject({ secondFactor: 'setUp' });
    expect((await browser.ask(sessionsRead, {})).body).toMatchObject({ refusal: 'secondFactor' });
    const { secret, ticket, address } = await browser.tools.ask(totpStart, {});
    expect(address).toMatch(/^otpauth:\/\/totp\//);
    const wrong = codeOf(secret) === '000000' ? '000001' : '000000';
    expect((await browser.ask(totpFinish, { ticket, code: wrong })).body).toMatchObject({
      refusal: 'codeWrong',
    });
    await browser.tools.ask(totpFinish, { ticket, code: codeOf(secret) });
    expect(await browser.me()).toMatchObject({ secondFactor: 'done', factors: { totp: true } });

    const elsewhere = aBrowser();
    expect((await elsewhere.signIn(name))?.secondFactor).toBe('needed');
    // Whoever has the passphrase alone cannot replace the factor.
    for (const operation of [totpStart, sessionsRead] as const) {
      expect((await elsewhere.ask(operation, {})).body).toMatchObject({ refusal: 'secondFactor' });
    }
    expect((await elsewhere.ask(totpCheck, { code: codeOf(secret) })).body).toMatchObject({
      refusal: 'codeWrong', // the code that set it up was used
    });
    later(1);
    await elsewhere.tools.ask(totpCheck, { code: codeOf(secret) });
    expect(await elsewhere.me()).toMatchObject({ secondFactor: 'done' });
    const again = await elsewhere.ask(totpCheck, { code: codeOf(secret) });
    expect(again.body).toMatchObject({ refusal: 'codeWrong' });
  });

  test('codes cannot be tried without end', async () => {
    const { browser } = await therapist();
    const secret = await setUp(browser);
    const wrong = codeOf(secret) === '123456' ? '654321' : '123456';
    const seen: string[] = [];
    for (let i = 0; i < 8; i += 1) {
      seen.push((await browser.ask(totpCheck, { code: wrong })).body.refusal ?? '');
    }
    expect(seen.filter((code) => code === 'codeWrong').length).toBeLessThanOrEqual(6);
    expect(seen.at(-1)).toBe('slowDown');
  });

  test('are locked out of everything after lock, and back by passphrase or code', async () => {
    const { browser, name } = await therapist();
    const secret = await setUp(browser);
    await browser.tools.ask(sessionLock, {});
    expect(await browser.me()).toMatchObject({ locked: true });
    expect((await browser.ask(sessionsRead, {})).body).toMatchObject({ refusal: 'locked' });
    await browser.signIn(name);
    expect(await browser.me()).toMatchObject({ locked: false, secondFactor: 'done' });
    await browser.tools.ask(sessionLock, {});
    later(1);
    await browser.tools.ask(totpCheck, { code: codeOf(secret) });
    expect((await browser.ask(sessionsRead, {})).status).toBe(200);
  });

  test('are locked by the server after 15 minutes without a request', async () => {
    const { browser } = await therapist();
    await setUp(browser);
    const idle = (minutes: number) =>
      house.admin(
        'UPDATE session SET active_at = now() - make_interval(mins => $2) WHERE account_id = $1',
        [browser.person.accountId, minutes],
      );
    const id = (await browser.me())?.id;
    Object.assign(browser.person, { accountId: id });
    await idle(14);
    expect((await browser.ask(sessionsRead, {})).status).toBe(200);
    await idle(16);
    expect((await browser.ask(sessionsRead, {})).body).toMatchObject({ refusal: 'locked' });
  });

  test('get back in when the terminal takes their lost factor away', async () => {
    const { browser, name, programme } = await therapist();
    await setUp(browser);
    expect(await resetSecondFactor(house.database, 'nobody-1234')).toBe(false);
    expect(await resetSecondFactor(house.database, ` ${name.toUpperCase()} `)).toBe(true);
    expect(await browser.me()).toBeNull();
    expect((await browser.signIn(name))?.secondFactor).toBe('setUp');
    const rows = await house.admin(
      "SELECT FROM audit_event WHERE programme_id = $1 AND operation = 'programme.resetFactor' AND actor_role = 'terminal'",
      [programme],
    );
    expect(rows).toHaveLength(1);
  });

  test('sign in for twelve hours, others for a quarter of a year', async () => {
    const { browser, name } = await therapist();
    const hours = async (account: string) =>
      (
        await house.admin<{ hours: number }>(
          'SELECT max(extract(epoch FROM expires_at - created_at) / 3600)::int AS hours FROM session WHERE account_id = $1',
          [account],
        )
      )[0]?.hours;
    const staff = aBrowser();
    await staff.signIn(name);
    expect(await hours((await browser.me())?.id ?? '')).toBe(12);
    const person = aBrowser();
    const { master } = await person.register();
    expect(await hours(master.account)).toBe(90 * 24);
  });
});
