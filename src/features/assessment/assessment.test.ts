import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../../kit/id.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { saveSafetyPlan } from '../alerts/contract.ts';
import { acceptInvitation, admitClient } from '../clients/contract.ts';
import type { Answers } from '../instruments/rules.ts';
import { chooseSharing } from '../sharing/contract.ts';
import {
  assessmentResults,
  assessmentStatus,
  clearFlag,
  completeAssessment,
  safetyFlags,
  saveDraft,
} from './contract.ts';

let house: TestHouse;
let client: Person;
let therapist: Person;
let stranger: Person;

beforeAll(async () => {
  house = await testHouse();
  const programme = await house.programme();
  client = await house.member(programme, 'client', 'Sam');
  therapist = await house.member(programme, 'therapist', 'Dr Reyes');
  stranger = await house.member(await house.programme('Elsewhere'), 'therapist');
});
afterAll(() => house.close());

const phq = (item9: number | null, rest = 1): Answers => ({
  ...Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`phq9-${i + 1}`, rest])),
  'phq9-9': item9,
});
const part = (
  instrument: string,
  answers: Answers,
  more: { id?: string; clientId?: string } = {},
) => ({
  id: uuidv7(),
  instrument,
  version: '1.0.0',
  language: 'en' as const,
  answers,
  onDay: '2026-11-20',
  zone: 'America/New_York',
  ...more,
});
const count = async (table: 'alert' | 'safety_flag' | 'assessment_response', id: string) => {
  const column = { alert: 'source_id', safety_flag: 'response_id', assessment_response: 'id' }[
    table
  ];
  const rows = await house.admin(`SELECT FROM ${table} WHERE ${column} = $1`, [id]);
  return rows.length;
};

