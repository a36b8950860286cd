import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { uuidv7 } from '../../kit/id.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { foundServiceBody } from '../lists/contract.ts';
import { addList, addListing } from '../lists/listing-contract.ts';
import { confirmationBoard, reportListing, takeReportBack } from './contract.ts';
import { wrongPage } from './wrong-page.server.ts';

let house: TestHouse;
let servant: Person;
let stranger: Person;
let visitor: Person;
let bodyId: string;
const ids: string[] = [];

/** What the page of a listing makes up for its report. */
const tapOf = () => randomBytes(32).toString('base64url');

beforeAll(async () => {
  house = await testHouse();
  const programme = await house.programme();
  servant = await house.member(programme, 'listServant');
  stranger = await house.member(programme, 'listServant');
  visitor = await house.account();
  visitor.token = '';
  bodyId = (await servant.get(foundServiceBody, { name: 'Area' })).id;
  const listId = uuidv7();
  const list = { name: 'List', fellowship: 'aa', timeZone: 'America/New_York' };
  await servant.get(addList, { id: listId, bodyId, ...list });
  for (const name of ['Monday Night', 'Early Birds', 'Quiet Hour']) {
    const id = uuidv7();
    ids.push(id);
    const changes = {
      name,
      days: [1],
      startsAt: '19:00',
      attendance: 'in-person' as const,
      'place.address': '1 Elm St',
      'place.city': 'Albany',
    };
    await servant.get(addListing, { id, listId, draft: false, changes });
  }
}, 60_000);
afterAll(() => house.close());

