import { uuidv7 } from '../../kit/id.ts';
import type { TestHouse } from '../../server/testing.ts';
import type { Meeting } from '../meetings/meeting.rules.ts';

/** A service body with one published list of meetings, put straight into the database. */
export async function listOf(
  house: TestHouse,
  name: string,
  meetings: readonly Meeting[],
  parent: number | null = null,
): Promise<{ body: number; numbers: number[] }> {
  const bodyId = uuidv7();
  const listId = uuidv7();
  const [body] = await house.admin<{ number: string }>(
    `INSERT INTO service_body (id, name, website, helpline, parent_id)
     VALUES ($1, $2, 'https://body.example/', '+1-518-555-0100',
       (SELECT id FROM service_body WHERE number = $3)) RETURNING number`,
    [bodyId, name, parent],
  );
  await house.admin(
    `INSERT INTO meeting_list (id, service_body_id, name, source, published)
     VALUES ($1, $2, $3, 'list.json', true)`,
    [listId, bodyId, name],
  );
  const numbers: number[] = [];
  for (const meeting of meetings) {
    const [row] = await house.admin<{ number: string }>(
      'INSERT INTO meeting (id, list_id, service_body_id, key, listing) VALUES ($1, $2, $3, $4, $5) RETURNING number',
      [uuidv7(), listId, bodyId, meeting.key, JSON.stringify(meeting)],
    );
    numbers.push(Number(row?.number));
  }
  return { body: Number(body?.number), numbers };
}