describe('handing in', () => {
  test('a client hands in offline; staff see number, band and source, the client plain words', async () => {
    const me = await house.member(client.programmeId, 'client');
    const input = part('phq-9', phq(0, 2));
    const sent = await me.deliver(completeAssessment, input);
    expect(sent.body.outcome.ok).toMatchObject({
      id: input.id,
      alerted: false,
      onDay: '2026-11-20',
    });

    const clientId = me.clientId ?? '';
    const [staff] = (await therapist.get(assessmentResults, { clientId })).results;
    const total = staff?.scores.find((score) => score.code === 'phq9-total');
    expect(total?.detail).toMatchObject({ value: 16, greatest: 27, band: { low: 15, high: 19 } });
    expect(total?.detail?.band?.source).not.toBe('');
    expect(staff?.pinned).toMatchObject({ instrumentVersion: '1.0.0', language: 'en' });
    expect(staff?.answers[0]).toMatchObject({ answer: 'More than half the days' });

    const [own] = (await me.get(assessmentResults, {})).results;
    const ownTotal = own?.scores.find((score) => score.code === 'phq9-total');
    expect(ownTotal?.plainWords).not.toBe('');
    expect(ownTotal?.detail).toBeNull();
    expect(own?.pinned).toBeNull();
  });

  test('results speak the reader’s language, not the one of the answers', async () => {
    const me = await house.member(client.programmeId, 'client');
    await me.get(completeAssessment, part('gad-7', { 'gad7-1': 3 }));
    const reply = await house.post('/api/assessment.results', {}, me.token, {
      'x-stepwell-locale': 'es',
    });
    expect(JSON.stringify(reply.body)).toContain('Casi todos los días');
  });

  test('with three items missing there is no total, and the reason is told', async () => {
    const me = await house.member(client.programmeId, 'client');
    await me.get(completeAssessment, part('phq-9', { 'phq9-1': 1 }));
    const { results } = await therapist.get(assessmentResults, { clientId: me.clientId ?? '' });
    expect(results[0]?.scores[0]?.detail).toMatchObject({ value: null, band: null });
    expect(results[0]?.scores[0]?.detail?.reasonNotScored).not.toBe('');
  });

  test.each([
    ['out of range', 'phq-9', { 'phq9-1': 1, 'phq9-4': 7 }, 'phq9-4'],
    ['negative', 'gad-7', { 'gad7-1': -1 }, 'gad7-1'],
    ['not a choice', 'audit', { 'audit-9': 3 }, 'audit-9'],
    ['not a number', 'readiness', { 'ruler-importance': '10' }, 'ruler-importance'],
    ['11 of 10', 'readiness', { 'ruler-readiness': 11 }, 'ruler-readiness'],
    [
      'a day that does not exist',
      'what-for',
      { substance: ['alcohol'], 'substance-last-alcohol': '2026-02-30' },
      'substance-last-alcohol',
    ],
    ['a question that is not there', 'phq-9', { 'phq9-99': 1 }, 'phq9-99'],
  ])(
    'refused, naming the question, nothing kept: %s',
    async (_name, instrument, answers, linkId) => {
      const input = part(instrument, answers as Answers);
      const reply = await client.ask(completeAssessment, input);
      expect([reply.status, reply.body.refusal]).toEqual([422, 'answerNotPossible']);
      expect(reply.body.details).toMatchObject({ instrument, faults: [{ linkId }] });
      const { faults } = reply.body.details as { faults: { question: string }[] };
      expect(faults[0]?.question.length).toBeGreaterThan(3);
      expect(await count('assessment_response', input.id)).toBe(0);
    },
  );

  test.each([
    ['unknownInstrument', { instrument: 'mmpi' }],
    ['unknownVersion', { version: '0.9.0' }],
    ['noSuchDay', { onDay: '2026-02-30' }],
    ['noSuchDay', { onDay: 'yesterday' }],
  ])('%s: %o', async (refusal, change) => {
    const reply = await client.ask(completeAssessment, { ...part('phq-9', phq(0)), ...change });
    expect(reply.body.refusal).toBe(refusal);
  });

  test('a clock that runs ahead costs nobody a risk answer: the day is ours', async () => {
    const input = { ...part('phq-9', phq(2)), onDay: '2038-01-19' };
    const done = await client.get(completeAssessment, input);
    expect(done).toMatchObject({ dayCorrected: true, alerted: true });
    expect(done.onDay < '2038-01-19').toBe(true);
  });

  test('the same once more is the same answer; other answers under its id are refused', async () => {
    const input = part('phq-9', phq(1));
    const first = await client.get(completeAssessment, input);
    expect(await client.get(completeAssessment, input)).toEqual(first);
    expect(await count('alert', input.id)).toBe(1);
    const changed = await client.ask(completeAssessment, { ...input, answers: phq(0) });
    expect(changed.body.refusal).toBe('alreadyComplete');
  });

  test('nobody answers for somebody else: foreign and absent are one', async () => {
    const clientId = client.clientId ?? '';
    const foreign = await stranger.ask(completeAssessment, part('phq-9', phq(1), { clientId }));
    const absent = await stranger.ask(
      completeAssessment,
      part('phq-9', phq(1), { clientId: uuidv7() }),
    );
    expect([foreign.status, foreign.body]).toEqual([404, absent.body]);
    const other = await house.member(client.programmeId, 'client');
    expect((await other.ask(completeAssessment, part('phq-9', phq(1), { clientId }))).status).toBe(
      404,
    );
    expect((await other.ask(assessmentResults, { clientId })).status).toBe(404);
    expect((await other.ask(safetyFlags, { clientId })).status).toBe(404);
    expect((await therapist.ask(completeAssessment, part('phq-9', phq(1)))).status).toBe(404);
    // An id that is somebody else's response cannot be written over, nor told.
    const input = part('phq-9', phq(0));
    await client.get(completeAssessment, input);
    expect((await other.ask(completeAssessment, input)).status).toBe(404);
  });
});

