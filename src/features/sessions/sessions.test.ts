import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv4, uuidv7 } from '../../kit/id.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { readCourse, startCourse } from '../course/contract.ts';
import { addAddendum, readNote, saveNote, signNote } from '../notes/contract.ts';
import { readReview } from '../review/contract.ts';
import { agreeTask, listTasks, myTasks, reportTask, withdrawTask } from '../tasks/contract.ts';
import {
  askedAlone,
  endSession,
  mergeEntry,
  openSession,
  planSession,
  readHistory,
  saveEntry,
  savePeriod,
  startSession,
} from './contract.ts';

let house: TestHouse;
let programme: string;
let therapist: Person;
let supervisor: Person;
let client: Person;
let courseId: string;

const clientId = () => client.clientId ?? '';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function plan(kind: 'individual' | 'conjoint' | 'emergency', topicId: string) {
  return therapist.ask(planSession, { id: uuidv7(), courseId, kind, topicId, plannedAt: null });
}

async function freshSession(): Promise<string> {
  const { body } = await plan('individual', 'acceptance');
  return body.sessionId;
}

function writing(sessionId: string, text: string, baseRevision: number, writer: string) {
  return {
    id: uuidv7(),
    sessionId,
    part: 'topic' as const,
    promptId: 'acceptance.limits',
    text,
    covered: true,
    baseRevision,
    writer,
  };
}

beforeAll(async () => {
  house = await testHouse();
  programme = await house.programme();
  therapist = await house.member(programme, 'therapist', 'Dr. Ruiz');
  supervisor = await house.member(programme, 'supervisor', 'Dr. Lane');
  client = await house.member(programme, 'client', 'Robin');
  await house.admin(
    `INSERT INTO episode (programme_id, id, client_id, setting, admitted_on, admitted_by) VALUES ($1, $2, $3, 'outpatient', '2026-11-01', $4)`,
    [programme, uuidv7(), clientId(), therapist.membershipId],
  );
});
afterAll(() => house.close());

describe('a course', () => {
  it('pins the version and the hash of its guide', async () => {
    courseId = uuidv7();
    const started = await therapist.get(startCourse, {
      id: courseId,
      clientId: clientId(),
      programmeKey: 'match-tsf',
    });
    expect(started.contentVersion).toBe('1.0.0');
    expect(started.contentHash).toMatch(/^[0-9a-f]{64}$/);
    const { course } = await therapist.get(readCourse, { clientId: clientId() });
    expect(course).toMatchObject({ id: courseId, plannedSessions: 12, current: true });
    expect(course?.topics).toHaveLength(13);
    expect(course?.suggestedTopicId).toBe('introduction');
  });

  it('starts once, also when the answer was lost', async () => {
    const input = { clientId: clientId(), programmeKey: 'match-tsf' };
    expect((await therapist.ask(startCourse, { id: courseId, ...input })).status).toBe(200);
    expect((await therapist.ask(startCourse, { id: uuidv7(), ...input })).body.refusal).toBe(
      'alreadyRunning',
    );
    const [{ n }] = (await house.admin('SELECT count(*)::int AS n FROM course')) as [{ n: number }];
    expect(n).toBe(1);
  });

  it('answers foreign and absent alike', async () => {
    const other = await house.programme('Other');
    const stranger = await house.member(other, 'therapist');
    const foreign = await stranger.ask(readCourse, { clientId: clientId() });
    const absent = await stranger.ask(readCourse, { clientId: uuidv7() });
    expect([foreign.status, foreign.body]).toEqual([404, { refusal: 'notFound' }]);
    expect(absent.body).toEqual(foreign.body);
  });

  it('refuses what it cannot run', async () => {
    const admitted = await therapist.ask(startCourse, {
      id: uuidv7(),
      clientId: clientId(),
      programmeKey: 'no-such',
    });
    expect(admitted.body.refusal).toBe('unknownProgramme');
  });
});

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
            clientId(),
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
        clientId: clientId(),
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

