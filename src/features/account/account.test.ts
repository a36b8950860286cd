import * as library from '@serenity-kit/opaque';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InputOf, Operation, OutputOf } from '../../kit/operation.ts';
import { toBase64url } from '../../kit/sealed-bytes.ts';
import { createRecoveryCode } from '../../kit/sealed-recovery.ts';
import { Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { opaqueOn } from '../../ui/opaque.ts';
import {
  keysRead,
  me,
  membershipUse,
  registerFinish,
  registerStart,
  sessionLabel,
  sessionLock,
  sessionRevoke,
  sessionsRead,
  signInFinish,
  signInStart,
  signOut,
  totpCheck,
  totpFinish,
  totpStart,
} from './contract.ts';
import {
  changePassphrase,
  confirmRecovery,
  type Entered,
  type EntryTools,
  openByRecovery,
  readKeys,
  register,
  signIn,
  signInByRecovery,
} from './entering.web.ts';
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

const passphrase = 'gravy tricycle monotone blimp fernlike apricot';

/** A browser: keeps the cookie that it is given, as a browser does. */
class Browser {
  readonly person = new Person(house);
  lastReply: { status: number; body: unknown; headers: Record<string, unknown> } | null = null;
  readonly tools: EntryTools = {
    ask: async <O extends Operation>(operation: O, input: InputOf<O>): Promise<OutputOf<O>> => {
      const reply = await this.ask(operation, input);
      if (reply.status !== 200) throw new Error(`${(reply.body as { refusal: string }).refusal}`);
      return reply.body as OutputOf<O>;
    },
    opaque: opaqueOn(library),
  };

  async ask<O extends Operation>(operation: O, input: InputOf<O>) {
    const reply = await this.person.ask(operation, input);
    const cookie = /^stepwell-localhost=([^;]*)/.exec(String(reply.headers['set-cookie'] ?? ''));
    if (cookie) this.person.token = cookie[1] ?? '';
    this.lastReply = reply;
    return reply;
  }

  register = (stem = 'quiet harbor'): Promise<Entered & { name: string }> =>
    register(this.tools, { stem, passphrase, deviceLabel: 'Phone' });
  signIn = (name: string, words = passphrase): Promise<Entered | null> =>
    signIn(this.tools, { name, passphrase: words, deviceLabel: 'Phone' });
  me = async () => (await this.tools.ask(me, {})).account;
}

describe('an account', () => {
  test('is made, signed in and opened again elsewhere', async () => {
    const here = new Browser();
    expect(await here.me()).toBeNull();
    const made = await here.register('Río Verde');
    expect(made.name).toMatch(/^rio-verde-\d{4}$/);
    expect(made.secondFactor).toBe('notNeeded');
    expect(await here.me()).toMatchObject({ id: made.master.account, membership: null });

    const there = new Browser();
    const typed = ` ${made.name.toUpperCase()} `;
    const entered = await there.signIn(typed, ` ${passphrase.toUpperCase()} `);
    expect(entered?.master).toEqual(made.master);
    expect(entered?.identity).toEqual(made.identity);
    expect(here.person.token).not.toBe(there.person.token);
  });

  test('keeps no name, no passphrase and no open key in the database', async () => {
    const browser = new Browser();
    const { name, master, identity } = await browser.register('canaryname');
    const tables = await house.admin<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
    );
    const dump = (
      await Promise.all(
        tables.map((table) => house.admin(`SELECT t::text AS row FROM "${table.name}" t`)),
      )
    )
      .flat()
      .map((row) => String(row.row))
      .join('\n');
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
    for (const secret of [
      'canaryname',
      'gravy',
      browser.person.token,
      hex(master.bytes),
      toBase64url(master.bytes),
      hex(identity?.secretKey ?? new Uint8Array(1)),
    ]) {
      expect(dump.includes(secret)).toBe(false);
    }
    // Control: what may be there is found by the same search.
    expect(dump).toContain(master.account);
    expect(dump).toContain(hex(identity?.publicKey ?? new Uint8Array(0)));
    expect(name).toContain('canaryname');
  });

  test.each([
    ['ana@example.org', 'email'],
    ['x', 'tooShort'],
    ['a/b/c', 'letters'],
  ])('%s is no account name', async (stem, fault) => {
    const { request } = await opaqueOn(library).startRegistration('x');
    const reply = await new Browser().ask(registerStart, { stem, registrationRequest: request });
    expect([reply.status, reply.body]).toEqual([422, { refusal: 'nameUnfit', details: { fault } }]);
  });

  test('a wish that others had too gets another number, so that nobody learns who is here', async () => {
    const names = new Set<string>();
    const { request } = await opaqueOn(library).startRegistration('x');
    for (let i = 0; i < 20; i += 1) {
      const reply = await new Browser().ask(registerStart, {
        stem: 'same',
        registrationRequest: request,
      });
      names.add(reply.body.name);
    }
    expect(names.size).toBeGreaterThan(15);
  });

  test('a ticket opens once, for ten minutes, and for its own step', async () => {
    const browser = new Browser();
    const opaque = opaqueOn(library);
    const begun = await opaque.startRegistration('x');
    const started = await browser.tools.ask(registerStart, {
      stem: 'ticket',
      registrationRequest: begun.request,
    });
    const { record } = await opaque.finishRegistration(
      'x',
      begun.state,
      started.registrationResponse,
    );
    const finish = (ticket: string) =>
      browser.ask(registerFinish, {
        ticket,
        account: crypto.randomUUID(),
        registrationRecord: record,
        wrap: 'A'.repeat(80),
        identity: { publicKey: 'A'.repeat(43), wrap: 'A'.repeat(80) },
        deviceLabel: '',
      });
    const forged = `${started.ticket.slice(0, -3)}AAA`;
    expect((await finish(forged)).body).toMatchObject({ refusal: 'ticketOver' });
    later(11);
    expect((await finish(started.ticket)).body).toMatchObject({ refusal: 'ticketOver' });
    later(-11);
    expect((await finish(started.ticket)).status).toBe(200);
    expect((await finish(started.ticket)).body).toMatchObject({ refusal: 'ticketOver' });
    const crossed = await browser.ask(signInFinish, {
      ticket: started.ticket,
      finishLoginRequest: 'AAAA',
      deviceLabel: '',
    });
    expect(crossed.body).toMatchObject({ refusal: 'ticketOver' });
  });
});