describe('together in session 1', () => {
  test('answers are kept as they are typed, by two at once, and handed in under the draft', async () => {
    const me = await house.member(client.programmeId, 'client');
    const clientId = me.clientId ?? '';
    const draft = (answers: Answers, id = uuidv7()) =>
      therapist.get(saveDraft, {
        id,
        clientId,
        instrument: 'gad-7',
        version: '1.0.0',
        language: 'en',
        answers,
      });
    const first = await draft({ 'gad7-1': 1, 'gad7-2': 2 });
    const second = await draft({ 'gad7-3': 3, 'gad7-2': null });
    expect(second).toEqual({ id: first.id, answers: { 'gad7-1': 1, 'gad7-3': 3 } });

    const status = await therapist.get(assessmentStatus, { clientId });
    expect(status.parts.find((each) => each.instrument === 'gad-7')).toMatchObject({
      state: 'draft',
      draft: { id: first.id, answers: second.answers },
    });
    const own = await me.get(assessmentStatus, {});
    expect(own.parts.find((each) => each.instrument === 'gad-7')).toMatchObject({
      state: 'open',
      draft: null,
    });

    await therapist.get(
      completeAssessment,
      part('gad-7', second.answers, { id: first.id, clientId }),
    );
    const after = await me.get(assessmentStatus, {});
    expect(after.parts.find((each) => each.instrument === 'gad-7')?.state).toBe('complete');
    const late = await therapist.ask(saveDraft, {
      id: first.id,
      clientId,
      instrument: 'gad-7',
      version: '1.0.0',
      language: 'en',
      answers: { 'gad7-1': 0 },
    });
    expect(late.body.refusal).toBe('alreadyComplete');
  });

  test('a draft with an impossible answer is refused and keeps what it had', async () => {
    const me = await house.member(client.programmeId, 'client');
    const input = {
      id: uuidv7(),
      clientId: me.clientId ?? '',
      instrument: 'gad-7',
      version: '1.0.0',
      language: 'en' as const,
    };
    await therapist.get(saveDraft, { ...input, answers: { 'gad7-1': 1 } });
    const reply = await therapist.ask(saveDraft, { ...input, answers: { 'gad7-2': 9 } });
    expect(reply.body.refusal).toBe('answerNotPossible');
    const status = await therapist.get(assessmentStatus, { clientId: input.clientId });
    expect(status.parts.find((each) => each.instrument === 'gad-7')?.draft?.answers).toEqual({
      'gad7-1': 1,
    });
  });
});

describe('safety first', () => {
  test('a danger becomes a flag that blocks until a clinician clears it with a reason', async () => {
    const me = await house.member(client.programmeId, 'client');
    const clientId = me.clientId ?? '';
    const input = part('safety-first', { 'safety-past-seizure': true, 'safety-alone': true });
    const done = await me.get(completeAssessment, input);
    expect(done).toMatchObject({ alerted: false, medicalFirst: true });
    expect((await me.get(assessmentStatus, {})).medicalFirst).toBe(true);

    const { flags } = await therapist.get(safetyFlags, { clientId });
    expect(flags.map((flag) => [flag.code, flag.urgency, flag.blocksAbstinence])).toEqual([
      ['past-seizure', 'today', true],
      ['alone', 'soon', false],
    ]);
    expect(flags[0]?.question).toContain('seizure');
    const flagId = flags[0]?.flagId ?? '';

    const intake = await house.member(client.programmeId, 'intake');
    expect((await intake.ask(clearFlag, { clientId, flagId, reason: 'x' })).status).toBe(404);
    expect((await me.ask(clearFlag, { clientId, flagId, reason: 'x' })).status).toBe(404);
    const blank = await therapist.ask(clearFlag, { clientId, flagId, reason: '  ' });
    expect(blank.body.refusal).toBe('reasonMissing');
    const other = client.clientId ?? '';
    expect((await therapist.ask(clearFlag, { clientId: other, flagId, reason: 'x' })).status).toBe(
      404,
    );
    expect((await stranger.ask(clearFlag, { clientId, flagId, reason: 'x' })).status).toBe(404);

    const cleared = await therapist.get(clearFlag, {
      clientId,
      flagId,
      reason: 'Seen at St Ann’s, plan made',
    });
    expect(cleared.medicalFirst).toBe(false);
    const again = await therapist.ask(clearFlag, { clientId, flagId, reason: 'x' });
    expect(again.body.refusal).toBe('alreadyCleared');
    const after = await therapist.get(safetyFlags, { clientId });
    expect(after.flags.at(-1)).toMatchObject({
      clearedBy: 'Dr Reyes',
      reason: 'Seen at St Ann’s, plan made',
    });
  });

  test('danger now raises one alert; thoughts of suicide one of their own', async () => {
    const input = part('safety-first', {
      'safety-seizure': true,
      'safety-chest': true,
      'safety-suicide': true,
    });
    const me = await house.member(client.programmeId, 'client');
    expect((await me.get(completeAssessment, input)).alerted).toBe(true);
    const rows = await house.admin('SELECT kind FROM alert WHERE source_id = $1 ORDER BY kind', [
      input.id,
    ]);
    expect(rows).toEqual([{ kind: 'safety' }, { kind: 'suicide' }]);
    expect(await count('safety_flag', input.id)).toBe(2);
  });

  test('a client cannot clear a flag or change answers behind the operation', async () => {
    const input = part('safety-first', { 'safety-seizure': true });
    await client.get(completeAssessment, input);
    const asClient = (sql: string) =>
      house.database.transaction(
        (tx) =>
          tx.query("SELECT app.set_context($1, $2, $3, 'client')", [
            client.programmeId,
            client.accountId,
            client.clientId,
          ]),
        (tx) => tx.query(sql, [input.id]),
      );
    await asClient(
      "UPDATE safety_flag SET cleared_at = now(), cleared_by = id, reason = 'x' WHERE response_id = $1",
    );
    await asClient("UPDATE assessment_response SET answers = '{}' WHERE id = $1");
    const [row] = await house.admin(
      `SELECT f.cleared_at, r.answers FROM safety_flag f JOIN assessment_response r ON r.id = f.response_id
       WHERE r.id = $1`,
      [input.id],
    );
    expect(row).toEqual({ cleared_at: null, answers: input.answers });
    expect(await asClient('SELECT FROM alert WHERE source_id = $1')).toEqual([]);
  });
});

