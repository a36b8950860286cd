import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv4, uuidv7 } from '../../kit/id.ts';
import {
  askedAlone,
  mergeEntry,
  openSession,
  planSession,
  readHistory,
  saveEntry,
  savePeriod,
  startSession,
} from './contract.ts';
import { type CourseHouse, courseHouse, writing } from './course.test-data.ts';

let house: CourseHouse['house'];
let programme: CourseHouse['programme'];
let therapist: CourseHouse['therapist'];
let supervisor: CourseHouse['supervisor'];
let client: CourseHouse['client'];
let clientId: CourseHouse['clientId'];
let courseId: CourseHouse['courseId'];
let freshSession: CourseHouse['freshSession'];

beforeAll(async () => {
  ({ house, programme, therapist, supervisor, client, clientId, courseId, freshSession } =
    await courseHouse());
});
afterAll(() => house.close());

async function plan(kind: 'individual' | 'conjoint' | 'emergency', topicId: string) {
  return therapist.ask(planSession, { id: uuidv7(), courseId, kind, topicId, plannedAt: null });
}

describe('planning', () => {
  it('asks about violence alone before a conjoint session', async () => {
    expect((await plan('conjoint', 'conjoint-enabling')).body.refusal).toBe('askAloneFirst');
    const answer = (said: 'safe' | 'notSafe' | 'unsure') =>
      therapist.get(askedAlone, { id: uuidv7(), courseId, answer: said, note: '' });
    await answer('unsure');
    expect((await plan('conjoint', 'conjoint-enabling')).body.refusal).toBe('notSafeTogether');
    await answer('safe');
    expect((await plan('conjoint', 'conjoint-enabling')).body.number).toBe(1);
    // What was said last counts: nobody is invited on an old answer.
    await answer('notSafe');
    expect((await plan('conjoint', 'conjoint-detaching')).body.refusal).toBe('notSafeTogether');
  });

  it('refuses topics that are not in the guide or not for one alone', async () => {
    expect((await plan('individual', 'no-such')).body.refusal).toBe('unknownTopic');
    expect((await plan('individual', 'conjoint-enabling')).body.refusal).toBe('conjointTopic');
  });

  it('counts emergency sessions by themselves', async () => {
    expect((await plan('emergency', 'emergency')).body.number).toBe(1);
    expect((await plan('individual', 'introduction')).body.number).toBe(2);
    expect((await plan('emergency', 'emergency')).body.number).toBe(2);
    expect((await plan('emergency', 'emergency')).body.refusal).toBe('noMoreEmergencies');
  });
});

