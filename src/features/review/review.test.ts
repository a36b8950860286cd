import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../kit/id.ts';
import { type CourseHouse, courseHouse } from '../sessions/course.test-data.ts';
import { agreeTask } from '../tasks/contract.ts';
import { readReview } from './contract.ts';

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
    await therapist.get(agreeTask, {
      id: uuidv7(),
      clientId,
      sessionId: null,
      topicTaskId: null,
      kind: 'reading',
      text: 'Read what one fellowship says for newcomers',
      dueOn: null,
      asksAbstinence: false,
    });
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
    await therapist.get(readReview, { clientId });
    expect(await count()).toBe(before + 1);
  });
});
