import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../../kit/id.ts';
import { mailerTo, setMailer } from '../../platform/mail.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { foundServiceBody } from '../lists/contract.ts';
import { addList, addListing } from '../lists/listing-contract.ts';
import { getMeeting } from '../meetings/contract.ts';
import {
  answerConfirmation,
  answerReport,
  askContacts,
  confirmationBoard,
  confirmationShown,
  confirmListings,
  setAskingHabit,
} from './contract.ts';
import { confirmationJobs } from './letters.server.ts';

let house: TestHouse;
let servant: Person;
let stranger: Person;
let visitor: Person;
let bodyId: string;
let listId: string;
const ids: string[] = [];

beforeAll(async () => {
  house = await testHouse();
  const programme = await house.programme();
  servant = await house.member(programme, 'listServant');
  stranger = await house.member(programme, 'listServant');
  visitor = await house.account();
  visitor.token = '';
  bodyId = (await servant.get(foundServiceBody, { name: 'Area' })).id;
  listId = uuidv7();
  const list = { name: 'List', fellowship: 'aa', timeZone: 'America/New_York' };
  await servant.get(addList, { id: listId, bodyId, ...list });
  for (const name of ['Monday Night', 'Early Birds', 'Quiet Hour']) {
    const id = uuidv7();
    ids.push(id);
    await servant.get(addListing, {
      id,
      listId,
      draft: false,
      changes: {
        name,
        days: [1],
        startsAt: '19:00',
        attendance: 'in-person',
        'place.address': '1 Elm St',
        'place.city': 'Albany',
      },
    });
  }
  const contact = (meeting: string | undefined, email: string) =>
    house.admin(
      `INSERT INTO meeting_contact (meeting_id, service_body_id, place, name, email) VALUES ($1, $2, 1, 'Ann', $3)`,
      [meeting, bodyId, email],
    );
  await contact(ids[0], 'ann@example.org');
  await contact(ids[1], 'Ann@example.org ');
  await contact(ids[2], 'bob@example.org');
}, 60_000);
afterAll(() => house.close());
afterEach(() => setMailer(null));

const forget = () => house.admin('DELETE FROM confirmation_request');
async function lettersByHand(limit = 10) {
  await forget();
  const { letters } = await servant.get(askContacts, {
    listId,
    how: 'by-hand',
    afterMonths: 0,
    limit,
  });
  return letters.map((letter) => ({
    ...letter,
    secret: /\/still-right\/([\w-]{43})\n/.exec(letter.text)?.[1] ?? '',
  }));
}