describe('what a visitor reports', () => {
  test('keeps nothing but the day, and shows to those who keep the list only', async () => {
    await house.admin('DELETE FROM listing_report');
    const report = { meetingId: ids[1] ?? '', what: 'nobody-there' as const, words: 'Door locked' };
    await visitor.get(reportListing, { ...report, tap: tapOf() });
    const [row] = await house.admin('SELECT * FROM listing_report');
    expect(Object.keys(row ?? {}).sort()).toEqual(
      'answered_at answered_by by_contact id meeting_id reason reported_on service_body_id state undo_hash what words'.split(
        ' ',
      ),
    );
    expect((await servant.get(confirmationBoard, {})).reports).toHaveLength(1);
    expect((await stranger.get(confirmationBoard, {})).reports).toEqual([]);
  });

  test('is slowed down when much comes in, and refused of what is not published', async () => {
    const report = { meetingId: ids[2] ?? '', what: 'other' as const, words: '' };
    const last = tapOf();
    for (let n = 0; n < 9; n++) await visitor.get(reportListing, { ...report, tap: tapOf() });
    await visitor.get(reportListing, { ...report, tap: last });
    const more = { ...report, tap: tapOf() };
    expect(await visitor.ask(reportListing, more)).toMatchObject({ status: 429 });
    // Whoever has said it may still add to it.
    await visitor.get(reportListing, { ...report, tap: last, words: 'The door was locked' });
    expect(await visitor.ask(reportListing, { ...more, meetingId: uuidv7() })).toMatchObject({
      status: 404,
    });
  });

  describe('in one tap', () => {
    const rows = () =>
      house.admin<{ what: string; words: string; state: string }>(
        'SELECT what, words, state FROM listing_report',
      );
    const said = { meetingId: ids[1] ?? '', what: 'time' as const, words: '' };
    let tap: string;
    beforeEach(async () => {
      await house.admin('DELETE FROM listing_report');
      said.meetingId = ids[0] ?? '';
      tap = tapOf();
    });

    test('twice, or said anew, is one report', async () => {
      await Promise.all([1, 2, 3].map(() => visitor.get(reportListing, { ...said, tap })));
      expect(await rows()).toEqual([{ what: 'time', words: '', state: 'open' }]);
      await visitor.get(reportListing, { ...said, tap, words: 'Now at eight' });
      await visitor.get(reportListing, { ...said, tap, what: 'place' });
      expect(await rows()).toEqual([{ what: 'place', words: 'Now at eight', state: 'open' }]);
    });

    test('is taken back by its secret and by no other', async () => {
      await visitor.get(reportListing, { ...said, tap });
      await visitor.get(takeReportBack, { tap: tapOf() });
      expect(await rows()).toHaveLength(1);
      await visitor.get(takeReportBack, { tap });
      await visitor.get(takeReportBack, { tap });
      expect(await rows()).toEqual([]);
    });

    test('stays once somebody has dealt with it', async () => {
      await visitor.get(reportListing, { ...said, tap });
      await house.admin(
        "UPDATE listing_report SET state = 'done', answered_by = $1, answered_at = now()",
        [servant.accountId],
      );
      const late = { body: { refusal: 'dealtWith' } };
      expect(await visitor.ask(takeReportBack, { tap })).toMatchObject(late);
      expect(await visitor.ask(reportListing, { ...said, tap })).toMatchObject(late);
      expect((await rows())[0]?.state).toBe('done');
    });

    test('belongs to one listing, and its secret is forgotten after two days', async () => {
      await visitor.get(reportListing, { ...said, tap });
      const other = { ...said, meetingId: ids[1] ?? '', tap };
      expect(await visitor.ask(reportListing, other)).toMatchObject({ status: 404 });
      await house.admin('UPDATE listing_report SET reported_on = current_date - 2');
      await visitor.get(reportListing, { ...said, tap: tapOf() });
      const held = await house.admin(
        'SELECT FROM listing_report WHERE undo_hash IS NOT NULL AND reported_on < current_date',
      );
      expect(held).toEqual([]);
    });

    test('cannot be written past that: no role of the app inserts reports', async () => {
      const written = house.database.transaction(
        (tx) => tx.query("SELECT app.set_context(NULL, NULL, NULL, 'anyone')"),
        (tx) =>
          tx.query(
            `INSERT INTO listing_report (id, service_body_id, meeting_id, what)
             VALUES ($1, $2, $3, 'other')`,
            [uuidv7(), bodyId, said.meetingId],
          ),
        () => true,
      );
      await expect(written).rejects.toMatchObject({ code: '42501' });
    });

    const ask = async (
      name: string,
      input: object,
    ): Promise<{ ok?: unknown; refusal?: string }> => {
      const reply = await house.post(`/api/${name}`, input);
      return reply.status === 200 ? { ok: reply.body } : (reply.body as { refusal: string });
    };
    /** The form of the page, as a browser without scripts sends it. */
    const post = (fields: Record<string, string>, locale: 'en' | 'es' = 'en') =>
      wrongPage.submit({
        locale,
        parameters: { id: said.meetingId },
        form: new URLSearchParams(fields),
        ask,
      });

    test('without a script: looking says nothing, a button does, twice is once', async () => {
      const { body } = await wrongPage.render({
        locale: 'es',
        parameters: { id: said.meetingId },
        ask: async (name, input) => (await ask(name, input)).ok,
      });
      expect(body).toContain('No había nadie');
      // Nothing to open and nothing to dial: that cannot be what is wrong.
      expect(body).not.toContain('El enlace');
      expect(await rows()).toEqual([]);
      const held = /name="tap" value="([\w-]{43})"/.exec(body)?.[1] ?? '';
      for (const what of ['time', 'time']) {
        const thanks = await post({ what, tap: held }, 'es');
        expect(thanks.body).toContain('Gracias');
        expect(thanks.body).toContain('El día o la hora son otros');
      }
      expect(await rows()).toHaveLength(1);
      const telling = await post({ what: 'time', tap: held, words: 'Ask Mary Jones 518-555-0100' });
      expect(telling).toMatchObject({
        status: 422,
        body: expect.stringContaining('Please take this out'),
      });
      await post({ what: 'time', tap: held, words: 'Now at eight' });
      expect((await rows())[0]?.words).toBe('Now at eight');
      expect((await post({ do: 'back', tap: held })).body).toContain('It is taken back');
      expect(await rows()).toEqual([]);
    });

    test('a program that fills in every field is thanked, and nothing is stored', async () => {
      const answer = await post({ what: 'time', tap, website: 'http://spam.example' });
      expect(answer.body).toContain('Thank you');
      expect(await rows()).toEqual([]);
    });
  });
});
