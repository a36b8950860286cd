import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Statement, sendTogether } from './packet.ts';
import { type FreshDatabase, freshDatabase } from './pgtest.ts';

let fresh: FreshDatabase;
let pool: pg.Pool;
let client: pg.PoolClient;
beforeAll(async () => {
  fresh = await freshDatabase();
  pool = new pg.Pool({ connectionString: fresh.ownerUrl, pipeline: true });
  client = await pool.connect();
  await client.query('CREATE TABLE thing (id int PRIMARY KEY)');
});
afterAll(async () => {
  client.release();
  await pool.end();
  await fresh.drop();
});

const insert = (id: unknown): Statement => ({
  text: 'INSERT INTO thing VALUES ($1)',
  values: [id],
});
const things = async () => (await client.query('SELECT id FROM thing ORDER BY id')).rows;
const statement = (text: string, ...values: unknown[]): Statement => ({ text, values });

test('values come back as pg itself brings them', async () => {
  const text =
    'SELECT $1::text AS words, $2::bytea AS bytes, $3::text[] AS list, $4::jsonb AS data, $5::int AS number, $6::bool AS truth';
  const words = fc.string({ unit: 'grapheme', maxLength: 3000 }).map((s) => s.replaceAll('\0', ''));
  const anything = fc.tuple(
    fc.option(words),
    fc.option(fc.uint8Array().map((bytes) => Buffer.from(bytes))),
    fc.option(fc.array(words)),
    fc.option(fc.record({ words })),
    fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
    fc.option(fc.boolean()),
  );
  await fc.assert(
    fc.asyncProperty(anything, async (values) => {
      const [ours] = await sendTogether(client, [{ text, values }]);
      const theirs = await client.query(text, [...values]);
      expect(ours).toEqual({ command: 'SELECT', rowCount: 1, rows: theirs.rows });
    }),
    { numRuns: 100 },
  );
});

test('statements run in order, each with its own rows and count', async () => {
  const outcomes = await sendTogether(client, [
    statement('BEGIN'),
    insert(1),
    insert(2),
    statement('SELECT id FROM thing ORDER BY id'),
    statement('DELETE FROM thing WHERE id > $1', 0),
    statement('COMMIT'),
  ]);
  expect(outcomes).toEqual([
    { command: 'BEGIN', rowCount: null, rows: [] },
    { command: 'INSERT', rowCount: 1, rows: [] },
    { command: 'INSERT', rowCount: 1, rows: [] },
    { command: 'SELECT', rowCount: 2, rows: [{ id: 1 }, { id: 2 }] },
    { command: 'DELETE', rowCount: 2, rows: [] },
    { command: 'COMMIT', rowCount: null, rows: [] },
  ]);
});

test.each([
  ['a row that is there', insert(1), '23505'],
  ['a statement that cannot be read', statement('SELEKT $1', 1), '42601'],
  ['a value that does not fit', insert('many'), '22P02'],
])('a failure stops what is behind it, and COMMIT with it: %s', async (_name, bad, code) => {
  for (const _time of [1, 2]) {
    const sent = sendTogether(client, [
      statement('BEGIN'),
      insert(1),
      bad,
      insert(3),
      statement('COMMIT'),
    ]);
    await expect(sent).rejects.toMatchObject({ code, stack: expect.stringContaining('packet') });
    await sendTogether(client, [statement('ROLLBACK')]);
    expect(await things()).toEqual([]);
  }
});

test('a value that cannot be written sends nothing of its packet and harms nobody', async () => {
  const circular: { self?: unknown } = {};
  circular.self = circular;
  const fine = statement('SELECT $1::int AS five', 5);
  const [bad, good] = await Promise.allSettled([
    sendTogether(client, [insert(4), fine, statement('SELECT $1::jsonb', circular)]),
    sendTogether(client, [fine]),
  ]);
  expect(bad).toMatchObject({ status: 'rejected', reason: expect.any(TypeError) });
  expect(good).toMatchObject({ value: [{ rows: [{ five: 5 }] }] });
  expect(await things()).toEqual([]);
});

test('a statement whose columns have changed fails once and is prepared anew', async () => {
  await client.query('CREATE TABLE growing (a int); INSERT INTO growing VALUES (1)');
  const all = statement('SELECT * FROM growing WHERE a = $1', 1);
  await sendTogether(client, [all]);
  await client.query('ALTER TABLE growing ADD COLUMN b int');
  await expect(sendTogether(client, [all])).rejects.toMatchObject({ code: '0A000' });
  expect(await sendTogether(client, [all])).toMatchObject([{ rows: [{ a: 1, b: null }] }]);
});

test('a connection that ends rejects what is under way', async () => {
  const lost = await pool.connect();
  lost.on('error', () => {});
  const { rows } = await lost.query('SELECT pg_backend_pid() AS pid');
  const waiting = sendTogether(lost, [statement('SELECT pg_sleep($1)', 60)]);
  const ended = expect(waiting).rejects.toThrow();
  await client.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
  await ended;
  lost.release(true);
});