describe('a letter by hand', () => {
  test('is one to a contact, about all of its listings, and not again within thirty days', async () => {
    const letters = await lettersByHand();
    expect(letters.map(({ contact, meetings }) => [contact, meetings])).toEqual([
      ['ann@example.org', 2],
      ['bob@example.org', 1],
    ]);
    expect(letters[0]?.text).toContain('Monday Night · Every Monday, 19:00 (New York) · 1 Elm St');
    const again = await servant.get(askContacts, {
      listId,
      how: 'by-hand',
      afterMonths: 0,
      limit: 10,
    });
    expect(again).toEqual({ letters: [], left: 2 });
    await house.admin("UPDATE confirmation_request SET made_at = now() - interval '31 days'");
    const later = await servant.get(askContacts, {
      listId,
      how: 'by-hand',
      afterMonths: 0,
      limit: 10,
    });
    expect(later.letters).toHaveLength(2);
  });

  test('looking at it changes nothing; a tap confirms what it is about', async () => {
    const [letter] = await lettersByHand();
    const secret = letter?.secret ?? '';
    const shown = await visitor.get(confirmationShown, { secret });
    expect(shown).toMatchObject({ body: 'Area', expired: false, answer: null });
    expect(shown.meetings.map(({ name }) => name)).toEqual(['Early Birds', 'Monday Night']);
    const before = await visitor.get(getMeeting, { id: ids[0] ?? '' });
    expect(before.confirmedAt).toBeNull();
    await visitor.get(answerConfirmation, { secret, answer: 'right' });
    const after = await visitor.get(getMeeting, { id: ids[0] ?? '' });
    expect(after.confirmedBy).toBe('group');
    expect(Date.now() - Date.parse(after.confirmedAt ?? '')).toBeLessThan(60_000);
    expect((await visitor.get(getMeeting, { id: ids[2] ?? '' })).confirmedAt).toBeNull();
    expect(await visitor.get(confirmationShown, { secret })).toMatchObject({ answer: 'right' });
  });

  test('"something is different" lands with those who keep the list, and changes nothing by itself', async () => {
    const [letter] = await lettersByHand();
    const secret = letter?.secret ?? '';
    const told = await visitor.ask(answerConfirmation, {
      secret,
      answer: 'different',
      what: 'time',
      meetingId: ids[0],
      words: 'Now at 20:00, ask Mary Jones 518-555-0100',
    });
    expect(told).toMatchObject({ status: 422, body: { refusal: 'tellsWho' } });
    await visitor.get(answerConfirmation, {
      secret,
      answer: 'different',
      what: 'time',
      meetingId: ids[0],
      words: 'Now at 20:00',
    });
    const { reports } = await servant.get(confirmationBoard, {});
    expect(reports).toMatchObject([
      { name: 'Monday Night', what: 'time', words: 'Now at 20:00', byContact: true, state: 'open' },
    ]);
    expect((await visitor.get(getMeeting, { id: ids[0] ?? '' })).startsAt).toBe('19:00');
    const reportId = reports[0]?.id ?? '';
    expect(await stranger.ask(answerReport, { reportId, state: 'done', reason: '' })).toMatchObject(
      {
        status: 404,
      },
    );
    await servant.get(answerReport, { reportId, state: 'done', reason: 'Changed' });
    await servant.get(answerReport, { reportId, state: 'open', reason: '' });
    expect((await servant.get(confirmationBoard, {})).reports[0]?.state).toBe('open');
  });

  test('who taps again and again says it once', async () => {
    const [letter] = await lettersByHand();
    const secret = letter?.secret ?? '';
    const confirmed = () =>
      house.admin("SELECT FROM meeting_event WHERE kind = 'confirmed' AND meeting_id = $1", [
        ids[1],
      ]);
    await visitor.get(answerConfirmation, { secret, answer: 'right' });
    const once = await confirmed();
    await visitor.get(answerConfirmation, { secret, answer: 'right' });
    expect(await confirmed()).toHaveLength(once.length);

    const differs = (words: string) =>
      visitor.get(answerConfirmation, {
        secret,
        answer: 'different',
        what: 'time',
        meetingId: ids[1],
        words,
      });
    const reports = () =>
      house.admin<{ words: string }>(
        'SELECT words, state FROM listing_report WHERE meeting_id = $1 ORDER BY id',
        [ids[1]],
      );
    await differs('Now at 20:00');
    await differs('Now at 20:30');
    expect(await reports()).toEqual([{ words: 'Now at 20:30', state: 'open' }]);
    await house.admin("UPDATE listing_report SET state = 'done' WHERE meeting_id = $1", [ids[1]]);
    await differs('Still at 20:30');
    expect((await reports()).map(({ words }) => words).sort()).toEqual([
      'Now at 20:30',
      'Still at 20:30',
    ]);
    await house.admin('DELETE FROM listing_report WHERE meeting_id = $1', [ids[1]]);
  });

  test('of several who ask at the same time one writes', async () => {
    await forget();
    const others = await Promise.all(
      [1, 2, 3].map(() => house.member(servant.programmeId, 'listServant')),
    );
    for (const { accountId } of others)
      await house.admin(
        'INSERT INTO service_body_servant (service_body_id, account_id) VALUES ($1, $2)',
        [bodyId, accountId],
      );
    const ask = { listId, how: 'by-hand' as const, afterMonths: 0, limit: 10 };
    const between = new pg.Client({ connectionString: house.fresh.adminUrl });
    await between.connect();
    await between.query('BEGIN');
    await between.query('SELECT FROM service_body WHERE id = $1 FOR UPDATE', [bodyId]);
    const asking = Promise.all([servant, ...others].map((one) => one.get(askContacts, ask)));
    for (let waiting = 0; waiting < 4; await setTimeout(20)) {
      const [row] = await house.admin<{ n: number }>(
        "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      waiting = row?.n ?? 0;
    }
    await between.query('COMMIT');
    await between.end();
    const asked = await asking;
    expect(asked.map(({ letters }) => letters.length).sort()).toEqual([0, 0, 0, 2]);
  });

  test('"do not ask me again" lasts', async () => {
    const letters = await lettersByHand();
    const secret = letters.find(({ contact }) => contact === 'bob@example.org')?.secret ?? '';
    await visitor.get(answerConfirmation, { secret, answer: 'stop' });
    const after = await lettersByHand();
    expect(after.map(({ contact }) => contact)).toEqual(['ann@example.org']);
    await house.admin('DELETE FROM confirmation_stop');
  });

  test('an address that ran out or was made up does nothing', async () => {
    const [letter] = await lettersByHand();
    const secret = letter?.secret ?? '';
    await house.admin("UPDATE confirmation_request SET expires_at = now() - interval '1 day'");
    expect(await visitor.get(confirmationShown, { secret })).toMatchObject({ expired: true });
    expect(await visitor.ask(answerConfirmation, { secret, answer: 'right' })).toMatchObject({
      status: 404,
    });
    const made = 'A'.repeat(43);
    expect(await visitor.ask(confirmationShown, { secret: made })).toMatchObject({ status: 404 });
  });
});

test('a servant confirms what is theirs, and nobody else', async () => {
  const meetingIds = [ids[2] ?? ''];
  expect(await stranger.ask(confirmListings, { meetingIds })).toMatchObject({ status: 404 });
  expect(await servant.get(confirmListings, { meetingIds })).toEqual({ confirmed: 1 });
  expect((await visitor.get(getMeeting, { id: ids[2] ?? '' })).confirmedBy).toBe('servant');
});

describe('a letter by mail', () => {
  let smtp: Server;
  let letters: string[] = [];
  let answer = '250 ok';
  beforeAll(async () => {
    // The other side of RFC 5321, as far as a letter needs it.
    smtp = createServer((socket) => {
      let data: string | null = null;
      socket.write('220 mail.example\r\n');
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        for (const line of bytes.toString().split('\r\n').slice(0, -1)) {
          if (data !== null) {
            if (line === '.') {
              letters.push(data);
              data = null;
              socket.write('250 taken\r\n');
            } else data += `${line}\n`;
          } else if (/^DATA/.test(line)) {
            data = '';
            socket.write('354 go on\r\n');
          } else if (/^RCPT/.test(line)) socket.write(`${answer}\r\n`);
          else if (/^QUIT/.test(line)) socket.end('221 bye\r\n');
          else socket.write('250 ok\r\n');
        }
      });
    });
    await new Promise<void>((done) => smtp.listen(0, '127.0.0.1', done));
  });
  afterAll(() => smtp.close());
  const openPost = () => {
    const { port } = smtp.address() as AddressInfo;
    setMailer(mailerTo(`smtp://127.0.0.1:${port}`, 'list@example.org'));
  };
  const work = () =>
    confirmationJobs(house.database, 'http://localhost:3000')['confirmations.send']?.({});

  test('is not promised where there is no mail server', async () => {
    const asked = { listId, how: 'mail' as const, afterMonths: 0, limit: 10 };
    expect(await servant.ask(askContacts, asked)).toMatchObject({ body: { refusal: 'noMail' } });
    expect(await servant.ask(setAskingHabit, { listId, afterMonths: 6 })).toMatchObject({
      body: { refusal: 'noMail' },
    });
  });

  test('leaves once, with an address that answers', async () => {
    await forget();
    letters = [];
    answer = '250 ok';
    openPost();
    await servant.get(askContacts, { listId, how: 'mail', afterMonths: 0, limit: 1 });
    await work();
    openPost();
    await work();
    expect(letters).toHaveLength(1);
    const text = (letters[0] ?? '').replaceAll('=\n', '').replaceAll('=3D', '=');
    expect(text).toMatch(/^To: ann@example\.org$/m);
    expect(text).not.toMatch(/bob@|<img|<a /);
    const secret = /still-right\/([\w-]{43})/.exec(text)?.[1] ?? '';
    expect(await visitor.get(confirmationShown, { secret })).toMatchObject({ body: 'Area' });
  });

  test('is tried again where the mail server asks to wait, and not where it refuses', async () => {
    await forget();
    openPost();
    answer = '451 later';
    await servant.get(askContacts, { listId, how: 'mail', afterMonths: 0, limit: 1 });
    await work();
    const [waits] = await house.admin<{ trouble: string; due: boolean; next_at: string }>(
      "SELECT trouble, next_at > now() + interval '30 minutes' AS due, next_at FROM confirmation_request",
    );
    expect(waits).toMatchObject({ trouble: 'not-reachable', due: true });
    answer = '550 no such person';
    openPost();
    await house.admin('UPDATE confirmation_request SET next_at = now()');
    await work();
    const [refused] = await house.admin(
      'SELECT trouble, next_at, sent_at FROM confirmation_request',
    );
    expect(refused).toMatchObject({ trouble: 'address-refused', next_at: null, sent_at: null });
    answer = '250 ok';
  });

  test('is written by itself where that is the habit', async () => {
    await forget();
    letters = [];
    openPost();
    await house.admin(
      `UPDATE meeting SET listing = listing || '{"confirmedAt":"2024-01-01T00:00:00.000Z","updatedAt":null}'`,
    );
    await servant.get(setAskingHabit, { listId, afterMonths: 6 });
    await work();
    expect(letters).toHaveLength(2);
    openPost();
    await servant.get(setAskingHabit, { listId, afterMonths: null });
  });
});
