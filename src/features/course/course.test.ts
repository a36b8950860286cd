import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../kit/id.ts';
import { clinicHouse } from '../sessions/course.test-data.ts';
import { readCourse, startCourse } from './contract.ts';

type Clinic = Awaited<ReturnType<typeof clinicHouse>>;
let house: Clinic['house'];
let therapist: Clinic['therapist'];
let clientId: string;
let courseId: string;

beforeAll(async () => {
  ({ house, therapist, clientId } = await clinicHouse());
});
afterAll(() => house.close());

describe('a course', () => {
  it('pins the version and the hash of its guide', async () => {
    courseId = uuidv7();
    const started = await therapist.get(startCourse, {
      id: courseId,
      clientId,
      programmeKey: 'match-tsf',
    });
    expect(started.contentVersion).toBe('1.0.0');
    expect(started.contentHash).toMatch(/^[0-9a-f]{64}$/);
    const { course } = await therapist.get(readCourse, { clientId });
    expect(course).toMatchObject({ id: courseId, plannedSessions: 12, current: true });
    expect(course?.topics).toHaveLength(13);
    expect(course?.suggestedTopicId).toBe('introduction');
  });

  it('starts once, also when the answer was lost', async () => {
    const input = { clientId, programmeKey: 'match-tsf' };
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
    const foreign = await stranger.ask(readCourse, { clientId });
    const absent = await stranger.ask(readCourse, { clientId: uuidv7() });
    expect([foreign.status, foreign.body]).toEqual([404, { refusal: 'notFound' }]);
    expect(absent.body).toEqual(foreign.body);
  });

  it('refuses what it cannot run', async () => {
    const admitted = await therapist.ask(startCourse, {
      id: uuidv7(),
      clientId,
      programmeKey: 'no-such',
    });
    expect(admitted.body.refusal).toBe('unknownProgramme');
  });
});