test('the audit rows name what was touched and hold no answer', async () => {
  const me = await house.member(client.programmeId, 'client');
  const input = part('what-for', { 'own-words': 'a secret sentence' });
  await me.get(completeAssessment, input);
  await therapist.get(assessmentResults, { clientId: me.clientId ?? '' });
  const rows = await house.admin<{ operation: string; line: string }>(
    'SELECT operation, e::text AS line FROM audit_event e WHERE client_id = $1',
    [me.clientId],
  );
  expect(rows.map((row) => row.operation).sort()).toEqual([
    'assessment.complete',
    'assessment.results',
  ]);
  expect(JSON.stringify(rows)).not.toContain('secret');
});

test('a programme that is removed takes every answer, flag, alert and plan with it', async () => {
  const programme = await house.programme('To be removed');
  const staff = await house.member(programme, 'therapist');
  const { clientId, invitation } = await staff.get(admitClient, {
    displayName: 'Sam',
    recordNumber: 'R-1',
    timeZone: 'UTC',
    setting: 'outpatient',
  });
  const me = await house.account();
  await me.get(acceptInvitation, { code: invitation.code });
  await me.get(completeAssessment, part('safety-first', { 'safety-seizure': true }));
  await me.get(chooseSharing, { id: uuidv7(), kind: 'tasks', share: true });
  await staff.get(saveSafetyPlan, {
    id: uuidv7(),
    clientId,
    baseVersion: 0,
    content: { people: ['Ray'] },
  });
  const { flags } = await staff.get(safetyFlags, { clientId });
  await staff.get(clearFlag, { clientId, flagId: flags[0]?.flagId ?? '', reason: 'seen' });

  await house.admin('DELETE FROM programme WHERE id = $1', [programme]);
  for (const table of [
    'client',
    'episode',
    'invitation',
    'standing_choice',
    'assessment_response',
    'safety_flag',
    'alert',
    'safety_plan',
  ]) {
    const left = await house.admin(`SELECT FROM ${table} WHERE programme_id = $1`, [programme]);
    expect([table, left.length]).toEqual([table, 0]);
  }
});