describe('tasks', () => {
  const task = (more: object = {}) => ({
    id: uuidv7(),
    clientId: clientId(),
    sessionId: null,
    topicTaskId: null,
    kind: 'reading' as const,
    text: 'Read what one fellowship says for newcomers',
    dueOn: null,
    asksAbstinence: false,
    ...more,
  });

  it('are agreed, told and withdrawn', async () => {
    const { task: agreed } = await therapist.get(agreeTask, task());
    const report = {
      taskId: agreed.id,
      onDay: new Date().toISOString().slice(0, 10),
      zone: 'UTC',
      clockOffsetMs: 0,
    };
    const notDone = { ...report, id: uuidv7(), outcome: 'notDone' as const, why: 'No quiet hour.' };
    const earlier = new Date(Date.now() - 3_600_000).toISOString();
    await client.deliver(reportTask, notDone, { madeAt: earlier });
    await client.deliver(reportTask, { ...report, id: uuidv7(), outcome: 'done', why: '' });
    const { tasks } = await client.get(myTasks, {});
    expect(tasks.find((each) => each.id === agreed.id)?.report?.outcome).toBe('done');
    await therapist.get(withdrawTask, { taskId: agreed.id });
    const left = await therapist.get(listTasks, { clientId: clientId() });
    expect(left.tasks.map((each) => each.id)).not.toContain(agreed.id);
  });

  it('of somebody else cannot be told', async () => {
    const { task: agreed } = await therapist.get(agreeTask, task());
    const other = await house.member(programme, 'client', 'Sam');
    const { body } = await other.deliver(reportTask, {
      id: uuidv7(),
      taskId: agreed.id,
      outcome: 'done',
      why: '',
      onDay: new Date().toISOString().slice(0, 10),
      zone: 'UTC',
      clockOffsetMs: 0,
    });
    expect(body.outcome.refusal).toBe('notFound');
  });

  it('never ask for abstinence while a safety answer is open', async () => {
    const responseId = uuidv7();
    await house.admin(
      `INSERT INTO assessment_response (programme_id, id, client_id, instrument, instrument_version, scorer_version, language, answers, status, on_day, made_at, entered_by, membership_id)
       VALUES ($1, $2, $3, 'safety-first', '1', '1', 'en', '{}', 'complete', '2026-11-20', now(), 'client', $4)`,
      [programme, responseId, clientId(), client.membershipId],
    );
    await house.admin(
      `INSERT INTO safety_flag (programme_id, id, client_id, response_id, code, kind, urgency, blocks_abstinence)
       VALUES ($1, $2, $3, $4, 'seizure', 'withdrawal', 'now', true)`,
      [programme, uuidv7(), clientId(), responseId],
    );
    const sessionId = await freshSession();
    expect((await therapist.get(openSession, { sessionId })).medicalFirst).toBe(true);
    const ask = async (more: object) => (await therapist.ask(agreeTask, task(more))).body.refusal;
    expect(await ask({ asksAbstinence: true })).toBe('medicalFirst');
    // Free words, and the guide's own task however the screen sends it.
    expect(await ask({ text: 'Do not drink until Saturday' })).toBe('medicalFirst');
    expect(
      await ask({ sessionId, topicTaskId: 'introduction.one-day', text: 'One day, then the next' }),
    ).toBe('medicalFirst');
    expect(await ask({})).toBeUndefined();
    await house.admin(
      `UPDATE safety_flag SET cleared_at = now(), cleared_by = $1, reason = 'Seen by the doctor'`,
      [therapist.membershipId],
    );
    expect(await ask({ asksAbstinence: true })).toBeUndefined();
  });
});

describe('the note', () => {
  let sessionId: string;
  const text = 'Session 2. He took with him that stopping is easier than counting.';
  const save = (more: object = {}) => ({
    id: uuidv7(),
    sessionId,
    text,
    sources: [{ sentence: 'Session 2.', kind: 'session' as const, ref: null }],
    baseRevision: 0,
    writer: uuidv4(),
    mergedCopyIds: [],
    ...more,
  });

  it('keeps both texts of two tabs, and is not signed before they are together', async () => {
    sessionId = await freshSession();
    await therapist.get(startSession, { sessionId });
    await therapist.get(endSession, { sessionId });
    expect((await therapist.get(readNote, { sessionId })).note).toBeNull();
    const first = await therapist.get(saveNote, save());
    const second = await therapist.get(saveNote, save({ text: 'Another tab.' }));
    expect(second).toMatchObject({ outcome: 'both', note: { text } });
    const sign = (hash: string) => therapist.ask(signNote, { sessionId, sha256: hash });
    expect((await sign(sha256(text))).body.refusal).toBe('putTogetherFirst');
    await therapist.get(
      saveNote,
      save({
        baseRevision: first.note.revision,
        mergedCopyIds: second.note.copies.map((each) => each.id),
      }),
    );
    expect((await sign(sha256('something else'))).body.refusal).toBe('textHasChanged');
    expect((await sign(sha256(text))).body.note).toMatchObject({
      status: 'signed',
      signedBy: 'Dr. Ruiz',
      sha256: sha256(text),
    });
  });

  it('once signed takes only addenda', async () => {
    expect((await therapist.ask(saveNote, save())).body.refusal).toBe('signed');
    const more = { id: uuidv7(), sessionId, text: 'He rang a member that evening.' };
    const { note } = await supervisor.get(addAddendum, more);
    expect(note.text).toBe(text);
    expect(note.addenda).toMatchObject([
      { text: more.text, by: 'Dr. Lane', sha256: sha256(more.text) },
    ]);
    const entry = await therapist.ask(saveEntry, writing(sessionId, 'Later', 0, uuidv4()));
    expect(entry.body.refusal).toBe('signed');
  });

  it('cannot be changed by the server’s own role, nor by the owner of the table', async () => {
    const change = "UPDATE note SET text = 'forged'";
    await expect(house.admin(change)).rejects.toThrow('never changes');
    const asStaff = house.database.transaction(
      (tx) =>
        tx.query(`SELECT app.set_context($1, $2, NULL, 'therapist')`, [
          programme,
          therapist.accountId,
        ]),
      (tx) => tx.query(change),
    );
    await expect(asStaff).rejects.toThrow('never changes');
    for (const statement of [
      'DELETE FROM note',
      'DELETE FROM note_addendum',
      "UPDATE note_addendum SET text = ''",
    ]) {
      const attempt = house.database.transaction(
        (tx) =>
          tx.query(`SELECT app.set_context($1, $2, NULL, 'therapist')`, [
            programme,
            therapist.accountId,
          ]),
        (tx) => tx.query(statement),
      );
      await expect(attempt).rejects.toThrow('permission denied');
    }
  });

  it('would be found out without its trigger (planted fault)', async () => {
    await house.admin('ALTER TABLE note DISABLE TRIGGER keep_signed');
    try {
      // The hash still stands beside the text, so a silent change does not even then pass.
      await expect(
        house.admin("UPDATE note SET text = 'forged' WHERE status = 'signed'"),
      ).rejects.toThrow('check constraint');
    } finally {
      await house.admin('ALTER TABLE note ENABLE TRIGGER keep_signed');
    }
  });
});

