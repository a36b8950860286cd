import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Meeting } from '../../src/features/meetings/meeting.rules.ts';

/** Stores `count` listings as one published list, through the owner; how it is named and kept. */
export async function storeListings(
  adminUrl: string,
  count: number,
  make: (n: number) => Meeting,
): Promise<{ bodyId: string; listId: string }> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const [bodyId, listId] = [randomUUID(), randomUUID()];
  await admin.query("INSERT INTO service_body (id, name) VALUES ($1, 'Bench')", [bodyId]);
  await admin.query(
    "INSERT INTO meeting_list (id, service_body_id, name, source) VALUES ($1, $2, 'Bench', '')",
    [listId, bodyId],
  );
  for (let at = 0; at < count; at += 1000) {
    const some = Array.from({ length: Math.min(1000, count - at) }, (_, i) => make(at + i));
    await admin.query(
      `INSERT INTO meeting (id, list_id, service_body_id, key, listing)
       SELECT gen_random_uuid(), $2, $3, r->>'key', r FROM jsonb_array_elements($1) r`,
      [JSON.stringify(some), listId, bodyId],
    );
  }
  await admin.query('ANALYZE meeting');
  await admin.end();
  return { bodyId, listId };
}