describe('recovery', () => {
  test('the code brings back what it sealed, and a new passphrase and name after it', async () => {
    const browser = new Browser();
    const { master, name } = await browser.register();
    expect((await browser.me())?.recoveryConfirmedAt).toBeNull();
    const code = createRecoveryCode();
    const at = await confirmRecovery(browser.tools, master, code);
    expect(at).toMatch(/:00:00.000Z$/);
    expect((await browser.me())?.recoveryConfirmedAt).toBe(at);

    const empty = new Browser();
    const back = await signInByRecovery(empty.tools, { code, deviceLabel: 'New phone' });
    expect(back.master).toEqual(master);
    expect((await openByRecovery(await readKeys(empty.tools), code)).master).toEqual(master);
    const words = 'another set of wholly different curtains';
    const renamed = await changePassphrase(empty.tools, back.master, {
      stem: 'fresh start',
      passphrase: words,
      signOutOthers: true,
    });
    expect(await browser.me()).toBeNull();
    expect(await new Browser().signIn(name)).toBeNull();
    expect(await new Browser().signIn(renamed ?? '', passphrase)).toBeNull();
    expect((await new Browser().signIn(renamed ?? '', words))?.master).toEqual(master);
    await expect(
      signInByRecovery(new Browser().tools, { code: createRecoveryCode(), deviceLabel: '' }),
    ).rejects.toThrow('notRecognised');
  });

  test('keys change only soon after the person was recognised', async () => {
    const browser = new Browser();
    const { master, name } = await browser.register();
    later(11);
    await expect(confirmRecovery(browser.tools, master, createRecoveryCode())).rejects.toThrow(
      'proveAgain',
    );
    await browser.signIn(name);
    await confirmRecovery(browser.tools, master, createRecoveryCode());
  });
});

