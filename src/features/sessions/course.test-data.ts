import { uuidv7 } from '../../kit/id.ts';
import type { InputOf } from '../../kit/operation.ts';
import { type Person, type TestHouse, testHouse } from '../../server/testing.ts';
import { startCourse } from '../course/contract.ts';
import { planSession, type saveEntry } from './contract.ts';

/** A programme with a therapist, a supervisor and one client in the middle of a course. */
export interface CourseHouse {
  house: TestHouse;
  programme: string;
  therapist: Person;
  supervisor: Person;
  client: Person;
  clientId: string;
  courseId: string;
  /** Plans a session on Acceptance. */
  freshSession(): Promise<string>;
}

/** People without a course yet. */
export async function clinicHouse(): Promise<Omit<CourseHouse, 'courseId' | 'freshSession'>> {
  const house = await testHouse();
  const programme = await house.programme();
  const therapist = await house.member(programme, 'therapist', 'Dr. Ruiz');
  const supervisor = await house.member(programme, 'supervisor', 'Dr. Lane');
  const client = await house.member(programme, 'client', 'Robin');
  const clientId = client.clientId ?? '';
  await house.admin(
    `INSERT INTO episode (programme_id, id, client_id, setting, admitted_on, admitted_by)
     VALUES ($1, $2, $3, 'outpatient', '2026-11-01', $4)`,
    [programme, uuidv7(), clientId, therapist.membershipId],
  );
  return { house, programme, therapist, supervisor, client, clientId };
}

/** The same with a running course. */
export async function courseHouse(): Promise<CourseHouse> {
  const clinic = await clinicHouse();
  const { therapist, clientId } = clinic;
  const courseId = uuidv7();
  await therapist.get(startCourse, { id: courseId, clientId, programmeKey: 'match-tsf' });
  const freshSession = async () => {
    const input = { id: uuidv7(), courseId, topicId: 'acceptance', plannedAt: null };
    const { sessionId } = await therapist.get(planSession, { kind: 'individual', ...input });
    return sessionId;
  };
  return { ...clinic, courseId, freshSession };
}

/** What a tab sends while somebody types. */
export function writing(
  sessionId: string,
  text: string,
  baseRevision: number,
  writer: string,
): InputOf<typeof saveEntry> {
  return {
    id: uuidv7(),
    sessionId,
    part: 'topic',
    promptId: 'acceptance.limits',
    text,
    covered: true,
    baseRevision,
    writer,
  };
}
