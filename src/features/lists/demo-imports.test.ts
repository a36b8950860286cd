import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDemo } from '../../../db/personas/make-demo.ts';
import { type TestHouse, testHouse } from '../../server/testing.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
  await house.database.transaction(
    (tx) => tx.query("SELECT app.set_context(NULL, NULL, NULL, 'anyone')"),
    (tx) => makeDemo(tx, new Date()),
  );
}, 60_000);
afterAll(() => house.close());

test('a servant of the demonstration finds an import with something of everything', async () => {
  const [waiting] = await house.admin(
    "SELECT held, added, changed, gone, kept, refused FROM list_import WHERE state = 'staged'",
  );
  expect(waiting).toEqual({ held: null, added: 1, changed: 5, gone: 1, kept: 1, refused: 2 });
  const sources = await house.admin(
    'SELECT trouble, next_at FROM list_source WHERE url IS NOT NULL',
  );
  expect(sources).toEqual([{ trouble: 'answered-with-error', next_at: null }]);
});

test('and can apply it', async () => {
  const [overtaken] = await house.admin(
    `SELECT b.applied_at > (a.choice->>'readAt')::timestamptz AS later FROM list_import a
     JOIN list_import b ON b.source_id = a.source_id AND b.id <> a.id WHERE a.state = 'staged'`,
  );
  expect(overtaken).toEqual({ later: false });
});