describe('sessions', () => {
  test('are listed without address or machine, labelled, and die at once when revoked', async () => {
    const [here, there] = [new Browser(), new Browser()];
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
    const [mine, theirs] = [new Browser(), new Browser()];
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
    const browser = new Browser();
    await browser.register();
    const { token } = browser.person;
    await browser.tools.ask(signOut, { forgetDevice: true });
    expect(browser.lastReply?.headers['clear-site-data']).toBe('"cache", "storage"');
    expect(browser.person.token).toBe('');
    browser.person.token = token;
    expect(await browser.me()).toBeNull();
  });

  test('a second sign-in of the same account in one browser keeps one session', async () => {
    const browser = new Browser();
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
    const browser = new Browser();
    const made = await browser.register();
    const here = { name: null, deviceLabel: '' };
    expect((await signIn(browser.tools, { ...here, passphrase }))?.master).toEqual(made.master);
    expect(await signIn(browser.tools, { ...here, passphrase: 'wrong' })).toBeNull();
    await expect(signIn(new Browser().tools, { ...here, passphrase })).rejects.toThrow('signedOut');
  });

  test('the cookie is closed to scripts and to other sites', async () => {
    const browser = new Browser();
    await browser.register();
    const reply = await browser.ask(signOut, { forgetDevice: false });
    expect(String(reply.headers['set-cookie'])).toMatch(/Path=\/; HttpOnly; SameSite=Strict/);
  });
});

describe('staff', () => {
  async function therapist(): Promise<{ browser: Browser; name: string; programme: string }> {
    const browser = new Browser();
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

  async function setUp(browser: Browser): Promise<string> {
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

    const elsewhere = new Browser();
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
    const staff = new Browser();
    await staff.signIn(name);
    expect(await hours((await browser.me())?.id ?? '')).toBe(12);
    const person = new Browser();
    const { master } = await person.register();
    expect(await hours(master.account)).toBe(90 * 24);
  });
});

describe('an unknown account cannot be told from a known one', () => {
  test('status, headers, fields and lengths are the same at both steps', async () => {
    const { name } = await new Browser().register('somebody');
    const unknown = name.replace(/\d{4}$/, (digits) =>
      String(((Number(digits) + 1) % 9000) + 1000),
    );
    const opaque = opaqueOn(library);
    const probe = async (account: string) => {
      const browser = new Browser();
      const begun = await opaque.startLogin('not the passphrase');
      const first = await browser.ask(signInStart, {
        name: account,
        startLoginRequest: begun.request,
      });
      expect(
        await opaque.finishLogin('not the passphrase', begun.state, first.body.loginResponse),
      ).toBeNull();
      const second = await browser.ask(signInFinish, {
        ticket: first.body.ticket,
        finishLoginRequest: 'A'.repeat(86),
        deviceLabel: '',
      });
      const shape = (reply: {
        status: number;
        body: unknown;
        headers: Record<string, unknown>;
      }) => ({
        status: reply.status,
        length: JSON.stringify(reply.body).length,
        headers: Object.keys(reply.headers).sort(),
        body: Object.entries(reply.body as Record<string, string>).map(([key, value]) => [
          key,
          key === 'refusal' ? value : String(value).length,
        ]),
      });
      return [shape(first), shape(second)];
    };
    expect(await probe(unknown)).toEqual(await probe(name));
    expect((await probe(unknown))[1]).toMatchObject({ status: 422 });
  });

  test('100 guesses a day for each name, known or not, in growing intervals', async () => {
    const { name } = await new Browser().register('guessed');
    const { request } = await opaqueOn(library).startLogin('x');
    const guesses = async (account: string) => {
      let [answered, first] = [0, 0];
      for (let i = 0; i < 130; i += 1) {
        const reply = await new Browser().ask(signInStart, {
          name: account,
          startLoginRequest: request,
        });
        if (reply.status === 200) answered += 1;
        else if (first === 0) first = answered;
        if (reply.status === 429) {
          expect(reply.headers['retry-after']).toBeDefined();
          later(61);
        }
      }
      return { answered, first };
    };
    // From tomorrow's first minute, so that no midnight falls between the guesses of one name.
    const start = now;
    const morning = (Math.floor(now / 86_400_000) + 1) * 86_400_000;
    now = morning;
    const known = await guesses(name);
    now = morning;
    const unknown = await guesses('nobody-0000');
    expect(known).toEqual(unknown);
    expect(known.first).toBe(10);
    expect(known.answered).toBeLessThanOrEqual(100);
    now = start;
  });
});

test('account operations refuse a stranger and bad input in words', async () => {
  const stranger = new Browser();
  expect((await stranger.ask(keysRead, {})).status).toBe(401);
  const bad = await stranger.ask(signInStart, { name: 'x-1234', startLoginRequest: 'AAAA' });
  expect([bad.status, bad.body]).toEqual([400, { refusal: 'invalid' }]);
  const long = await stranger.ask(signInStart, {
    name: 'x'.repeat(500),
    startLoginRequest: 'AAAA',
  });
  expect(long.status).toBe(400);
});
