import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../kit/id.ts';
import { openSession } from '../sessions/contract.ts';
import { type CourseHouse, courseHouse } from '../sessions/course.test-data.ts';
import { agreeTask, listTasks, myTasks, reportTask, withdrawTask } from './contract.ts';

let house: CourseHouse['house'];
let programme: CourseHouse['programme'];
let therapist: CourseHouse['therapist'];
let client: CourseHouse['client'];
let clientId: CourseHouse['clientId'];
let freshSession: CourseHouse['freshSession'];

beforeAll(async () => {
  ({ house, programme, therapist, client, clientId, freshSession } = await courseHouse());
});
afterAll(() => house.close());

describe('tasks', () => {
  const task = (more: object = {}) => ({
    id: uuidv7(),
    clientId,
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
    const left = await therapist.get(listTasks, { clientId });
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
      [programme, responseId, clientId, client.membershipId],
    );
    await house.admin(
      `INSERT INTO safety_flag (programme_id, id, client_id, response_id, code, kind, urgency, blocks_abstinence)
       VALUES ($1, $2, $3, $4, 'seizure', 'withdrawal', 'now', true)`,
      [programme, uuidv7(), clientId, responseId],
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
