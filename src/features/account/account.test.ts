import * as library from '@serenity-kit/opaque';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nilId } from '../../kit/id.ts';
import { toBase64url } from '../../kit/sealed-bytes.ts';
import { createRecoveryCode } from '../../kit/sealed-recovery.ts';
import { type TestHouse, testHouse } from '../../server/testing.ts';
import { opaqueOn } from '../../ui/opaque.ts';
import { passphrase, TestBrowser } from './browser.test-data.ts';
import { keysRead, registerFinish, registerStart, signInFinish, signInStart } from './contract.ts';
import {
  changePassphrase,
  confirmRecovery,
  openByRecovery,
  readKeys,
  signInByRecovery,
} from './entering.web.ts';

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

describe('an account', () => {
  test('is made, signed in and opened again elsewhere', async () => {
    const here = aBrowser();
    expect(await here.me()).toBeNull();
    const made = await here.register('Río Verde');
    expect(made.name).toMatch(/^rio-verde-\d{4}$/);
    expect(made.secondFactor).toBe('notNeeded');
    expect(await here.me()).toMatchObject({ id: made.master.account, membership: null });

    const there = aBrowser();
    const typed = ` ${made.name.toUpperCase()} `;
    const entered = await there.signIn(typed, ` ${passphrase.toUpperCase()} `);
    expect(entered?.master).toEqual(made.master);
    expect(entered?.identity).toEqual(made.identity);
    expect(here.person.token).not.toBe(there.person.token);
  });

  test('keeps no name, no passphrase and no open key in the database', async () => {
    const browser = aBrowser();
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
    const reply = await aBrowser().ask(registerStart, { stem, registrationRequest: request });
    expect([reply.status, reply.body]).toEqual([422, { refusal: 'nameUnfit', details: { fault } }]);
  });

  test('a wish that others had too gets another number, so that nobody learns who is here', async () => {
    const names = new Set<string>();
    const { request } = await opaqueOn(library).startRegistration('x');
    for (let i = 0; i < 20; i += 1) {
      const reply = await aBrowser().ask(registerStart, {
        stem: 'same',
        registrationRequest: request,
      });
      names.add(reply.body.name);
    }
    expect(names.size).toBeGreaterThan(15);
  });

  test('a ticket opens once, for ten minutes, and for its own step', async () => {
    const browser = aBrowser();
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
    const browser = aBrowser();
    const { master, name } = await browser.register();
    expect((await browser.me())?.recoveryConfirmedAt).toBeNull();
    const code = createRecoveryCode();
    const at = await confirmRecovery(browser.tools, master, code);
    expect(at).toMatch(/:00:00.000Z$/);
    expect((await browser.me())?.recoveryConfirmedAt).toBe(at);

    const empty = aBrowser();
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
    expect(await aBrowser().signIn(name)).toBeNull();
    expect(await aBrowser().signIn(renamed ?? '', passphrase)).toBeNull();
    expect((await aBrowser().signIn(renamed ?? '', words))?.master).toEqual(master);
    await expect(
      signInByRecovery(aBrowser().tools, { code: createRecoveryCode(), deviceLabel: '' }),
    ).rejects.toThrow('notRecognised');
  });

  test('keys change only soon after the person was recognised', async () => {
    const browser = aBrowser();
    const { master, name } = await browser.register();
    later(11);
    await expect(confirmRecovery(browser.tools, master, createRecoveryCode())).rejects.toThrow(
      'proveAgain',
    );
    await browser.signIn(name);
    await confirmRecovery(browser.tools, master, createRecoveryCode());
  });
});

describe('an unknown account cannot be told from a known one', () => {
  test('status, headers, fields and lengths are the same at both steps', async () => {
    const { name } = await aBrowser().register('somebody');
    const unknown = name.replace(/\d{4}$/, (digits) =>
      String(((Number(digits) + 1) % 9000) + 1000),
    );
    const opaque = opaqueOn(library);
    const probe = async (account: string) => {
      const browser = aBrowser();
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
    const { name } = await aBrowser().register('guessed');
    const { request } = await opaqueOn(library).startLogin('x');
    const guesses = async (account: string) => {
      let [answered, first] = [0, 0];
      for (let i = 0; i < 130; i += 1) {
        const reply = await aBrowser().ask(signInStart, {
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
  const stranger = aBrowser();
  expect((await stranger.ask(keysRead, {})).status).toBe(401);
  const bad = await stranger.ask(signInStart, { name: 'x-1234', startLoginRequest: 'AAAA' });
  expect([bad.status, bad.body]).toEqual([400, { refusal: 'invalid' }]);
  const long = await stranger.ask(signInStart, {
    name: 'x'.repeat(500),
    startLoginRequest: 'AAAA',
  });
  expect(long.status).toBe(400);
});

test('nobody can be made an account of: its id says that nobody is signed in', () => {
  const { account } = registerFinish.input.shape;
  expect(account.safeParse(nilId).success).toBe(false);
  expect(account.safeParse('ffffffff-ffff-ffff-ffff-ffffffffffff').success).toBe(false);
  expect(account.safeParse(crypto.randomUUID()).success).toBe(true);
});
