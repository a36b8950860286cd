import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from './pgtest.ts';

async function ask<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a database for a test file', () => {
  let one: FreshDatabase;
  let two: FreshDatabase;
  beforeAll(async () => {
    [one, two] = await Promise.all([freshDatabase(), freshDatabase()]);
  });
  afterAll(() => Promise.all([one.drop(), two.drop()]));

  it('is migrated', async () => {
    const rows = await ask<{ n: number }>(one.appUrl, 'select count(*)::int as n from migration');
    expect(rows[0]?.n).toBeGreaterThan(0);
  });

  it('is apart from every other', async () => {
    await ask(one.ownerUrl, 'create table only_here (a int)');
    await expect(ask(two.ownerUrl, 'select from only_here')).rejects.toThrow('does not exist');
  });

  it.each(['ownerUrl', 'appUrl'] as const)('gives %s no power over policies', async (url) => {
    const rows = await ask(
      one[url],
      'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user',
    );
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false },
    ]);
  });

  it.each([
    'create table public.mine (a int)',
    'create schema mine',
    'create temp table mine (a int)',
    'alter role stepwell_app bypassrls',
  ])('refuses the app role: %s', async (sql) => {
    await expect(ask(one.appUrl, sql)).rejects.toThrow(/permission denied|must be superuser/);
  });

  it('orders text by code point on every version', async () => {
    const rows = await ask<{ a: string }>(
      one.appUrl,
      "select a from (values ('b'), ('B'), ('á'), ('a')) as t (a) order by a",
    );
    expect(rows.map(({ a }) => a)).toEqual(['B', 'a', 'b', 'á']);
  });
});
