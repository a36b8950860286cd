import { expect, test } from 'vitest';
import { freshDatabase } from '../src/platform/pgtest.ts';
import { typesFrom } from './codegen.ts';

test('db/types.ts is what the migrations make, and a table more is noticed', async () => {
  const fresh = await freshDatabase();
  try {
    await expect(typesFrom(fresh.ownerUrl, true)).resolves.toBeTypeOf('string');
    const { default: pg } = await import('pg');
    const owner = new pg.Client({ connectionString: fresh.ownerUrl });
    await owner.connect();
    await owner.query('CREATE TABLE planted (id int)');
    await owner.end();
    await expect(typesFrom(fresh.ownerUrl, true)).rejects.toThrow();
  } finally {
    await fresh.drop();
  }
});