describe('what is typed', () => {
  it('is there when the session opens again', async () => {
    const sessionId = await freshSession();
    await therapist.get(startSession, { sessionId });
    await therapist.get(saveEntry, writing(sessionId, 'Only weekends, he', 0, uuidv4()));
    const open = await therapist.get(openSession, { sessionId });
    expect(open.entries.map((each) => each.text)).toEqual(['Only weekends, he']);
    expect(open.guide.parts.map((each) => each.part)).toEqual([
      'review',
      'topic',
      'tasks',
      'summary',
    ]);
    expect(open.guide.parts[1]?.prompts[0]?.id).toBe('acceptance.react');
  });

  it('is kept twice when two tabs write, until somebody puts it together', async () => {
    const sessionId = await freshSession();
    const [one, two] = [uuidv4(), uuidv4()];
    const first = await therapist.get(saveEntry, writing(sessionId, 'From the first', 0, one));
    expect(first).toMatchObject({ outcome: 'saved', entry: { revision: 1 } });
    const stale = await supervisor.get(saveEntry, writing(sessionId, 'From the second', 0, two));
    expect(stale.outcome).toBe('both');
    expect(stale.entry.text).toBe('From the first');
    expect(stale.entry.copies.map((each) => [each.text, each.by])).toEqual([
      ['From the second', 'Dr. Lane'],
    ]);
    // Typing on makes no second copy, and changes nothing of the first text.
    const more = await supervisor.get(saveEntry, writing(sessionId, 'From the second tab', 0, two));
    expect(more.entry.copies.map((each) => each.text)).toEqual(['From the second tab']);
    const merged = await supervisor.get(mergeEntry, {
      ...writing(sessionId, 'From the first\nFrom the second tab', more.entry.revision, two),
      copyIds: more.entry.copies.map((each) => each.id),
    });
    expect(merged).toMatchObject({
      outcome: 'saved',
      entry: { text: 'From the first\nFrom the second tab', copies: [] },
    });
    // The first tab has not seen that: its next words are not lost either.
    const late = await therapist.get(
      saveEntry,
      writing(sessionId, 'From the first, more', first.entry.revision, one),
    );
    expect(late.outcome).toBe('both');
    const [{ n }] = (await house.admin(
      'SELECT count(*)::int AS n FROM session_entry WHERE session_id = $1',
      [sessionId],
    )) as [{ n: number }];
    expect(n).toBe(3);
  });

  it('knows its own save whose answer was lost', async () => {
    const sessionId = await freshSession();
    const tab = uuidv4();
    await therapist.get(saveEntry, writing(sessionId, 'Once', 0, tab));
    const again = await therapist.get(saveEntry, writing(sessionId, 'Once more', 0, tab));
    expect(again).toMatchObject({ outcome: 'saved', entry: { copies: [] } });
  });

  it('loses nothing among eight tabs at once', async () => {
    const sessionId = await freshSession();
    const texts = Array.from({ length: 8 }, (_, index) => `Tab ${index}`);
    await Promise.all(
      texts.map((text) => therapist.get(saveEntry, writing(sessionId, text, 0, uuidv4()))),
    );
    const { entries } = await therapist.get(openSession, { sessionId });
    const kept = entries.flatMap((each) => [each.text, ...each.copies.map((copy) => copy.text)]);
    expect(kept.toSorted()).toEqual(texts);
  });

  it('is for those who lead sessions only', async () => {
    const sessionId = await freshSession();
    const intake = await house.member(programme, 'intake');
    for (const person of [intake, client])
      expect((await person.ask(openSession, { sessionId })).status).toBe(404);
    const look = () =>
      house.database.transaction(
        (tx) =>
          tx.query(`SELECT app.set_context($1, $2, $3, 'client')`, [
            programme,
            client.accountId,
            clientId,
          ]),
        (tx) => tx.query('SELECT text FROM session_entry'),
      );
    expect(await look()).toEqual([]);
    // Planted fault: without its policy the same look finds what was written.
    await house.admin('ALTER TABLE session_entry DISABLE ROW LEVEL SECURITY');
    try {
      expect((await look()).length).toBeGreaterThan(0);
    } finally {
      await house.admin('ALTER TABLE session_entry ENABLE ROW LEVEL SECURITY');
    }
  });
});

describe('the substance history', () => {
  const period = {
    id: uuidv7(),
    fromText: '15',
    toText: '22',
    substance: 'Alcohol',
    amount: 'six beers',
    frequency: 'daily',
    consequences: { work: 'lost two jobs' },
    position: 0,
  };

  it('keeps both rows when two tabs change one', async () => {
    const save = (more: object, baseRevision: number, writer: string) =>
      therapist.get(savePeriod, {
        clientId: clientId,
        period: { ...period, ...more },
        baseRevision,
        writer,
      });
    const [one, two] = [uuidv4(), uuidv4()];
    expect((await save({}, 0, one)).outcome).toBe('saved');
    expect((await save({ amount: 'eight beers' }, 1, one)).outcome).toBe('saved');
    expect((await save({ amount: 'ten' }, 1, two)).outcome).toBe('both');
    expect((await save({ amount: 'ten beers' }, 1, two)).outcome).toBe('both');
    const { periods } = await client.get(readHistory, {});
    expect(periods.map((each) => [each.amount, each.copyOf])).toEqual([
      ['eight beers', null],
      ['ten beers', period.id],
    ]);
  });
});
