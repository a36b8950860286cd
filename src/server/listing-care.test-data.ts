import { uuidv7 } from '../kit/id.ts';
import type { Person, TestHouse } from './testing.ts';

/** What servants do with the listings of a body that is there already: a proposal, and a way to be reached. */
export async function careForListings(
  house: TestHouse,
  servant: Person,
  canary: string,
): Promise<void> {
  const [meeting] = await house.admin<{ id: string; service_body_id: string }>(
    `SELECT m.id, m.service_body_id FROM meeting m JOIN service_body b ON b.id = m.service_body_id
     WHERE b.founded_by = $1 ORDER BY m.id LIMIT 1`,
    [servant.accountId],
  );
  if (!meeting) throw new Error('There is no listing to care for.');
  const { id, service_body_id: bodyId } = meeting;
  await house.admin(
    `INSERT INTO list_proposal (id, service_body_id, meeting_id, made_by, made_by_name, fields, before, after, note)
     VALUES ($1, $2, $3, $4, $5, '{notes}', '{"notes":""}', $6, $5)`,
    [uuidv7(), bodyId, id, servant.accountId, canary, { notes: canary }],
  );
  await house.admin(
    `INSERT INTO meeting_contact (meeting_id, service_body_id, place, name)
     VALUES ($1, $2, 9, $3) ON CONFLICT DO NOTHING`,
    [id, bodyId, canary],
  );
}