describe('the review', () => {
  it('is the week as it reached the chart', async () => {
    const reader = await house.member(programme, 'client', 'Kim');
    const day = (count: number) =>
      new Date(Date.now() - count * 86_400_000).toISOString().slice(0, 10);
    await house.admin(
      `INSERT INTO standing_choice (programme_id, id, client_id, kind, share, changed_at) VALUES ($1, $2, $3, 'checkIn', true, now() - interval '30 days')`,
      [programme, uuidv7(), reader.clientId],
    );
    for (const [back, urge, line] of [
      [5, 2, ''],
      [4, 8, 'I sat in the car for an hour.'],
      [2, 1, 'Fine.'],
    ] as const)
      await house.admin(
        `INSERT INTO check_in (programme_id, id, client_id, on_day, made_at, zone, used, urge, mood, meeting, sponsor_contact, line)
         VALUES ($1, $2, $3, $4, now() - interval '1 hour', 'America/New_York', false, $5, 3, false, false, $6)`,
        [programme, uuidv7(), reader.clientId, day(back), urge, line],
      );
    const { review, client: about } = await therapist.get(readReview, {
      clientId: reader.clientId ?? '',
    });
    expect(about).toMatchObject({ displayName: 'Kim', paper: false });
    expect(review.sentence?.text).toBe('I sat in the car for an hour.');
    expect(review.line).toMatch(
      /^Three of seven evenings told, meetings not shared, one hard night on \w+\.$/,
    );
    expect(review.sober).toMatchObject({ run: 3, runUntold: 1, total: 3 });
    expect(review.notShared).toEqual(['meetings', 'tasks', 'urges', 'slips']);
    // A slip told on a day without a check-in ends the run; the total stays.
    await house.admin(
      `INSERT INTO slip_event (programme_id, id, client_id, on_day, made_at, zone, safe, line)
       VALUES ($1, $2, $3, $4, now(), 'America/New_York', 'yes', '')`,
      [programme, uuidv7(), reader.clientId, day(3)],
    );
    const after = await therapist.get(readReview, { clientId: reader.clientId ?? '' });
    expect(after.review.sober).toMatchObject({ run: 1, total: 3 });
    expect(after.review.line).toContain('one slip on ');
  });

  it('opens a session on what came since the one before', async () => {
    const sessionId = await freshSession();
    const { review } = await therapist.get(readReview, { sessionId });
    expect(review.tasks.length).toBeGreaterThan(0);
    expect((await therapist.ask(readReview, { sessionId: uuidv7() })).status).toBe(404);
    expect((await client.ask(readReview, { sessionId })).status).toBe(404);
  });

  it('leaves an audit row for every read', async () => {
    const count = async () =>
      (
        (await house.admin(
          `SELECT count(*)::int AS n FROM audit_event WHERE operation = 'review.read'`,
        )) as [{ n: number }]
      )[0].n;
    const before = await count();
    await therapist.get(readReview, { clientId: clientId() });
    expect(await count()).toBe(before + 1);
  });
});

describe('removing a programme', () => {
  it('takes signed notes and everything else with it', async () => {
    await house.admin('DELETE FROM programme WHERE id = $1', [programme]);
    for (const table of [
      'note',
      'note_addendum',
      'session_entry',
      'course',
      'course_content',
      'task',
    ])
      expect(
        await house.admin(`SELECT FROM ${table} WHERE programme_id = $1`, [programme]),
      ).toEqual([]);
  });
});
